"""A reminder in the real window, over a real library: from the message to the step, and dealt with there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.app.window import Opening
from evidencedesk.domain.case import Progress, Step
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import CASES, MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.workflows.advance_step import planned_on
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.log_follow_up import log_follow_up
from evidencedesk.workflows.open_case import open_case
from fakes.ui_stage import show

PATIENCE_MS = 20_000


@pytest.fixture
def planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A library with a step that is planned for today; its id."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        case = open_case(desk, "来分期")
        details = planned_on(desk.clock.now().local.date(), Step.REQUEST_PAPERS)
        return log_follow_up(desk, case.id, replace(details, whom="Hotline")).id


class Opened:
    """The window over that library."""

    def __init__(self, qtbot: QtBot, words: UiWords, theme: Theme, library: Path, jobs: Jobs) -> None:
        self.messages = Messages()
        self.window = MainWindow(words, self.messages)
        qtbot.addWidget(self.window)
        show(qtbot, self.window)
        self.opening = Opening(self.window, words, self.messages, theme, jobs, jobs, library, Settings())
        self.window.record_page.start_clicked.connect(self.opening.start_early)
        self.opening.begin()

    def button(self, action: str) -> object:
        for banner in self.window.message_area.banners:
            try:
                return banner.button(action)
            except (KeyError, StopIteration):
                continue
        return None


@pytest.fixture
def opened(qtbot: QtBot, en: UiWords, theme: Theme, tmp_path: Path, planned: str) -> Iterator[Opened]:
    assert planned
    with Jobs() as jobs:
        made = Opened(qtbot, en, theme, tmp_path / "library", jobs)
        yield made
        made.opening.end()


def test_a_reminder_leads_to_its_step_and_goes_when_that_is_done(
    opened: Opened, planned: str, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: opened.button("open") is not None, timeout=PATIENCE_MS)
    assert opened.window.rail.buttons[CASES].count == 1
    opened.button("open").click()  # type: ignore[attr-defined]
    assert opened.window.page == CASES
    section = opened.opening.pages.cases.review.sections.section("steps")
    assert isinstance(section, StepsSection)
    qtbot.waitUntil(lambda: planned in section.path.rows, timeout=PATIENCE_MS)
    qtbot.waitUntil(section.path.rows[planned].buttons["finish"].hasFocus, timeout=PATIENCE_MS)
    section.path.rows[planned].buttons["finish"].click()
    qtbot.waitUntil(lambda: opened.window.rail.buttons[CASES].count == 0, timeout=PATIENCE_MS)
    opened.opening.end()
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        (case,) = desk.store.cases()
        (step,) = desk.store.case_file(case.case.id).follow_ups
    assert step.details.progress is Progress.DONE
    assert (tmp_path / "library" / "reminded.json").exists()
