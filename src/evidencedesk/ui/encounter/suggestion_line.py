"""What the records suggest about a duty: a quiet line, and one button to follow it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from evidencedesk.domain.rules import Who
from evidencedesk.domain.suggestion import Suggestion
from evidencedesk.ui.encounter.rule_words import verdict_word
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.suggestions import suggestion_text


class SuggestionLine(QFrame):
    """Says what was found; the button sets the mark, nothing else does."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextLabel(tone="hint", parent=self, wrap=True)
        self.accept = PlainButton(parent=self)
        self.accept.make_tall()
        self.accept.clicked.connect(self.accepted)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 2, 2)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignVCenter)

    def render(self, suggestion: Suggestion, who: Who, duty: str, words: UiWords) -> None:  # type: ignore[override]
        """Show a suggestion about a duty."""
        t = words.text
        said = suggestion_text(words.words, suggestion)
        verdict = t(verdict_word(who, suggestion.verdict))
        self.text.setText(said)
        self.accept.setText(t("Mark: {verdict}", verdict=verdict))
        self.accept.setAccessibleName(t("{text}: {verdict}", text=duty, verdict=verdict))
        self.accept.setAccessibleDescription(said)
