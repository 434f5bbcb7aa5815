"""The letters there are, grouped by what they are for."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from evidencedesk.domain.letter import PURPOSES, LetterKind
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.letters import letter_words, purpose_text


class LetterList(VerticalScroll):
    """Emits ``chosen`` with the value of a kind, or an empty text for the letters already made."""

    chosen = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._count = 0
        self.buttons: dict[str, PlainButton] = {}
        self._uses: dict[LetterKind, TextLabel] = {}
        self._headings: list[TextLabel] = []
        self.column.setContentsMargins(0, 0, 10, 8)
        self.column.setSpacing(2)
        self._add("")
        for kinds in PURPOSES.values():
            heading = TextLabel(tone="faint", parent=self.body)
            heading.setContentsMargins(2, 12, 0, 2)
            self._headings.append(heading)
            self.column.addWidget(heading)
            for kind in kinds:
                self._add(kind.value)
                use = TextLabel(tone="faint", parent=self.body, wrap=True)
                use.setContentsMargins(12, 0, 4, 6)
                self._uses[kind] = use
                self.column.addWidget(use)
        self.column.addStretch(1)
        self.set_current("")

    def set_current(self, kind: str) -> None:
        """Show which one is open."""
        for name, button in self.buttons.items():
            button.setChecked(name == kind)
            if name == kind and not button.visibleRegion().contains(button.rect()):
                self.ensureWidgetVisible(button)

    def set_count(self, count: int) -> None:
        """How many are made already."""
        self._count = count
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        words = self._words.words
        made = self._words.text("Letters made ({n})", n=self._count)
        self.buttons[""].setText(made)
        for purpose, heading in zip(PURPOSES, self._headings, strict=True):
            heading.setText(purpose_text(words, purpose))
        for kind, use in self._uses.items():
            said = letter_words(words, kind)
            self.buttons[kind.value].setText(said.title)
            self.buttons[kind.value].setAccessibleDescription(said.use)
            use.setText(said.use)

    def _add(self, name: str) -> None:
        button = PlainButton(icon_name="" if name else "mail", parent=self.body)
        button.make_list()
        button.setCheckable(True)
        button.setProperty("letter", name)
        button.clicked.connect(self._clicked)
        self.buttons[name] = button
        self.column.addWidget(button)

    @Slot()
    def _clicked(self) -> None:
        name = str(self.sender().property("letter"))
        self.set_current(name)
        self.chosen.emit(name)
