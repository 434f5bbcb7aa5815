"""Sentences of errors about letters and their templates."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_UNTOUCHED = mark("Nothing was changed. Your recordings are safe.")
_BACK = mark("Mend the template in Word, or delete it: the letter is then made from the one delivered.")

LETTER_SENTENCES: Mapping[Code, tuple[str, str, str]] = {
    Code.TEMPLATE_UNREADABLE: (
        mark("“{file}” can't be read as a Word file (.docx)."),
        _UNTOUCHED,
        _BACK,
    ),
    Code.TEMPLATE_FIELD: (
        mark("The template “{file}” names a field that does not exist: “{item}”, near “{value}”."),
        _UNTOUCHED,
        _BACK,
    ),
    Code.TEMPLATE_MISTAKE: (
        mark("The template “{file}” has a mistake between its braces, in paragraph {item}, near “{value}”."),
        _UNTOUCHED,
        _BACK,
    ),
    Code.TEMPLATE_FORBIDDEN: (
        mark("The template “{file}” wants more than a letter may: “{reason}”. It was not used."),
        _UNTOUCHED,
        mark("Don't open it if you don't know who made it. Use the template delivered."),
    ),
    Code.LETTER_NOT_WORD: (
        mark("The changed letter is not there, or is no Word file any more ({path})."),
        _UNTOUCHED,
        mark("Open the letter again, change it, and save it under the same name as .docx."),
    ),
    Code.PLAN_UNREADABLE: (
        mark("“{value}” is no instalment."),
        _UNTOUCHED,
        mark("Write one on each line, day and sum: 2026-12-25 500.00"),
    ),
}
