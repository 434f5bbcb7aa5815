"""What a Word file may hold to become a letter: words and pictures, nothing that acts or fetches."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from evidencedesk.domain.errors import Code, Unreadable

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BODY = "word/document.xml"
_MOST_BYTES = 30_000_000
_MOST_PARTS = 2000
# Fields that only say what the reading program counts itself. INCLUDETEXT, DDE and the like read files.
_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "HYPERLINK"}
)
_ACTING = re.compile(r"(?i)vbaproject|activex|embeddings/|afchunk|\.bin$|customui")


def check_word_file(content: bytes, name: str) -> None:
    """Refuse what is no Word file, or could act, fetch or fill the memory.

    Raises TEMPLATE_UNREADABLE, TEMPLATE_FORBIDDEN.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > _MOST_BYTES:
                raise Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason="size")
            if _BODY not in packed.namelist():
                raise Unreadable(Code.TEMPLATE_UNREADABLE, file=name)
            for entry in entries:
                if _ACTING.search(entry.filename):
                    raise Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason=entry.filename)
                if entry.filename.endswith((".xml", ".rels")):
                    _check_part(packed.read(entry), name)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(Code.TEMPLATE_UNREADABLE, file=name, detail=str(error)) from error


def _check_part(xml: bytes, name: str) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason="DOCTYPE")
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    for relation in root.iter(_RELATION):
        # A link is followed only when somebody clicks on it; everything else is fetched at opening.
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            raise Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason=relation.get("Target", ""))
    for field in _fields(root):
        words = field.split()
        if words and words[0].upper() not in _FIELDS:
            raise Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason=words[0])


def _fields(root: Any) -> Iterator[str]:
    """The instructions of all fields; one may lie in several runs."""
    open_fields: list[str] = []
    for element in root.iter(f"{_WORD}fldSimple", f"{_WORD}fldChar", f"{_WORD}instrText"):
        if element.tag == f"{_WORD}fldSimple":
            yield element.get(f"{_WORD}instr", "")
        elif element.tag == f"{_WORD}instrText":
            if not open_fields:
                yield element.text or ""
            else:
                open_fields[-1] += element.text or ""
        elif element.get(f"{_WORD}fldCharType") == "begin":
            open_fields.append("")
        elif open_fields and element.get(f"{_WORD}fldCharType") == "separate":
            yield open_fields[-1]
        elif open_fields and element.get(f"{_WORD}fldCharType") == "end":
            yield open_fields.pop()
    yield from open_fields
