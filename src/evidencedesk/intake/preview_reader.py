"""Look into a file that a stranger made. To be called in a process of its own: ``preview_process``."""

from __future__ import annotations

import warnings
from pathlib import Path

from evidencedesk.intake.file_form import PICTURES, form_of, misnamed
from evidencedesk.intake.preview import CannotShow, Look, NotShown, Shown, Trouble
from evidencedesk.intake.preview_office import look_at_excel, look_at_word
from evidencedesk.intake.preview_pdf import look_at_pdf
from evidencedesk.intake.preview_pictures import look_at_picture
from evidencedesk.intake.preview_text import look_at_csv, look_at_text

_MOST_BYTES = 300_000_000


def look_into(path: Path, name: str, page: int, room: int) -> Look:
    """What can be seen of a file called ``name``: ``page`` is the page or sheet, ``room`` the longest side.

    Never raises for what is in the file.
    """
    form = ""
    try:
        length = path.stat().st_size
        form = form_of(path, name)
        if length > _MOST_BYTES:
            return Look(NotShown(Trouble.TOO_LARGE), form, misnamed(name, form))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = _shown(path, form, page, room) if length else NotShown(Trouble.EMPTY)
    except CannotShow as refused:
        shown = refused.shown
    except OSError as error:
        # Decoders say "broken file" by it, too; one that is gone has a number.
        shown = NotShown(Trouble.GONE if error.errno else Trouble.DAMAGED)
    except MemoryError:
        shown = NotShown(Trouble.SWELLS)
    except Exception:  # noqa: BLE001 - a named boundary: a decoder may raise anything about a bad file
        shown = NotShown(Trouble.DAMAGED)
    return Look(shown, form, misnamed(name, form))


def _shown(path: Path, form: str, page: int, room: int) -> Shown:
    if form in PICTURES:
        return look_at_picture(path, room)
    if form == "PDF":
        return look_at_pdf(path, page, room)
    if form == "Word":
        return look_at_word(path)
    if form == "Excel":
        return look_at_excel(path, page)
    if form == "CSV":
        return look_at_csv(path)
    if form == "Text":
        return look_at_text(path)
    if form == "OLE" and _is_locked(path):
        return NotShown(Trouble.ENCRYPTED)
    return NotShown(Trouble.UNKNOWN_FORM)


def _is_locked(path: Path) -> bool:
    """Word and Excel put a file with a password into an older kind of container."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20)
