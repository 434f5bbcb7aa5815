"""The window's words: one object that every page asks, and that tells them when the language changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.wording.language import Language, Words


class UiWords(QObject):
    """Sentences in the language in force; ``language_changed`` asks pages to write themselves anew."""

    language_changed = Signal()

    def __init__(self, language: Language, locale_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._locale_dir = locale_dir
        self._words = Words(language, locale_dir)

    @property
    def language(self) -> Language:
        """``zh`` or ``en``."""
        return self._words.language

    @property
    def words(self) -> Words:
        """The plain words, for what stands in the ``wording`` package."""
        return self._words

    def in_language(self, language: Language) -> Words:
        """The same sentences in a language that may be another one than the window's."""
        return self._words if language == self.language else Words(language, self._locale_dir)

    def set_language(self, language: Language) -> None:
        """Switch at once."""
        if language != self.language:
            self._words = Words(language, self._locale_dir)
            self.language_changed.emit()

    def text(self, msgid: str, /, **facts: object) -> str:
        """A sentence; names in braces are filled from ``facts``."""
        return self._words.text(msgid, **facts)

    def plural(self, singular: str, plural: str, n: int, /, **facts: object) -> str:
        """A sentence about ``n`` things; ``{n}`` stands for the number."""
        return self._words.plural(singular, plural, n, **facts)
