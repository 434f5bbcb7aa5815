"""Numbers at hand: in one touch, with what came of the call, and never a dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Step
from evidencedesk.ui.encounter.calls_presenter import OWN, SAVE_AFTER_MS, CallsPresenter
from evidencedesk.ui.encounter.page import EncounterPage
from fakes.accessible import nameless, unreachable
from fakes.ui_services import disk_full
from fakes.ui_stage import EncounterStage


@pytest.fixture
def page(stage: EncounterStage, qtbot: QtBot) -> EncounterPage:
    made = stage.open_page(qtbot)
    made.resize(960, 640)
    stage.presenter.begin()
    return made


def test_the_numbers_come_from_the_pack_with_danger_first_and_the_platform_next(
    page: EncounterPage, stage: EncounterStage
) -> None:
    numbers = list(page.help.buttons)
    assert numbers[:2] == ["110", OWN]
    assert sorted([*numbers[:1], *numbers[2:]]) == sorted(one.number for one in stage.desk.pack.hotlines)
    assert page.help.buttons["110"].property("tone") == "bad"
    assert all(button.height() >= 40 for button in page.help.buttons.values() if button.isVisible())


def test_a_number_without_room_is_behind_all_numbers(page: EncounterPage, stage: EncounterStage) -> None:
    hidden = [number for number, button in page.help.buttons.items() if not button.isVisible()]
    assert hidden  # 960 pixels are not enough for all
    assert page.help.more.isVisible()
    page.help.more.click()
    listed = [button.property("number") for button in page.call.listed]
    assert sorted(listed) == sorted(page.help.buttons)
    next(button for button in page.call.listed if button.property("number") == hidden[-1]).click()
    assert page.call.number.text() == hidden[-1]
    page.resize(2400, 640)
    QApplication.processEvents()
    assert all(button.isVisible() for button in page.help.buttons.values())
    assert not page.help.more.isVisible()


def test_a_touch_opens_a_panel_beside_the_notes_and_no_dialog(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.help.buttons["12378"].click()
    assert QApplication.activeModalWidget() is None
    assert page.call.isVisible()
    assert page.notes.isVisible()
    assert "Financial regulator" in page.call.about.text()
    assert not page.call.reported.isVisible()
    page.help.buttons["12378"].click()
    assert page.checklist.isVisible()


def test_a_number_that_is_only_reported_says_so(page: EncounterPage, stage: EncounterStage) -> None:
    stage.presenter.calls.number_clicked("12315")
    assert page.call.reported.isVisible()


def test_a_call_is_kept_with_its_second_and_what_came_of_it(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.help.buttons["110"].click()
    assert not page.call.fields["receipt"].isVisible()
    page.call.call.click()
    (step,) = stage.file.follow_ups
    assert (step.details.step, step.details.number, step.at_ms) == (Step.CALL, "110", 192_000)
    assert (step.encounter, step.recording) == (stage.live.encounter, stage.live.recording)
    assert step.details.done_utc == stage.desk.clock.utc
    assert step.details.whom == "Police"
    assert page.call.when.text() == "Called at 03:12"
    field = page.call.fields["receipt"].edit
    field.setFocus()
    QTest.keyClicks(field, "2026-7")
    assert stage.file.follow_ups[0].details.receipt == ""
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert stage.file.follow_ups[0].details.receipt == "2026-7"


def test_what_is_typed_is_saved_by_itself(page: EncounterPage, stage: EncounterStage, qtbot: QtBot) -> None:
    calls = stage.presenter.calls
    calls.number_clicked("110")
    calls.called("Police")
    calls.field_edited("answer", "They send a car")
    qtbot.waitUntil(
        lambda: stage.file.follow_ups[0].details.answer == "They send a car", timeout=SAVE_AFTER_MS * 5
    )
    assert not calls.state.unsaved


@pytest.mark.parametrize("way", ["other number", "back", "stop", "end"])
def test_nothing_typed_is_lost_on_any_way_out(stage: EncounterStage, way: str) -> None:
    calls = stage.presenter.calls
    calls.number_clicked("110")
    calls.called("Police")
    calls.field_edited("agent", "007")
    ways = {
        "other number": lambda: calls.number_clicked("12345"),
        "back": calls.close,
        "stop": stage.presenter.stop,
        "end": calls.end,
    }
    ways[way]()
    assert stage.file.follow_ups[0].details.agent == "007"


def test_what_the_disk_refuses_stays_on_the_screen(stage: EncounterStage) -> None:
    calls = stage.presenter.calls
    calls.number_clicked("110")
    calls.called("Police")
    calls.field_edited("agent", "007")
    stage.desk.write_error = disk_full()
    calls.close()
    assert stage.heard.codes == ["disk-full"]
    assert (calls.state.open, calls.state.unsaved) == ("110", True)
    assert calls.state.details is not None
    assert calls.state.details.agent == "007"


def test_a_call_the_disk_refuses_is_not_shown(stage: EncounterStage) -> None:
    calls = stage.presenter.calls
    calls.number_clicked("110")
    stage.desk.write_error = disk_full()
    calls.called("Police")
    assert calls.state.call is None


def test_a_second_call_is_a_second_step_and_can_be_taken_back(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.help.buttons["110"].click()
    page.call.call.click()
    stage.live.at(300)
    page.call.call.click()
    assert page.call.when.text() == "Called at 05:00"
    page.call.take_back.click()
    assert [step.withdrawn for step in stage.file.follow_ups] == [False, True]
    assert page.call.when.text() == "Called at 03:12"
    page.call.take_back.click()
    assert not page.call.when.isVisible()
    assert not page.call.fields["agent"].isVisible()


def test_the_platforms_number_is_typed_once_and_belongs_to_the_case(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.help.buttons[OWN].click()
    assert not page.call.call.isVisible()  # nothing to dial yet
    QTest.keyClicks(page.call.own.edit, " 400 123 4567 ")
    page.call.keep_own.click()
    assert stage.file.case.hotline == "400 123 4567"
    assert page.call.number.text() == "400 123 4567"
    assert page.help.buttons[OWN].text() == "400 123 4567 the platform"
    page.call.call.click()
    assert stage.file.follow_ups[0].details.number == "400 123 4567"


def test_a_page_that_comes_again_knows_the_calls_and_the_number(stage: EncounterStage) -> None:
    calls = stage.presenter.calls
    calls.number_clicked(OWN)
    calls.own_entered("400 1")
    calls.called("The platform")
    again = CallsPresenter(stage.session())
    again.number_clicked(OWN)
    assert again.state.own == "400 1"
    assert again.state.call is not None


def test_every_control_of_the_panel_has_a_name_and_can_be_reached(
    page: EncounterPage, stage: EncounterStage
) -> None:
    page.help.more.click()
    assert nameless(page) == []
    page.help.buttons["110"].click()
    page.call.call.click()
    assert nameless(page) == []
    assert unreachable(page) == []
    page.help.buttons[OWN].click()
    assert nameless(page) == []


def test_after_the_end_a_call_has_no_second(stage: EncounterStage) -> None:
    calls = stage.presenter.calls
    calls.end()
    calls.number_clicked("110")
    calls.called("Police")
    assert stage.file.follow_ups[0].at_ms is None


def test_reminders_turn_quietly_in_one_line(page: EncounterPage) -> None:
    first = page.help.reminder.text()
    assert first.startswith("Never give away: ")
    page.help.next_reminder()
    assert page.help.reminder.text() != first
    for _ in range(20):
        page.help.next_reminder()
    assert page.help.reminder.text()
