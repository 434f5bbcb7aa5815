"""The door of a locked library: nothing of what is behind it, and a red button that works without any key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.errors import Code
from evidencedesk.domain.moment import clock_text
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import PageTitle, TextLabel
from evidencedesk.ui.kit.record_button import RecordButton
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.lock.code_edit import CodeEdit
from evidencedesk.ui.lock.passphrase_edit import PassphraseEdit
from evidencedesk.ui.lock.presenter import LockState, Way
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe

_CARD_PX = 440
_SIDE_PX = 300
_BETWEEN_PX, _EDGE_PX = 44, 26


class LockPage(QWidget):
    """Shows a LockState and tells what was typed and pressed.

    Emits:
        typed: a passphrase or the code, by the way that the state names.
        way_clicked: ``passphrase`` or ``code``.
        language_clicked: ``zh`` or ``en``.
    """

    typed = Signal(str)
    way_clicked = Signal(str)
    keyring_clicked = Signal()
    record_clicked = Signal()
    hide_clicked = Signal()
    language_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock-page")
        self._words = words
        self._state = LockState()
        self._tells_recording = True
        self.hide_button = PlainButton(icon_name="eye-off", parent=self)
        self.hide_button.make_flat()
        self.hide_button.clicked.connect(self.hide_clicked)
        self.languages = SegmentedControl([Segment("zh"), Segment("en")], parent=self)
        self.languages.clicked.connect(self.language_clicked)
        self._title = PageTitle(parent=self)
        self._what = TextLabel(tone="sub", parent=self, wrap=True)
        self.passphrase = PassphraseEdit(words, self)
        self.passphrase.entered.connect(self._enter)
        self.code = Field(self, edit=CodeEdit(), max_length=200)
        self.code.entered.connect(self._enter)
        self.fault = TextLabel(tone="bad", parent=self, wrap=True)
        self.open_button = PrimaryButton(parent=self)
        self.open_button.clicked.connect(self._enter)
        self.way_button = PlainButton(parent=self)
        self.way_button.make_link()
        self.way_button.clicked.connect(self._other_way)
        self.keyring_button = PlainButton(parent=self)
        self.keyring_button.make_link()
        self.keyring_button.clicked.connect(self.keyring_clicked)
        self.button = RecordButton(self)
        self.button.clicked.connect(self.record_clicked)
        self._shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        self._shortcut.activated.connect(self.record_clicked)
        self.going_on = TextLabel(tone="strong", parent=self, wrap=True)
        self.about_recording = TextLabel(tone="sub", parent=self, wrap=True)
        self._lay_out()
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    def set_tells_recording(self, *, tells: bool) -> None:
        """Whether whoever sees this page may know that something is being recorded."""
        self._tells_recording = tells
        self.render(self._state)

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        t = self._words.text
        self.languages.set_label("zh", "中文")
        self.languages.set_label("en", "English")
        self.languages.setAccessibleName(t("Language"))
        self.languages.set_current(self._words.language)
        self.hide_button.setText(t("Quick hide"))
        self.hide_button.setAccessibleName(t("Hide the window behind an empty sheet"))
        self._title.setText(t("The library is locked"))
        self.passphrase.set_name(t("Passphrase"))
        self.code.set_texts(t("Recovery code"), "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.keyring_button.setText(t("Ask the keyring again"))
        self.render(self._state)

    @Slot(object)
    def render(self, state: LockState) -> None:  # type: ignore[override]
        """Show this."""
        had_keyboard = self.passphrase.edit.hasFocus() or self.code.edit.hasFocus()
        self._state = state
        t = self._words.text
        by_code = state.way is Way.CODE
        self._what.setText(self._says(state))
        self.passphrase.setVisible(not by_code and state.by_passphrase)
        self.code.setVisible(by_code)
        for widget in (self.passphrase, self.code, self.way_button):
            widget.setEnabled(not state.busy)
        self.open_button.setVisible(by_code or state.by_passphrase)
        self.open_button.setEnabled(not state.busy and (by_code or not state.wait_s))
        self.open_button.setText(t("One moment…") if state.busy else t("Unlock"))
        self.way_button.setText(t("Use the passphrase") if by_code else t("Forgotten? Use the recovery code"))
        self.way_button.setVisible(not by_code or state.by_passphrase)
        self.keyring_button.setVisible(state.by_keyring and not state.busy)
        self.keyring_button.setEnabled(not state.asking_keyring)
        self._show_fault(state)
        self._show_recording(state)
        if had_keyboard or state.problem is not None:
            self._take_keyboard()

    @Slot()
    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.code.set_text("")

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes wants to type."""
        super().showEvent(event)
        self._take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._give_room()

    def _give_room(self) -> None:
        """The red button stays in sight; what does not fit beside it can be scrolled to."""
        room = self.width() - 2 * _EDGE_PX - _BETWEEN_PX - _SIDE_PX
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setFixedWidth(max(_CARD_PX, min(scaled(_CARD_PX), room)) + bar)

    def _take_keyboard(self) -> None:
        if self.isVisible() and not self._state.busy:
            edit = self.code.edit if self._state.way is Way.CODE else self.passphrase.edit
            edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _says(self, state: LockState) -> str:
        t = self._words.text
        if state.opening:
            return t("The library is being opened.")
        if state.asking_keyring:
            return t("The keyring of this computer is being asked; it may be asking you.")
        if state.way is Way.CODE:
            return t("The code stands on the paper that you kept. Small letters and spaces do no harm.")
        return t("Recordings, notes and names are unreadable until somebody types the passphrase.")

    def _show_fault(self, state: LockState) -> None:
        t = self._words.text
        said = []
        if state.problem is not None:
            told = describe(self._words.words, state.problem)
            wrong = state.problem.code in (Code.VAULT_WRONG_PASSPHRASE, Code.VAULT_WRONG_CODE)
            said = [told.what, *([] if wrong else [told.safe]), told.next]
        if state.wait_s and state.way is Way.PASSPHRASE:
            said.append(
                self._words.plural(
                    "The next try is possible in {n} second.",
                    "The next try is possible in {n} seconds.",
                    state.wait_s,
                )
            )
        self.fault.setText(" ".join(said) if self._words.language == "en" else "".join(said))
        self.fault.setVisible(bool(said))
        self.open_button.setAccessibleDescription(self.fault.text() or t("Opens the library"))

    def _show_recording(self, state: LockState) -> None:
        t = self._words.text
        goes_on = state.recording_ms is not None
        hidden = goes_on and not self._tells_recording
        self.button.setVisible(not goes_on)
        if state.starting:
            self.button.set_texts(t("Starting…"), "")
        else:
            self.button.set_texts(t("Start recording"), "Ctrl+R")
        self.button.setEnabled(not state.starting)
        self.going_on.setVisible(goes_on and not hidden)
        self.about_recording.setVisible(not hidden)
        if goes_on:
            time = clock_text(state.recording_ms or 0)
            self.going_on.setText(t("Recording goes on · {time}", time=time))
            self.about_recording.setText(
                t("Unlock to see it and to stop it. It goes on even when this window is closed.")
            )
        else:
            self.going_on.setText("")
            self.about_recording.setText(
                t("Recording works without the passphrase. Only whoever unlocks can hear it.")
            )

    @Slot()
    def _enter(self) -> None:
        if self._state.busy or (self._state.wait_s and self._state.way is Way.PASSPHRASE):
            return
        self.typed.emit(self.code.text if self._state.way is Way.CODE else self.passphrase.text)

    @Slot()
    def _other_way(self) -> None:
        other = Way.PASSPHRASE if self._state.way is Way.CODE else Way.CODE
        self.way_clicked.emit(other.value)
        self._take_keyboard()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.hide_button)
        top.addStretch(1)
        top.addWidget(self.languages)
        card = Card(self)
        self._scroll = VerticalScroll(self)
        self._scroll.column.addStretch(1)
        self._scroll.column.addWidget(card)
        self._scroll.column.addStretch(1)
        card.column.setContentsMargins(28, 26, 28, 22)
        card.column.setSpacing(12)
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(IconLabel("lock", "accent", 26, self), 0, Qt.AlignmentFlag.AlignVCenter)
        heading.addWidget(self._title, 1)
        card.column.addLayout(heading)
        for widget in (self._what, self.passphrase, self.code, self.fault, self.open_button):
            card.column.addWidget(widget)
        for link in (self.way_button, self.keyring_button):
            card.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addStretch(1)
        for part in (self.button, self.going_on, self.about_recording):
            side.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.going_on, self.about_recording):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(_SIDE_PX)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(_BETWEEN_PX)
        middle.addStretch(1)
        middle.addWidget(self._scroll)
        middle.addLayout(side)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_EDGE_PX, 18, _EDGE_PX, 22)
        whole.addLayout(top)
        whole.addLayout(middle, 1)
