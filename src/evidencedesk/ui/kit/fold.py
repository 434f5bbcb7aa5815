"""A heading that shows and hides what lies under it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.theme.icons import icon
from evidencedesk.ui.theme.text_size import icon_size


class Fold(QWidget):
    """Folded at first; put things into ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = PlainButton(parent=self)
        self.button.make_flat()
        set_look(self.button, "scale", "fold")
        icon_size(self.button, 16)
        self.button.clicked.connect(self.toggle)
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 4)
        self.column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.button)
        whole.addWidget(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_open(opened=False)

    def set_open(self, *, opened: bool) -> None:
        """Show or hide what lies under it."""
        self.body.setVisible(opened)
        self.button.setIcon(icon("chevron-down" if opened else "chevron-right", "accent"))

    @property
    def opened(self) -> bool:
        """Whether it is open."""
        return not self.body.isHidden()

    @Slot()
    def toggle(self) -> None:
        """Open or close it."""
        self.set_open(opened=not self.opened)
