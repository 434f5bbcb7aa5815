"""A Word file that is the same byte for byte for the same words and moment."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.export.papers.plain import printable
from evidencedesk.export.same_bytes import same_bytes
from evidencedesk.wording.language import Language

# What Word has on Windows and macOS; other programs take the nearest they know.
_LATIN = "Times New Roman"
_CHINESE = "宋体"
_QUIET = RGBColor(0x56, 0x62, 0x72)
_RED = RGBColor(0xA3, 0x26, 0x1D)
_SHORT_CM, _LONG_CM = 21.0, 29.7
_MARGIN_CM = 1.8


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a cell; ``look`` is plain, bold, quiet, note or bad."""

    text: str
    look: str = "plain"


WordCell = Sequence[Line]


class WordFile:
    """Builds one document from top to bottom."""

    def __init__(self, title: str, language: Language, moment: Moment, *, landscape: bool = False) -> None:
        self._document = docx.Document()
        self._moment = moment
        self._page(landscape=landscape)
        self._styles(language)
        properties = self._document.core_properties
        at = parse_utc(moment.utc).replace(microsecond=0, tzinfo=None)
        properties.title = printable(title)
        properties.author = properties.last_modified_by = "EvidenceDesk"
        properties.comments = ""
        properties.created = properties.modified = at
        properties.revision = 1
        properties.language = "zh-CN" if language == "zh" else "en-GB"
        self._without_picture()

    def title(self, text: str) -> None:
        """The name of the document, in the middle."""
        self._heading(text, 1, WD_ALIGN_PARAGRAPH.CENTER)

    def heading(self, text: str, *, new_page: bool = False) -> None:
        """A heading over a part."""
        self._heading(text, 2).paragraph_format.page_break_before = new_page

    def paragraph(
        self, text: str, look: str = "plain", *, space_before: float = 0, with_next: bool = False
    ) -> None:
        """Running text; ``with_next`` keeps it on the page of what follows."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = with_next or None
        paragraph.paragraph_format.space_before = Pt(space_before)
        _write(paragraph, Line(text, look))

    def table(
        self,
        heads: Sequence[str],
        widths_cm: Sequence[float],
        rows: Sequence[Sequence[WordCell]],
        *,
        blank_height_cm: float = 0.9,
    ) -> None:
        """A table with its head on every page. A row of one cell goes over all columns."""
        table = self._document.add_table(rows=0, cols=len(widths_cm))
        table.style = "Table Grid"
        table.autofit = False
        _room_inside(table)
        for column, width in zip(table.columns, widths_cm, strict=True):
            column.width = Cm(width)
        if heads:
            row = _row(table, [[Line(head, "bold")] for head in heads], widths_cm, shade="EEF1F5")
            row.get_or_add_trPr().append(_element("w:tblHeader"))
        for cells in rows:
            blank = not any(line.text for cell in cells for line in cell)
            _row(table, cells, widths_cm, least_cm=blank_height_cm if blank else 0)

    def every_page(self, warnings: Sequence[str], seal: str, page: str) -> None:
        """Warnings above, the seal and ``page`` (with {page} and {pages}) below."""
        section = self._document.sections[0]
        header = section.header.paragraphs[0]
        for place, warning in enumerate(warnings):
            paragraph = header if place == 0 else section.header.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(paragraph, Line(warning, "bad"))
        footer = section.footer.paragraphs[0]
        _write(footer, Line(seal, "quiet"))
        numbers = section.footer.add_paragraph()
        numbers.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write_page_numbers(numbers, page)

    def to_bytes(self) -> bytes:
        """The finished file, its entries dated alike."""
        raw = io.BytesIO()
        self._document.save(raw)
        return same_bytes(raw.getvalue())

    def _page(self, *, landscape: bool) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = (_LONG_CM, _SHORT_CM) if landscape else (_SHORT_CM, _LONG_CM)
        section.page_width, section.page_height = Cm(width), Cm(height)
        section.left_margin = section.right_margin = Cm(_MARGIN_CM)
        section.top_margin = section.bottom_margin = Cm(2.0)
        section.header_distance = section.footer_distance = Cm(0.9)

    def _styles(self, language: Language) -> None:
        for name, size, bold in (("Normal", 10.5, False), ("Heading 1", 18, True), ("Heading 2", 12, True)):
            style: Any = self._document.styles[name]
            style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), bold
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), _CHINESE)
            fonts.set(qn("w:hAnsi"), _LATIN)
            style.paragraph_format.space_after = Pt(4 if name == "Normal" else 8)
        spoken = _element("w:lang", val="en-GB", eastAsia="zh-CN")
        if language == "zh":
            spoken.set(qn("w:val"), "zh-CN")
        normal: Any = self._document.styles["Normal"]
        normal.element.get_or_add_rPr().append(spoken)

    def _heading(self, text: str, level: int, alignment: WD_ALIGN_PARAGRAPH | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph(printable(text), style=f"Heading {level}")
        if alignment is not None:
            paragraph.alignment = alignment
        paragraph.paragraph_format.space_before = Pt(0 if level == 1 else 10)
        return paragraph

    def _without_picture(self) -> None:
        """The template's own preview shows an empty page of somebody else's."""
        relations = self._document.part.package.rels
        for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
            del relations[name]


def _row(
    table: Any, cells: Sequence[WordCell], widths_cm: Sequence[float], *, shade: str = "", least_cm: float = 0
) -> Any:
    """Append a row as XML: asking the table for its cells takes longer with every row."""
    row = OxmlElement("w:tr")
    table._tbl.append(row)  # noqa: SLF001 - as python-docx's own documentation does
    properties = row.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if least_cm:
        properties.append(_element("w:trHeight", val=str(Cm(least_cm).twips), hRule="atLeast"))
    whole = len(cells) == 1
    for cell, width in zip(cells, [sum(widths_cm)] if whole else widths_cm, strict=True):
        element = OxmlElement("w:tc")
        row.append(element)
        about = element.get_or_add_tcPr()
        about.append(_element("w:tcW", w=str(Cm(width).twips), type="dxa"))
        if whole:
            about.append(_element("w:gridSpan", val=str(len(widths_cm))))
        if shade or whole:
            about.append(_element("w:shd", val="clear", color="auto", fill=shade or "F6F7F9"))
        for line in cell or [Line("")]:
            paragraph = Paragraph(OxmlElement("w:p"), table)
            element.append(paragraph._p)  # noqa: SLF001
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.keep_with_next = whole or None
            _write(paragraph, line, in_table=True)
    return row


def _room_inside(table: Any) -> None:
    """Keep the words of all cells off the lines."""
    margins = OxmlElement("w:tblCellMar")
    for side, points in (("top", 2.5), ("left", 4.5), ("bottom", 2.5), ("right", 4.5)):
        margins.append(_element(f"w:{side}", w=str(round(points * 20)), type="dxa"))
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no name for it


def _write(paragraph: Paragraph, line: Line, *, in_table: bool = False) -> None:
    run = paragraph.add_run(printable(line.text))
    run.font.size = Pt(9) if in_table else None
    if line.look == "bold":
        run.font.bold = True
    elif line.look == "quiet":
        run.font.size, run.font.color.rgb = Pt(8), _QUIET
    elif line.look == "note":
        run.font.italic, run.font.color.rgb = True, _QUIET
    elif line.look == "bad":
        run.font.bold, run.font.color.rgb = True, _RED


def _write_page_numbers(paragraph: Paragraph, page: str) -> None:
    """Fields that the reading program counts."""
    before, _, rest = page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        paragraph.add_run(text).font.size = Pt(8)
        if not code:
            continue
        for part in (
            _element("w:fldChar", fldCharType="begin"),
            _element("w:instrText", code),
            _element("w:fldChar", fldCharType="separate"),
            _element("w:t", "1"),
            _element("w:fldChar", fldCharType="end"),
        ):
            run = paragraph.add_run()
            run.font.size = Pt(8)
            run._r.append(part)  # noqa: SLF001


def _element(tag: str, text: str | None = None, **attributes: str) -> Any:
    element: Any = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    if text is not None:
        element.text = text
    return element
