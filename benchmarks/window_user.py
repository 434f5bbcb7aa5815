"""Somebody in front of the window: presses the red button, looks, looks away, stops. Run as a program.

    python window_user.py LIBRARY SECONDS

Prints one line of JSON: the steady clock at the press, and the window's processor seconds while its
recording page was seen and while it was not.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidencedesk.app import first_paint
from evidencedesk.ui.shell.main_window import MainWindow

_PATIENCE_S = 30.0
_SETTLED_MS = 2500


def _wait(milliseconds: int) -> None:
    """Let the window live. Not ``QTest.qWait``: it keeps all other threads from running meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not get there")
        _wait(20)


def _cost_s(seconds: float) -> float:
    before = time.process_time()
    _wait(round(seconds * 1000))
    return time.process_time() - before


class User:
    """One recording."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.found: dict[str, float] = {}

    def use(self) -> None:
        """All of it, then close the window."""
        try:
            self._record(next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)))
        finally:
            QApplication.quit()

    def _record(self, window: MainWindow) -> None:
        button = window.record_page.button
        _until(button.isEnabled)
        _wait(_SETTLED_MS)
        self.found["click_ns"] = time.monotonic_ns()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        _until(lambda: window.recording)
        _wait(_SETTLED_MS)
        if self._seconds:
            self.found["seen_s"] = _cost_s(self._seconds)
            window.hide()
            self.found["unseen_s"] = _cost_s(self._seconds)
            window.show()
        window.stop_requested.emit()
        _until(lambda: not window.recording)


def main() -> int:
    """Open the window of a library."""
    library, seconds = sys.argv[1], float(sys.argv[2])
    application = QApplication([sys.argv[0]])
    user = User(seconds)
    QTimer.singleShot(0, user.use)
    code = first_paint.run(["--library", library])
    print(json.dumps(user.found))
    del application
    return code


if __name__ == "__main__":
    raise SystemExit(main())
