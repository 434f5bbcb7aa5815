"""The program as `python -m evidencedesk` starts it, and beside it somebody who says where things stand.

    python watched_window.py --library LIBRARY

When the red button is painted for the first time, and for every line on standard input, a line of JSON says
what can be seen: names as a screen reader says them, places on the screen. Nothing here touches anything.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from evidencedesk.app.entry import main as program
from evidencedesk.ui.kit.record_button import RecordButton


class Observer(QObject):
    """Looks, and says what it sees."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._questions = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._questions.activated.connect(self.answer)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the first paint of the red button; from then on nothing is filtered."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, RecordButton):
            self._application.removeEventFilter(self)
            QTimer.singleShot(0, self.tell_first_paint)  # when it has reached the screen
        return False

    @Slot()
    def tell_first_paint(self) -> None:
        """Say it unasked: the clock runs from here."""
        say({"at_ns": time.monotonic_ns(), **seen()})

    @Slot()
    def answer(self) -> None:
        """One look for each line."""
        asked = os.read(sys.stdin.fileno(), 4096)
        if not asked:
            self._questions.setEnabled(False)
        for _ in range(asked.count(b"\n")):
            say({"at_ns": time.monotonic_ns(), **seen()})


def seen() -> dict[str, Any]:
    """Everything that can be seen and has a name."""
    focus = QApplication.focusWidget()
    return {
        "active": QApplication.activeWindow() is not None,
        "focus": (focus.objectName() or focus.accessibleName()) if focus is not None else "",
        "things": [
            one
            for window in QApplication.topLevelWidgets()
            if window.isVisible()
            for widget in window.findChildren(QWidget)
            if (one := described(widget)) is not None
        ],
    }


def described(widget: QWidget) -> dict[str, Any] | None:
    """Name and place of one, or None when nobody sees it."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    name = widget.accessibleName() or text or widget.objectName()
    part = widget.visibleRegion().boundingRect()
    if not name or part.isEmpty():
        return None
    middle = widget.mapToGlobal(QPoint(part.center()))
    return {"name": name, "text": text, "x": middle.x(), "y": middle.y(), "enabled": widget.isEnabled()}


def say(what: dict[str, Any]) -> None:
    """One line, at once."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Look on while the program runs."""
    application = QApplication([sys.argv[0]])
    observer = Observer(application)
    code = program(sys.argv[1:])
    del observer, application
    return code


if __name__ == "__main__":
    raise SystemExit(main())
