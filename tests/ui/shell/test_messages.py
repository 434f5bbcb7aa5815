from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.pulse import StopReason
from evidencedesk.ui.hooks import Hooks
from evidencedesk.ui.messages import Action, Message
from evidencedesk.ui.shell.message_area import MessageArea
from evidencedesk.ui.shell.tray import Tray
from evidencedesk.ui.words import UiWords
from fakes.accessible import nameless
from fakes.ui_services import disk_full
from fakes.ui_stage import Heard


@pytest.fixture
def area(en: UiWords, heard: Heard, qtbot: QtBot) -> MessageArea:
    made = MessageArea(en, heard.messages)
    qtbot.addWidget(made)
    return made


def titles(area: MessageArea) -> list[str]:
    return [banner.accessibleName() for banner in area.banners]


def test_an_error_says_what_happened_and_what_to_do(area: MessageArea, heard: Heard) -> None:
    heard.messages.show_error(disk_full())
    (banner,) = area.banners
    assert banner.accessibleName() == "The disk is full (library)."
    assert "safe" in banner.accessibleDescription()
    assert "No space left on device" in banner.accessibleDescription()
    assert nameless(area) == []


def test_a_message_changes_its_language_while_it_is_shown(
    area: MessageArea, heard: Heard, en: UiWords
) -> None:
    heard.messages.show_error(disk_full())
    before = titles(area)
    en.set_language("zh")
    assert titles(area) != before
    assert "磁盘" in titles(area)[0]


def test_the_newest_is_on_top_and_there_are_never_more_than_three(area: MessageArea, heard: Heard) -> None:
    for number in range(5):
        heard.messages.show(Message(key=str(number), kind="info", msgid="Notes {n}", facts={"n": number}))
    assert titles(area) == ["Notes 4", "Notes 3", "Notes 2"]


def test_the_same_key_replaces_what_was_said_before(area: MessageArea, heard: Heard) -> None:
    heard.messages.show(Message(key="one", kind="info", msgid="Notes"))
    heard.messages.show(Message(key="one", kind="warn", msgid="Cases"))
    assert titles(area) == ["Cases"]


def test_what_no_longer_holds_is_taken_back(area: MessageArea, heard: Heard) -> None:
    heard.messages.show(Message(key="one", kind="info", msgid="Notes"))
    assert not area.isHidden()
    heard.messages.withdraw("one")
    assert area.banners == ()
    assert area.isHidden()


def test_the_cross_closes_one_message(area: MessageArea, heard: Heard) -> None:
    heard.messages.show_info("Notes")
    heard.messages.show_warning("Cases")
    area.banners[0].close_button.click()
    assert titles(area) == ["Notes"]


def test_a_question_hears_its_answer_once(area: MessageArea, heard: Heard) -> None:
    answers: list[str] = []
    actions = (Action("yes", "Record"), Action("no", "Cancel"))
    heard.messages.show(
        Message(key="q", kind="warn", msgid="Notes", actions=actions, answer=answers.append, closable=False)
    )
    assert area.banners[0].close_button.isHidden()
    area.banners[0].button("no").click()
    assert answers == ["no"]
    assert area.banners == ()


def test_a_recording_that_ended_by_itself_is_explained(area: MessageArea, heard: Heard) -> None:
    heard.messages.show_stopped(StopReason.DEVICE_LOST)
    (banner,) = area.banners
    assert banner.accessibleName() == "The microphone went away"
    assert "saved" in banner.accessibleDescription()


def test_what_nobody_caught_is_told_and_written_down(
    heard: Heard, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with Hooks(heard.messages), caplog.at_level(logging.CRITICAL, "evidencedesk.window"):
        error = ZeroDivisionError("x")
        sys.excepthook(type(error), error, None)
    assert heard.codes == ["program-error"]
    assert "not caught" in caplog.text


def test_a_known_error_nobody_caught_keeps_its_words(heard: Heard, qtbot: QtBot) -> None:
    with Hooks(heard.messages):
        error = MachineFailure(Code.NOT_WRITABLE, path="x")
        sys.excepthook(type(error), error, None)
    assert heard.codes == ["not-writable"]


def test_a_fault_on_another_thread_is_told_on_ours(
    heard: Heard, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told_on: list[threading.Thread] = []
    heard.messages.shown.connect(lambda _message: told_on.append(threading.current_thread()))

    def work() -> None:
        raise ZeroDivisionError

    with Hooks(heard.messages), caplog.at_level(logging.CRITICAL, "evidencedesk.window"):
        thread = threading.Thread(target=work, name="faulty")
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: heard.codes == ["program-error"])
    assert told_on == [threading.current_thread()]


def test_what_qt_says_goes_to_the_log_and_not_to_the_user(
    heard: Heard, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with Hooks(heard.messages), caplog.at_level(logging.WARNING, "evidencedesk.window"):
        qWarning("a stray word")
    assert "a stray word" in caplog.text
    assert heard.said == []


def test_the_hooks_are_given_back(heard: Heard, qtbot: QtBot) -> None:
    before = (sys.excepthook, threading.excepthook)
    with Hooks(heard.messages):
        assert sys.excepthook != before[0]
    assert (sys.excepthook, threading.excepthook) == before


def test_where_there_is_no_tray_nothing_pretends_there_is(area: MessageArea, en: UiWords) -> None:
    tray = Tray(en, area)
    assert not tray.available  # the offscreen platform has none
    tray.show()
    tray.hide()
