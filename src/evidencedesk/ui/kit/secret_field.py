"""A line for a secret: never shown, and not kept longer than it takes to use it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from evidencedesk.ui.kit.field import Field

_MAX_LENGTH = 1000


class SecretEdit(QLineEdit):
    """A line that shows dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_MAX_LENGTH)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def take(self) -> str:
        """What was written; the line is empty afterwards, and can't be brought back."""
        secret = self.text()
        self.clear()
        return secret


class SecretField(Field):
    """The same with its name above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._secret = SecretEdit()
        super().__init__(parent, _MAX_LENGTH, self._secret)

    def take(self) -> str:
        """What was written; it is gone afterwards."""
        return self._secret.take()

    def clear(self) -> None:
        """Forget what was written."""
        self._secret.clear()
