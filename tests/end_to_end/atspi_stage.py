"""The program as a screen reader finds it: shows one page after another. Run by ``test_screen_reader.py``.

    python atspi_stage.py LANGUAGE PLACE PAGE…

Prints the name of each page when it stands; a line on the standard input wants the next one. Then a recording
begins, runs into a warning and ends, and a message comes: each is announced.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from evidencedesk.domain.pulse import PulseWarning
from evidencedesk.ui.messages import Message
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.all_pages import PAGES
from fakes.catalogues import locale_dir
from ui.render_pages import Stage

LAST = "announcements"


class Shower:
    """One page at a time."""

    def __init__(self, words: UiWords, place: Path, names: list[str]) -> None:
        self.words = words
        self.place = place
        self.names = names
        self.window: MainWindow | None = None
        self.stage: Stage | None = None
        self.steps = [self.begin, self.warn, self.stop, self.tell]

    def next(self) -> None:
        """Show the next page, or let the next thing happen."""
        if sys.stdin.readline() == "":
            QApplication.quit()
        elif self.names:
            name = self.names.pop(0)
            self._show(PAGES[name](self.words, self.place))
            QTimer.singleShot(300, lambda: print(name, flush=True))  # noqa: T201
        elif self.steps:
            step = self.steps.pop(0)
            step()
            QTimer.singleShot(300, lambda: print(step.__name__, flush=True))  # noqa: T201
        else:
            QApplication.quit()

    def begin(self) -> None:
        """The red button."""
        self.stage = Stage(self.words)
        self._show(self.stage.window)
        self.stage.open().record.start()

    def warn(self) -> None:
        """The disk is nearly full."""
        assert self.stage is not None
        live, presenter = self.stage.desk.begun[0], self.stage.flow.encounter
        assert presenter is not None
        warning = PulseWarning("disk-nearly-full", 750_000, "2026-11-23T13:34:00.000000Z")
        live.status = replace(live.status, warnings=(warning,))
        self.stage.desk.free = 400_000_000
        presenter._polls = 0
        presenter.poll()

    def stop(self) -> None:
        """Stop and save."""
        assert self.stage is not None
        self.stage.desk.begun[0].status = replace(self.stage.desk.begun[0].status, warnings=())
        self.stage.flow.stop()

    def tell(self) -> None:
        """A message."""
        assert self.stage is not None
        self.stage.messages.show(Message(key="x", kind="info", msgid="A recording is running."))

    def _show(self, window: MainWindow) -> None:
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window = window
        window.show()
        window.activateWindow()


def main() -> None:
    """Wait for lines, show pages."""
    language, place, *names = sys.argv[1:]
    application = QApplication(["evidencedesk"])
    application.setApplicationName("EvidenceDesk")
    theme = Theme(application, "light")
    words = UiWords("zh" if language == "zh" else "en", locale_dir(Path(place) / "locale"))
    shower = Shower(words, Path(place), names)
    wish = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    wish.activated.connect(shower.next)
    print("ready", flush=True)  # noqa: T201
    application.exec()
    del theme


if __name__ == "__main__":
    main()
