"""Due dates are sorted as they matter on a day."""

from __future__ import annotations

from datetime import date, timedelta

from evidencedesk.domain.due_date import DueDate, as_of
from evidencedesk.domain.rules import Begins, Deadline, Text, Unit

TODAY = date(2026, 11, 25)


def due(name: str, days: int) -> DueDate:
    deadline = Deadline(name, Text(name, name), Begins.BREACH, 1, Unit.DAYS, (), ())
    last = TODAY + timedelta(days=days)
    return DueDate("cn-test", "1.0", deadline, last - timedelta(days=1), last)


def test_the_last_day_itself_is_not_over() -> None:
    assert as_of([due("a", 0)], TODAY).next == (due("a", 0),)
    assert as_of([due("a", -1)], TODAY).passed == (due("a", -1),)


def test_of_each_deadline_the_first_day_comes_first_and_the_others_are_later() -> None:
    found = as_of([due("a", 9), due("b", 5), due("a", 3), due("a", -2)], TODAY)
    assert found.next == (due("a", 3), due("b", 5))
    assert found.later == (due("a", 9),)
    assert found.passed == (due("a", -2),)


def test_of_what_is_over_the_latest_stands_first() -> None:
    assert as_of([due("a", -9), due("b", -1)], TODAY).passed == (due("b", -1), due("a", -9))
