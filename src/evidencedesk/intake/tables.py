"""Call and SMS lists as tables: CSV with commas, semicolons or tabs, with a row of headings."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from datetime import tzinfo

from evidencedesk.domain.case import ContactDetails, ContactKind
from evidencedesk.intake.columns import Column, Columns, columns_of
from evidencedesk.intake.found import (
    MAX_NAME,
    Form,
    Gathering,
    ReadList,
    Trouble,
    cut_text,
    party_of,
    plain,
)
from evidencedesk.intake.kinds import Way, android_call, android_message, is_draft, way_named
from evidencedesk.intake.times import place, read_length, read_time

_DELIMITERS = ",;\t"
# Some exports begin with a title, the owner's number and the span of days.
_HEADINGS_WITHIN = 15
_HEAD = 100_000

_Row = tuple[int, list[str] | None]


def read_table(text: str, zone: tzinfo | None) -> ReadList | None:
    """Read a table; None when no row of headings is found in it."""
    chosen = _headings(text)
    if chosen is None:
        return None
    delimiter, heading, columns = chosen
    gathering = Gathering(Form.TABLE)
    for line, row in _rows(text, delimiter):
        if line <= heading or row == []:
            continue
        if row is None:
            gathering.refuse(line, Trouble.LINE_UNREADABLE)
        elif any(cell.strip() for cell in row):
            _take(gathering, line, row, columns, zone)
        if gathering.full:
            break
    return gathering.done()


def _headings(text: str) -> tuple[str, int, Columns] | None:
    head = text[:_HEAD]
    best: tuple[str, int, Columns] | None = None
    for delimiter in _DELIMITERS:
        for line, row in itertools.islice(_rows(head, delimiter), _HEADINGS_WITHIN):
            columns = None if row is None else columns_of(row)
            if columns is not None and (best is None or len(columns.places) > len(best[2].places)):
                best = (delimiter, line, columns)
    return best


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, None
            continue
        yield reader.line_num, row


def _take(gathering: Gathering, line: int, row: Sequence[str], columns: Columns, zone: tzinfo | None) -> None:
    found = read_time(columns.when(row))
    if found.value is None:
        gathering.refuse(line, found.trouble or Trouble.TIME_UNREADABLE, " ".join(row))
        return
    placed = place(found.value, zone)
    text, troubles = cut_text(columns.cell(row, Column.TEXT))
    told = list(troubles) + ([placed.trouble] if placed.trouble else [])
    length_s, length_trouble = _length(columns.cell(row, Column.LENGTH))
    if length_trouble:
        told.append(length_trouble)
    word = columns.cell(row, Column.KIND)
    if is_draft(word):
        gathering.refuse(line, Trouble.DRAFT, " ".join(row))
        return
    way, way_trouble = _way(word, columns, length_s)
    if way_trouble:
        told.append(way_trouble)
    details = ContactDetails(
        kind=way.kind,
        begun_utc=placed.utc,
        begun_offset_minutes=placed.offset_minutes,
        length_s=None if way.kind is ContactKind.MISSED_CALL else length_s,
        party=party_of(columns.cell(row, Column.NUMBER)),
        name=plain(columns.cell(row, Column.NAME))[:MAX_NAME],
        text=text,
        outgoing=way.outgoing,
    )
    gathering.add(line, details, tuple(told))


def _length(cell: str) -> tuple[int | None, Trouble | None]:
    if not cell or cell.casefold() in ("-", "--", "null", "none", "未接", "未接通"):
        return None, None
    length_s = read_length(cell)
    return length_s, Trouble.LENGTH_UNREADABLE if length_s is None else None


def _way(word: str, columns: Columns, length_s: int | None) -> tuple[Way, Trouble | None]:
    messages = columns.has(Column.TEXT)
    if word.isdecimal():
        way = android_message(word) if messages else android_call(word)
    else:
        way = way_named(word, has_text=messages)
    if way is None:
        way = _without_word(messages=messages, length_s=length_s)
    if way is None:
        return Way(ContactKind.OTHER), Trouble.KIND_UNKNOWN
    if way.kind is ContactKind.CALL and length_s == 0 and not way.answered:
        return Way(ContactKind.MISSED_CALL, way.outgoing), Trouble.NOT_ANSWERED
    return way, None


def _without_word(*, messages: bool, length_s: int | None) -> Way | None:
    if messages:
        return Way(ContactKind.SMS)
    return None if length_s is None else Way(ContactKind.CALL)
