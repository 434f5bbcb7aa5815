"""The next steps beside the timeline: a few lines, checked off and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.steps.next_steps_card import NextStepsCard
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, example_case_file, example_packs, moment
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner


def step(name: str, kind: Step, progress: Progress = Progress.DONE, **facts: Any) -> FollowUp:
    details = FollowUpDetails(kind, moment().utc, 480, progress=progress, **facts)
    return FollowUp(name, "c-0000aaaa", None, None, None, None, details, moment())


class Stage:
    """The timeline page of one case."""

    def __init__(self, qtbot: QtBot, words: UiWords, *steps: FollowUp) -> None:
        self.services = FakeCaseServices(replace(example_case_file(), follow_ups=steps))
        self.services.packs = tuple(one for one in example_packs() if one.id.startswith("cn-"))
        self.page = CasesPage(self.services, InstantRunner(), words)
        qtbot.addWidget(self.page)
        self.page.resize(1196, 800)
        self.page.show()
        self.page.show_case("c-0000aaaa")

    @property
    def card(self) -> NextStepsCard:
        return self.page.review.side.next_steps

    def check(self, key: str) -> None:
        self.card.rows[key].box.click()

    def kept(self, name: str) -> FollowUp:
        return next(one for one in self.services.file.follow_ups if one.id == name)

    def shown(self) -> str:
        QApplication.processEvents()
        labels = self.card.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisibleTo(self.card))


Open = Callable[..., Stage]


@pytest.fixture
def opened(qtbot: QtBot, en: UiWords) -> Open:
    def build(*steps: FollowUp) -> Stage:
        return Stage(qtbot, en, *steps)

    return build


def test_what_waits_stands_first_with_its_day_in_words(opened: Open) -> None:
    stage = opened(
        step("f-1", Step.DISPUTE, due="2026-11-23"),
        step("f-2", Step.COMPLAINT, Progress.PLANNED, due="2026-11-18"),
        step("f-3", Step.RECHECK, due="2026-11-20"),
    )
    assert list(stage.card.rows)[:3] == ["f-2", "f-3", "f-1"]
    text = stage.shown()
    assert "overdue since 2026-11-18" in text
    assert "today" in text
    assert "in 3 days" in text


def test_there_are_never_more_than_five_lines_and_the_rest_is_counted(opened: Open) -> None:
    stage = opened(*(step(f"f-{n}", Step.CALL, due=f"2026-12-{n:02}") for n in range(1, 10)))
    assert len(stage.card.rows) == 5
    assert "more on the page Steps" in stage.shown()


def test_a_suggestion_stands_with_its_reason_and_is_done_now_when_checked(opened: Open) -> None:
    stage = opened()
    assert "3 breaches are noted here: 12378" in stage.shown()
    stage.check("complaint")
    (kept,) = stage.services.file.follow_ups
    assert (kept.details.step, kept.details.progress) == (Step.COMPLAINT, Progress.DONE)
    assert kept.details.done_utc == stage.services.now().utc
    assert stage.card.rows["complaint"].box.isChecked()
    stage.check("complaint")
    assert stage.services.file.follow_ups[0].withdrawn
    assert not stage.card.rows["complaint"].box.isChecked()


def test_a_planned_step_is_done_when_checked_and_as_before_when_that_is_taken_back(opened: Open) -> None:
    planned = step("f-1", Step.DISPUTE, Progress.PLANNED, remind="2026-11-19")
    stage = opened(planned)
    stage.check("f-1")
    assert stage.kept("f-1").details.progress is Progress.DONE
    assert "uncheck to take it back" in stage.shown()
    stage.check("f-1")
    assert stage.kept("f-1").details == planned.details


def test_what_can_restart_limitation_is_never_one_touch_away(opened: Open) -> None:
    keys = set(opened(step("f-1", Step.PLAN_AGREED)).card.rows)
    assert not keys & {Step.PLAN_PROPOSED.value, Step.PLAN_AGREED.value, Step.PAYMENT.value}


def test_a_disk_that_takes_nothing_leaves_the_box_unchecked(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, Progress.PLANNED))
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    stage.check("f-1")
    assert stage.card.banner.isVisible()
    assert not stage.card.rows["f-1"].box.isChecked()
    assert stage.kept("f-1").details.progress is Progress.PLANNED


def test_another_case_forgets_what_was_checked_in_this_one(opened: Open) -> None:
    stage = opened(step("f-1", Step.DISPUTE, Progress.PLANNED))
    stage.check("f-1")
    presenter = stage.page.review_presenter.next_steps
    other = replace(stage.services.file, case=replace(stage.services.file.case, id="c-0000bbbb"))
    presenter.show_case(other)
    presenter.show_case(stage.services.file)
    assert not any(line.checked for line in presenter.state.lines)


def test_the_nearest_deadline_is_one_line_and_the_page_explains_it(opened: Open) -> None:
    stage = opened(step("f-1", Step.CREDIT_OBJECTION))
    assert "Next deadline: 2026-12-09, 19 days left" in stage.shown()
    stage.card.all_button.click()
    assert stage.page.review.sections.current == "steps"


def test_another_language_and_names(opened: Open, en: UiWords) -> None:
    stage = opened(step("f-1", Step.DISPUTE, due="2026-11-23"))
    assert unnamed(stage.card) == []
    en.set_language("zh")
    assert "3 天后" in stage.shown()
    assert "in 3 days" not in stage.shown()
