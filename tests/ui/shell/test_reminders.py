"""Reminders: once a day, never during a recording, and with a way to deal with each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import Moment, format_utc, parse_utc
from evidencedesk.ui.kit.rail import Rail
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.ui.shell.message_area import MessageArea
from evidencedesk.ui.shell.reminders import Reminders
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, example_case_file, moment
from fakes.ui_services import InstantRunner


def step(name: str, progress: Progress = Progress.DONE, kind: Step = Step.DISPUTE, **facts: Any) -> FollowUp:
    details = FollowUpDetails(kind, moment(-86_400 * 3).utc, 480, progress=progress, **facts)
    return FollowUp(name, "c-0000aaaa", None, None, None, None, details, moment())


@dataclass
class Clocked(FakeCaseServices):
    """The fake's clock can be set; it begins on 2026-11-20 in China."""

    days: float = 0

    def now(self) -> Moment:
        began = moment(86_400)
        return replace(began, utc=format_utc(parse_utc(began.utc) + timedelta(days=self.days)))


@dataclass
class Heard:
    """What was said outside the window."""

    words: list[tuple[str, str]] = field(default_factory=list)

    def notify(self, title: str, text: str) -> None:
        self.words.append((title, text))


class Stage(QObject):
    """Messages of the window, and what came of them."""

    def __init__(self, words: UiWords, *steps: FollowUp) -> None:
        super().__init__()
        self.services = Clocked(replace(example_case_file(), follow_ups=steps))
        self.messages = Messages(self)
        self.said: dict[str, Message] = {}
        self.heard = Heard()
        self.counts: list[int] = []
        self.opened: list[tuple[str, str]] = []
        self.words = words
        self.messages.shown.connect(self._shown)
        self.messages.withdrawn.connect(self._withdrawn)
        self.reminders = self.make()

    def make(self) -> Reminders:
        made = Reminders(self.services, InstantRunner(), self.words, self.messages, self.heard, self)
        made.count_changed.connect(self.counts.append)
        made.open_wanted.connect(lambda case, step: self.opened.append((case, step)))
        return made

    def texts(self) -> list[str]:
        return [one.texts(self.words.words)[0] for one in self.said.values()]

    def answer(self, step_id: str, action: str) -> None:
        message = self.said.pop(f"reminder-{step_id}")
        assert message.answer is not None
        assert action in [one.id for one in message.actions]
        message.answer(action)

    def kept(self, name: str) -> FollowUpDetails:
        return next(one.details for one in self.services.file.follow_ups if one.id == name)

    def _shown(self, message: Message) -> None:
        self.said[message.key] = message

    def _withdrawn(self, key: str) -> None:
        self.said.pop(key, None)


@pytest.fixture
def due(en: UiWords) -> Stage:
    return Stage(en, step("f-1", due="2026-11-20", whom="Bank"), step("f-2", due="2026-11-22"))


def test_on_its_day_a_step_is_said_in_the_window_on_the_desktop_and_on_the_rail(due: Stage) -> None:
    due.reminders.start()
    assert due.texts() == ["Dispute · Bank: an answer is due, today"]
    assert due.heard.words == [("EvidenceDesk", "1 step is due")]
    assert due.counts == [1]


def test_the_word_on_the_desktop_names_nobody(due: Stage) -> None:
    due.reminders.start()
    said = " ".join(" ".join(words) for words in due.heard.words)
    assert "Bank" not in said
    assert "来分期" not in said


def test_the_same_day_says_it_once_also_after_another_start(due: Stage) -> None:
    due.reminders.start()
    due.said.clear()
    due.reminders.look()
    due.make().start()
    assert due.said == {}
    assert len(due.heard.words) == 1
    assert due.counts == [1, 1, 1], "the number stays on the rail"


def test_another_day_is_noticed_while_the_window_runs(due: Stage) -> None:
    due.reminders.start()
    asked = len(due.counts)
    due.reminders.tick()
    assert len(due.counts) == asked, "the same day: nothing is read"
    due.services.days = 2
    due.services.calls.clear()
    due.reminders.tick()
    assert due.texts() == [
        "Dispute · Bank: an answer is due, overdue since 2026-11-20",
        "Dispute: an answer is due, today",
    ]
    assert due.counts[-1] == 2


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_was_set_or_a_long_sleep_is_only_another_day(due: Stage, days: int) -> None:
    due.reminders.start()
    due.services.days = days
    due.reminders.tick()
    assert due.counts[-1] == (2 if days > 0 else 0)


def test_nothing_is_said_while_a_recording_runs_and_all_of_it_after(due: Stage) -> None:
    due.reminders.set_recording(running=True)
    due.reminders.start()
    assert due.said == {}
    assert due.heard.words == []
    assert due.services.said_today() == frozenset(), "it counts as said only when it was"
    due.reminders.set_recording(running=False)
    assert len(due.said) == 1
    assert len(due.heard.words) == 1


def test_open_leads_to_the_step(due: Stage) -> None:
    due.reminders.start()
    due.answer("f-1", "open")
    assert due.opened == [("c-0000aaaa", "f-1")]


def test_done_checks_it_off_and_the_number_goes(due: Stage) -> None:
    due.reminders.start()
    due.answer("f-1", "done")
    assert due.kept("f-1").progress is Progress.ANSWERED
    assert due.counts[-1] == 0


def test_tomorrow_puts_it_off(en: UiWords) -> None:
    stage = Stage(en, step("f-1", remind="2026-11-20"))
    stage.reminders.start()
    stage.answer("f-1", "tomorrow")
    assert stage.kept("f-1").remind == "2026-11-21"
    assert stage.counts[-1] == 0
    stage.services.days = 1
    stage.services.calls.clear()
    stage.reminders.tick()
    assert stage.texts() == ["Dispute: you wanted to be reminded, today"]


def test_what_cannot_be_written_is_said(due: Stage) -> None:
    due.reminders.start()
    due.services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    due.answer("f-1", "done")
    assert due.kept("f-1").progress is Progress.DONE
    assert "error-disk-full" in due.said


def test_what_was_dealt_with_on_the_page_takes_its_message_back(due: Stage) -> None:
    due.reminders.start()
    due.services.withdraw_follow_up("c-0000aaaa", "f-1")
    due.reminders.look()
    assert due.said == {}


def test_many_at_once_are_one_message(en: UiWords) -> None:
    stage = Stage(en, *(step(f"f-{n}", due="2026-11-19") for n in range(7)))
    stage.reminders.start()
    assert stage.texts() == ["Steps that are due: 7"]
    stage.answer("", "open")
    assert stage.opened == [("c-0000aaaa", "f-0")]


def test_a_library_that_cannot_be_read_is_said_and_asked_again(due: Stage) -> None:
    due.reminders._failed(MachineFailure(Code.DISK_FULL, path="/library"))
    assert "error-disk-full" in due.said
    due.reminders.look()
    assert due.counts[-1] == 1


def test_a_message_follows_the_language(due: Stage, qtbot: QtBot, en: UiWords) -> None:
    area = MessageArea(en, due.messages)
    qtbot.addWidget(area)
    due.reminders.start()
    en.set_language("zh")
    assert due.texts() == ["提出异议 · Bank：应有答复，今天"]
    assert due.counts == [1, 1], "the rail says its number in the new language"


def test_the_rail_speaks_its_number_and_lets_it_go(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_entry("cases", "folder")
    rail.set_label("cases", "Cases")
    plain = rail.grab().toImage()
    rail.set_count("cases", 3, "3 steps are due")
    assert "3 steps are due" in rail.buttons["cases"].accessibleDescription()
    assert rail.grab().toImage() != plain
    rail.set_count("cases", 0, "")
    assert "due" not in rail.buttons["cases"].accessibleDescription()
    assert rail.grab().toImage() == plain
