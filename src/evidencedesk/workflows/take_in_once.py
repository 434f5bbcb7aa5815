"""Take files into a case, and notice those that are in it already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.case import AttachmentKind, TakenIn
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.taken import Taken
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.private_temp import private_folder
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_recording import take_in


def take_in_once(
    desk: Desk,
    case_id: str,
    path: Path,
    encounter: str | None = None,
    *,
    kind: AttachmentKind | None = None,
    text: str = "",
    debt: bool = False,
    again: bool = False,
) -> Taken:
    """Take a file in, unless the case has the same bytes; ``again`` takes it in all the same.

    Raises what ``take_in`` raises.
    """
    case = desk.store.find_case(case_id)
    if not again:
        known = same_file(path, desk.store.case_file(case.id).taken_in)
        if known is not None:
            return Taken(known, already=True)
    return Taken(take_in(desk, case.id, path, encounter, kind=kind, text=text, debt=debt))


def same_file(path: Path, known: Iterable[TakenIn]) -> TakenIn | None:
    """The file of the case with the same SHA-256; only one of the same length is read for it.

    Raises NOT_A_FILE, FILE_UNREADABLE.
    """
    try:
        # A link is what it leads to, for the length as for the bytes.
        real = path.resolve()
        length = real.stat().st_size
        alike = {one.sha256: one for one in known if one.file_bytes == length}
        if not alike:
            return None
        if not real.is_file():
            raise WrongUse(Code.NOT_A_FILE, path=str(path))
        sha256, _ = hash_file(real)
    except OSError as error:
        raise WrongUse(Code.FILE_UNREADABLE, path=str(path), detail=str(error.strerror or error)) from error
    return alike.get(sha256)


def take_in_data(desk: Desk, case_id: str, name: str, data: bytes, encounter: str | None = None) -> Taken:
    """Take in what is no file yet, such as a picture that was copied. Raises what ``take_in_once`` raises."""
    # For this user only, and gone again: what is kept is the copy in the library.
    try:
        with private_folder() as folder:
            path = folder / name
            path.write_bytes(data)
            return take_in_once(desk, case_id, path, encounter)
    except OSError as error:
        raise disk_failure(error, Path(str(error.filename or name))) from error
