"""The files that journals speak of, with the SHA-256 each must have."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import PULSE_FILE
from evidencedesk.store.journal_rows import read_event
from evidencedesk.store.tables import attachments, events, recordings


def read_file_hashes(connection: Connection) -> Mapping[str, str]:
    """By place in the library: ``cases/<case>/recordings/<recording>/audio.flac`` and the like."""
    found: dict[str, str] = {}
    table = recordings.c
    for row in connection.execute(select(recordings).where(table.samples > 0)):
        folder = f"cases/{row.case_id}/recordings/{row.id}"
        for name, sha256 in (
            (row.file, row.file_sha256),
            (PULSE_FILE, row.pulse_sha256),
            (row.found_file, row.found_sha256),
        ):
            if name and sha256:
                found[f"{folder}/{name}"] = sha256
    for row in connection.execute(select(attachments)):
        found[f"cases/{row.case_id}/attachments/{row.id}/{row.stored_name}"] = row.sha256
    imported = select(events.c.line).where(events.c.type == EventType.RECORDING_IMPORTED.value)
    for line in connection.execute(imported).scalars():
        event = read_event(line)
        data = event.data
        found[f"cases/{event.case}/attachments/{data['imported']}/{data['stored_name']}"] = data["sha256"]
    return found
