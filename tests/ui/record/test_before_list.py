"""What can be done before anyone comes, in the order of importance, and what is noted about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Contact, ContactDetails, ContactKind, ContactSource, Verdict
from evidencedesk.system.settings import Settings
from evidencedesk.ui.record.page import RecordPage
from evidencedesk.ui.record.preparations import AT_ONCE
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.words import UiWords
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import Heard

FIRST = ["verify-identity-first", "advance-notice", "call-platform-hotline", "sms-1068-received"]


class Stage:
    """The record page of a real window."""

    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        self.desk = FakeDesk()
        self.desk.open_case("Laifenqi")
        messages = Heard().messages
        self.window = MainWindow(words, messages)
        qtbot.addWidget(self.window)
        self.window.show()
        self.flow = RecordingFlow(self.window, self.desk, InstantRunner(), words, messages, Settings())

    @property
    def page(self) -> RecordPage:
        return self.window.record_page

    def seen(self) -> list[str]:
        return [name for name, row in self.page.preparations.rows.items() if row.isVisibleTo(self.page)]

    def press(self, name: str) -> None:
        QTest.mouseClick(self.page.preparations.rows[name].box, Qt.MouseButton.LeftButton)


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot)


def test_the_most_important_things_come_first_and_no_more_than_eight(stage: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(stage.seen()) == AT_ONCE)
    assert stage.seen()[:4] == FIRST


def test_the_rest_is_one_touch_away_and_goes_again(stage: Stage, qtbot: QtBot) -> None:
    total = len(stage.desk.before_items())
    assert total > AT_ONCE
    button = stage.page.preparations.more_button
    qtbot.waitUntil(button.isVisible)
    assert button.text() == f"{total - AT_ONCE} more things"
    button.click()
    qtbot.waitUntil(lambda: len(stage.seen()) == total)
    button.click()
    qtbot.waitUntil(lambda: len(stage.seen()) == AT_ONCE)


def test_a_short_list_needs_no_touch(stage: Stage, qtbot: QtBot) -> None:
    pack = stage.desk.pack
    stage.desk.pack = replace(pack, items=tuple(item for item in pack.items if item.id in FIRST))
    stage.flow.record.read_rules()
    qtbot.waitUntil(lambda: stage.seen() == FIRST)
    assert not stage.page.preparations.more_button.isVisible()


def test_what_is_done_is_kept_with_its_time_and_undone_by_another_press(stage: Stage) -> None:
    stage.press(FIRST[0])
    (file,) = stage.desk.files.values()
    assert [(tick.item, tick.verdict, tick.withdrawn) for tick in file.ticks] == [
        (FIRST[0], Verdict.KEPT, False)
    ]
    row = stage.page.preparations.rows[FIRST[0]]
    assert row.box.accessibleDescription() == "Done at 21:34 · press again to undo"
    stage.press(FIRST[0])
    (file,) = stage.desk.files.values()
    assert file.ticks[0].withdrawn
    assert "Done at" not in row.box.accessibleDescription()


def test_what_the_other_side_had_to_do_is_marked_as_kept(stage: Stage) -> None:
    stage.press("advance-notice")
    row = stage.page.preparations.rows["advance-notice"]
    assert row.box.accessibleDescription() == "Marked as kept at 21:34 · press again to undo"


def test_other_rules_give_another_list_at_once(stage: Stage, qtbot: QtBot) -> None:
    pack = stage.desk.pack
    stage.desk.pack = replace(pack, id="other", items=(pack.item("call-platform-hotline"),))
    stage.flow.record.read_rules()
    qtbot.waitUntil(lambda: stage.seen() == ["call-platform-hotline"])


def test_there_is_a_place_for_writing_down_a_contact(stage: Stage, qtbot: QtBot) -> None:
    button = QPushButton("A call came")
    stage.page.preparations.contact_entry.addWidget(button)
    qtbot.waitUntil(button.isVisible)
    assert stage.page.preparations.isAncestorOf(button)


def test_an_sms_in_the_log_suggests_that_it_is_kept_and_the_touch_is_the_users(stage: Stage) -> None:
    case = stage.desk.latest_case()
    assert case is not None
    details = ContactDetails(ContactKind.SMS, "2026-11-23T01:00:00Z", 480, party="106812345", text="还款")
    sms = Contact("q-1", case.id, None, ContactSource.USER, details, stage.desk.clock)
    stage.desk.files[case.id] = replace(stage.desk.files[case.id], contacts=(sms,))
    stage.flow.record.choose_case(case.id)
    row = stage.page.preparations.rows["sms-1068-received"]
    assert row.box.accessibleDescription() == "An SMS from 106812345 is in the log."
    assert not row.box.isChecked()
    stage.press("sms-1068-received")
    assert row.box.isChecked()
    assert row.box.accessibleDescription().startswith("Done at")
    stage.press("sms-1068-received")
    assert row.box.accessibleDescription() == "An SMS from 106812345 is in the log."
