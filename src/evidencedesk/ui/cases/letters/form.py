"""What the user decides about a letter: who writes, to whom, which words, what goes in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from evidencedesk.domain.letter import LetterChoice, LetterForm, LetterKind
from evidencedesk.ui.cases.letters.presenter import LettersState
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.words import UiWords

_SENDER = ("name", "address", "phone", "id_number")
_LINES = ("addressee", "subject", "place")
_AREAS = ("requests", "own_words", "plan")


class Area(QWidget):
    """Several lines to write, with their name above them; Tab goes on to the next."""

    edited = Signal()

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = TextLabel(tone="faint", parent=self)
        self.edit = QPlainTextEdit(self)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * rows + 18)
        self.edit.textChanged.connect(self.edited)
        self._label.setBuddy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addWidget(self.edit)

    def set_texts(self, name: str, example: str = "") -> None:
        """The name, and an example of what to write."""
        self._label.setText(name)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(example)

    @property
    def text(self) -> str:
        """What was written."""
        return self.edit.toPlainText()


class Choices(QWidget):
    """Things to tick; emits ``chosen`` with the id and the wish."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = SectionTitle(parent=self)
        self.none = TextLabel(tone="faint", parent=self, wrap=True)
        self.rows: dict[str, CheckRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.none)

    def offer(self, choices: Sequence[LetterChoice], taken: Collection[str], *, hints: bool) -> None:
        """Show these."""
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        for one in choices:
            row = CheckRow(one.id, self)
            row.set_texts(one.text, one.hint if hints else "")
            row.set_checked(one.id in taken)
            row.toggled_by_user.connect(self.chosen)
            self.rows[one.id] = row
            self._column.addWidget(row)
        self.none.setVisible(not choices)


class LetterFormView(VerticalScroll):
    """Emits what was changed: ``edited`` and ``sender_edited`` with a field's name and its words."""

    edited = Signal(str, str)
    sender_edited = Signal(str, str)
    put_in = Signal(str, str, bool)
    remember_clicked = Signal(bool)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: LetterForm | None = None
        self._place = ""
        self.fields = {name: Field(self.body, 500) for name in (*_SENDER, *_LINES)}
        self.areas = {
            "requests": Area(7, self.body),
            "own_words": Area(4, self.body),
            "plan": Area(4, self.body),
        }
        self.sender_title = SectionTitle(parent=self.body)
        self.remember = QCheckBox(self.body)
        self.remember_hint = TextLabel(tone="faint", parent=self.body, wrap=True)
        self.letter_title = SectionTitle(parent=self.body)
        self.breaches = Choices(self.body)
        self.pieces = Choices(self.body)
        self._lay_out()
        self._connect()

    def show_state(self, state: LettersState, sender_place: str) -> None:
        """Fill in another letter; while one is written only what it can't change itself."""
        self._place = sender_place
        with QSignalBlocker(self.remember):
            self.remember.setChecked(state.remembered)
        draft, form = state.draft, state.form
        if draft is None or form is None or draft.form == self._shown:
            return
        self._shown = draft.form
        self._fill(form)
        self.breaches.offer(draft.breaches, form.breaches, hints=True)
        self.pieces.offer(draft.pieces, form.pieces, hints=False)
        self.breaches.setVisible(
            form.kind not in (LetterKind.REQUEST_PAPERS, LetterKind.PLAN, LetterKind.SPAM)
        )
        self.fields["place"].setVisible(form.kind is LetterKind.POLICE)
        self.areas["plan"].setVisible(form.kind is LetterKind.PLAN)
        self.verticalScrollBar().setValue(0)
        self.retranslate()

    def forget(self) -> None:
        """The next letter is filled in anew."""
        self._shown = None

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self.sender_title.setText(t("Who writes"))
        names = {
            "name": t("Your name"),
            "address": t("Address for answers"),
            "phone": t("Phone number"),
            "id_number": t("ID number (may stay empty; give it only where it is asked for)"),
            "addressee": t("To"),
            "subject": t("Subject"),
            "place": t("Where it happened"),
        }
        for name, text in names.items():
            self.fields[name].set_texts(text)
        self.areas["requests"].set_texts(t("What you ask for, one on each line"))
        self.areas["own_words"].set_texts(t("In your own words (may stay empty)"))
        self.areas["plan"].set_texts(t("Instalments, one on each line: day and sum"), "2026-12-25 500.00")
        self.remember.setText(t("Remember me for the next letter"))
        self.remember_hint.setText(t("Kept in {path}; never in a case's journal.", path=self._place))
        self.letter_title.setText(t("The letter"))
        self.breaches.title.setText(t("What happened"))
        self.breaches.none.setText(
            t("Nothing is marked as not kept in this case. Say what happened in your own words.")
        )
        self.pieces.title.setText(t("Enclosed, by numbers of the evidence list"))
        self.pieces.none.setText(t("There is no recording or file in this case yet."))

    def _fill(self, form: LetterForm) -> None:
        for name in _SENDER:
            self._set(self.fields[name], getattr(form.sender, name))
        for name in _LINES:
            self._set(self.fields[name], getattr(form, name))
        for name in _AREAS:
            area = self.areas[name]
            with QSignalBlocker(area):
                area.edit.setPlainText(getattr(form, name))

    @staticmethod
    def _set(field: Field, text: str) -> None:
        with QSignalBlocker(field.edit):
            field.set_text(text)

    def _lay_out(self) -> None:
        column = self.column
        column.setContentsMargins(2, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.letter_title)
        for name in _LINES:
            column.addWidget(self.fields[name])
        column.addWidget(self.areas["plan"])
        column.addWidget(self.areas["requests"])
        column.addWidget(self.areas["own_words"])
        column.addWidget(self.breaches)
        column.addWidget(self.pieces)
        column.addWidget(self.sender_title)
        for name in _SENDER:
            column.addWidget(self.fields[name])
        column.addWidget(self.remember)
        column.addWidget(self.remember_hint)
        column.addStretch(1)

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.edit.setObjectName(name)
            field.edit.textEdited.connect(self._line_edited)
        for name, area in self.areas.items():
            area.setObjectName(name)
            area.edited.connect(self._area_edited)
        self.breaches.chosen.connect(self._breach_chosen)
        self.pieces.chosen.connect(self._piece_chosen)
        self.remember.clicked.connect(self.remember_clicked)

    @Slot(str)
    def _line_edited(self, text: str) -> None:
        name = self.sender().objectName()
        (self.sender_edited if name in _SENDER else self.edited).emit(name, text)

    @Slot()
    def _area_edited(self) -> None:
        name = self.sender().objectName()
        self.edited.emit(name, self.areas[name].text)

    @Slot(str, bool)
    def _breach_chosen(self, one: str, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self.put_in.emit("breaches", one, wanted)

    @Slot(str, bool)
    def _piece_chosen(self, one: str, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self.put_in.emit("pieces", one, wanted)
