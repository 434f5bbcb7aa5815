"""Templates of letters as users and enemies write them."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def template(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return packed(document)


def with_field(*parts: str) -> bytes:
    """A Word file with a field whose instruction lies in several runs."""
    document = docx.Document()
    paragraph = document.add_paragraph("x")
    for kind in ("begin", *parts, "separate", "end"):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = kind
        run._r.append(mark)
    return packed(document)


def with_part(name: str, content: bytes) -> bytes:
    """A Word file with one part more, or another one."""
    return changed(template("x"), name, content)


def with_relation(kind: str, target: str) -> bytes:
    """A Word file that names something outside it."""
    document = docx.Document()
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    document.part.relate_to(target, f"{namespace}{kind}", is_external=True)
    return packed(document)


def changed(word_file: bytes, name: str, content: bytes) -> bytes:
    """The same file with another part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file)) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return target.getvalue()


def words_in(word_file: bytes) -> str:
    """Every word of a Word file: body, tables, foot."""
    document = docx.Document(io.BytesIO(word_file))
    lines = [one.text for one in document.element.body.iter(qn("w:t")) if one.text]
    lines += [one.text for one in document.sections[0].footer.paragraphs]
    return "\n".join([*lines, document.core_properties.title])


def packed(document: object) -> bytes:
    raw = io.BytesIO()
    document.save(raw)  # type: ignore[attr-defined]
    return raw.getvalue()
