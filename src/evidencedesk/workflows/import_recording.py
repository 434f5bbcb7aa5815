"""Take a recording made elsewhere into a case: a phone's call recording, a door camera's film.

It is kept bit for bit and never becomes a recording of this program: nothing is known here of how, when or
by what it was made. What a decoder finds in it is noted beside it.
"""

from __future__ import annotations

import re
from pathlib import Path

from evidencedesk.capture.imported_sound import examine
from evidencedesk.domain.case import AttachmentKind, ImportedSound, TakenIn
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.kept_file import kept_file
from evidencedesk.workflows.open_case import require_encounter

# What phones, voice recorders, chats and cameras call a file with sound in it.
_SOUND_ENDINGS = re.compile(
    r"\.(3ga|3gpp?|aac|ac3|aiff?|amr|ape|asf|au|avi|awb|caf|flac|flv|m4[abv]|mk[av]|mov|mp[234]|mpe?g|mts"
    r"|og[agv]|opus|qcp|ts|w64|wav|web[am]|webm|wm[av])",
    re.IGNORECASE,
)


def import_recording(desk: Desk, case_id: str, path: Path, encounter: str | None = None) -> ImportedSound:
    """Copy a sound or film into the library, look into it, and note both in the journal.

    A file that no decoder can read is taken in all the same. Raises NOT_A_FILE, FILE_UNREADABLE, and what
    the disk says. Nothing half-written stays.
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    with kept_file(desk, case.id, path) as kept:
        # What is kept is looked into: the file outside may change meanwhile.
        found = examine(kept.path)
        imported = ImportedSound(
            id=kept.id,
            case=case.id,
            encounter=encounter,
            name=kept.name,
            stored_name=kept.stored_name,
            file_bytes=kept.file_bytes,
            sha256=kept.sha256,
            file_modified_utc=kept.modified_utc,
            format=found.format,
            duration_ms=found.duration_ms,
            rate_hz=found.rate_hz,
            channels=found.channels,
            decoder=found.decoder,
            moment=desk.clock.now(),
        )
        facts = {
            "imported": imported.id,
            "encounter": encounter,
            "name": imported.name,
            "stored_name": imported.stored_name,
            "file_bytes": imported.file_bytes,
            "sha256": imported.sha256,
            "file_modified_utc": imported.file_modified_utc,
            "format": imported.format,
            "duration_ms": imported.duration_ms,
            "rate_hz": imported.rate_hz,
            "channels": imported.channels,
            "decoder": imported.decoder,
        }
        desk.store.append(case.id, [(EventType.RECORDING_IMPORTED, facts)], imported.moment)
    return imported


def take_in(
    desk: Desk,
    case_id: str,
    path: Path,
    encounter: str | None = None,
    *,
    kind: AttachmentKind | None = None,
    text: str = "",
    debt: bool = False,
    template: str = "",
) -> TakenIn:
    """Take in any file: what is called like a sound or film is imported, anything else attached.

    What is said of it goes with a file that is attached; an imported recording says itself what it is.
    Raises what those raise.
    """
    if is_sound(path.name):
        return import_recording(desk, case_id, path, encounter)
    return attach_file(desk, case_id, path, encounter, kind=kind, text=text, debt=debt, template=template)


def is_sound(name: str) -> bool:
    """Whether a file is called like a sound or film."""
    return _SOUND_ENDINGS.fullmatch(Path(name).suffix) is not None
