"""A template filled with a case: the Word file of a letter, the same bytes for the same words and moment."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.export.letters.environment import LetterEnvironment, NotAllowed, UnknownField
from evidencedesk.export.letters.word_parts import check_word_file
from evidencedesk.export.papers.plain import printable, shortened
from evidencedesk.export.same_bytes import same_bytes

_NEAR = 60
_FIELD_OF = re.compile(r"has no attribute '([^']*)'")


@dataclass(frozen=True, slots=True)
class Filled:
    """The letter's file, and which fields its template names."""

    content: bytes
    used: frozenset[str]


def fill(template: bytes, name: str, fields: Mapping[str, Any], moment: Moment) -> Filled:
    """Make a letter. ``name`` is what the template's file is called.

    Raises TEMPLATE_UNREADABLE, TEMPLATE_FIELD, TEMPLATE_MISTAKE, TEMPLATE_FORBIDDEN; each names the place.
    """
    check_word_file(template, name)
    environment = LetterEnvironment(fields)
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(_fit_for_paper(fields), environment, autoescape=True)
    except TemplateError as error:
        raise _told(error, name) from error
    except (ValueError, KeyError, AttributeError, TypeError, BadZipFile, etree.XMLSyntaxError) as error:
        # What is left of a file that was put together by hand; docxtpl and python-docx do not name it.
        raise Unreadable(Code.TEMPLATE_UNREADABLE, file=name, detail=str(error)) from error
    _date(document, moment)
    raw = io.BytesIO()
    document.save(raw)
    content = same_bytes(raw.getvalue())
    # Again: a template can write parts of a field apart and join them when it is filled.
    check_word_file(content, name)
    return Filled(content, frozenset(environment.used))


def _date(document: DocxTemplate, moment: Moment) -> None:
    properties = document.docx.core_properties
    at = parse_utc(moment.utc).replace(microsecond=0, tzinfo=None)
    properties.created = properties.modified = at


def _fit_for_paper(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _fit_for_paper(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_fit_for_paper(one) for one in value]
    return value


def _told(error: TemplateError, name: str) -> Unreadable:
    near = _near(error)
    if isinstance(error, UnknownField):
        return Unreadable(Code.TEMPLATE_FIELD, file=name, item=error.field, value=near)
    if isinstance(error, NotAllowed):
        return Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason=error.what)
    if isinstance(error, SecurityError):
        return Unreadable(Code.TEMPLATE_FORBIDDEN, file=name, reason=str(error))
    if isinstance(error, UndefinedError):
        found = _FIELD_OF.search(str(error))
        field = found[1] if found else str(error)
        return Unreadable(Code.TEMPLATE_FIELD, file=name, item=field, value=near)
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    return Unreadable(Code.TEMPLATE_MISTAKE, file=name, item=line, value=near, detail=error.message or "")


def _near(error: TemplateError) -> str:
    """The words of the paragraph where it is; docxtpl gives a few around it, that one in the middle."""
    lines = [str(one).strip() for one in getattr(error, "docx_context", ())]
    if not lines:
        return "…"
    line = getattr(error, "lineno", None) or 0
    place = min(line - 1 - max(line - 4, 0), len(lines) - 1)
    return shortened(lines[place] or "…", _NEAR)
