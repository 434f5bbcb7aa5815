"""Finds words that are cut off: what large text must never do."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from evidencedesk.ui.kit.buttons import ChipButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import ElidedLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.record_button import RecordButton

_SLACK = 2


def cut(root: QWidget) -> list[str]:
    """Every visible label, button, field and box below ``root`` that has too little room, and how much."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.visibleRegion().isEmpty():
            continue
        lacking = _lacks(widget) or _outside(widget)
        if lacking:
            found.append(f"{type(widget).__name__} {_words(widget)!r}: {lacking}")
    return found


def _words(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return text[:40]


def _lacks(widget: QWidget) -> str:
    width, height = widget.width() + _SLACK, widget.height() + _SLACK
    if isinstance(widget, ElidedLabel | ChipButton | Pill):
        # Ends in an ellipsis where it must, and says the whole then.
        low = height < QFontMetrics(widget.font()).height()
        return f"{widget.height()} high" if low and not isinstance(widget, Pill | ChipButton) else ""
    if isinstance(widget, QLabel):
        if widget.pixmap() and not widget.pixmap().isNull():
            return ""
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"{needed} needed, {widget.height()} high" if needed > height and widget.text() else ""
        wanted = widget.sizeHint()
        return (
            f"{wanted.toTuple()} needed, {widget.size().toTuple()} there"
            if widget.text() and (wanted.width() > width or wanted.height() > height)
            else ""
        )
    if isinstance(widget, RecordButton | QCheckBox):
        return ""
    if isinstance(widget, QAbstractButton) and widget.text():
        wanted = widget.minimumSizeHint() if type(widget).__name__ == "RailButton" else widget.sizeHint()
        if type(widget).__name__ == "LogButton":
            wanted = widget.minimumSizeHint()
        return (
            f"{wanted.toTuple()} needed, {widget.size().toTuple()} there"
            if wanted.width() > width or wanted.height() > height
            else ""
        )
    if isinstance(widget.parentWidget(), QComboBox):
        return ""  # the line of a box in which one can write
    if isinstance(widget, QLineEdit | QComboBox):
        wanted = widget.sizeHint()
        if wanted.height() > height:
            return f"{wanted.height()} high needed, {widget.height()} there"
        if isinstance(widget, QComboBox) and not isinstance(widget, ElidedComboBox):
            text = QFontMetrics(widget.font()).horizontalAdvance(widget.currentText())
            return f"{text} wide needed, {widget.width()} there" if text + 30 > width else ""
    return ""


def _outside(widget: QWidget) -> str:
    """Beyond the edge of its parent, where nothing scrolls."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QStackedWidget):
        return ""
    if isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea):
        return ""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return ""
    room = QRect(-_SLACK, -_SLACK, parent.width() + 2 * _SLACK, parent.height() + 2 * _SLACK)
    return (
        ""
        if room.contains(widget.geometry())
        else f"{widget.geometry().getRect()} in {parent.size().toTuple()}"
    )
