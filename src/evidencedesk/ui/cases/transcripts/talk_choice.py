"""The line on which an encounter, or an imported sound, is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from evidencedesk.ui.cases.transcripts.presenter import TranscriptsState
from evidencedesk.ui.cases.transcripts.talk_words import talk_title
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.words import UiWords


class TalkChoice(QWidget):
    """Emits ``chosen`` with the id of what was chosen."""

    chosen = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._listed: object = None
        self._name = TextLabel(tone="sub", parent=self)
        self.box = ElidedComboBox(self)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._name)
        row.addWidget(self.box)
        row.addStretch(1)
        self.box.activated.connect(self._activated)

    def show_state(self, state: TranscriptsState) -> None:
        """Show what there is to choose from, and what is chosen."""
        name = self._words.text("Encounter or imported recording")
        self._name.setText(name)
        self.box.setAccessibleName(name)
        file = state.case_file
        titles: list[tuple[str, str]] = []
        if file is not None:
            titles = [(talk_title(self._words.words, file, talk), talk) for talk in state.talks]
        if titles != self._listed:
            self._listed = titles
            self.box.clear()
            for title, talk in titles:
                self.box.addItem(title, talk)
        self.box.setCurrentIndex(self.box.findData(state.talk))
        self.setVisible(len(titles) > 1)

    @Slot(int)
    def _activated(self, _index: int) -> None:
        self.chosen.emit(self.box.currentData())
