"""Word and Excel files: text and tables, without anything they would like to load or run."""

from __future__ import annotations

import re
import zipfile
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import mammoth
from python_calamine import CalamineWorkbook

from evidencedesk.intake.preview import CannotShow, RichShown, TableShown, Trouble

ROWS = 200
COLUMNS = 50
_CELL = 300
_MOST_ENTRIES = 5_000
_MOST_BYTES = 150_000_000
_MOST_XML_BYTES = 24_000_000
_MOST_CELLS = 4_000_000
_SHOWN_CHARACTERS = 200_000
_KEPT_TAGS = frozenset(
    (
        *("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
        *("strong", "b", "em", "i", "u", "s", "sup", "sub"),
        *("ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th"),
    )
)
_ALONE = frozenset({"br"})
_SILENT = frozenset({"script", "style", "title", "head"})
_REFERENCE = re.compile(rb"""\br\s*=\s*["'](?P<column>[A-Za-z]{0,4})(?P<row>\d{1,10})["']""")


def look_at_word(path: Path) -> RichShown:
    """The text with its headings, lists and tables. Raises CannotShow, and whatever the reader raises."""
    _require_tame(path)
    # Pictures stay out: they would have to be decoded, too.
    made = mammoth.convert_to_html(
        BytesIO(path.read_bytes()), convert_image=mammoth.images.img_element(_no_picture)
    )
    return tame_html(made.value)


def look_at_excel(path: Path, sheet: int) -> TableShown:
    """The first rows of a sheet. Raises CannotShow, and whatever the reader raises."""
    _require_tame(path)
    _require_dense(path)
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    names = tuple(book.sheet_names)
    if not names:
        raise CannotShow(Trouble.EMPTY)
    wanted = min(max(0, sheet), len(names) - 1)
    rows = book.get_sheet_by_index(wanted).to_python(nrows=ROWS + 1)
    shown = tuple(tuple(cell_text(cell) for cell in row[:COLUMNS]) for row in rows[:ROWS])
    more = len(rows) > ROWS or any(len(row) > COLUMNS for row in rows)
    return TableShown(shown, names, wanted, more)


def cell_text(value: object) -> str:
    """A cell in one line; whole numbers without a point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return " ".join(str(value).split())[:_CELL]


def tame_html(html: str) -> RichShown:
    """Plain tags and text: nothing that refers to anything, nothing that looks or acts."""
    tamer = _Tamer()
    tamer.feed(html)
    tamer.close()
    return RichShown(tamer.html, tamer.full)


class _Tamer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._silent = 0
        self._length = 0
        self.full = False

    @property
    def html(self) -> str:
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _KEPT_TAGS and not self.full:
            self._parts.append(f"<{tag}>")
            if tag not in _ALONE:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in self._open and not self.full:
            while self._open:
                ended = self._open.pop()
                self._parts.append(f"</{ended}>")
                if ended == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self._silent or self.full:
            return
        room = _SHOWN_CHARACTERS - self._length
        self.full = len(data) > room
        self._length += len(data)
        self._parts.append(escape(data[:room]))


def _no_picture(_image: object) -> dict[str, str]:
    return {}


def _require_tame(path: Path) -> None:
    """Nothing in it is encrypted, swells beyond measure, or brings a grammar of its own."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if any(one.flag_bits & 1 for one in entries):
            raise CannotShow(Trouble.ENCRYPTED)
        if len(entries) > _MOST_ENTRIES or sum(one.file_size for one in entries) > _MOST_BYTES:
            raise CannotShow(Trouble.SWELLS)
        for one in entries:
            if one.filename.lower().endswith((".xml", ".rels")):
                if one.file_size > _MOST_XML_BYTES:
                    raise CannotShow(Trouble.SWELLS)
                content = archive.read(one)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise CannotShow(Trouble.DAMAGED)


def _require_dense(path: Path) -> None:
    """The reader makes room for every cell between the first and the last: two may be far apart."""
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            if not one.filename.startswith("xl/worksheets/") or not one.filename.endswith(".xml"):
                continue
            rows, columns = 1, 1
            for found in _REFERENCE.finditer(archive.read(one)):
                rows = max(rows, int(found["row"]))
                columns = max(columns, _column(found["column"]))
            if rows * columns > _MOST_CELLS:
                raise CannotShow(Trouble.SWELLS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
