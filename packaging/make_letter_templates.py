"""Make the templates of the letters from their text; with ``--check`` only say which are not up to date.

The text stands in ``packaging/letters/<language>/<name>.txt``, so that a lawyer or translator can read it
without Word. A line is a paragraph; its beginning says which kind:

    # title          ## heading         @ without indent      ~ small remark
    > on the right   |cell|cell|        !sign WORD            {% if … %}, {% for … %} of whole paragraphs

``|{% for … %}|`` is a loop over rows of a table; the first row says how wide each column is (``|Sum:2|``).
Always the same bytes for the same text.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evidencedesk.export.same_bytes import same_bytes

ROOT = Path(__file__).resolve().parents[1]
TEXTS = Path(__file__).resolve().parent / "letters"
TEMPLATES = ROOT / "resources" / "letters"

_ROOM_CM = 15.4
_LATIN, _SONG, _HEI = "Times New Roman", "宋体", "黑体"
_LEFT, _RIGHT, _CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
# Name, size, bold, alignment, first line's indent in characters, room before and after in points.
_STYLES = (
    ("Letter Title", 18, True, _CENTER, 0, 0, 14),
    ("Letter Heading", 13, True, _LEFT, 0, 8, 3),
    ("Letter Plain", 12, False, _LEFT, 0, 0, 3),
    ("Letter Text", 12, False, _LEFT, 2, 0, 3),
    ("Letter Right", 12, False, _RIGHT, 0, 6, 2),
    ("Letter Small", 9, False, _LEFT, 0, 6, 0),
    ("Letter Cell", 10, False, _LEFT, 0, 1, 1),
)
# As the file itself spells them.
_KEPT_STYLES = frozenset(
    {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "header", "footer"}
)
_BEGINNINGS = {
    "# ": "Letter Title",
    "## ": "Letter Heading",
    "@ ": "Letter Plain",
    "> ": "Letter Right",
    "~ ": "Letter Small",
}
_SIGN = {
    "zh": (
        "{% if pieces %}",
        "@ 附件（编号与证据目录一致）：",
        "{% for one in pieces %}",
        "@ {{ one.number }}　{{ one.name }}",
        "{% endfor %}",
        "{% endif %}",
        "{who}",
        "> ________ 年 ____ 月 ____ 日",
    ),
    "en": (
        "{% if pieces %}",
        "@ Enclosed (numbers as in the evidence list):",
        "{% for one in pieces %}",
        "@ {{ one.number }}  {{ one.name }}",
        "{% endfor %}",
        "{% endif %}",
        "{who}",
        "> Date: ________________",
    ),
}
_WHO = {"zh": "> {who}（签名）：________________", "en": "> {who}: ________________"}
_ADDRESS = {
    "zh": ("> {{ sender_name }}", "> 联系地址：{{ sender_address }}", "> 联系电话：{{ sender_phone }}"),
    "en": ("> {{ sender_name }}", "> Address: {{ sender_address }}", "> Telephone: {{ sender_phone }}"),
}
_PAGE = {"zh": ("第 ", " 页，共 ", " 页"), "en": ("Page ", " of ", "")}


def template(text: str, language: str) -> bytes:
    """The Word file of one text."""
    document = docx.Document()
    _set_up(document, language)
    lines = list(_lines(text, language))
    place = 0
    while place < len(lines):
        if lines[place].startswith("|"):
            end = next((at for at in range(place, len(lines)) if not lines[at].startswith("|")), len(lines))
            _table(document, [line.strip("|").split("|") for line in lines[place:end]])
            place = end
        else:
            following = lines[place + 1] if place + 1 < len(lines) else ""
            _paragraph(document, lines[place]).paragraph_format.keep_with_next = (
                True if following.startswith("|") or lines[place] == "此致" else None
            )
            place += 1
    raw = io.BytesIO()
    document.save(raw)
    return same_bytes(raw.getvalue())


def _lines(text: str, language: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("!sign "):
            if line.strip():
                yield line
            continue
        who = line.removeprefix("!sign ")
        with_address = who.endswith(" with-address")
        signed = _WHO[language].replace("{who}", who.removesuffix(" with-address"))
        for one in _SIGN[language]:
            if one != "{who}":
                yield one
                continue
            if with_address:
                yield from _ADDRESS[language]
            yield signed


def _paragraph(document: Any, line: str) -> Any:
    style = next((name for mark, name in _BEGINNINGS.items() if line.startswith(mark)), "Letter Text")
    words = line.split(" ", 1)[1] if style != "Letter Text" else line
    if line.startswith("{%"):
        words = line.replace("{%", "{%p", 1)
    return document.add_paragraph(words, style=style)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    columns = max(map(len, rows))
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    table.autofit = False
    heads = [cell.rpartition(":") for cell in rows[0]]
    parts = [int(width) for _, _, width in heads]
    widths = [Cm(_ROOM_CM * part / sum(parts)) for part in parts]
    rows = [[name for name, _, _ in heads], *rows[1:]]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, cells in enumerate(rows):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no public name
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        for cell, words, width in zip(row.cells, cells, widths, strict=False):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.style = "Letter Cell"
            loop = words.startswith("{%")
            run = paragraph.add_run(words.replace("{%", "{%tr", 1) if loop else words)
            run.font.bold = True if number == 0 else None
    document.add_paragraph("", style="Letter Cell")


def _set_up(document: Any, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.5)
    for name, size, bold, alignment, indent, before, after in _STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _HEI if bold else _SONG)
        form = style.paragraph_format
        form.alignment = alignment
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.line_spacing = 1.0 if name in {"Letter Cell", "Letter Small"} else 1.35
        form.keep_with_next = name in {"Letter Title", "Letter Heading", "Letter Right"}
        if indent and language == "zh":
            form.first_line_indent = Pt(size * indent)
    _without_other_styles(document)
    _foot(section.footer.paragraphs[0], language)
    properties = document.core_properties
    properties.title, properties.comments = "{{ subject }}", ""
    properties.author = properties.last_modified_by = "EvidenceDesk"
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - Word has no zones here
    properties.revision, properties.language = 1, "zh-CN" if language == "zh" else "en-GB"
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]


def _without_other_styles(document: Any) -> None:
    """Word's own template brings a hundred styles: every preview would have to read them."""
    styles = document.styles.element
    for one in list(styles):
        name = one.find(qn("w:name"))
        if name is None:
            if one.tag == qn("w:latentStyles"):
                styles.remove(one)
        elif not name.get(qn("w:val")).startswith("Letter ") and name.get(qn("w:val")) not in _KEPT_STYLES:
            styles.remove(one)
        for link in one.findall(qn("w:link")):
            one.remove(link)


def _foot(paragraph: Any, language: str) -> None:
    paragraph.alignment = _CENTER
    for words, code in zip(_PAGE[language], ("PAGE", "NUMPAGES", ""), strict=True):
        paragraph.add_run(words).font.size = Pt(9)
        if code:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            shown = OxmlElement("w:r")
            number = OxmlElement("w:t")
            number.text = "1"
            shown.append(number)
            field.append(shown)
            paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _parts(packed: bytes) -> dict[str, bytes]:
    """What is inside; how it is packed differs with the version of zlib."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name) for name in file.namelist()}


def main() -> int:
    """Write all templates, or look whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for text in sorted(TEXTS.glob("*/*.txt")):
        language = text.parent.name
        target = TEMPLATES / language / f"{text.stem}.docx"
        made = template(text.read_text(encoding="utf-8"), language)
        if target.is_file() and _parts(target.read_bytes()) == _parts(made):
            continue
        stale.append(str(target.relative_to(ROOT)))
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made)
    for name in stale:
        print(("not up to date: " if check else "written: ") + name)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
