"""Take in a list of calls or messages: look at it first, then log what the user chose."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from evidencedesk.domain.case import Attachment, CaseFile, Contact, ContactSource
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.intake.found import ReadList
from evidencedesk.intake.lists import read_list, read_text
from evidencedesk.intake.offers import Offer, Preview, namings_of, offers_of
from evidencedesk.intake.texts import MAX_BYTES
from evidencedesk.system.durable import disk_failure
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_contact import change_contact, log_contacts
from evidencedesk.workflows.momentary import PASTED

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class TakenList:
    """What became of a list. ``original`` is the list itself, kept bit for bit."""

    original: Attachment
    logged: tuple[Contact, ...]
    named: int


def preview(desk: Desk, case_id: str, source: Path | str, zone: tzinfo | None = None) -> Preview:
    """Read a file, or pasted text, and compare it with the case. Nothing is written.

    Times without an offset are in ``zone``; None is the system's. Raises FILE_UNREADABLE, NOT_A_FILE,
    LIST_TOO_LARGE, LIST_UNREADABLE.
    """
    case = desk.store.find_case(case_id)
    case_file = desk.store.case_file(case.id)
    if isinstance(source, Path):
        data = _bytes_of(source)
        return _preview(source.name, source, "", data, read_list(data, source.name, zone), case_file)
    name = f"pasted-{desk.clock.now().local:%Y%m%d-%H%M%S}.txt"
    text = source.encode("utf-8", "replace").decode("utf-8")
    return _preview(name, None, text, text.encode(), read_text(text, name, zone), case_file)


def take_list(desk: Desk, case_id: str, looked_at: Preview, chosen: Collection[int]) -> TakenList:
    """Keep the list itself and log the chosen offers, in one transaction. Gives names to numbers.

    What belongs to a recorded encounter is logged with it: both count once.

    Raises LIST_CHANGED when the file is no longer what was looked at, and what the disk says.
    """
    offers = [looked_at.offers[index] for index in sorted(chosen)]
    original = _keep(desk, case_id, looked_at)
    logged = _log(desk, case_id, offers) if offers else ()
    for naming in looked_at.namings:
        details = replace(naming.contact.details, name=naming.name)
        change_contact(desk, case_id, naming.contact.id, details)
    return TakenList(original, logged, len(looked_at.namings))


def _log(desk: Desk, case_id: str, offers: Sequence[Offer]) -> tuple[Contact, ...]:
    details = [offer.found.details for offer in offers]
    encounters = {place: one.encounter.id for place, one in enumerate(offers) if one.encounter is not None}
    return log_contacts(desk, case_id, details, ContactSource.LIST, encounters)


def _preview(
    name: str,
    source: Path | None,
    pasted: str,
    data: bytes,
    read: ReadList,
    case_file: CaseFile,
) -> Preview:
    return Preview(
        name,
        source,
        pasted,
        hashlib.sha256(data).hexdigest(),
        offers_of(read, case_file),
        read.refused,
        namings_of(read, case_file.contacts),
    )


def _keep(desk: Desk, case_id: str, looked_at: Preview) -> Attachment:
    if looked_at.source is not None:
        if _sha256(looked_at.source) != looked_at.sha256:
            raise WrongUse(Code.LIST_CHANGED, path=looked_at.name)
        return attach_file(desk, case_id, looked_at.source)
    try:
        with tempfile.TemporaryDirectory(prefix=PASTED, dir=desk.library) as folder:
            path = Path(folder) / looked_at.name
            path.write_bytes(looked_at.pasted.encode())
            return attach_file(desk, case_id, path)
    except OSError as error:
        raise disk_failure(error, desk.library) from error


def _bytes_of(path: Path) -> bytes:
    """One byte more than is allowed, at most: a list that is too large must not fill the memory."""
    if not path.is_file():  # a pipe would never end
        raise WrongUse(Code.NOT_A_FILE if path.exists() else Code.FILE_UNREADABLE, path=str(path))
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise WrongUse(Code.FILE_UNREADABLE, path=str(path), detail=str(error.strerror)) from error


def _sha256(path: Path) -> str:
    return hashlib.sha256(_bytes_of(path)).hexdigest()
