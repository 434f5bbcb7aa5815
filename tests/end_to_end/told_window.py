"""The real window, run as a program by ``test_start_after_a_crash.py``.

python told_window.py LIBRARY open-case     opens a case, and is killed as soon as that is remembered
python told_window.py LIBRARY tell TEXT     closes as soon as a message begins with TEXT, and prints a line of
                                            JSON: the page, the open case, and all messages
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from evidencedesk.app import first_paint
from evidencedesk.app.pages import Pages
from evidencedesk.ui.shell.main_window import CASES, MainWindow

_LOOK_MS, _PATIENCE_S = 20, 60.0


class Hand(QObject):
    """Looks at the window until there is something to do."""

    def __init__(self, library: Path, wish: str, text: str) -> None:
        super().__init__()
        self.ended = 1
        self._remembered = library / "cache" / "last-view.json"
        self._wish, self._text = wish, text
        self._case = ""
        self._began = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    def look(self) -> None:
        """One look."""
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        pages = windows[0].findChild(Pages) if windows else None
        if time.monotonic() - self._began > _PATIENCE_S:
            QApplication.quit()
        elif isinstance(pages, Pages):
            if self._wish == "tell":
                self._tell(windows[0], pages)
            else:
                self._open_case(windows[0], pages)

    def _open_case(self, window: MainWindow, pages: Pages) -> None:
        if not self._remembered.exists():
            return  # not all pages are there yet
        if not self._case:
            self._case = pages._services.open_case("Zhang's loan").id
            window.show_page(CASES)
            pages.cases.show_case(self._case)
        if self._case in self._remembered.read_text():
            sys.stdout.write(f"{self._case}\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    def _tell(self, window: MainWindow, pages: Pages) -> None:
        said = [
            label.text()
            for one in window.message_area.banners
            for label in one.findChildren(QLabel)
            if label.text()
        ]
        if not any(one.startswith(self._text) for one in said):
            return
        if (
            self._text.startswith("The program ended")
            and pages.cases.review_presenter.state.case_file is None
        ):
            return  # read on another thread
        case = pages.cases.review_presenter.state.case_file if hasattr(pages, "cases") else None
        told = {"page": window.page, "case": "" if case is None else case.case.id, "said": said}
        sys.stdout.write(f"{json.dumps(told)}\n")
        self.ended = 0
        window.let_go()
        QApplication.quit()


def main() -> int:
    """Open the window of a library."""
    library, wish, *text = sys.argv[1:]
    application = QApplication([sys.argv[0]])
    hand = Hand(Path(library), wish, *text or [""])
    code = first_paint.run(["--library", library])
    del application
    return hand.ended or code


if __name__ == "__main__":
    raise SystemExit(main())
