"""The people at the door or on the phone."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from evidencedesk.domain.case import Document, Shown
from evidencedesk.ui.encounter.people_presenter import PeopleState, Person, Proof
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import mark

_FIELDS = {
    "name": mark("Name, as given"),
    "staff_number": mark("Staff or ID number"),
    "organisation": mark("Company"),
    "lender": mark("On behalf of"),
    "phone": mark("Phone number"),
    "plate": mark("Licence plate"),
    "description": mark("What they look like"),
}
_ANSWERS = (
    (Shown.UNASKED, "ok", mark("Shown")),
    (Shown.WHEN_ASKED, "ok", mark("On request")),
    (Shown.REFUSED, "bad", mark("Refused")),
)
_PROOF: dict[Proof, tuple[str, Kind]] = {
    Proof.OPEN: (mark("not verified"), "warn"),
    Proof.SHOWN: (mark("papers shown"), "ok"),
    Proof.REFUSED: (mark("refused papers"), "bad"),
}


class CollectorCards(Card):
    """One open card, the others as tabs."""

    field_edited = Signal(str, str)
    editing_finished = Signal()
    document_clicked = Signal(str, str)
    person_clicked = Signal(int)
    add_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._title = SectionTitle(parent=self)
        self.proof = Pill(parent=self)
        self._tab_box = QWidget(self)
        self._tab_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._tabs = FlowLayout(self._tab_box)
        self.tabs: list[PlainButton] = []
        self.add = PlainButton(parent=self._tab_box)
        self.add.make_small()
        self.add.clicked.connect(self.add_clicked)
        self._saved = TextLabel(tone="faint")
        self._scroll = VerticalScroll(self)
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, TextLabel] = {}
        self.papers: dict[Document, SegmentedControl] = {}
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.proof)
        self.column.addLayout(head)
        self.column.addSpacing(8)
        self.column.addWidget(self._tab_box)
        self.column.addSpacing(2)
        self.column.addWidget(self._scroll, 1)
        self._build_fields()

    def render(self, state: PeopleState) -> None:  # type: ignore[override]
        """Show the open card and the tabs."""
        t = self._words.text
        self._title.setText(t("Collectors"))
        text, kind = _PROOF[state.proof]
        self.proof.show_text(t(text), kind)
        self._show_tabs(state)
        card = state.person.card
        for name, field in self.fields.items():
            self._labels[name].setText(t(_FIELDS[name]))
            field.setAccessibleName(t(_FIELDS[name]))
            if field.text() != getattr(card, name):
                with QSignalBlocker(field):
                    field.setText(getattr(card, name))
        papers = dict(card.documents)
        for document, buttons in self.papers.items():
            name = label(self._words.words, document)
            self._labels[document.value].setText(name)
            buttons.setAccessibleName(name)
            for shown, _, msgid in _ANSWERS:
                spoken = t("{text}: {verdict}", text=name, verdict=label(self._words.words, shown))
                buttons.set_label(shown.value, t(msgid), spoken)
            chosen = papers.get(document)
            buttons.set_current(chosen.value if chosen else "")
        self._saved.setText(t("Saving…") if state.unsaved else t("Saved by itself"))

    @Slot()
    def _tab_clicked(self) -> None:
        self.person_clicked.emit(self.sender().property("index"))

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.field_edited.emit(self.sender().property("card_field"), text)

    @Slot(str)
    def _paper_clicked(self, shown: str) -> None:
        self.document_clicked.emit(self.sender().property("document"), shown)

    def _show_tabs(self, state: PeopleState) -> None:
        t = self._words.text
        while len(self.tabs) < len(state.people):
            tab = PlainButton(parent=self._tab_box)
            tab.make_small()
            tab.setCheckable(True)
            tab.setProperty("index", len(self.tabs))
            tab.clicked.connect(self._tab_clicked)
            self.tabs.append(tab)
            self._tabs.removeWidget(self.add)
            self._tabs.addWidget(tab)
            self._tabs.addWidget(self.add)
            tab.show()
        for index, (tab, person) in enumerate(zip(self.tabs, state.people, strict=True)):
            name = self._tab_name(index, person)
            tab.setText(name)
            tab.setAccessibleName(t("Collector: {name}", name=name))
            tab.setChecked(index == state.current)
        self.add.setText(t("+ Add"))
        self.add.setAccessibleName(t("Add another collector"))
        self._tab_box.updateGeometry()

    def _tab_name(self, index: int, person: Person) -> str:
        name = person.card.name.strip()
        if not name:
            return self._words.text("Person {n}", n=index + 1)
        return (name if len(name) <= 12 else f"{name[:11]}…").replace("&", "&&")

    def _build_fields(self) -> None:
        body, column = self._scroll.body, self._scroll.column
        column.setContentsMargins(0, 0, 4, 0)
        for name in _FIELDS:
            if name == "description":
                self._build_papers()
            caption = TextLabel(tone="caption", parent=body)
            field = QLineEdit(body)
            field.setObjectName(f"collector-{name}")
            field.setProperty("card_field", name)
            field.setMaxLength(500)
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self.editing_finished)
            caption.setBuddy(field)
            self._labels[name], self.fields[name] = caption, field
            column.addWidget(caption)
            column.addWidget(field)
        column.addSpacing(6)
        column.addWidget(self._saved)
        column.addStretch(1)

    def _build_papers(self) -> None:
        body, column = self._scroll.body, self._scroll.column
        for document in Document:
            caption = TextLabel(tone="caption", parent=body)
            buttons = SegmentedControl(
                [Segment(shown.value, kind) for shown, kind, _ in _ANSWERS], small=True, parent=body
            )
            buttons.setObjectName(f"paper-{document.value}")
            buttons.setProperty("document", document.value)
            buttons.clicked.connect(self._paper_clicked)
            self._labels[document.value], self.papers[document] = caption, buttons
            column.addWidget(caption)
            column.addWidget(buttons)
