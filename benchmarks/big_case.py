"""A case with many files of noise, as an export and a verification meet it at their worst."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.custody.journal import JournalHead, event_line, line_hash, next_event
from evidencedesk.custody.projection import project
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.export.case_folder import ExportPlan, write_case_folder
from evidencedesk.system.resources import resource

CASE = "c-00000001"
_MOMENT = Moment("2026-11-23T14:00:00.000000Z", 480, "boot-1", 0)
_BLOCK = os.urandom(1 << 20)


@dataclass(frozen=True, slots=True)
class BigCase:
    """The files of a case in ``source``, and its journal."""

    source: Path
    events: tuple[Event, ...]
    payload_bytes: int

    def export(self, destination: Path, reading_back: Callable[[int, int, str], None] | None = None) -> Path:
        """Write the case folder, as the program does."""
        return write_case_folder(self._plan(destination), reading_back=reading_back).path

    def _plan(self, destination: Path) -> ExportPlan:
        last = event_line(self.events[-1])
        return ExportPlan(
            case_file=project(self.events),
            journal_lines=tuple(map(event_line, self.events)),
            head=JournalHead(len(self.events), line_hash(last)),
            case_source_folder=self.source,
            destination=destination,
            start_here_html="<!doctype html>\n",
            how_to_check="",
            verify_html="<!doctype html>\n",
            schemas=tuple(resource("schemas", name) for name in ("case.schema.json", "event.schema.json")),
            language="zh",
            app_version="0",
            exported=_MOMENT,
        )


def big_case(source: Path, files: int, file_bytes: int) -> BigCase:
    """``files`` attachments of ``file_bytes`` each; none is like another."""
    events: list[Event] = []
    head = JournalHead()

    def add(kind: EventType, data: dict[str, object]) -> None:
        nonlocal head
        event = next_event(CASE, head, kind, data, _MOMENT)
        events.append(event)
        head = JournalHead(event.seq, line_hash(event_line(event)))

    add(EventType.CASE_OPENED, {"title": "big", "creditor": "", "contract": ""})
    for number in range(files):
        name = f"a-{number:08x}"
        path = source / "attachments" / name / "noise.bin"
        path.parent.mkdir(parents=True)
        add(
            EventType.ATTACHMENT_ADDED,
            {
                "attachment": name,
                "encounter": None,
                "name": "noise.bin",
                "stored_name": "noise.bin",
                "file_bytes": file_bytes,
                "sha256": _write(path, number, file_bytes),
            },
        )
    exported = {"folder": "out", "language": "zh", "head_before": {"seq": head.seq, "hash": head.hash}}
    add(EventType.CASE_EXPORTED, exported)
    return BigCase(source, tuple(events), files * file_bytes)


def many_notes(count: int) -> Iterator[bytes]:
    """The lines of a journal with ``count`` notes."""
    head = JournalHead()
    for seq in range(1, count + 1):
        data: dict[str, object] = {"title": "long", "creditor": "", "contract": ""}
        kind = EventType.CASE_OPENED
        if seq > 1:
            kind = EventType.NOTE_TAKEN
            data = {
                "note": f"n-{seq:08x}",
                "encounter": None,
                "recording": None,
                "at_ms": None,
                "text": f"对方说:今天必须还清,否则还会再来。第 {seq} 次。",
                "marker": None,
            }
        line = event_line(next_event(CASE, head, kind, data, _MOMENT))
        head = JournalHead(seq, line_hash(line))
        yield line


def _write(path: Path, number: int, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("xb") as file:
        left = size
        while left:
            block = (number.to_bytes(8, "big") + _BLOCK)[: min(left, len(_BLOCK))]
            digest.update(block)
            file.write(block)
            left -= len(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
