"""The lines of one card: what matters first on top, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.case import Document, Listed
from evidencedesk.ui.encounter.people.card_field import CardField
from evidencedesk.ui.encounter.people_presenter import PeopleState
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.card_remarks import remarks_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import mark

NAMED = (Document.LICENCE, Document.WORK_ID, Document.AUTHORISATION)
FIRST = {"name": mark("Name, as given")}
NEXT = {"organisation": mark("Company"), "phone": mark("Phone number")}
MORE = {
    "staff_number": mark("Staff or ID number"),
    "lender": mark("On behalf of"),
    "plate": mark("Licence plate"),
    "description": mark("What they look like"),
    "credit_code": mark("Company's credit code (18 characters)"),
    "letter_until": mark("Letter of authorisation valid until"),
}
_NOT_LOOKED = "not-looked"


class CardForm(QWidget):
    """Owns all lines; the owner puts ``name``, ``more`` and what lies between where they belong.

    Emits:
        edited: name of a field, its text.
        name_on_edited: a paper, the company's name on it.
        listed_clicked: "yes", "no", or an empty text.
        editing_finished: a line was left.
        photo_pasted: Ctrl+V in a line, with a photo on the clipboard.
    """

    edited = Signal(str, str)
    name_on_edited = Signal(str, str)
    listed_clicked = Signal(str)
    editing_finished = Signal()
    photo_pasted = Signal()

    def __init__(self, words: UiWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.fields: dict[str, CardField] = {}
        self.names_on: dict[Document, CardField] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._add(column, self, NEXT)
        self.more = Fold(self)
        column.addWidget(self.more)
        self._add(self.more.column, self.more.body, MORE)
        for document in NAMED:
            field = CardField(f"name-on-{document.value}", words, self.more.body)
            field.setProperty("document", document.value)
            field.edited.connect(self._name_on_typed)
            self._join(field)
            self.names_on[document] = field
            self.more.column.addWidget(field)
        self.names_differ = TextLabel(tone="remark", parent=self.more.body, wrap=True)
        self.more.column.addWidget(self.names_differ)
        self._listed = TextLabel(tone="caption", parent=self.more.body, wrap=True)
        self.listed = ChoiceChips(
            [Segment(Listed.YES.value, "ok"), Segment(Listed.NO.value, "bad"), Segment(_NOT_LOOKED, "quiet")],
            self.more.body,
        )
        self.listed.clicked.connect(self._listed_chosen)
        self.more.column.addWidget(self._listed)
        self.more.column.addWidget(self.listed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def add_first(self, column: QVBoxLayout, parent: QWidget) -> None:
        """Put the lines that stand above the papers into a column of the owner's."""
        self._add(column, parent, FIRST)

    def render(self, state: PeopleState) -> None:  # type: ignore[override]
        """Show the open card."""
        t = self._words.text
        person = state.person
        for name, field in self.fields.items():
            typed = person.letter_until if name == "letter_until" else getattr(person.card, name)
            remarks = tuple(one for one in state.remarks if one.field == name)
            field.show_field(t({**FIRST, **NEXT, **MORE}[name]), typed, remarks)
        names = dict(person.card.names_on)
        for document, field in self.names_on.items():
            paper = label(self._words.words, document)
            field.show_field(t("Company's name on it: {paper}", paper=paper), names.get(document, ""), ())
        differ = tuple(one for one in state.remarks if one.field == "names_on")
        self.names_differ.setText(remarks_text(self._words.words, differ) if differ else "")
        self.names_differ.setVisible(bool(differ))
        self._listed.setText(t("Is the company on the lender's published list?"))
        self.listed.setAccessibleName(self._listed.text())
        for choice, short in ((Listed.YES.value, t("Yes")), (Listed.NO.value, t("No"))):
            self.listed.set_label(choice, short, label(self._words.words, Listed(choice)))
        self.listed.set_label(_NOT_LOOKED, t("Not looked"))
        self.listed.set_current(person.card.listed.value if person.card.listed else _NOT_LOOKED)
        self.more.button.setText(t("More about this person"))

    def _add(self, column: QVBoxLayout, parent: QWidget, names: Iterable[str]) -> None:
        for name in names:
            field = CardField(name, self._words, parent)
            field.edited.connect(self._typed)
            self._join(field)
            self.fields[name] = field
            column.addWidget(field)

    def _join(self, field: CardField) -> None:
        field.line.editingFinished.connect(self.editing_finished)
        field.line.photo_pasted.connect(self.photo_pasted)

    @Slot(str)
    def _typed(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, CardField):
            self.edited.emit(field.name, text)

    @Slot(str)
    def _name_on_typed(self, text: str) -> None:
        self.name_on_edited.emit(self.sender().property("document"), text)

    @Slot(str)
    def _listed_chosen(self, choice: str) -> None:
        self.listed_clicked.emit("" if choice == _NOT_LOOKED else choice)
