"""How many printed pages files have. Run as a process of its own: a file may be made to do harm.

    python -m evidencedesk.intake.page_count PATH…

prints one line for each: the pages of a PDF, or nothing where they can't be counted.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from evidencedesk.intake.preview_process import restrain

PDF = b"%PDF-"
HEAD_BYTES = 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture: one page."""
    return head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def main(paths: Sequence[str]) -> int:
    """Count, one line each."""
    restrain()
    # Loaded behind the limits.
    pdfium = importlib.import_module("pypdfium2")
    for path in paths:
        try:
            # Not by its path: a descriptor that was handed over has none.
            with Path(path).open("rb") as file, pdfium.PdfDocument(file) as document:
                count = str(len(document))
        except (OSError, ValueError, pdfium.PdfiumError):
            count = ""
        sys.stdout.write(f"{count}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
