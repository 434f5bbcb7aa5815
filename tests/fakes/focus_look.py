"""How well the place of the keyboard can be seen: a control with it, compared with the same without it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

_EDGE = 3
_LEAST = 24  # pixels of a change that is no accident


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def focus_contrast(widget: QWidget) -> float:
    """The strongest contrast, over enough pixels, between what is drawn with the keyboard and without it."""
    bring_to_sight(widget)
    widget.clearFocus()
    QApplication.processEvents()
    without = _picture(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    focused = _picture(widget)
    changes: Counter[int] = Counter()
    for y in range(min(without.height(), focused.height())):
        for x in range(min(without.width(), focused.width())):
            before, after = without.pixel(x, y), focused.pixel(x, y)
            if before != after:
                step = contrast(_name(without, x, y), _name(focused, x, y))
                changes[int(step * 10)] += 1
    found = 0
    for step in sorted(changes, reverse=True):
        found += changes[step]
        if found >= _LEAST:
            return step / 10
    return 0.0


def bring_to_sight(widget: QWidget) -> None:
    """Scroll to it, as Tab does."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea) and hasattr(around, "ensureWidgetVisible"):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _picture(widget: QWidget) -> QImage:
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    box.adjust(-_EDGE, -_EDGE, _EDGE, _EDGE)
    return window.grab(box).toImage()


def _name(image: QImage, x: int, y: int) -> str:
    return image.pixelColor(x, y).name()
