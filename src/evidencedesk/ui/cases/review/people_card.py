"""Who came or called, as far as it was written down."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from evidencedesk.domain.case import Collector, CollectorCard, Shown
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import field_label, label
from evidencedesk.wording.language import Words

_FIELDS = ("staff_number", "organisation", "lender", "phone", "plate", "description")
_SHOWN: dict[Shown, Kind] = {
    Shown.NOT_ASKED: "neutral",
    Shown.UNASKED: "ok",
    Shown.WHEN_ASKED: "ok",
    Shown.REFUSED: "bad",
}


class PeopleCard(Card):
    """Reads the collectors out; they are written on the encounter page."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self.people: list[QWidget] = []

    def show_people(self, collectors: tuple[Collector, ...]) -> None:
        """Replace everyone."""
        if (collectors, self._words.words) == self._shown:
            return
        self._shown = (collectors, self._words.words)
        words = self._words.words
        self._heading.setText(words.text("Collectors"))
        for widget in self.people:
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.people = []
        for number, collector in enumerate(collectors):
            if number:
                self._add(Divider(self))
            self._add(_Person(words, collector.card, self))
        if not collectors:
            self._add(paragraph(words.text("Nobody was written down yet."), "sub", self))

    def _add(self, widget: QWidget) -> None:
        self.people.append(widget)
        self.column.addWidget(widget)


class _Person(QWidget):
    def __init__(self, words: Words, card: CollectorCard, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        name = card.name or words.text("Name unknown")
        grid.addWidget(paragraph(name, "strong", self), 0, 0, 1, 2)
        self.setAccessibleName(name)
        for row, field in enumerate(_FIELDS, 1):
            value = getattr(card, field)
            if value:
                grid.addWidget(TextLabel(field_label(words, field), "faint", self), row, 0)
                text = paragraph(value, "ink", self)
                grid.addWidget(text, row, 1)
        if card.documents:
            papers = QWidget(self)
            flow = FlowLayout(papers)
            for document, shown in card.documents:
                said = f"{label(words, document)}: {label(words, shown)}"
                flow.addWidget(Pill(said, _SHOWN[shown], papers))
            grid.addWidget(papers, len(_FIELDS) + 1, 0, 1, 2)
