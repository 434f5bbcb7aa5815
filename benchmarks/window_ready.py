"""Somebody who opens the window and waits until it can record. Run as a program.

    python window_ready.py LIBRARY

Prints one line of JSON: the seconds from the process's own start to the window on the screen, and to the
library open behind it: from then on the red button records.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from evidencedesk.app import first_paint
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow

_LOOK_MS = 5
_PATIENCE_S = 60.0


class Watch(QObject):
    """Looks until both are there, then closes the window."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self._began = began
        self.found: dict[str, float] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        passed = time.perf_counter() - self._began
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        if not windows or passed > _PATIENCE_S:
            return
        self.found.setdefault("shown_s", passed)
        if windows[0].findChild(RecordingFlow) is not None:
            self.found["ready_s"] = passed
            QApplication.quit()


def main() -> int:
    """Open the window of a library."""
    began = time.perf_counter()
    application = QApplication([sys.argv[0]])
    watch = Watch(began)
    code = first_paint.run(["--library", sys.argv[1]])
    print(json.dumps(watch.found))
    del application
    return code


if __name__ == "__main__":
    raise SystemExit(main())
