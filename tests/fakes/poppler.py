"""What other programs read in a PDF: poppler's tools, as they come with the system."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def text_of(pdf: Path) -> str:
    """The text layer, all pages."""
    return _said("pdftotext", "-layout", str(pdf), "-")


def stream_of(pdf: Path) -> str:
    """The text in the order in which it was written, so that columns do not mix."""
    return _said("pdftotext", "-raw", str(pdf), "-")


def pages_of(pdf: Path) -> list[str]:
    """The text layer, page by page."""
    return text_of(pdf).split("\f")[:-1]


def info_of(pdf: Path) -> str:
    """What ``pdfinfo`` says, and the XMP it shows with ``-meta``."""
    return _said("pdfinfo", "-isodates", str(pdf)) + _said("pdfinfo", "-meta", str(pdf))


def fonts_of(pdf: Path) -> list[str]:
    """The lines of ``pdffonts``, without its head."""
    return _said("pdffonts", str(pdf)).splitlines()[2:]


def run_together(text: str) -> str:
    """Without spaces and line ends: where a line breaks says nothing."""
    return re.sub(r"\s", "", text)


def as_pdf(document: Path, folder: Path) -> Path:
    """A Word file as LibreOffice prints it, with a profile of its own."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(document),
        ],
        capture_output=True,
        check=True,
        timeout=100,
    )
    return folder / f"{document.stem}.pdf"


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
