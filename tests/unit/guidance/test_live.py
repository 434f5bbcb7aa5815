"""While an encounter runs, every pack's hours are judged to the second, with the time that is left."""

from __future__ import annotations

import pytest

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.rules import Check, CheckKind
from evidencedesk.guidance.judge import judge
from evidencedesk.guidance.live import HoursNow, hours_now
from fakes.judged_cases import case_file, encounter, item, moment, pack_of, pack_with

ARTICLE = pack_of(
    item("early", Check(CheckKind.AUTOMATIC, "contact-hours", (("closed_until", "08:00"),))),
    item("late", Check(CheckKind.AUTOMATIC, "contact-hours", (("closed_from", "21:00"),))),
    item("no-hours", Check(CheckKind.TICK)),
    name="cn-article",
)
STANDARD = pack_with(
    "contact-hours", name="cn-standard", closed_from="22:00", closed_until="08:00", unless_agreed="yes"
)


def late(wall: str, opened: str = "19:00:00", *, agreed: bool | None = None) -> list[HoursNow]:
    visit = encounter("e", f"2026-11-25 {opened}", agreed=agreed)
    found = hours_now([ARTICLE, STANDARD], visit, moment(f"2026-11-25 {wall}"))
    return [one for one in found if one.item != "early"]


@pytest.mark.parametrize(
    ("wall", "article", "standard"),
    [
        ("20:56:00", (Verdict.KEPT, 240), (Verdict.KEPT, 3840)),
        ("20:59:59", (Verdict.KEPT, 1), (Verdict.KEPT, 3601)),
        ("21:00:00", (Verdict.KEPT, 0), (Verdict.KEPT, 3600)),
        ("21:00:00.999", (Verdict.KEPT, 0), (Verdict.KEPT, 3600)),
        ("21:00:01", (Verdict.BREACHED, None), (Verdict.KEPT, 3599)),
        ("22:00:00", (Verdict.BREACHED, None), (Verdict.KEPT, 0)),
        ("22:00:01", (Verdict.BREACHED, None), (Verdict.BREACHED, None)),
    ],
)
def test_both_limits_of_the_evening_are_counted_down(
    wall: str, article: tuple[Verdict, int | None], standard: tuple[Verdict, int | None]
) -> None:
    found = late(wall)
    assert [(one.pack, one.limit) for one in found] == [("cn-article", "21:00"), ("cn-standard", "22:00")]
    assert [(one.verdict, one.seconds_left) for one in found] == [article, standard]


def test_what_began_too_early_stays_so_after_eight() -> None:
    early, _, standard = hours_now(
        [ARTICLE, STANDARD],
        encounter("e", "2026-11-25 07:59:59"),
        moment("2026-11-25 09:00:00"),
    )
    assert (early.verdict, early.limit) == (Verdict.BREACHED, "08:00")
    assert (standard.verdict, standard.limit) == (Verdict.BREACHED, "08:00")


def test_a_limit_in_the_morning_alone_is_passed_at_midnight() -> None:
    early, *_ = hours_now([ARTICLE], encounter("e", "2026-11-25 20:00:00"), moment("2026-11-25 23:56:00"))
    assert (early.verdict, early.limit, early.seconds_left) == (Verdict.KEPT, "00:00", 240)


def test_an_agreed_visit_keeps_to_the_pack_that_says_so() -> None:
    article, standard = late("22:30:00", agreed=True)
    assert article.verdict is Verdict.BREACHED
    assert (standard.verdict, standard.agreed, standard.limit) == (Verdict.KEPT, True, "22:00")


def test_a_clock_that_was_set_back_leaves_the_beginning() -> None:
    article, _ = late("18:00:00", opened="21:30:00")
    assert article.verdict is Verdict.BREACHED


@pytest.mark.parametrize("agreed", [None, False, True])
@pytest.mark.parametrize(("opened", "wall"), [("20:30:00", "21:00:01"), ("22:30:00", "22:40:00")])
def test_what_is_noted_live_rests_on_what_the_case_is_judged_by_later(
    opened: str, wall: str, *, agreed: bool | None
) -> None:
    packs = (ARTICLE, STANDARD)
    visit = encounter("e", f"2026-11-25 {opened}", f"2026-11-25 {wall}", agreed=agreed)
    later = [one for pack in packs for one in judge(pack, case_file(encounters=[visit]))]
    live = hours_now(packs, visit, moment(f"2026-11-25 {wall}"))
    assert [one.verdict for one in live] == [one.verdict for one in later]
    for now, then in zip(live, later, strict=True):
        assert set(then.facts) - set(now.facts) == {
            ("ended_day", "2026-11-25"),
            ("ended_time", wall),
        }
        assert set(now.facts) <= set(then.facts)


def test_hours_that_close_nothing_have_no_next_limit() -> None:
    nothing = pack_with("contact-hours", closed_until="00:00")
    (one,) = hours_now([nothing], encounter("e", "2026-11-25 20:00:00"), moment("2026-11-25 20:00:00"))
    assert (one.verdict, one.limit, one.seconds_left) == (Verdict.KEPT, "", None)
