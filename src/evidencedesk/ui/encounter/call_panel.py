"""A panel beside the notes: whom a number reaches, and what came of the call. Never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import FollowUpDetails
from evidencedesk.ui.encounter.calls_presenter import OWN, CallsState, as_reported
from evidencedesk.ui.encounter.duty_row import short_clock
from evidencedesk.ui.encounter.help_bar import number_names, short
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.theme.text_size import at_least_high
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_FIELDS = {
    "agent": mark("Who answered (name or staff number)"),
    "receipt": mark("Receipt number"),
    "answer": mark("What they said"),
}


class CallPanel(Card):
    """One number, or the list of all of them."""

    closed = Signal()
    number_clicked = Signal(str)
    called = Signal(str)
    withdrawn = Signal()
    own_entered = Signal(str)
    field_edited = Signal(str, str)
    editing_finished = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state = CallsState()
        self.back = PlainButton(parent=self)
        self.back.make_flat()
        self.back.make_tall()
        self.back.clicked.connect(self.closed)
        self.number = TextLabel(tone="number", parent=self)
        self.about = TextLabel(parent=self, wrap=True)
        self.reported = TextLabel(tone="faint", parent=self, wrap=True)
        self.own = Field(self, max_length=40)
        self.own.entered.connect(self._own_entered)
        self.keep_own = PlainButton(parent=self)
        self.keep_own.make_tall()
        self.keep_own.clicked.connect(self._own_entered)
        self.call = PrimaryButton(icon_name="phone", parent=self)
        at_least_high(self.call, 44)
        self.call.clicked.connect(self._called)
        self.when = TextLabel(tone="strong", parent=self)
        self.take_back = PlainButton(icon_name="undo-2", parent=self)
        self.take_back.make_flat()
        self.take_back.make_tall()
        self.take_back.clicked.connect(self.withdrawn)
        self.fields = {name: Field(self) for name in _FIELDS}
        for name, field in self.fields.items():
            field.edit.setObjectName(f"call-{name}")
            field.edit.textEdited.connect(self._edited)
            field.edit.editingFinished.connect(self.editing_finished)
        self._one = VerticalScroll(self)
        self._list = VerticalScroll(self)
        self.listed: list[PlainButton] = []
        self._lay_out()

    def render(self, state: CallsState) -> None:  # type: ignore[override]
        """Show the number that is open, or all of them."""
        opened = state.open != self._state.open
        self._state = state
        t = self._words.text
        self.back.setText(t("‹ Back to the rules"))
        self.back.setAccessibleName(t("Back to the rules"))
        self.back.setToolTip("Esc")
        self._one.setVisible(not state.all_shown)
        self._list.setVisible(state.all_shown)
        if state.all_shown:
            self._show_all(state)
            return
        self._show_number(state, fresh=opened)
        self._show_call(state, fresh=opened)

    def _show_number(self, state: CallsState, *, fresh: bool) -> None:
        t = self._words.text
        mine = state.open == OWN
        self.number.setText(state.number)
        self.number.setVisible(bool(state.number))
        hotline = state.hotline
        about = hotline.text.in_language(self._words.language) if hotline is not None else ""
        if mine:
            about = t(
                "The platform's own hotline. Take it from your contract or the official app, not the SMS."
            )
        self.about.setText(about)
        self.reported.setText(t("As reported; not read in the original."))
        self.reported.setVisible(as_reported(hotline))
        self.own.set_texts(t("The platform's number"))
        self.own.setVisible(mine)
        self.keep_own.setText(t("Keep this number"))
        self.keep_own.setVisible(mine)
        if fresh:
            self.own.set_text(state.own)

    def _show_call(self, state: CallsState, *, fresh: bool) -> None:
        t = self._words.text
        call, details = state.call, state.details
        self.call.setText(t("I called again now") if call else t("I called now"))
        self.call.setVisible(bool(state.number))
        at = "" if call is None or call.at_ms is None else short_clock(call.at_ms)
        self.when.setText(t("Called at {time}", time=at) if at else t("Called"))
        self.take_back.setText(t("Not called"))
        for widget in (self.when, self.take_back):
            widget.setVisible(call is not None)
        for name, field in self.fields.items():
            field.set_texts(t(_FIELDS[name]))
            field.setVisible(details is not None)
            self._put(field, name, details, fresh=fresh)

    def _put(self, field: Field, name: str, details: FollowUpDetails | None, *, fresh: bool) -> None:
        text = getattr(details, name) if details is not None else ""
        if field.text != text and (fresh or not field.edit.hasFocus()):
            with QSignalBlocker(field.edit):
                field.set_text(text)

    def _show_all(self, state: CallsState) -> None:
        empty_layout(self._list.column)
        self.listed = []
        for number, (name, whole) in number_names(state, self._words).items():
            button = PlainButton(name, parent=self._list.body)
            button.make_list()
            button.setToolTip(whole)
            button.setAccessibleName(whole)
            button.setProperty("number", number)
            button.clicked.connect(self._listed_clicked)
            self.listed.append(button)
            self._list.column.addWidget(button)
            self._list.column.addSpacing(6)
        self._list.column.addStretch(1)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(12, 8, 16, 12)
        one = self._one.column
        one.setContentsMargins(4, 2, 6, 0)
        one.setSpacing(6)
        called = QHBoxLayout()
        called.addWidget(self.when)
        called.addStretch(1)
        called.addWidget(self.take_back)
        own = QHBoxLayout()
        own.setSpacing(8)
        own.addWidget(self.own, 1)
        own.addWidget(self.keep_own, 0, Qt.AlignmentFlag.AlignBottom)
        for widget in (self.about, self.reported):
            one.addWidget(widget)
        one.addLayout(own)
        one.addSpacing(4)
        one.addWidget(self.call)
        one.addLayout(called)
        for field in self.fields.values():
            one.addWidget(field)
        one.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.number)
        self.column.addLayout(top)
        self.column.addWidget(self._one, 1)
        self.column.addWidget(self._list, 1)

    @Slot()
    def _called(self) -> None:
        hotline = self._state.hotline
        about = hotline.text.in_language(self._words.language) if hotline is not None else ""
        self.called.emit(short(about) or self._words.text("The platform"))

    @Slot()
    def _own_entered(self) -> None:
        self.own_entered.emit(self.own.text)

    @Slot(str)
    def _edited(self, text: str) -> None:
        self.field_edited.emit(self.sender().objectName().removeprefix("call-"), text)

    @Slot()
    def _listed_clicked(self) -> None:
        self.number_clicked.emit(self.sender().property("number"))
