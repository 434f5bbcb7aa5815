"""How many printed pages a file has, where that can be told without its own program."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

_PDF = b"%PDF-"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
_HEAD = 1024


def page_count(path: Path) -> int | None:
    """Pages of a PDF, 1 for a picture, None for anything else and for what can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
            return 1
        if _PDF not in head:
            return None
        with pdfium.PdfDocument(path) as document:
            return len(document)
    except (OSError, pdfium.PdfiumError):
        return None
