"""A question that was overtaken is neither asked nor answered."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QObject

from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.ui.latest_only import LatestOnly
from fakes.ui_services import HeldRunner


class Asker(QObject):
    """Asks numbers and remembers the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.worked: list[int] = []
        self.answers: list[object] = []
        self.jobs = HeldRunner()
        self.readings = LatestOnly(self.jobs, self)

    def ask(self, number: int) -> None:
        self.readings.run(partial(self.work, number), success=self.answered, failure=self.failed)

    def work(self, number: int) -> int:
        self.worked.append(number)
        if number < 0:
            raise MachineFailure(Code.DISK_FULL)
        return number

    def answered(self, result: object) -> None:
        self.answers.append(result)

    def failed(self, problem: Known) -> None:
        self.answers.append(problem.code)


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_of_many_questions_only_the_first_and_the_last_are_worked_on(asker: Asker) -> None:
    for number in range(100):
        asker.ask(number)
    assert len(asker.jobs.waiting) == 1
    asker.jobs.let_go()
    asker.jobs.let_go()
    assert asker.worked == [0, 99]
    assert asker.answers == [99]


def test_the_next_question_is_asked_at_once_when_nothing_is_under_way(asker: Asker) -> None:
    for number in (1, 2):
        asker.ask(number)
        asker.jobs.let_go()
    assert asker.answers == [1, 2]


def test_a_failure_is_told_and_the_next_question_is_asked(asker: Asker) -> None:
    asker.ask(-1)
    asker.jobs.let_go()
    asker.ask(3)
    asker.jobs.let_go()
    assert asker.answers == [Code.DISK_FULL, 3]


def test_a_failure_of_a_question_that_was_overtaken_is_nobodys(asker: Asker) -> None:
    asker.ask(-1)
    asker.ask(4)
    asker.jobs.let_go()
    asker.jobs.let_go()
    assert asker.answers == [4]
