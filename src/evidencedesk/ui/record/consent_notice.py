"""What to know about recording where the law differs from state to state; it never judges."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.places import Place
    from evidencedesk.domain.rules import ConsentNotice


class ConsentBox(Inset):
    """Asks where both sides are, only where a rule pack in use has something to say about it.

    Emits:
        places_chosen: the codes of both places, each empty when it is not told.
    """

    places_chosen = Signal(str, str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._name = TextLabel(tone="strong", parent=self)
        self._here_name = TextLabel(tone="faint", parent=self)
        self._there_name = TextLabel(tone="faint", parent=self)
        self.here = self._choice()
        self.there = self._choice()
        self.notice = TextLabel(tone="ink", parent=self, wrap=True)
        self.sources = TextLabel(tone="faint", parent=self, wrap=True)
        self._language = ""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._here_name, 0, 0)
        grid.addWidget(self._there_name, 0, 1)
        grid.addWidget(self.here, 1, 0)
        grid.addWidget(self.there, 1, 1)
        lines = QVBoxLayout()
        lines.setSpacing(6)
        lines.addWidget(self._name)
        lines.addLayout(grid)
        lines.addWidget(self.notice)
        lines.addWidget(self.sources)
        self.column.addLayout(lines)

    def render(self, state: RecordState) -> None:  # type: ignore[override]
        """Show both places and what is said about them."""
        t = self._words.text
        self.setVisible(state.consent is not None)
        if state.consent is None:
            return
        if self._language != self._words.language:
            self._language = self._words.language
            for choice in (self.here, self.there):
                self._fill(choice)
        self._name.setText(t("Recording differs from state to state"))
        self._here_name.setText(t("Where are you?"))
        self._there_name.setText(t("Where are they?"))
        self.here.setAccessibleName(t("Where are you?"))
        self.there.setAccessibleName(t("Where are they?"))
        _choose(self.here, state.place_here)
        _choose(self.there, state.place_there)
        text = notice_text(state.consent, state.place_here, state.place_there, self._words.language)
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
        said = importlib.import_module("evidencedesk.ui.law.sources")  # not for the first paint
        sources = said.sources_line(self._words.words, state.consent.sources)
        self.sources.setText(sources)
        self.sources.setVisible(bool(text) and bool(state.consent.sources))

    def _choice(self) -> QComboBox:
        choice = ElidedComboBox(self)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(8)
        choice.activated.connect(self._chosen)
        return choice

    def _fill(self, choice: QComboBox) -> None:
        language = self._words.language
        choice.clear()
        choice.addItem(self._words.text("Not told"), "")
        for place in _states():
            choice.addItem(place.name.in_language(language), place.code)

    @Slot()
    def _chosen(self) -> None:
        self.places_chosen.emit(self.here.currentData(), self.there.currentData())


def notice_text(consent: ConsentNotice, here: str, there: str, language: str) -> str:
    """What a pack says about two places; nothing while that depends on a place that is not told."""
    codes = {place.code for place in _states()}
    told = [one for one in (here, there) if one in codes]
    if any(one in consent.places for one in told):
        return consent.text.in_language(language)
    return consent.otherwise.in_language(language) if len(told) == 2 else ""


def _states() -> tuple[Place, ...]:
    places: tuple[Place, ...] = importlib.import_module("evidencedesk.domain.places").US_STATES
    return places


def _choose(choice: QComboBox, code: str) -> None:
    choice.setCurrentIndex(max(0, choice.findData(code)))
