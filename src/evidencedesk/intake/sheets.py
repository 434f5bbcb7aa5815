"""Rows of a table file: CSV in the encodings there are, and XLSX, XLS and ODS through calamine.

A spreadsheet of a few kilobytes can ask for gigabytes: a cell in the last corner, a row repeated a million
times, a zip that swells. All of that is looked for before the file is opened. Formulas give the value that
was computed last; they are never run.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

import python_calamine as calamine

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.intake.bills import BillTable, Row, table_of, worth
from evidencedesk.intake.texts import text_of

MAX_BYTES = 16_000_000
MAX_LINES = 5_000
_MAX_COLUMNS = 256
_MAX_UNPACKED = 60_000_000
_MAX_CELLS = MAX_LINES * _MAX_COLUMNS
_MAX_SHEETS = 20
_CELL_LENGTH = 500
_DETAIL = 200
_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 40
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# No tag has a "<" in it: each stretch is looked at once, whatever it holds.
_REFERENCE = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"']([0-9]{1,7})[\"']")
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^<>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})[\"']")
_VALUE = b"value-type"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; ``name`` is empty for a text file."""

    name: str
    rows: tuple[Row, ...]


def read_bill(data: bytes, name: str) -> BillTable:
    """The table of a file that looks most like a bill.

    Raises BILL_TOO_LARGE, BILL_UNREADABLE, BILL_LOCKED.
    """
    tables = [table_of(sheet.rows, name, sheet.name) for sheet in read_sheets(data, name)]
    return max(tables, key=lambda one: (worth(one.columns), len(one.rows)))


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """All tables of a file that hold anything. Raises BILL_TOO_LARGE, BILL_UNREADABLE, BILL_LOCKED."""
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if data.startswith((_ZIP, _OLE)):
        sheets = _from_workbook(data, name)
    else:
        sheets = [Sheet("", _from_text(data, name))]
    found = tuple(one for one in sheets if any(any(row) for row in one.rows))
    if not found:
        raise Unreadable(Code.BILL_UNREADABLE, path=name)
    return found


def _from_text(data: bytes, name: str) -> tuple[Row, ...]:
    try:
        text = text_of(data, name)
    except Unreadable as error:
        raise Unreadable(Code.BILL_UNREADABLE, path=name) from error
    delimiter = max(_DELIMITERS, key=lambda one: _width(text, one))
    return _cleaned(_csv_rows(text, delimiter), name)


def _width(text: str, delimiter: str) -> int:
    """How many cells the lines have with it, taken together."""
    rows = itertools.islice(_csv_rows(text[: MAX_BYTES // 100], delimiter), _SAMPLE_LINES)
    return sum(len(row) - 1 for row in rows)


def _csv_rows(text: str, delimiter: str) -> Iterable[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []  # a field without an end; the lines after it may be whole


def _from_workbook(data: bytes, name: str) -> list[Sheet]:
    if data.startswith(_ZIP):
        _require_modest(data, name)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            wanted = [
                one.name
                for one in book.sheets_metadata
                if one.visible is calamine.SheetVisibleEnum.Visible
                and one.typ is calamine.SheetTypeEnum.WorkSheet
            ]
            return [
                Sheet(one, _from_sheet(book.get_sheet_by_name(one), name)) for one in wanted[:_MAX_SHEETS]
            ]
    except calamine.PasswordError as error:
        raise Unreadable(Code.BILL_LOCKED, path=name) from error
    except Unreadable:
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic inside calamine is no Exception
        raise Unreadable(Code.BILL_UNREADABLE, path=name, detail=str(error)[:_DETAIL]) from error


def _from_sheet(sheet: calamine.CalamineSheet, name: str) -> tuple[Row, ...]:
    if sheet.height > MAX_LINES or sheet.width > _MAX_COLUMNS:
        raise _too_large(name)
    return _cleaned(([_cell(one) for one in row] for row in sheet.to_python()), name)


def _cell(value: object) -> str:
    """A cell as a bill would print it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        # Sums are kept in binary there: 1280.5 is 1280.4999999999998 after an addition.
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)


def _cleaned(rows: Iterable[Iterable[str]], name: str) -> tuple[Row, ...]:
    made: list[Row] = []
    for row in rows:
        cells = tuple(" ".join(cell[:_CELL_LENGTH].split()) for cell in row)
        if len(made) >= MAX_LINES or len(cells) > _MAX_COLUMNS:
            raise _too_large(name)
        made.append(cells)
    return tuple(made)


def _require_modest(data: bytes, name: str) -> None:
    """Refuse what would take more memory than a bill is worth, before anything is unpacked whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MAX_UNPACKED:
                raise _too_large(name)
            left = _MAX_UNPACKED
            for one in archive.infolist():
                check = _check_for(one.filename)
                if check is not None:
                    with archive.open(one) as part:
                        # The size that the archive tells may be a lie.
                        content = part.read(left + 1)
                    left -= len(content)
                    if left < 0 or check(content):
                        raise _too_large(name)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Unreadable(Code.BILL_UNREADABLE, path=name) from error


def _check_for(entry: str) -> Callable[[bytes], bool] | None:
    if entry.startswith("xl/worksheets/"):
        return _spreads_far
    return _repeats_much if entry == "content.xml" else None


def _spreads_far(sheet: bytes) -> bool:
    """Whether the box around all cells is larger than any bill."""
    rows = {int(one[1]) for one in _ROW_NUMBER.finditer(sheet)}
    columns: set[int] = set()
    for match in _REFERENCE.finditer(sheet):
        rows.add(int(match[2]))
        columns.add(_column(match[1].upper()))
    if not rows:
        return False
    wide = max(columns) - min(columns) + 1 if columns else 1
    return (max(rows) - min(rows) + 1) * wide > _MAX_CELLS


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeats_much(content: bytes) -> bool:
    """The same of ODS, where rows and cells say how often they come; empty ones at the end do not count."""
    rows = at = filled = widest = 0
    for tag in _ODS_TAG.finditer(content):
        if tag[1] == b"table-row":
            rows, at = rows + _repeated(tag[2]), 0
            continue
        at += _repeated(tag[2])
        if _VALUE in tag[2]:
            filled, widest = rows, max(widest, at)
    return filled * widest > _MAX_CELLS


def _repeated(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return 1 if found is None else int(found[1])


def _too_large(name: str) -> Unreadable:
    return Unreadable(Code.BILL_TOO_LARGE, path=name, limit=MAX_LINES, length=MAX_BYTES // 1_000_000)
