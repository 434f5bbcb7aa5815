"""Read an exported journal line by line and name every link that does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.event_shapes import wrong_in
from evidencedesk.custody.journal import JournalHead, line_hash
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.event import FIRST_PREV, Event, event_from_json
from evidencedesk.domain.finding import Finding, Layer

JOURNAL_FILE = "data/journal.jsonl"
LINE_LIMIT = 1024 * 1024
FILE_LIMIT = 512 * 1024 * 1024
COUNT_LIMIT = 1_000_000
SHOWN_LIMIT = 20


@dataclass
class JournalCheck:
    """What a journal says and where it breaks; ``events`` are the lines that could be read.

    ``hashes`` has the SHA-256 of the readable lines, by their place in the file, counted from 1.
    """

    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    head: JournalHead = field(default_factory=JournalHead)
    case: str = ""
    lines: int = 0
    hashes: dict[int, str] = field(default_factory=dict)
    _shown: Counter[str] = field(default_factory=Counter)

    def find(self, code: str, line: int, expected: str = "", found: str = "") -> None:
        """Note a finding about one line; of one kind only the first 20 are spelled out."""
        self._shown[code] += 1
        if self._shown[code] <= SHOWN_LIMIT:
            self.findings.append(Finding(Layer.JOURNAL, code, f"{JOURNAL_FILE}:{line}", expected, found))

    def close_counts(self) -> None:
        """Say how many findings were not spelled out."""
        for code, count in sorted(self._shown.items()):
            if count > SHOWN_LIMIT:
                more = str(count - SHOWN_LIMIT)
                self.findings.append(Finding(Layer.JOURNAL, "too-many", code, str(SHOWN_LIMIT), more))


def check_journal(file: BinaryIO) -> JournalCheck:
    """Check numbers, links and form of every line. Raises OSError."""
    check = JournalCheck()
    prev, seq = FIRST_PREV, 0
    for raw in _lines(file, check):
        check.lines += 1
        number = check.lines
        event = _read_event(raw, check, number)
        if event is not None:
            check.case = check.case or event.case
            if event.seq != seq + 1 or event.case != check.case:
                check.find("journal-order", number, f"{check.case} {seq + 1}", f"{event.case} {event.seq}")
            if event.prev != prev:
                check.find("journal-chain", number, prev, event.prev)
            check.events.append(event)
            seq = event.seq
        else:
            seq += 1
        prev = line_hash(raw)
        if event is not None:
            check.hashes[number] = prev
    check.head = JournalHead(seq, prev)
    check.close_counts()
    return check


def _read_event(raw: bytes, check: JournalCheck, number: int) -> Event | None:
    try:
        value = parse_strict(raw)
        event = event_from_json(value)
        if canonical_line(event.as_json()) != raw:
            check.find("journal-line", number, "RFC 8785", raw[:80].decode("utf-8", "replace"))
            return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        check.find("journal-line", number, found=f"{type(error).__name__}: {error}"[:120])
        return None
    wrong = wrong_in(event)
    if wrong:
        check.find("journal-line", number, event.type.value, wrong)
        return None
    return event


def _lines(file: BinaryIO, check: JournalCheck) -> Iterator[bytes]:
    taken = 0
    while raw := file.readline(LINE_LIMIT + 1):
        taken += len(raw)
        if len(raw) > LINE_LIMIT or taken > FILE_LIMIT or check.lines >= COUNT_LIMIT:
            limit = f"{LINE_LIMIT}, {FILE_LIMIT}, {COUNT_LIMIT}"
            check.find("journal-too-large", check.lines + 1, limit)
            return
        if not raw.endswith(b"\n"):
            check.find("journal-line", check.lines + 1, "\\n")
        yield raw.removesuffix(b"\n")
