"""What is on the screen before the rest is loaded: the name, the sheets that things lie on, the red button.

Where they lie and what they say was written down by an earlier window of the same language and size of text;
there is nothing of a case in it. Without that the window is shown when all of it is loaded. The button is the
one of the record page, which takes it over where it stands.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from evidencedesk.ui.kit.record_button import RecordButton
from evidencedesk.ui.theme.fonts import font
from evidencedesk.ui.theme.palette import current_tokens

_PATIENCE_MS = 300  # a window that is behind others, or on another desk, may not be painted at all
_CORNER = 12

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """A window before its library is open, as ``made_for`` a version, a language and a size of text."""

    made_for: str
    title: str
    start: str
    keys: str
    heading: Box
    rail: Box
    card: Box
    button: Box


class FirstSight(QWidget):
    """Fills the window until the rest is there.

    Emits:
        painted: it was painted.
    """

    painted = Signal()

    def __init__(self, look: Look, window: QMainWindow) -> None:
        super().__init__(window)
        self._look = look
        self.pressed = False
        self.setAccessibleName(look.title)
        self.button = RecordButton(self)
        self.button.setGeometry(QRect(*look.button))
        self.button.set_texts(look.start, look.keys)
        self.button.clicked.connect(self._press)
        QShortcut(QKeySequence("Ctrl+R"), self).activated.connect(self._press)
        window.setWindowTitle(look.title)
        window.setCentralWidget(self)
        self.button.setFocus()

    def show_until_painted(self) -> None:
        """Show the window; come back as soon as it is on the screen."""
        loop = QEventLoop()
        self.painted.connect(loop.quit)
        QTimer.singleShot(_PATIENCE_MS, loop.quit)
        self.window().show()
        loop.exec()
        loop.processEvents()  # what was painted goes to the screen
        while self.button.isDown():  # whoever presses just now lets go of this button
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def give_button(self) -> RecordButton:
        """The button belongs to somebody else from now on."""
        self.button.clicked.disconnect(self._press)
        return self.button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rail, card and name."""
        tokens = current_tokens()
        painter = QPainter(self)
        rail = QRect(*self._look.rail)
        painter.fillRect(rail, QColor(tokens.panel))
        painter.fillRect(rail.right(), rail.top(), 1, rail.height(), QColor(tokens.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(QRectF(*self._look.card).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        painter.setFont(font(20, QFont.Weight.Bold))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(QRect(*self._look.heading), 0, self._look.title)
        painter.end()
        self.painted.emit()

    @Slot()
    def _press(self) -> None:
        self.pressed = True


def box_of(widget: QWidget) -> Box:
    """Where something lies in its window."""
    corner = widget.mapTo(widget.window(), QPoint(0, 0))
    return corner.x(), corner.y(), widget.width(), widget.height()


def read_look(path: Path, made_for: str) -> Look | None:
    """What an earlier window wrote down, if it was made for the same."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        made, title, start, keys = (str(stored[name]) for name in ("made_for", "title", "start", "keys"))
        heading, rail, card, button = (_box(stored[name]) for name in ("heading", "rail", "card", "button"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    look = Look(made, title, start, keys, heading, rail, card, button)
    return look if look.made_for == made_for else None


def write_look(path: Path, look: Look) -> None:
    """Write it down for the next start. It is a convenience: what the disk says is said elsewhere."""
    if read_look(path, look.made_for) != look:
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(json.dumps(asdict(look)), encoding="utf-8")


def _box(stored: object) -> Box:
    if not isinstance(stored, list) or not all(type(one) is int for one in stored):
        raise ValueError("no box")
    x, y, width, height = stored
    return x, y, width, height
