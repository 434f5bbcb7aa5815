"""A fingerprint of a key, large enough to compare with paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidencedesk.custody.device_certificate import printed_fingerprint
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.text_size import letters_of

_GROUPS_A_LINE = 8


class FingerprintLabel(TextLabel):
    """Groups of four digits, as they are printed, eight in a line; can be selected and copied."""

    def __init__(self, fingerprint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._fingerprint = ""
        letters_of(self, mono_font(16, QFont.Weight.Medium))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_fingerprint(fingerprint)

    @property
    def fingerprint(self) -> str:
        """What is shown, as it is printed, in one line."""
        return printed_fingerprint(self._fingerprint)

    def show_fingerprint(self, fingerprint: str) -> None:
        """Show this one (hex)."""
        self._fingerprint = fingerprint
        groups = printed_fingerprint(fingerprint).split()
        lines = (groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE))
        self.setText("\n".join(" ".join(line) for line in lines))

    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.fingerprint)
