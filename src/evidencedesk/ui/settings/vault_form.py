"""Where passphrases of the library are typed: the present one, and a new one twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.strength import Strength, strength
from evidencedesk.domain.vault import LEAST_PASSPHRASE
from evidencedesk.ui.kit.buttons import DangerButton, PlainButton, PrimaryButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.lock.passphrase_edit import PassphraseEdit
from evidencedesk.ui.settings.vault_presenter import VaultAsks, VaultFault, VaultSectionState
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_FAULTS = {
    VaultFault.WRONG: mark("This is not the present passphrase. Nothing was changed."),
    VaultFault.SHORT: mark("The passphrase is too short: at least {limit} characters. Nothing was changed."),
    VaultFault.UNEQUAL: mark("The two passphrases are not the same. Nothing was changed."),
    VaultFault.NO_KEYRING: mark("This computer has no keyring that keeps it. Nothing was changed."),
    VaultFault.OTHER_GROUP: mark("That is another group. Look at your paper again."),
}
_STRENGTHS = {
    Strength.TOO_SHORT: (mark("Too short: at least {limit} characters"), "faint"),
    Strength.WEAK: (mark("Weak: longer, or more words"), "warn"),
    Strength.FAIR: (mark("Fair: one more word makes it strong"), "ink"),
    Strength.STRONG: (mark("Strong"), "ok"),
}
_NEW = (VaultAsks.SET_UP, VaultAsks.CHANGE)


def fault_text(words: UiWords, fault: VaultFault | None) -> str:
    """What is wrong, in words."""
    return "" if fault is None else words.text(_FAULTS[fault], limit=LEAST_PASSPHRASE)


class VaultForm(Inset):
    """Asks for what a change takes.

    Emits:
        confirmed: present, new, and new again; empty where they were not asked for.
        keyring_clicked: the keyring instead of a passphrase.
        dismissed: the user changed their mind.
    """

    confirmed = Signal(str, str, str)
    keyring_clicked = Signal()
    dismissed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown = VaultAsks.NOTHING
        self.hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.present = PassphraseEdit(words, self)
        self.new = PassphraseEdit(words, self)
        self.again = PassphraseEdit(words, self)
        self.strength = TextLabel(tone="faint", parent=self, wrap=True)
        self.fault = TextLabel(tone="bad", parent=self, wrap=True)
        self.keep_button = PrimaryButton(parent=self)
        self.danger_button = DangerButton(parent=self)
        self.keyring_button = PlainButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        fields, buttons = TurningRow(self), TurningRow(self)
        for field in self._fields:
            fields.row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            field.entered.connect(self._entered)
        other, answers = QHBoxLayout(), QHBoxLayout()
        other.addWidget(self.keyring_button)
        other.addStretch(1)
        answers.setSpacing(10)
        answers.addStretch(1)
        for button in (self.leave_button, self.keep_button, self.danger_button):
            answers.addWidget(button)
        buttons.row.addLayout(other)
        buttons.row.addLayout(answers, 1)
        self.column.setSpacing(10)
        self.column.addWidget(self.hint)
        self.column.addWidget(fields)
        self.column.addWidget(self.strength)
        self.column.addWidget(self.fault)
        self.column.addWidget(buttons)
        self.new.changed.connect(self._show_strength)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.danger_button.clicked.connect(self._keep_clicked)
        self.keyring_button.clicked.connect(self.keyring_clicked)
        self.leave_button.clicked.connect(self.dismissed)
        self.hide()

    def show_state(self, state: VaultSectionState) -> None:
        """Ask what is to be asked, or put the form away."""
        asking = state.asking
        begins = asking is not VaultAsks.NOTHING and asking is not self._shown
        self._shown = asking
        self.setVisible(asking is not VaultAsks.NOTHING)
        if asking is VaultAsks.NOTHING:
            return
        self._write(state)
        self.present.setVisible(asking is not VaultAsks.SET_UP and state.by_passphrase)
        for field in (self.new, self.again, self.strength):
            field.setVisible(asking in _NEW)
        self.keyring_button.setVisible(asking is VaultAsks.SET_UP)
        danger = asking is VaultAsks.GIVE_UP
        self.danger_button.setVisible(danger)
        self.keep_button.setVisible(not danger)
        self.fault.setText(fault_text(self._words, state.fault))
        self.fault.setVisible(bool(self.fault.text()))
        for widget in (*self._fields, self.keep_button, self.danger_button, self.keyring_button):
            widget.setEnabled(not state.working)
        self._show_strength()
        if begins or state.fault is not None:
            first = next((field for field in self._fields if field.isVisibleTo(self)), None)
            (first.edit if first is not None else self.leave_button).setFocus(Qt.FocusReason.OtherFocusReason)

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
    def _fields(self) -> tuple[PassphraseEdit, ...]:
        return (self.present, self.new, self.again)

    def _write(self, state: VaultSectionState) -> None:
        t = self._words.text
        self.present.set_name(t("Present passphrase"))
        self.new.set_name(t("New passphrase"))
        self.again.set_name(t("New passphrase, again"))
        self.leave_button.setText(t("Cancel"))
        self.keyring_button.setText(t("Use this computer's keyring instead"))
        hints = {
            VaultAsks.SET_UP: t(
                "Four or five words that nobody else would put together. The program asks for them at every "
                "start, and after every lock."
            ),
            VaultAsks.CHANGE: t("The one before opens nothing any more. The recovery code stays the same."),
            VaultAsks.NEW_CODE: t("The code on your paper opens nothing any more once there is a new one."),
            VaultAsks.KEYRING: t("The keyring does not open the library any more.")
            if state.by_keyring
            else t("Whoever is logged in as you on this computer opens the library without a passphrase."),
            VaultAsks.GIVE_UP: t(
                "All files become readable for whoever has this computer or its disk. Nothing is deleted."
            ),
            VaultAsks.KEEP: t("What was made readable already is sealed again."),
        }
        buttons = {
            VaultAsks.SET_UP: t("Lock the library"),
            VaultAsks.CHANGE: t("Set the passphrase"),
            VaultAsks.NEW_CODE: t("Make a new code"),
            VaultAsks.KEYRING: t("Turn off") if state.by_keyring else t("Turn on"),
            VaultAsks.GIVE_UP: t("Give up the lock"),
            VaultAsks.KEEP: t("Keep the lock"),
        }
        self.hint.setText(hints[state.asking])
        self.keep_button.setText(t("One moment…") if state.working else buttons[state.asking])
        self.danger_button.setText(self.keep_button.text())

    @Slot()
    def _show_strength(self) -> None:
        sentence, tone = _STRENGTHS[strength(self.new.text)]
        text = self._words.text(sentence, limit=LEAST_PASSPHRASE) if self.new.text else ""
        self.strength.setText(text)
        self.strength.set_tone(tone)

    @Slot()
    def _entered(self) -> None:
        shown = [field for field in self._fields if field.isVisibleTo(self)]
        empty = next((field for field in shown if not field.text), None)
        if empty is not None:
            empty.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._keep_clicked()

    @Slot()
    def _keep_clicked(self) -> None:
        self.confirmed.emit(*(field.text for field in self._fields))
