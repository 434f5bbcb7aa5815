"""Walk a page as a screen reader does."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTextEdit, QWidget

_CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QTextEdit)


def nameless(root: QWidget) -> list[str]:
    """The visible controls below ``root`` that a screen reader could not name."""
    found = []
    for widget in _controls(root):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None or not _name(spoken):
            found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def unreachable(root: QWidget) -> list[str]:
    """The visible, enabled controls that Tab does not reach."""
    return [
        f"{type(widget).__name__} {widget.accessibleName()!r}"
        for widget in _controls(root)
        if widget.isEnabled() and not widget.focusPolicy().value & 1  # Qt.TabFocus
    ]


def _controls(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if isinstance(widget, _CONTROLS) and widget.isVisibleTo(root):
            yield widget


def _name(spoken: QAccessibleInterface) -> str:
    return spoken.text(QAccessible.Text.Name).strip()
