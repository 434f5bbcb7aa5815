from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Case, Mode
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.ui.record.hearing import Hearing
from evidencedesk.ui.record.inputs import Input
from evidencedesk.ui.record.page import RecordPage
from evidencedesk.ui.record.sound_check import SoundCheck
from evidencedesk.ui.record.state import Preparation, RecordState
from evidencedesk.ui.services import SecondPlace
from evidencedesk.ui.words import UiWords
from fakes.accessible import nameless, unreachable
from fakes.ui_services import FakeDesk, moment
from fakes.ui_stage import show

CASE = Case("c-00000001", "Laifenqi & Co", "", "LFQ-2024", moment())
READY = RecordState(
    ready=True,
    looking=False,
    case=CASE,
    cases=(CASE,),
    inputs=(Input("mic", "Built-in", 48_000, 1), Input("usb", "USB")),
    chosen="usb",
    hearing=Hearing.HEARD,
    minutes_left=60 * 300,
    preparations=tuple(Preparation(item) for item in FakeDesk().before_items()),
)


@pytest.fixture
def page(en: UiWords, qtbot: QtBot) -> RecordPage:
    made = RecordPage(en)
    qtbot.addWidget(made)
    made.resize(876, 640)
    show(qtbot, made)
    return made


def test_every_control_has_a_name_and_can_be_reached(page: RecordPage) -> None:
    page.render(READY)
    page.case_line._naming(on=True)
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_R])
def test_space_and_ctrl_r_start(page: RecordPage, qtbot: QtBot, key: Qt.Key) -> None:
    page.render(READY)
    qtbot.waitUntil(page.button.hasFocus)
    modifier = Qt.KeyboardModifier.ControlModifier if key is Qt.Key.Key_R else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(page.start_clicked):
        QTest.keyClick(page.button, key, modifier)


def test_space_starts_from_a_place_that_has_no_use_for_it(page: RecordPage, qtbot: QtBot) -> None:
    page.render(READY)
    page.mode.buttons[Mode.CALL.value].setFocus()
    with qtbot.assertNotEmitted(page.start_clicked):
        QTest.keyClick(page.mode.buttons[Mode.CALL.value], Qt.Key.Key_Space)
    with qtbot.waitSignal(page.start_clicked):
        QTest.keyClick(page.preparations, Qt.Key.Key_Space)


def test_before_the_library_is_open_the_red_button_can_be_pressed_and_nothing_else(page: RecordPage) -> None:
    page.render(RecordState())
    assert page.button.isEnabled()
    assert not page.practice_button.isEnabled()
    assert page.case_line.change_button.isHidden()


def test_a_library_that_can_not_be_opened_leaves_nothing_to_press(page: RecordPage) -> None:
    page.render(RecordState(failed=True))
    assert not page.button.isEnabled()
    assert not page.practice_button.isEnabled()
    assert page.heading.text() == "Nothing can be recorded now"


def test_when_it_becomes_ready_the_space_bar_belongs_to_the_button(page: RecordPage, qtbot: QtBot) -> None:
    page.render(RecordState())
    page.render(READY)
    qtbot.waitUntil(page.button.hasFocus)


def test_a_missing_microphone_is_said_with_what_to_do(page: RecordPage, qtbot: QtBot) -> None:
    page.render(replace(READY, inputs=()))
    assert "Plug in a microphone" in page.sound.problem.text()
    assert not page.button.isEnabled()
    with qtbot.waitSignal(page.look_again_clicked):
        page.sound.again.click()


def test_a_sound_system_that_fails_is_said_and_the_button_stays(page: RecordPage) -> None:
    page.render(replace(READY, inputs=(), sound_problem=MachineFailure(Code.NO_SOUND_SYSTEM)))
    assert "sound system" in page.sound.problem.text()
    assert page.button.isEnabled()


def test_a_call_says_honestly_what_is_recorded(page: RecordPage) -> None:
    page.render(replace(READY, mode=Mode.CALL))
    assert "phone on speaker" in page.sound._hint.text()
    monitor = Input("spk.monitor", "Monitor of Speakers", 48_000, 2)
    page.render(replace(READY, mode=Mode.CALL, far_inputs=(monitor,), far_chosen=monitor.name))
    assert "two separate tracks" in page.sound._advice.text()
    page.render(READY)
    assert page.sound._hint.isHidden()
    assert page.sound._advice.isHidden()


def test_in_a_call_one_says_where_the_other_side_is_heard(page: RecordPage, qtbot: QtBot) -> None:
    monitor = Input("spk.monitor", "Monitor of Speakers", 48_000, 2)
    page.render(replace(READY, far_inputs=(monitor,), far_chosen=monitor.name))
    assert page.sound.far_choice.isHidden()
    page.render(replace(READY, mode=Mode.CALL, far_inputs=(monitor,), far_chosen=monitor.name))
    choice = page.sound.far_choice
    assert not choice.isHidden()
    assert [choice.itemData(index) for index in range(choice.count())] == ["spk.monitor", ""]
    assert choice.currentData() == "spk.monitor"
    choice.setCurrentIndex(1)
    with qtbot.waitSignal(page.far_source_clicked) as told:
        choice.activated.emit(1)
    assert told.args == [""]


def test_a_silent_microphone_does_not_hide_what_a_call_records(page: RecordPage) -> None:
    page.render(replace(READY, mode=Mode.CALL, hearing=Hearing.NOTHING))
    assert "hears nothing" in page.sound._hint.text()
    assert "phone on speaker" in page.sound._hint.text()


def test_the_microphone_is_chosen_by_name(page: RecordPage, qtbot: QtBot) -> None:
    page.render(READY)
    assert page.sound.choice.currentText() == "USB"
    with qtbot.waitSignal(page.source_clicked) as told:
        page.sound.choice.activated.emit(0)
    assert told.args == ["mic"]


def test_cases_are_chosen_from_a_menu_and_named_on_the_page(page: RecordPage, qtbot: QtBot) -> None:
    page.render(READY)
    line = page.case_line
    line.change_button.click()
    actions = [action for action in line.menu.actions() if not action.isSeparator()]
    assert [a.text() for a in actions] == ["Case: Laifenqi && Co · contract LFQ-2024", "New case…"]
    with qtbot.waitSignal(page.case_clicked) as told:
        actions[0].trigger()
    assert told.args == [CASE.id]
    actions[1].trigger()
    line.menu.close()
    QTest.keyClicks(line.title_field, "Another")
    with qtbot.waitSignal(page.new_case_clicked) as told:
        QTest.keyClick(line.title_field, Qt.Key.Key_Return)
    assert told.args == ["Another"]
    assert line.title_field.isHidden()


def test_a_case_without_a_name_is_not_opened(page: RecordPage, qtbot: QtBot) -> None:
    page.render(READY)
    page.case_line._naming(on=True)
    with qtbot.assertNotEmitted(page.new_case_clicked):
        page.case_line.create_button.click()
    page.case_line.cancel_button.click()
    assert page.case_line.title_field.isHidden()


def test_the_language_changes_while_the_page_is_open(page: RecordPage, en: UiWords) -> None:
    page.render(READY)
    en.set_language("zh")
    assert page.button.text() == "开始录音"
    assert page.heading.text() == "随时可以开始"
    assert "可再录 300 小时" in page.sound._room.text()
    first = next(iter(page.preparations.rows.values()))
    assert first.box.accessibleName() == READY.preparations[0].item.text.zh


def test_starting_is_said_on_the_button(page: RecordPage) -> None:
    page.render(replace(READY, starting=True))
    assert page.button.text() == "Starting…"
    assert not page.button.isEnabled()


def test_seconds_kept_from_before_the_click_are_said_to_be_in_memory_only(page: RecordPage) -> None:
    page.render(READY)
    assert page.sound._earlier.isHidden()
    page.render(replace(READY, earlier_s=10))
    assert "last 10 seconds" in page.sound._earlier.text()
    assert "in memory only" in page.sound._earlier.text()
    assert page.sound._earlier.isVisible()


@pytest.mark.parametrize(
    ("place", "said"),
    [(SecondPlace.SAME_DRIVE, "same drive"), (SecondPlace.NOT_THERE, "not there"), (SecondPlace.READY, "")],
)
def test_a_second_copy_that_would_not_help_is_said_before_the_recording(
    page: RecordPage, place: SecondPlace, said: str
) -> None:
    page.render(replace(READY, second=place))
    assert said in page.sound._second.text()
    assert page.sound._second.isHidden() == (not said)
    assert ("second copy is written" in page.sound._room.text()) == (place is SecondPlace.READY)


@pytest.mark.parametrize("platform", ["darwin", "linux", "win32"])
def test_only_on_a_mac_a_virtual_device_is_explained_and_only_for_a_call(
    en: UiWords, qtbot: QtBot, platform: str
) -> None:
    sound = SoundCheck(en, platform=platform)
    qtbot.addWidget(sound)
    sound.render(READY)
    assert "macOS" not in sound._advice.text()
    sound.render(replace(READY, mode=Mode.CALL))
    assert ("macOS" in sound._advice.text()) == (platform == "darwin")
    assert "phone on speaker" in sound._hint.text()
