"""A line for the recovery code: it groups what is typed, and takes what is pasted in any form."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

_GROUP = 4
_SYMBOLS = 28
_LONGEST = 200  # pasted with words around it


def grouped(typed: str) -> str:
    """Letters and digits in groups of four; everything else is passed over."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum() and sign.isascii())[:_SYMBOLS]
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


class CodeEdit(QLineEdit):
    """Seven groups of four."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self.textEdited.connect(self._edited)

    def _edited(self, text: str) -> None:
        before = sum(sign.isalnum() for sign in text[: self.cursorPosition()])
        new = grouped(text)
        self.setText(new)
        # Behind the same symbol as before, and behind the dash that follows a full group.
        at = before + max(0, before - 1) // _GROUP
        self.setCursorPosition(min(at, len(new)))
