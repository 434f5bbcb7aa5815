"""The recovery code, shown once: it goes on paper, and one group of it is typed back from there."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.surfaces import Inset
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.settings.print_code import print_code
from evidencedesk.ui.settings.vault_form import fault_text
from evidencedesk.ui.settings.vault_presenter import VaultFault, VaultSectionState
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.words import UiWords

_CODE_PX = 17


class VaultCode(Inset):
    """``confirmed`` with the number of the group, from 0, and what was typed."""

    confirmed = Signal(int, str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._group = 0
        self._shown = ""
        self._what = TextLabel(tone="strong", parent=self, wrap=True)
        self._why = TextLabel(tone="sub", parent=self, wrap=True)
        # Not to be selected: a clipboard is no paper, and other programs read it.
        self.code = TextLabel(tone="ink", parent=self, wrap=True)
        self.code.setFont(mono_font(_CODE_PX, QFont.Weight.DemiBold))
        self.print_button = PlainButton(parent=self)
        self.print_button.clicked.connect(self._print_clicked)
        self.field = Field(self, max_length=8)
        self.field.entered.connect(self._confirm)
        self.fault = TextLabel(tone="bad", parent=self, wrap=True)
        self.done_button = PrimaryButton(parent=self)
        self.done_button.clicked.connect(self._confirm)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self.print_button, self.done_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row = TurningRow(self)
        row.row.addWidget(self.field, 1)
        row.row.addLayout(buttons)
        self.column.setSpacing(10)
        for widget in (self._what, self.code, self._why):
            self.column.addWidget(widget)
        self.column.addWidget(row)
        self.column.addWidget(self.fault)
        self.hide()

    def show_state(self, state: VaultSectionState) -> None:
        """Show it until it was typed back."""
        t = self._words.text
        self.setVisible(bool(state.code))
        if state.code != self._shown:
            self._shown = state.code
            self.field.set_text("")
            if state.code:
                self._group = secrets.randbelow(len(state.code.split("-")))
        self.code.setText(state.code.replace("-", " - "))
        self.code.setAccessibleName(state.code)
        self._what.setText(t("Write this recovery code on paper now. It is shown only this once."))
        self._why.setText(
            t(
                "It opens the library when the passphrase is forgotten. Keep it away from this computer, "
                "where nobody looks for it. When both are lost, nobody can help."
            )
        )
        self.field.set_texts(t("Type group {n} from your paper", n=self._group + 1), "XXXX")
        self.print_button.setText(t("Print…"))
        self.done_button.setText(t("I have it on paper"))
        other = state.fault is VaultFault.OTHER_GROUP
        self.fault.setText(fault_text(self._words, state.fault) if other else "")
        self.fault.setVisible(other)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit(self._group, self.field.text)

    @Slot()
    def _print_clicked(self) -> None:
        t = self._words.text
        print_code(self, t("EvidenceDesk: recovery code"), self._shown, self._why.text())
