"""Takes the pictures: of the whole window in all its forms, or of a part of it for the tour."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.wording.language import Language

LARGE, SMALL = QSize(1280, 800), QSize(960, 640)
PATIENCE_S = 40.0
_MARGIN = 14


def until(what: str, condition: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"did not happen: {what}")
        QTest.qWait(30)


def scroll_to(part: QWidget) -> None:
    """Bring the top of a part to the top of its page."""
    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, VerticalScroll):
        parent = parent.parentWidget()
    if isinstance(parent, VerticalScroll):
        top = part.mapTo(parent.body, part.rect().topLeft()).y()
        parent.verticalScrollBar().setValue(top - 12)


class Photographer:
    """Pages for docs/screenshots, steps for docs/guide."""

    def __init__(self, pages: Path, guide: Path, theme: Theme, language: Language) -> None:
        self._pages = pages
        self._guide = guide
        self._theme = theme
        self._language = language

    @property
    def language(self) -> Language:
        """In which language the window speaks."""
        return self._language

    def take(self, window: MainWindow, name: str, part: QWidget | None = None) -> None:
        """Light, dark and small; scrolled to a ``part`` of the page, if one is named."""
        for shade, size in (("light", LARGE), ("dark", LARGE), ("light", SMALL)):
            self._theme.choose(shade)
            window.resize(size)
            QTest.qWait(250)
            if part is not None:
                scroll_to(part)
                QTest.qWait(100)
            kind = f"{self._language}-{shade}-{size.width()}x{size.height()}"
            window.grab().save(str(path := self._pages / f"{name}-{kind}.png"))
            _make_small(path)
        self._theme.choose("light")
        window.resize(LARGE)
        QTest.qWait(250)
        if part is not None:
            scroll_to(part)
            QTest.qWait(100)

    def show(self, window: MainWindow) -> None:
        """Let a page settle; the keyboard's ring is nobody's, as after a touch."""
        QTest.qWait(700)
        focused = window.focusWidget()
        if focused is not None:
            focused.clearFocus()
        QTest.qWait(50)

    def step(self, window: MainWindow, name: str, *parts: QWidget) -> None:
        """One step of the tour: the window, or only what holds these parts."""
        QTest.qWait(250)
        around = QRect()
        for part in parts:
            around = around.united(QRect(part.mapTo(window, QPoint()), part.size()))
        whole = window.rect()
        wanted = around.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) & whole if parts else whole
        window.grab(wanted).save(str(path := self._guide / f"{name}-{self._language}.png"))
        _make_small(path)


def paper_photo(title: str, lines: tuple[str, ...], path: Path) -> Path:
    """Something that looks like the photo of a paper."""
    image = QImage(900, 640, QImage.Format.Format_RGB32)
    image.fill(QColor("#8d8478"))
    painter = QPainter(image)
    painter.translate(60, 30)
    painter.rotate(2)
    painter.fillRect(0, 0, 780, 560, QColor("#fbf6e6"))
    painter.setPen(QColor("#a33"))
    painter.drawRect(18, 18, 744, 524)
    painter.setPen(QColor("#222"))
    painter.setFont(QFont("Noto Sans CJK SC", 40))
    painter.drawText(QRect(0, 50, 780, 90), Qt.AlignmentFlag.AlignHCenter, title)
    painter.setFont(QFont("Noto Sans CJK SC", 22))
    for number, line in enumerate(lines):
        painter.drawText(70, 220 + 70 * number, line)
    painter.end()
    image.save(str(path))
    return path


def phone_picture(title: str, text: str) -> QImage:
    """Something that looks like the screenshot of a phone."""
    image = QImage(540, 900, QImage.Format.Format_RGB32)
    image.fill(QColor("#ededed"))
    painter = QPainter(image)
    painter.setPen(QColor("#222"))
    painter.setFont(QFont("Noto Sans CJK SC", 19))
    painter.drawText(QRect(0, 30, 540, 60), Qt.AlignmentFlag.AlignCenter, title)
    painter.fillRect(QRect(26, 130, 430, 240), QColor("#ffffff"))
    inside = QRect(46, 146, 390, 210)
    painter.drawText(inside, Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere, text)
    painter.end()
    return image


def _make_small(path: Path) -> None:
    # 256 well-chosen colours look the same on a flat page, at a third of the size.
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
