"""The first steps stand beside the red button, never before it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.settings import Settings
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.record.hearing import Outcome
from evidencedesk.ui.shell.main_window import ENCOUNTER, MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.start.presenter import WelcomePresenter
from evidencedesk.ui.start.state import Step
from evidencedesk.ui.words import UiWords
from fakes.ui_law import ARTICLE, CONSENT, STANDARD, FakeShelf
from fakes.ui_pages import unnamed
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import Heard


class FirstStart:
    """A window that was never open before: painted first, the library opened later."""

    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        self.words = words
        self.heard = Heard()
        self.desk = FakeDesk()
        self.shelf = FakeShelf()
        self.window = MainWindow(words, self.heard.messages)
        qtbot.addWidget(self.window, before_close_func=lambda _: self.window.set_recording(running=False))
        self.page = self.window.record_page
        self.card = self.page.welcome
        self.page.show_welcome()
        self.window.show()

    def open_library(self) -> RecordingFlow:
        self.flow = RecordingFlow(
            self.window, self.desk, InstantRunner(), self.words, self.heard.messages, Settings()
        )
        self.presenter = WelcomePresenter(self.shelf, self.shelf, self.page, self.heard.messages, self.flow)
        self.flow.record.began.connect(self.presenter.recording_began)
        self.presenter.language_chosen.connect(self.words.set_language)
        self.presenter.packs_chosen.connect(self.flow.record.read_rules)
        return self.flow

    def step(self) -> Step:
        return self.card.step

    def in_use(self) -> tuple[str, ...]:
        return self.shelf.chosen.packs

    @property
    def kept(self) -> Settings:
        return self.shelf.chosen


@pytest.fixture
def first(en: UiWords, qtbot: QtBot) -> FirstStart:
    return FirstStart(en, qtbot)


def test_when_the_red_button_comes_first_what_is_typed_lands_in_the_notes(
    first: FirstStart, qtbot: QtBot
) -> None:
    flow = first.open_library()
    with qtbot.waitActive(first.window):
        first.window.activateWindow()
    first.page.button.click()
    page = first.window.findChild(EncounterPage)
    assert flow.encounter is not None
    assert isinstance(page, EncounterPage)
    assert not first.page.welcoming
    assert first.window.focusWidget() is page.notes.input


def test_who_was_welcomed_before_sees_the_page_as_it_always_is(en: UiWords, qtbot: QtBot) -> None:
    first = FirstStart(en, qtbot)
    first.page.pass_welcome()
    usual = MainWindow(en, first.heard.messages)
    qtbot.addWidget(usual)
    usual.show()
    for page in (first.page, usual.record_page):
        assert not page.welcome.isVisible()
        assert not page.urgent.isVisible()
        assert page.sound.isVisible()
        assert page.preparations.isVisible()
        assert page.practice_button.isVisible()


def test_the_notice_on_recording_waits_until_the_first_steps_are_over(
    first: FirstStart, qtbot: QtBot
) -> None:
    first.desk.consent_notice = CONSENT
    first.open_library()
    assert not first.page.consent.isVisible()
    click(qtbot, first.card.skip_button)
    assert first.page.consent.isVisible()


def click(qtbot: QtBot, widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_red_button_is_in_the_first_paint_before_anything_is_loaded(first: FirstStart) -> None:
    assert first.page.button.isVisible()
    assert first.card.isVisible()
    assert not first.page.preparations.isVisible()


def test_on_the_very_first_start_recording_is_one_click_away(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    click(qtbot, first.page.button)
    assert first.window.page == ENCOUNTER
    assert len(first.desk.begun) == 1
    assert first.kept.welcomed == "yes"
    assert not first.page.welcoming


@pytest.mark.parametrize("step", list(Step))
def test_the_red_button_records_from_every_step(first: FirstStart, qtbot: QtBot, step: Step) -> None:
    first.open_library()
    first.card.show_step(step)
    click(qtbot, first.page.button)
    assert first.window.recording


def test_the_space_bar_still_belongs_to_the_red_button(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    first.window.activateWindow()
    qtbot.waitUntil(first.page.button.hasFocus)
    qtbot.keyClick(first.page.button, Qt.Key.Key_Space)
    assert first.window.recording


def test_one_touch_skips_everything_and_is_remembered(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    click(qtbot, first.card.skip_button)
    assert first.page.preparations.isVisible()
    assert not first.card.isVisible()
    assert first.page.sound.isVisible()
    assert first.kept.welcomed == "yes"


def test_who_skips_before_the_library_is_open_is_not_asked_again(first: FirstStart, qtbot: QtBot) -> None:
    click(qtbot, first.card.skip_button)
    assert first.kept.welcomed == "no"
    first.open_library()
    assert first.kept.welcomed == "yes"


def test_the_steps_lead_from_the_promises_over_the_microphone_to_the_choices(
    first: FirstStart, qtbot: QtBot
) -> None:
    first.open_library()
    assert [big.text() for big, _ in first.card.promises.lines] == [
        "One press records everything",
        "You see what they may not do",
        "It stays on this computer",
    ]
    click(qtbot, first.card.next_button)
    assert first.step() is Step.MICROPHONE
    click(qtbot, first.card.next_button)
    assert first.step() is Step.CHOICES
    click(qtbot, first.card.back_button)
    assert first.step() is Step.MICROPHONE
    click(qtbot, first.card.next_button)
    click(qtbot, first.card.next_button)
    assert not first.card.isVisible()
    assert first.kept.welcomed == "yes"


def test_the_microphone_is_tested_in_its_step_with_the_same_test(first: FirstStart, qtbot: QtBot) -> None:
    flow = first.open_library()
    click(qtbot, first.card.next_button)
    assert first.card.isAncestorOf(first.page.sound)
    click(qtbot, first.page.sound.test.button)
    for level in (5, 300, 8, 280, 6, 310) * 6:
        first.desk.peak = level
        flow.record.listening.read_level()
    assert flow.record.state.test.outcome is Outcome.FINE
    assert "hears your voice clearly" in first.page.sound.test.result.text()
    click(qtbot, first.card.next_button)
    assert not first.page.sound.isVisible()
    click(qtbot, first.card.next_button)
    assert first.page.sound.isVisible()
    assert not first.card.isAncestorOf(first.page.sound)


def test_the_language_switches_at_once_in_the_last_step(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    first.card.show_step(Step.CHOICES)
    click(qtbot, first.card.choices.languages.buttons["zh"])
    assert first.card.next_button.text() == "完成"
    assert first.page.button.text() == "开始录音"
    assert first.kept.language == "zh"
    assert first.card.choices.languages.current == "zh"


def test_several_rule_packs_can_be_chosen_and_the_last_one_stays(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    first.card.show_step(Step.CHOICES)
    rows = first.card.choices.rows
    click(qtbot, rows["us-fdcpa-regf"].box)
    assert first.in_use() == (ARTICLE.id, STANDARD.id, "us-fdcpa-regf")
    for pack_id in first.in_use():
        click(qtbot, rows[pack_id].box)
    assert first.in_use() == ("us-fdcpa-regf",)
    assert rows["us-fdcpa-regf"].box.isChecked()


def test_nothing_can_be_chosen_before_the_library_is_open(first: FirstStart) -> None:
    first.card.show_step(Step.CHOICES)
    assert not first.card.choices.languages.isEnabled()
    assert first.card.choices.rows == {}
    first.open_library()
    assert first.card.choices.languages.isEnabled()


def test_it_can_be_opened_again(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    click(qtbot, first.card.skip_button)
    first.presenter.open()
    assert first.card.isVisible()
    assert first.step() is Step.PROMISES


def test_a_disk_that_does_not_take_the_choice_is_told_and_holds_nothing_up(
    first: FirstStart, qtbot: QtBot
) -> None:
    first.open_library()
    first.shelf.refuse = MachineFailure(Code.DISK_FULL, path="/config")
    click(qtbot, first.card.skip_button)
    assert first.heard.codes == ["disk-full"]
    assert first.page.preparations.isVisible()


def test_the_end_of_it_leads_to_the_practice(first: FirstStart, qtbot: QtBot) -> None:
    first.open_library()
    first.card.show_step(Step.CHOICES)
    click(qtbot, first.card.try_button)
    assert first.window.recording
    assert "practise" in first.desk.asked
    assert first.kept.welcomed == "yes"


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_smallest_window_is_enough(
    first: FirstStart, step: Step, language: str
) -> None:
    first.open_library()
    first.words.set_language("zh" if language == "zh" else "en")
    first.card.show_step(step)
    assert unnamed(first.page) == []
    assert first.page.minimumSizeHint().width() <= 960 - 84
    assert first.page.minimumSizeHint().height() <= 640


def test_packs_without_a_word_on_whom_they_bind_are_shown_too(en: UiWords, qtbot: QtBot) -> None:
    first = FirstStart(en, qtbot)
    first.shelf.all_packs = (replace(ARTICLE, applies_to=None),)
    first.open_library()
    assert list(first.card.choices.rows) == [ARTICLE.id]


def test_a_missing_microphone_is_told_in_every_step(en: UiWords, qtbot: QtBot) -> None:
    first = FirstStart(en, qtbot)
    first.desk.inputs = ()
    first.open_library()
    for step in Step:
        first.card.show_step(step)
        assert first.page.sound.problem.isVisible()
        assert "No microphone was found" in first.page.sound.problem.text()
        assert not first.page.urgent.isVisible()
