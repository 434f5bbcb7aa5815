"""PDF files, one page after the other."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

from evidencedesk.intake.preview import CannotShow, PageShown, Trouble
from evidencedesk.intake.preview_pictures import raster_of

_LONGEST_POINTS = 14_400  # two hundred inches: what the format allows
_ENCRYPTED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def look_at_pdf(path: Path, page: int, room: int) -> PageShown:
    """Draw a page, no side of it longer than ``room``. Raises CannotShow, and whatever pdfium raises."""
    # Not by its path: pdfium's wrapper would follow a descriptor that was handed over to a name that is gone.
    with path.open("rb") as file:
        return _look_at(file, page, room)


def _look_at(file: BinaryIO, page: int, room: int) -> PageShown:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) in _ENCRYPTED
        raise CannotShow(Trouble.ENCRYPTED if encrypted else Trouble.DAMAGED) from error
    try:
        pages = len(document)
        if not pages:
            raise CannotShow(Trouble.EMPTY)
        wanted = min(max(0, page), pages - 1)
        sheet = document[wanted]
        width, height = sheet.get_size()
        if not (0 < width <= _LONGEST_POINTS and 0 < height <= _LONGEST_POINTS):
            raise CannotShow(Trouble.DAMAGED)
        drawn = sheet.render(scale=room / max(width, height), may_draw_forms=False).to_pil()
        return PageShown(raster_of(drawn), wanted, pages)
    finally:
        document.close()
