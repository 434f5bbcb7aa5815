"""A quiet line with what the rules in use say to be careful with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.rules import Caution
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.law.sources import sources_line
from evidencedesk.ui.words import UiWords


class CautionLine(QWidget):
    """Sentences of packs, each with its source; never in the way."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._cautions: tuple[Caution, ...] = ()
        self.text = TextLabel(tone="sub", parent=self, wrap=True)
        self.sources = TextLabel(tone="faint", parent=self, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.text)
        texts.addWidget(self.sources)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(IconLabel("triangle-alert", "warn", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.hide()

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to be careful with."""
        return bool(self._cautions)

    def show_cautions(self, cautions: Sequence[Caution]) -> bool:
        """Say these; whether they are others than before."""
        if tuple(cautions) == self._cautions:
            return False
        self._cautions = tuple(cautions)
        self.retranslate()
        return True

    def retranslate(self) -> None:
        """Write everything anew."""
        language = self._words.language
        self.text.setText("\n".join(one.text.in_language(language) for one in self._cautions))
        sources = [source for one in self._cautions for source in one.sources]
        self.sources.setText(sources_line(self._words.words, dict.fromkeys(sources)) if sources else "")
        self.sources.setVisible(bool(sources))
