"""Who came or called, as far as it was written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import Attachment, CaseFile, Collector, CollectorCard, Shown, Step
from evidencedesk.ui.encounter.people.calls import call_text
from evidencedesk.ui.encounter.people.paper_times import paper_times
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.card_remarks import remarks_text
from evidencedesk.wording.labels import field_label, label
from evidencedesk.wording.language import Words

_FIELDS = (
    "staff_number",
    "organisation",
    "lender",
    "phone",
    "plate",
    "description",
    "credit_code",
    "letter_until",
)
_SHOWN: dict[Shown, Kind] = {
    Shown.NOT_ASKED: "neutral",
    Shown.UNASKED: "ok",
    Shown.WHEN_ASKED: "ok",
    Shown.REFUSED: "bad",
}

Remarks = Callable[[CollectorCard, date], tuple[CardRemark, ...]]


class PeopleCard(Card):
    """Reads the collectors out; they are written on the encounter page.

    Emits:
        open_clicked: the ``Attachment`` to look at.
    """

    open_clicked = Signal(object)

    def __init__(self, words: UiWords, remarks: Remarks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._remarks = remarks
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self.people: list[QWidget] = []

    def show_people(self, case_file: CaseFile, encounter: str | None) -> None:
        """Replace everyone: those of one encounter, or of the whole case."""
        collectors = tuple(c for c in case_file.collectors if encounter is None or c.encounter == encounter)
        about = (case_file.attachments, case_file.follow_ups, case_file.encounters)
        shown = (collectors, about, encounter, self._words.words)
        if shown == self._shown:
            return
        self._shown = shown
        words = self._words.words
        self._heading.setText(words.text("Collectors"))
        for widget in self.people:
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.people = []
        for one in case_file.encounters:
            if one.id == encounter and one.present is not None:
                self._add(paragraph(words.text("How many came: {n}", n=one.present), "sub", self))
        for number, collector in enumerate(collectors):
            if number:
                self._add(Divider(self))
            person = PersonFacts(words, case_file, collector, self._remarks, self)
            person.open_clicked.connect(self.open_clicked)
            self._add(person)
        if not collectors:
            self._add(paragraph(words.text("Nobody was written down yet."), "sub", self))

    def _add(self, widget: QWidget) -> None:
        self.people.append(widget)
        self.column.addWidget(widget)


class PersonFacts(QWidget):
    """All that is known of one person."""

    open_clicked = Signal(object)

    def __init__(
        self, words: Words, case_file: CaseFile, collector: Collector, remarks: Remarks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._photos = tuple(one for one in case_file.attachments if one.collector == collector.id)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        name = collector.card.name or words.text("Name unknown")
        self.setAccessibleName(name)
        self._wide(paragraph(name, "strong", self))
        found = remarks(collector.card, _day(case_file, collector))
        for caption, text in _lines(words, collector.card):
            row = self._grid.rowCount()
            self._grid.addWidget(paragraph(caption, "faint", self), row, 0)
            self._grid.addWidget(paragraph(text, "ink", self), row, 1)
        for field in dict.fromkeys(one.field for one in found):
            mine = tuple(one for one in found if one.field == field)
            said = f"{field_label(words, field)}: {remarks_text(words, mine)}"
            fine = all(one.fine for one in mine)
            self._wide(paragraph(said, "remark-ok" if fine else "remark", self))
        if collector.card.documents:
            self._wide(self._papers(words, case_file, collector))
        if self._photos:
            self._wide(self._photo_buttons(words))
        for call in case_file.follow_ups:
            if call.collector == collector.id and call.details.step is Step.CALL and not call.withdrawn:
                self._wide(paragraph(call_text(words, call), "sub", self))

    def _wide(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def _papers(self, words: Words, case_file: CaseFile, collector: Collector) -> QWidget:
        box = QWidget(self)
        flow = FlowLayout(box)
        times = dict(paper_times(case_file, collector))
        for document, shown in collector.card.documents:
            said = f"{label(words, document)}: {label(words, shown)} {times.get(document, '')}".rstrip()
            flow.addWidget(Pill(said, _SHOWN[shown], box))
        return box

    def _photo_buttons(self, words: Words) -> QWidget:
        box = QWidget(self)
        flow = FlowLayout(box)
        for index, photo in enumerate(self._photos):
            subject = photo.name if photo.document is None else label(words, photo.document)
            button = PlainButton(words.text("Photo: {paper}", paper=subject), "camera", box)
            set_look(button, "scale", "thumb")
            button.setToolTip(photo.name)
            button.setAccessibleName(words.text("Open {name}", name=photo.name))
            button.setProperty("index", index)
            button.clicked.connect(self._photo_clicked)
            flow.addWidget(button)
        return box

    @Slot()
    def _photo_clicked(self) -> None:
        photo: Attachment = self._photos[self.sender().property("index")]
        self.open_clicked.emit(photo)


def _lines(words: Words, card: CollectorCard) -> Iterator[tuple[str, str]]:
    for field in _FIELDS:
        value = getattr(card, field)
        if value:
            yield field_label(words, field), value
    for document, name in card.names_on:
        yield words.text("Company's name on it: {paper}", paper=label(words, document)), name
    if card.listed is not None:
        yield field_label(words, "listed"), label(words, card.listed)


def _day(case_file: CaseFile, collector: Collector) -> date:
    """The local day on which the papers were seen: what is over today may have held then."""
    opened = (one.opened for one in case_file.encounters if one.id == collector.encounter)
    return next(opened, collector.moment).local.date()
