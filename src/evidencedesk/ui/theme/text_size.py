"""How large the text is: everything measured for text of the usual size goes through here.

The scale in force is the application's own font, which the theme sets; nothing else remembers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QTableView, QWidget

BASE_PX = 14
LEAST, MOST = 1.0, 2.0
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX

_FIXED_HEIGHT, _FIXED_WIDTH, _LEAST_HEIGHT, _LEAST_WIDTH, _MOST_HEIGHT, _MOST_WIDTH, _ROW, _ICON, _FONT = (
    "usual-height",
    "usual-width",
    "usual-least-height",
    "usual-least-width",
    "usual-most-height",
    "usual-most-width",
    "usual-row-height",
    "usual-icon",
    "usual-font",
)


def pixels_for(choice: str, desktop_factor: float = LEAST) -> int:
    """How high usual text is: by the user's choice in per cent, or "system" for that of the desktop."""
    factor = desktop_factor if choice == "system" else int(choice) / 100
    return round(BASE_PX * min(MOST, max(LEAST, factor)))


def text_scale() -> float:
    """1.0 is the usual size, 2.0 twice of it."""
    pixels = QGuiApplication.font().pixelSize()
    return pixels / BASE_PX if pixels > 0 else LEAST


def scaled(pixels: float) -> int:
    """A measure that holds text, at the size of the moment."""
    return round(pixels * text_scale())


def fix_height(widget: QWidget, pixels: int) -> None:
    """As ``setFixedHeight``, and it grows with the text."""
    _keep(widget, _FIXED_HEIGHT, pixels)


def fix_width(widget: QWidget, pixels: int) -> None:
    """As ``setFixedWidth``, and it grows with the text."""
    _keep(widget, _FIXED_WIDTH, pixels)


def free_width(widget: QWidget) -> None:
    """The opposite of ``fix_width``."""
    widget.setProperty(_FIXED_WIDTH, None)
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(_UNLIMITED)


def fix_size(widget: QWidget, width: int, height: int) -> None:
    """Both."""
    fix_width(widget, width)
    fix_height(widget, height)


def at_least_high(widget: QWidget, pixels: int) -> None:
    """As ``setMinimumHeight``, and it grows with the text."""
    _keep(widget, _LEAST_HEIGHT, pixels)


def at_least_wide(widget: QWidget, pixels: int) -> None:
    """As ``setMinimumWidth``, and it grows with the text."""
    _keep(widget, _LEAST_WIDTH, pixels)


def at_most_high(widget: QWidget, pixels: int) -> None:
    """As ``setMaximumHeight``, and it grows with the text."""
    _keep(widget, _MOST_HEIGHT, pixels)


def at_most_wide(widget: QWidget, pixels: int) -> None:
    """As ``setMaximumWidth``, and it grows with the text."""
    _keep(widget, _MOST_WIDTH, pixels)


def row_height(table: QTableView, pixels: int) -> None:
    """How high the rows of a table are that say nothing else."""
    _keep(table, _ROW, pixels)


def icon_size(button: QAbstractButton, pixels: int) -> None:
    """How large the picture of a button is."""
    _keep(button, _ICON, pixels)


def letters_of(widget: QWidget, letters: QFont) -> None:
    """As ``setFont``, and it grows with the text."""
    usual = QFont(letters)
    usual.setPixelSize(round(letters.pixelSize() / text_scale()))
    _keep(widget, _FONT, usual)


def fit_to_text(widgets: Iterable[QWidget]) -> None:
    """The text has another size: bring every measure that was named here along."""
    for widget in widgets:
        for name in widget.dynamicPropertyNames():
            key = bytes(name.data()).decode()
            if key == _FONT or key in _MEASURES:
                _take(widget, key)


def _keep(widget: QWidget, key: str, usual: object) -> None:
    if widget.property(key) != usual:
        widget.setProperty(key, usual)
    _take(widget, key)


def _take(widget: QWidget, key: str) -> None:
    usual = widget.property(key)
    if isinstance(usual, QFont):
        letters = QFont(usual)
        letters.setPixelSize(scaled(usual.pixelSize()))
        widget.setFont(letters)
    else:
        _MEASURES[key](widget, scaled(usual))


def _set_row_height(table: QWidget, pixels: int) -> None:
    if isinstance(table, QTableView):
        table.verticalHeader().setDefaultSectionSize(pixels)


def _set_icon_size(button: QWidget, pixels: int) -> None:
    if isinstance(button, QAbstractButton):
        button.setIconSize(QSize(pixels, pixels))


_MEASURES: dict[str, Callable[[QWidget, int], None]] = {
    _FIXED_HEIGHT: QWidget.setFixedHeight,
    _FIXED_WIDTH: QWidget.setFixedWidth,
    _LEAST_HEIGHT: QWidget.setMinimumHeight,
    _LEAST_WIDTH: QWidget.setMinimumWidth,
    _MOST_HEIGHT: QWidget.setMaximumHeight,
    _MOST_WIDTH: QWidget.setMaximumWidth,
    _ROW: _set_row_height,
    _ICON: _set_icon_size,
}
