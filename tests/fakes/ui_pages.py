"""What every test of a page looks at: names for screen readers, and words without their names."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListView,
    QTableView,
    QWidget,
)


def unnamed(page: QWidget) -> list[str]:
    """Visible controls that a screen reader could not name."""
    found: list[QWidget] = []
    for kind in (QAbstractButton, QListView, QTableView, QComboBox, QLineEdit):
        found += page.findChildren(kind)
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in found
        if widget.isVisibleTo(page) and not _name(widget) and not widget.objectName().startswith("qt_")
    ]


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
