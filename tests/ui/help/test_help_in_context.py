"""Question marks beside things, and the help while something is recorded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.ui.help.ask import HelpButton
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import HELP, MainWindow
from evidencedesk.ui.words import UiWords
from fakes.settings_stage import whole_settings_page
from fakes.ui_stage import EncounterStage, show


def test_the_window_hears_a_question_mark_anywhere_in_it(en: UiWords, qtbot: QtBot) -> None:
    window = MainWindow(en, Messages())
    qtbot.addWidget(window)
    inside = QWidget(window)
    button = HelpButton(Topic.BACKUP, en, inside)
    with qtbot.waitSignal(window.help_wanted) as wanted:
        button.click()
    assert wanted.args == [Topic.BACKUP.value]


def test_a_question_mark_without_anybody_to_ask_does_nothing(en: UiWords, qtbot: QtBot) -> None:
    alone = QWidget()
    qtbot.addWidget(alone)
    HelpButton(Topic.BACKUP, en, alone).click()


def test_the_help_has_an_entry_and_a_key_that_is_not_f1(en: UiWords, qtbot: QtBot) -> None:
    window = MainWindow(en, Messages())
    qtbot.addWidget(window)
    page = QWidget(window)
    window.add_page(HELP, page)
    show(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.page != HELP
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert window.page == HELP


def test_what_needs_explaining_in_the_settings_has_its_question_mark(en: UiWords, qtbot: QtBot) -> None:
    page = whole_settings_page(en)
    qtbot.addWidget(page)
    topics = {button.topic for button in page.findChildren(HelpButton)}
    assert topics == {
        Topic.KEY,
        Topic.TIME_STAMPS,
        Topic.BACKUP,
        Topic.CHECK,
        Topic.MICROPHONE,
        Topic.LOST,
        Topic.SPEECH,
        Topic.VAULT,
    }


def test_while_recording_the_help_stands_beside_the_notes(stage: EncounterStage, qtbot: QtBot) -> None:
    page = stage.open_page(qtbot)
    page.checklist.guide_button.click()
    assert page.guide.isVisible()
    assert page.notes.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.checklist.isVisible()
    assert page.guide.isHidden()


def test_its_key_works_in_the_middle_of_a_note_and_marks_nothing(stage: EncounterStage, qtbot: QtBot) -> None:
    page = stage.open_page(qtbot)
    before = len(stage.presenter.notes.state.notes)
    QTest.keyClick(page.notes.input, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert page.guide.isVisible()
    assert len(stage.presenter.notes.state.notes) == before
    QTest.keyClick(page.notes.input, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert page.checklist.isVisible()
