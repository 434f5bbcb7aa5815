"""The words on the screen, in Chinese or English."""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]

DOMAIN = "evidencedesk"
_CATALOGUES = {"zh": "zh_CN"}


class Words:
    """Sentences in one language; the English sentence is the key.

    Names in braces are filled from ``facts``: ``words.text("Saved up to {time}", time="00:12")``.
    """

    def __init__(self, language: Language, locale_dir: Path) -> None:
        self.language: Language = language
        catalogue = _CATALOGUES.get(language)
        self._catalogue = (
            gettext.NullTranslations()
            if catalogue is None
            else gettext.translation(DOMAIN, locale_dir, [catalogue], fallback=True)
        )

    def text(self, msgid: str, /, **facts: object) -> str:
        """A sentence. Raises KeyError when it names a fact that was not given."""
        if not msgid:
            return ""  # the empty key is the catalogue's own header
        return self._catalogue.gettext(msgid).format_map(facts)

    def plural(self, singular: str, plural: str, n: int, /, **facts: object) -> str:
        """A sentence about ``n`` things; ``{n}`` stands for the number."""
        return self._catalogue.ngettext(singular, plural, n).format_map({"n": n, **facts})

    def unfilled(self, msgid: str, /) -> str:
        """A sentence whose names in braces somebody else fills, such as a page's own script."""
        return self._catalogue.gettext(msgid)

    def unfilled_plural(self, singular: str, plural: str, /) -> tuple[str, str]:
        """The same for one and for many."""
        return self._catalogue.ngettext(singular, plural, 1), self._catalogue.ngettext(singular, plural, 2)


def mark(msgid: str) -> str:
    """Name a sentence in a table, to be translated when it is shown, never at import."""
    return msgid


def mark_plural(singular: str, plural: str) -> tuple[str, str]:
    """Name a sentence for one and for many in a table."""
    return singular, plural


def system_language() -> Language:
    """The language the system is set to: Chinese in all its forms, or else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return _language_of(value)
    return _language_of(locale.getlocale()[0] or "")


def _language_of(name: str) -> Language:
    # Windows says "Chinese (Simplified)_China".
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
