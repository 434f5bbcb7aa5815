"""A passphrase with a button that shows it, and a word about Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.secret_field import SecretEdit
from evidencedesk.ui.lock.caps import CapsLock
from evidencedesk.ui.words import UiWords


class PassphraseEdit(QWidget):
    """``entered`` when Return is pressed in it; ``changed`` with each sign."""

    entered = Signal()
    changed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._name = ""
        self._caps_lock = CapsLock()
        self._label = TextLabel(tone="faint", parent=self)
        self.edit = SecretEdit(self)
        self._label.setBuddy(self.edit)
        self.show_button = PlainButton(parent=self)
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._toggled)
        self.caps = TextLabel(tone="warn", parent=self, wrap=True)
        self.caps.hide()
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self.entered)
        self.edit.textChanged.connect(self.changed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._label)
        column.addLayout(row)
        column.addWidget(self.caps)

    @property
    def text(self) -> str:
        """What was written so far."""
        return self.edit.text()

    def take(self) -> str:
        """What was written; it is gone afterwards, and hidden again."""
        self.show_button.setChecked(False)
        return self.edit.take()

    def clear(self) -> None:
        """Forget what was written."""
        self.take()

    def set_name(self, name: str) -> None:
        """What is to be written."""
        self._name = name
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything anew."""
        t = self._words.text
        self._label.setText(self._name)
        self.edit.setAccessibleName(self._name)
        shown = self.show_button.isChecked()
        self.show_button.setText(t("Conceal") if shown else t("Reveal"))
        self.show_button.setAccessibleName(t("Hide the passphrase") if shown else t("Show the passphrase"))
        self.caps.setText(t("Caps Lock seems to be on."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the keys on their way into the line."""
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._caps_lock.see(event)
            self.caps.setVisible(bool(self._caps_lock.on))
        return super().eventFilter(watched, event)

    @Slot(bool)
    def _toggled(self, shown: bool) -> None:  # noqa: FBT001 - as Qt emits it
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.retranslate()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
