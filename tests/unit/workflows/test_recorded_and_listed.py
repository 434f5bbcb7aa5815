"""A call that was recorded is also in the phone's list: it counts once, and no limit is passed by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from evidencedesk.domain.case import Case, ContactDetails, ContactKind, ContactSource, Verdict
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.intake.offers import Standing
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.import_contacts import preview, take_list
from evidencedesk.workflows.judge_case import judgements
from evidencedesk.workflows.log_contact import log_contact
from evidencedesk.workflows.open_case import open_case

CHINA = timezone(timedelta(hours=8))
HEADINGS = "号码,时间,类型,通话时长\n"
TWO_CALLS = HEADINGS + "13800138000,2026-11-25 10:00:05,呼入,300\n13800138000,2026-11-25 12:00:05,呼入,300\n"


class SetClock(SystemClock):
    """Says the time the test sets."""

    utc = "2026-11-25T01:00:00.000000Z"

    def now(self) -> Moment:
        return replace(super().now(), utc=self.utc, offset_minutes=480)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    with open_desk(tmp_path / "library", clock) as opened:
        yield opened


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(desk, "来分期")


def record(desk: Desk, clock: SetClock, case: Case, name: str, begun: str, ended: str, mode: str) -> str:
    """An encounter from begun to ended, in China's time on 25 November."""
    hour, rest = begun.split(":", 1)
    clock.utc = f"2026-11-25T{int(hour) - 8:02}:{rest}.000000Z"
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": name, "mode": mode})])
    hour, rest = ended.split(":", 1)
    clock.utc = f"2026-11-25T{int(hour) - 8:02}:{rest}.000000Z"
    desk.store.append(case.id, [(EventType.ENCOUNTER_CLOSED, {"encounter": name})])
    return name


@pytest.fixture
def two_recorded(desk: Desk, clock: SetClock, case: Case) -> tuple[str, str]:
    return (
        record(desk, clock, case, "e-00000002", "10:00:10", "10:05:10", "call"),
        record(desk, clock, case, "e-00000004", "12:00:10", "12:05:10", "call"),
    )


def answered(desk: Desk, case: Case) -> list[str]:
    """How many answered calls the rules count."""
    counted = [one for one in judgements(desk, case.id) if one.rule == "calls-connected-per-day"]
    return [dict(one.facts)["count"] for one in counted]


def test_two_recorded_calls_and_the_phone_s_list_of_them_are_two_calls(
    desk: Desk, case: Case, two_recorded: tuple[str, str]
) -> None:
    looked_at = preview(desk, case.id, TWO_CALLS, CHINA)
    assert [offer.standing for offer in looked_at.offers] == [Standing.BELONGS, Standing.BELONGS]
    assert (looked_at.new, looked_at.proposed) == ((), (0, 1))
    taken = take_list(desk, case.id, looked_at, looked_at.proposed)
    assert [one.encounter for one in taken.logged] == list(two_recorded)
    assert answered(desk, case) == ["2"]
    breached = [one.rule for one in judgements(desk, case.id) if one.verdict is Verdict.BREACHED]
    assert "calls-connected-per-day" not in breached


def test_the_same_list_once_more_brings_nothing(
    desk: Desk, case: Case, two_recorded: tuple[str, str]
) -> None:
    looked_at = preview(desk, case.id, TWO_CALLS, CHINA)
    take_list(desk, case.id, looked_at, looked_at.proposed)
    again = preview(desk, case.id, TWO_CALLS, CHINA)
    assert [offer.standing for offer in again.offers] == [Standing.THERE, Standing.THERE]
    assert len(two_recorded) == 2


@pytest.mark.parametrize(
    ("line", "standing"),
    [
        ("13800138000,2026-11-25 09:53:20,呼入,300", Standing.BELONGS),  # over 110 s before
        ("13800138000,2026-11-25 09:52:50,呼入,300", Standing.NEW),  # 140 s before
        ("13800138000,2026-11-25 10:07:00,呼入,10", Standing.BELONGS),  # 110 s after
        ("13800138000,2026-11-25 10:07:20,呼入,10", Standing.NEW),  # 130 s after
        ("13800138000,2026-11-25 10:01:00,未接,", Standing.NEW),  # rang while the other was recorded
        ("13800138000,2026-11-25 10:01:00,呼入,10", Standing.BELONGS),
    ],
)
def test_two_minutes_beside_a_recording_is_the_same_call(
    desk: Desk, case: Case, two_recorded: tuple[str, str], line: str, standing: Standing
) -> None:
    looked_at = preview(desk, case.id, HEADINGS + line + "\n", CHINA)
    assert [offer.standing for offer in looked_at.offers] == [standing]
    assert two_recorded


def test_of_two_calls_near_one_recording_only_the_better_one_is_it(
    desk: Desk, case: Case, two_recorded: tuple[str, str]
) -> None:
    calls = HEADINGS + ("13800138000,2026-11-25 10:06:00,呼入,20\n13800138000,2026-11-25 10:00:05,呼入,300\n")
    looked_at = preview(desk, case.id, calls, CHINA)
    assert [offer.standing for offer in looked_at.offers] == [Standing.NEW, Standing.BELONGS]
    take_list(desk, case.id, looked_at, looked_at.proposed)
    assert answered(desk, case) == ["3"]
    # The next list has a call that is near the recording, which another call was already.
    late = preview(desk, case.id, HEADINGS + "13800138000,2026-11-25 10:06:40,呼入,20\n", CHINA)
    assert late.offers[0].standing is Standing.NEW
    assert two_recorded


def test_a_recorded_visit_is_no_call(desk: Desk, clock: SetClock, case: Case) -> None:
    record(desk, clock, case, "e-00000002", "10:00:10", "10:05:10", "visit")
    assert preview(desk, case.id, TWO_CALLS, CHINA).offers[0].standing is Standing.NEW


def test_a_call_by_hand_about_a_recording_leaves_the_list_s_number_to_it(
    desk: Desk, case: Case, two_recorded: tuple[str, str]
) -> None:
    by_hand = ContactDetails(ContactKind.CALL, "2026-11-25T02:02:00.000000Z", 480, text="说要上门")
    log_contact(desk, case.id, by_hand, two_recorded[0])
    looked_at = preview(desk, case.id, TWO_CALLS, CHINA)
    assert looked_at.proposed == (0, 1)
    take_list(desk, case.id, looked_at, looked_at.proposed)
    assert answered(desk, case) == ["2"]


def test_a_call_by_hand_that_nobody_linked_may_be_the_same_still(
    desk: Desk, case: Case, two_recorded: tuple[str, str]
) -> None:
    log_contact(desk, case.id, ContactDetails(ContactKind.CALL, "2026-11-25T02:02:00.000000Z", 480))
    looked_at = preview(desk, case.id, TWO_CALLS, CHINA)
    assert [offer.standing for offer in looked_at.offers] == [Standing.PERHAPS, Standing.BELONGS]
    # Whoever takes it all the same: it is about the recording and counts no third time.
    taken = take_list(desk, case.id, looked_at, (0,))
    assert (taken.logged[0].encounter, taken.logged[0].source) == (two_recorded[0], ContactSource.LIST)
