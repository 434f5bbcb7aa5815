"""Where the passphrase of the key is typed: twice, and never shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.secret_field import SecretField
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.settings.key_presenter import Asking, Fault, KeyState
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_FAULTS = {
    Fault.WRONG: mark(
        "That is not the present passphrase. Nothing was changed. If it is lost, make a new key; what the "
        "old one signed stays valid."
    ),
    Fault.EMPTY: mark("Type the passphrase first. Nothing was changed."),
    Fault.UNEQUAL: mark("The two new passphrases are not the same. Nothing was changed."),
}


class KeyForm(Inset):
    """The present passphrase, where it is needed, and the new one twice.

    Emits:
        confirmed: present, new, and new again; the last two are empty when the passphrase shall go.
        dismissed: the user changed their mind.
    """

    confirmed = Signal(str, str, str)
    dismissed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: Asking | None = None
        self._hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.present = SecretField(self)
        self.new = SecretField(self)
        self.again = SecretField(self)
        self.fault = TextLabel(tone="bad", parent=self, wrap=True)
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        fields, buttons = QHBoxLayout(), QHBoxLayout()
        for row in (fields, buttons):
            row.setSpacing(10)
        for field in self._fields:
            fields.addWidget(field, 1)
            field.entered.connect(self._keep_clicked)
        buttons.addStretch(1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.keep_button)
        self.column.setSpacing(10)
        self.column.addWidget(self._hint)
        self.column.addLayout(fields)
        self.column.addWidget(self.fault)
        self.column.addLayout(buttons)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.leave_button.clicked.connect(self.dismissed)
        self.hide()

    def show_state(self, state: KeyState) -> None:
        """Ask what is to be asked, or put the form away."""
        asking = state.asking if state.asking in (Asking.PASSPHRASE, Asking.NO_PASSPHRASE) else None
        begins = asking is not None and asking is not self._shown
        self._shown = asking
        self.setVisible(asking is not None)
        if asking is None:
            return
        self.present.setVisible(state.facts is not None and state.facts.asks)
        for field in (self.new, self.again):
            field.setVisible(asking is Asking.PASSPHRASE)
        self._write(asking)
        self.fault.setText("" if state.fault is None else self._words.text(_FAULTS[state.fault]))
        self.fault.setVisible(state.fault is not None)
        for widget in (*self._fields, self.keep_button, self.leave_button):
            widget.setEnabled(not state.working)
        if begins:
            self.clear()
        if begins or state.fault is not None:
            first = next((field.edit for field in self._fields if field.isVisibleTo(self)), self.keep_button)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self._fields:
            field.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    @property
    def _fields(self) -> tuple[SecretField, ...]:
        return (self.present, self.new, self.again)

    def _write(self, asking: Asking) -> None:
        t = self._words.text
        self.present.set_texts(t("Present passphrase"))
        self.new.set_texts(t("New passphrase"))
        self.again.set_texts(t("New passphrase, again"))
        self.leave_button.setText(t("Cancel"))
        if asking is Asking.PASSPHRASE:
            self._hint.setText(
                t(
                    "Several words are better than one. Nobody can recover it: write it down and keep it "
                    "away from this computer. Exports ask for it once, until the window is closed."
                )
            )
            self.keep_button.setText(t("Set the passphrase"))
        else:
            self._hint.setText(
                t(
                    "Without a passphrase the key is kept by the keyring of this system or, where there is "
                    "none, only by the rights of your account."
                )
            )
            self.keep_button.setText(t("Remove the passphrase"))

    @Slot()
    def _keep_clicked(self) -> None:
        self.confirmed.emit(*(field.take() for field in self._fields))
