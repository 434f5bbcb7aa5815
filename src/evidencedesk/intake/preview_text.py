"""Text and tables in text, in the encodings that phones and banks write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from evidencedesk.intake.preview import TableShown, TextShown

_MOST_BYTES = 1_000_000
_MOST_CHARACTERS = 200_000
_ROWS = 200
_COLUMNS = 50
_CELL = 300
_DELIMITERS = ",;\t|"
_ENCODINGS = ("utf-8-sig", "gb18030")


def look_at_text(path: Path) -> TextShown:
    """The beginning of a text."""
    text, cut = _text_of(path)
    shown = "".join(c for c in text[:_MOST_CHARACTERS] if c.isprintable() or c in "\n\t")
    return TextShown(shown, cut or len(text) > _MOST_CHARACTERS)


def look_at_csv(path: Path) -> TableShown | TextShown:
    """The first rows; as text where it is no table."""
    text, cut = _text_of(path)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:4096], _DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    rows = []
    try:
        for row in csv.reader(io.StringIO(text), dialect):
            rows.append(tuple(" ".join(cell.split())[:_CELL] for cell in row[:_COLUMNS]))
            if len(rows) > _ROWS:
                break
    except csv.Error:
        return look_at_text(path)
    return TableShown(tuple(rows[:_ROWS]), more=cut or len(rows) > _ROWS)


def _text_of(path: Path) -> tuple[str, bool]:
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    cut = len(data) > _MOST_BYTES
    data = data[:_MOST_BYTES]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), cut
    for encoding in _ENCODINGS:
        try:
            # A character that was cut in two at the end is no other encoding.
            return data[: len(data) - 4 * cut].decode(encoding), cut
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace"), cut
