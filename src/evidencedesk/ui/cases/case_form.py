"""A case's names, written in the page: for a new case and for changing them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords


class CaseForm(Card):
    """Three lines and two buttons.

    Emits:
        confirmed: title, creditor, contract.
        dismissed: the user changed their mind.
    """

    confirmed = Signal(str, str, str)
    dismissed = Signal()

    def __init__(self, words: UiWords, *, new: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._new = new
        self._heading = SectionTitle(parent=self)
        self._hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.title = Field(self)
        self.creditor = Field(self)
        self.contract = Field(self)
        self.keep_button = PrimaryButton(parent=self)
        self.leave_button = PlainButton(parent=self)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, share in ((self.title, 3), (self.creditor, 2), (self.contract, 2)):
            fields.addWidget(field, share)
            field.entered.connect(self._keep_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.keep_button)
        self.column.setSpacing(12)
        self.column.addWidget(self._heading)
        self.column.addLayout(fields)
        self.column.addWidget(self._hint)
        self.column.addLayout(buttons)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.leave_button.clicked.connect(self.dismissed)
        self.retranslate()

    def open(self, title: str = "", creditor: str = "", contract: str = "") -> None:
        """Show the form with these words in it; the keyboard goes to the first line."""
        self.title.set_text(title)
        self.creditor.set_text(creditor)
        self.contract.set_text(contract)
        self.show()
        self.title.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.edit.selectAll()

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._heading.setText(t("New case") if self._new else t("Names of this case"))
        self._hint.setText(
            t("One case for one dispute with one creditor. Everything can be changed later.")
            if self._new
            else t("The earlier names stay in the journal of the case.")
        )
        self.title.set_texts(t("What to call it"), t("for example the name of the platform"))
        self.creditor.set_texts(t("Creditor or platform"), t("may stay empty"))
        self.contract.set_texts(t("Contract number"), t("may stay empty"))
        self.keep_button.setText(t("Open the case") if self._new else t("Save"))
        self.leave_button.setText(t("Cancel"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _keep_clicked(self) -> None:
        self.confirmed.emit(self.title.text, self.creditor.text, self.contract.text)
