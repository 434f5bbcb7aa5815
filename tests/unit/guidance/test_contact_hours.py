"""Hours are judged by the wall clock where the user is, edges and midnight included."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.case import Mode, Verdict
from evidencedesk.domain.moment import Moment, format_utc
from evidencedesk.domain.rules import Check, CheckKind, RulePack
from evidencedesk.guidance.contact_hours import automatic
from evidencedesk.guidance.judge import judge
from evidencedesk.guidance.loader import load_pack
from fakes.judged_cases import case_file, encounter

ARTICLE = load_pack(Path(__file__).parents[3] / "resources" / "packs" / "cn-article-2025.toml")


def at(wall: str, offset_minutes: int = 480) -> Moment:
    zone = timezone(timedelta(minutes=offset_minutes))
    instant = datetime.fromisoformat(f"2026-11-23T{wall}").replace(tzinfo=zone)
    return Moment(format_utc(instant), offset_minutes, "boot", 1)


def with_hours(**parameters: str) -> RulePack:
    check = Check(CheckKind.AUTOMATIC, "contact-hours", tuple(parameters.items()))
    return replace(ARTICLE, items=(replace(ARTICLE.item("not-after-21"), check=check),))


def breached(pack: RulePack, moment: Moment) -> list[str]:
    return [result.item_id for result in automatic(pack, moment) if result.verdict is Verdict.BREACHED]


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("00:00:00", ["not-before-8"]),
        ("07:59:59", ["not-before-8"]),
        ("07:59:59.999999", ["not-before-8"]),
        ("08:00:00", []),
        ("12:00:00", []),
        ("21:00:00", []),
        ("21:00:00.999999", []),
        ("21:00:01", ["not-after-21"]),
        ("23:59:59", ["not-after-21"]),
    ],
)
def test_the_articles_hours_at_their_edges(wall: str, expected: list[str]) -> None:
    assert breached(ARTICLE, at(wall)) == expected


def test_only_items_about_hours_get_a_verdict_and_the_facts_behind_it() -> None:
    early, late = automatic(ARTICLE, at("21:34:08"))
    assert (early.item_id, early.verdict) == ("not-before-8", Verdict.KEPT)
    assert (late.item_id, late.verdict) == ("not-after-21", Verdict.BREACHED)
    assert dict(late.facts)["passed_limit"] == "21:00"
    assert "passed" not in dict(early.facts)


@pytest.mark.parametrize("mode", list(Mode))
def test_what_the_clock_notes_rests_on_the_facts_of_a_judged_visit(mode: Mode) -> None:
    visit = encounter("e", "2026-11-23 21:34:08", mode=mode)
    judged = [one for one in judge(ARTICLE, case_file(encounters=[visit])) if one.rule == "contact-hours"]
    noted = automatic(ARTICLE, visit.opened, mode)
    assert [(one.item_id, one.verdict, one.facts) for one in noted] == [
        (one.item, one.verdict, one.facts) for one in judged
    ]


@pytest.mark.parametrize("offset_minutes", [-720, -210, 0, 345, 480, 840])
def test_the_offset_where_the_user_was_decides_not_utc(offset_minutes: int) -> None:
    assert breached(ARTICLE, at("07:59:59", offset_minutes)) == ["not-before-8"]
    assert breached(ARTICLE, at("08:00:00", offset_minutes)) == []


@pytest.mark.parametrize(
    ("wall", "closed"),
    [
        ("21:59:59", False),
        ("22:00:00", False),
        ("22:00:01", True),
        ("00:00:00", True),
        ("07:59:59", True),
        ("08:00:00", False),
    ],
)
def test_a_window_across_midnight(wall: str, *, closed: bool) -> None:
    assert bool(breached(with_hours(closed_from="22:00", closed_until="08:00"), at(wall))) is closed


@pytest.mark.parametrize(
    ("wall", "closed"), [("12:00:00", False), ("12:00:01", True), ("13:59:59", True), ("14:00:00", False)]
)
def test_a_window_within_one_day(wall: str, *, closed: bool) -> None:
    assert bool(breached(with_hours(closed_from="12:00", closed_until="14:00"), at(wall))) is closed


@given(seconds=st.integers(0, 86_399), offset_minutes=st.integers(-720, 840))
def test_every_second_of_a_day_is_judged_by_exactly_one_side(seconds: int, offset_minutes: int) -> None:
    wall = (datetime(2026, 1, 1) + timedelta(seconds=seconds)).strftime("%H:%M:%S")  # noqa: DTZ001
    expected = ["not-before-8"] if wall < "08:00:00" else ["not-after-21"] if wall > "21:00:00" else []
    assert breached(ARTICLE, at(wall, offset_minutes)) == expected
