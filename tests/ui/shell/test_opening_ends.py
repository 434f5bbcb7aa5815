"""The window goes: what is still being done ends before the library does."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from evidencedesk.app.window import Opening
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords


@dataclass
class Closes:
    """Pages or a library: notes when it was closed."""

    name: str
    order: list[str]
    closing: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        self.order.append(self.name)
        self.closing.set()

    @property
    def last_view(self) -> Closes:
        return self

    def forget(self) -> None:
        self.order.append("view")


class Waits(QObject):
    """Who asked for the work."""

    @Slot(object)
    def done(self, _result: object) -> None:
        """Nothing more to do."""


def test_work_that_waits_in_line_still_has_its_library(
    qtbot: QtBot, en: UiWords, theme: Theme, tmp_path: Path
) -> None:
    messages = Messages()
    window = MainWindow(en, messages)
    qtbot.addWidget(window)
    order: list[str] = []
    pages, library = Closes("pages", order), Closes("library", order)
    waits = Waits()

    def work() -> None:
        # Begun before the window goes, and not over until its pages are closed.
        pages.closing.wait(5)
        library.closing.wait(0.2)
        order.append("work")

    with Jobs("jobs") as jobs, Jobs("begin") as begin:
        opening = Opening(window, en, messages, theme, jobs, begin, tmp_path, Settings())
        opening._opened = library  # type: ignore[assignment]
        opening.pages = pages
        jobs.run(work, success=waits.done, failure=waits.done)
        opening.end()
    assert order == ["pages", "work", "view", "library"]
