"""Settings, help and about page in the real window, over a real library: the ways between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.app.pages import ABOUT, Pages
from evidencedesk.app.window import Opening
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.settings.setting import Group
from evidencedesk.ui.shell.main_window import HELP, SEARCH, SETTINGS, MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.ui_stage import show

PATIENCE_MS = 20_000


class Opened:
    """The window over an empty library."""

    def __init__(self, qtbot: QtBot, words: UiWords, theme: Theme, library: Path, jobs: Jobs) -> None:
        messages = Messages()
        self.window = MainWindow(words, messages)
        qtbot.addWidget(self.window)
        show(qtbot, self.window)
        self.opening = Opening(self.window, words, messages, theme, jobs, jobs, library, Settings())
        self.window.record_page.start_clicked.connect(self.opening.start_early)
        self.opening.begin()
        qtbot.waitUntil(self.window.rail.buttons[HELP].isEnabled, timeout=PATIENCE_MS)
        self.pages.complete()

    @property
    def pages(self) -> Pages:
        pages: Pages = self.opening.pages
        return pages


@pytest.fixture
def opened(
    qtbot: QtBot, en: UiWords, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opened]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with Jobs() as jobs:
        made = Opened(qtbot, en, theme, tmp_path / "library", jobs)
        yield made
        made.opening.end()


def test_a_question_mark_in_the_settings_leads_to_its_passage(opened: Opened) -> None:
    window, settings = opened.window, opened.pages.settings
    window.show_page(SETTINGS)
    assert settings.key is not None
    settings.show_section(settings.key)
    settings.key.findChildren(HelpButton)[0].click()
    assert window.page == HELP
    assert opened.pages.help.presenter.state.place == Topic.KEY.value
    assert opened.pages.help.reader.isVisible()


def test_every_question_mark_of_all_pages_is_heard_by_the_window(opened: Opened, qtbot: QtBot) -> None:
    marks = opened.window.findChildren(HelpButton)
    topics = {one.topic for one in marks}
    assert {Topic.EXPORT, Topic.BACKUP, Topic.KEY, Topic.TIME_STAMPS, Topic.CHECK} <= topics
    for one in marks:
        with qtbot.waitSignal(opened.window.help_wanted):
            one.click()
        assert opened.pages.help.presenter.state.place == one.topic.value


def test_the_search_through_all_cases_keeps_its_key_on_the_settings_page(opened: Opened) -> None:
    opened.window.show_page(SETTINGS)
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.page == SEARCH


def test_everything_is_in_the_settings_and_each_group_has_something(opened: Opened) -> None:
    groups = {group for group, _ in opened.pages.settings.settings}
    assert groups == set(Group)


def test_the_page_about_the_program_and_back(opened: Opened, qtbot: QtBot) -> None:
    opened.window.show_page(SETTINGS)
    opened.pages.settings.about.about_button.click()
    assert opened.window.page == ABOUT
    qtbot.waitUntil(lambda: opened.pages.about.list.count() > 30, timeout=PATIENCE_MS)
    qtbot.waitUntil(opened.pages.about.copy_button.isEnabled, timeout=PATIENCE_MS)
    opened.pages.about.back_button.click()
    assert opened.window.page == SETTINGS
