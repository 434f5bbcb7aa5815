"""The fonts, named one by one: the system's own fallback mixes weights of Chinese."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from evidencedesk.ui.theme.text_size import BASE_PX, scaled

FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans", "Segoe UI", "sans-serif")
MONO_FAMILIES = ("Noto Sans Mono CJK SC", "Cascadia Mono", "Consolas", "Menlo", "monospace")


def base_font() -> QFont:
    """The font of everything that asks for no other."""
    return font(BASE_PX)


def write_in(application: QApplication, pixels: int) -> None:
    """Have text of the usual kind this high."""
    letters = base_font()
    letters.setPixelSize(pixels)
    application.setFont(letters)


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The text font; ``pixels`` are meant for the usual size of text."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(scaled(pixels))
    made.setWeight(weight)
    return made


def mono_font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font of times and hashes: digits stay in place while they run."""
    made = font(pixels, weight)
    made.setFamilies([*MONO_FAMILIES, *FAMILIES])
    made.setStyleHint(QFont.StyleHint.Monospace)
    return made
