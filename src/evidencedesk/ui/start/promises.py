"""The first step: what this program does, in three short promises."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_PROMISES = (
    (
        "mic",
        mark("One press records everything"),
        mark("What was said is safe on the disk within a second, even if the power goes."),
    ),
    (
        "scale",
        mark("You see what they may not do"),
        mark("Their duties stand on the screen. One touch notes a breach at its very second."),
    ),
    (
        "lock",
        mark("It stays on this computer"),
        mark("Nothing leaves it unless you ask for that. You decide who gets a copy."),
    ),
)


class Promises(QWidget):
    """Big words and smaller ones under them."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.lines: list[tuple[TextLabel, TextLabel]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(30)
        column.addStretch(2)
        for icon_name, _, _ in _PROMISES:
            big = TextLabel(tone="title", parent=self, wrap=True)
            small = TextLabel(tone="sub", parent=self, wrap=True)
            self.lines.append((big, small))
            texts = QVBoxLayout()
            texts.setSpacing(3)
            texts.addWidget(big)
            texts.addWidget(small)
            row = QHBoxLayout()
            row.setSpacing(18)
            row.addWidget(IconLabel(icon_name, "accent", 30, self), 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(texts, 1)
            column.addLayout(row)
        column.addStretch(3)

    def retranslate(self) -> None:
        """Write everything anew."""
        for (_, big, small), (name, line) in zip(_PROMISES, self.lines, strict=True):
            name.setText(self._words.text(big))
            line.setText(self._words.text(small))
