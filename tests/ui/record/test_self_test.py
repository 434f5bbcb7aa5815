"""The test of the microphone, from the press to the plain result."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.record.hearing import Outcome
from evidencedesk.ui.record.page import RecordPage
from evidencedesk.ui.record.presenter import RecordPresenter
from evidencedesk.ui.record.self_test import FarSide, Phase, SelfTest
from evidencedesk.ui.words import UiWords
from fakes.accessible import nameless, unreachable
from fakes.ui_services import FakeDesk, HeldRunner, InstantRunner
from fakes.ui_stage import SETTINGS, Heard, show

_SPEECH = (300, 20, 250, 8)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def presenter(
    desk: FakeDesk, en: UiWords, heard: Heard, settings: Settings = SETTINGS, runner: Runner | None = None
) -> RecordPresenter:
    made = RecordPresenter(desk, runner or InstantRunner(), en, heard.messages, settings)
    made.activate()
    made.listening.timer.setInterval(3_600_000)  # the test itself lets time pass
    return made


def tenths(record: RecordPresenter, desk: FakeDesk, peaks: Iterator[int | None], count: int) -> None:
    for _ in range(count):
        desk.peak = next(peaks)
        record.listening.read_level()


def found_by_test(record: RecordPresenter, desk: FakeDesk, *peaks: int | None) -> SelfTest:
    record.test()
    tenths(record, desk, itertools.cycle(peaks), 30)
    return record.state.test


@pytest.mark.parametrize(
    ("peaks", "muted", "outcome"),
    [
        (_SPEECH, False, Outcome.FINE),
        ((9, 4), False, Outcome.QUIET),
        ((1000, 200), False, Outcome.LOUD),
        ((180, 200), False, Outcome.NOISE),
        ((0,), False, Outcome.NOTHING),
        ((0,), True, Outcome.MUTED),
    ],
)
def test_three_seconds_end_in_a_plain_result(
    desk: FakeDesk, en: UiWords, heard: Heard, peaks: tuple[int, ...], muted: bool, outcome: Outcome
) -> None:
    desk.muted_inputs = {"mic"} if muted else set()
    found = found_by_test(presenter(desk, en, heard), desk, *peaks)
    assert (found.phase, found.outcome) == (Phase.DONE, outcome)
    assert found.device == "Built-in microphone"


def test_a_microphone_that_gives_nothing_does_not_keep_the_test_waiting_for_ever(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    record = presenter(desk, en, heard)
    record.test()
    tenths(record, desk, itertools.repeat(None), 80)
    assert record.state.test.outcome is Outcome.NO_SOUND


def test_the_seconds_that_are_left_are_counted(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    record = presenter(desk, en, heard)
    record.test()
    seen = []
    for _ in range(29):
        record.listening.read_level()
        seen.append(record.state.test.seconds_left)
    assert sorted(set(seen), reverse=True) == [3, 2, 1]
    assert record.state.test.running


def test_in_a_call_it_is_told_whether_the_computers_own_sound_arrives(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    record = presenter(desk, en, heard, Settings(mode="call"))
    found = found_by_test(record, desk, *_SPEECH)
    assert desk.listening_far == "speakers.monitor"
    assert (found.phase, found.outcome, found.far) == (Phase.FAR_SIDE, Outcome.FINE, FarSide.WAITING)
    desk.far_peak = 40
    record.listening.read_level()
    record.listening.read_level()
    assert (record.state.test.phase, record.state.test.far) == (Phase.DONE, FarSide.ARRIVES)
    assert desk.listening_far is None


def test_nothing_from_the_computer_is_told_after_a_while(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    record = presenter(desk, en, heard, Settings(mode="call"))
    found_by_test(record, desk, *_SPEECH)
    tenths(record, desk, itertools.cycle(_SPEECH), 100)
    assert (record.state.test.phase, record.state.test.far) == (Phase.DONE, FarSide.NOTHING)
    assert desk.listening_far is None


def test_a_computers_sound_that_can_not_be_opened_is_told_as_nothing(
    desk: FakeDesk, en: UiWords, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: str) -> None:
        raise MachineFailure(Code.DEVICE_REFUSED, device=source)

    monkeypatch.setattr(desk, "listen_far", refused)
    runner = HeldRunner()
    record = presenter(desk, en, heard, Settings(mode="call"), runner)
    while runner.waiting:
        runner.let_go()
    record.test()
    runner.let_go()
    tenths(record, desk, itertools.cycle(_SPEECH), 30)
    assert record.state.test.far is FarSide.NOTHING
    assert record.state.test.phase is Phase.DONE


def test_a_visit_does_not_listen_to_the_computer(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    assert found_by_test(presenter(desk, en, heard), desk, *_SPEECH).far is FarSide.NOT_TESTED
    assert desk.listening_far is None


def test_another_microphone_is_taken_and_tested_with_one_press(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    record = presenter(desk, en, heard)
    found_by_test(record, desk, 0)
    record.test_source("usb")
    assert (record.state.chosen, desk.listening) == ("usb", "usb")
    assert (record.state.test.phase, record.state.test.device) == (Phase.LISTENING, "USB headset")


def test_the_red_button_is_never_kept_waiting_by_a_test(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    runner = HeldRunner()
    record = presenter(desk, en, heard, Settings(mode="call"), runner)
    while runner.waiting:
        runner.let_go()
    record.test()
    runner.let_go()
    assert desk.listening_far
    record.start()
    assert record.state.test.phase is Phase.IDLE
    assert len(runner.waiting) == 1  # nothing is let go before the recording begins
    runner.let_go()
    assert len(desk.begun) == 1
    assert desk.listening_far is None


@pytest.mark.parametrize("change", ["source", "mode", "far"])
def test_a_result_does_not_outlive_what_it_was_about(
    desk: FakeDesk, en: UiWords, heard: Heard, change: str
) -> None:
    record = presenter(desk, en, heard)
    found_by_test(record, desk, *_SPEECH)
    if change == "source":
        record.choose_source("usb")
    elif change == "mode":
        record.choose_mode("call")
    else:
        record.choose_far_source("")
    assert record.state.test.phase is Phase.IDLE


def test_a_test_is_offered_until_the_device_gave_a_recording_or_was_tested_well(
    desk: FakeDesk, en: UiWords, heard: Heard
) -> None:
    desk.recorded = {"USB headset"}
    record = presenter(desk, en, heard)
    assert record.state.untried
    found_by_test(record, desk, 0)
    record.choose_source("usb")
    assert not record.state.untried
    record.choose_source("mic")
    assert record.state.untried
    found_by_test(record, desk, *_SPEECH)
    record.choose_source("usb")
    record.choose_source("mic")
    assert not record.state.untried


def test_after_a_recording_no_test_is_offered_any_more(desk: FakeDesk, en: UiWords, heard: Heard) -> None:
    desk.recorded = set()
    record = presenter(desk, en, heard)
    assert record.state.untried
    record.start()
    record.activate()
    assert not record.state.untried


@pytest.fixture
def page(en: UiWords, qtbot: QtBot, desk: FakeDesk, heard: Heard) -> tuple[RecordPage, RecordPresenter]:
    made, record = RecordPage(en), presenter(desk, en, heard)
    record.state_changed.connect(made.render)
    made.test_clicked.connect(record.test)
    made.test_other_clicked.connect(record.test_source)
    made.render(record.state)
    qtbot.addWidget(made)
    made.resize(876, 640)
    show(qtbot, made)
    return made, record


def test_the_result_is_said_in_words_in_both_languages(
    page: tuple[RecordPage, RecordPresenter], desk: FakeDesk, en: UiWords
) -> None:
    shown, record = page
    panel = shown.sound.test
    panel.button.click()
    assert "Say a few words" in panel.now.text()
    tenths(record, desk, itertools.repeat(0), 30)
    assert panel.result.text().startswith("Complete silence: “Built-in microphone”")
    en.set_language("zh")
    assert panel.result.text().startswith("完全无声：“Built-in microphone”")
    assert panel.button.text() == "再测一次"


def test_the_other_microphones_are_one_press_away(
    page: tuple[RecordPage, RecordPresenter], desk: FakeDesk
) -> None:
    shown, record = page
    panel = shown.sound.test
    panel.button.click()
    assert panel.others == []
    tenths(record, desk, itertools.cycle(_SPEECH), 30)
    assert [button.text() for button in panel.others] == ["USB headset"]
    panel.others[0].click()
    assert record.state.test.device == "USB headset"
    assert panel.others == []


def test_test_and_other_microphones_are_reached_by_keyboard_and_named(
    page: tuple[RecordPage, RecordPresenter], desk: FakeDesk
) -> None:
    shown, record = page
    panel = shown.sound.test
    panel.button.setFocus()
    QTest.keyClick(panel.button, Qt.Key.Key_Space)
    assert record.state.test.running
    tenths(record, desk, itertools.repeat(0), 30)
    assert nameless(shown) == []
    assert unreachable(shown) == []


def test_the_button_of_the_test_leaves_the_space_bar_to_the_red_button(
    page: tuple[RecordPage, RecordPresenter], qtbot: QtBot
) -> None:
    shown, _ = page
    qtbot.waitUntil(shown.button.hasFocus)
    QTest.mouseClick(shown.sound.test.button, Qt.MouseButton.LeftButton)
    focus = shown.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(shown.start_clicked):
        QTest.keyClick(focus, Qt.Key.Key_Space)


def test_pressed_by_keyboard_the_button_keeps_the_keyboard(
    page: tuple[RecordPage, RecordPresenter], desk: FakeDesk
) -> None:
    shown, record = page
    shown.sound.test.button.setFocus()
    QTest.keyClick(shown.sound.test.button, Qt.Key.Key_Space)
    tenths(record, desk, itertools.cycle(_SPEECH), 30)
    assert shown.sound.test.button.hasFocus()


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_result_has_a_sentence_of_its_own(
    page: tuple[RecordPage, RecordPresenter], en: UiWords, outcome: Outcome, language: str
) -> None:
    shown, record = page
    en.set_language("zh" if language == "zh" else "en")
    record._tested(SelfTest(Phase.DONE, "USB headset", outcome=outcome))
    assert "USB headset" in shown.sound.test.result.text()
    assert shown.sound.test.result.isVisible()


def test_in_a_call_on_this_computer_the_button_says_that_both_sides_are_tested(
    page: tuple[RecordPage, RecordPresenter],
) -> None:
    shown, record = page
    button = shown.sound.test.button
    assert button.text() == "Test the microphone"
    record.choose_mode("call")
    assert button.text() == "Test both sides"
    record.choose_far_source("")  # a phone on speaker
    assert button.text() == "Test the microphone"
