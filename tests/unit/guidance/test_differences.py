"""Where packs differ both are shown with their source, and it is said which limit was passed."""

from __future__ import annotations

from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import Check, CheckKind, RulePack
from evidencedesk.guidance.differences import compared, differences
from evidencedesk.guidance.judge import judge
from fakes.judged_cases import case_file, contact, encounter, item, pack_of, pack_with


def hours(**parameters: str) -> Check:
    return Check(CheckKind.AUTOMATIC, "contact-hours", tuple(parameters.items()))


ARTICLE = pack_of(
    item("early", hours(closed_until="08:00"), place="三.2"),
    item("late", hours(closed_from="21:00"), place="三.2"),
    name="cn-article",
)
STANDARD = pack_of(
    item("hours", hours(closed_from="22:00", closed_until="08:00"), place="5.3"), name="cn-standard"
)
BANKERS = pack_of(
    item("hours", hours(closed_from="22:00", closed_until="08:00", unless_agreed="yes"), place="art. 20"),
    name="cn-bankers",
)


def test_the_evening_differs_and_the_morning_does_not() -> None:
    (one,) = differences([ARTICLE, STANDARD])
    assert (one.rule, one.parameter) == ("contact-hours", "closed_from")
    assert [(p.pack, p.item, p.value, p.sources[0].place.zh) for p in one.positions] == [
        ("cn-article", "late", "21:00", "三.2"),
        ("cn-standard", "hours", "22:00", "5.3"),
    ]


def test_packs_that_say_the_same_do_not_differ() -> None:
    assert differences([STANDARD, STANDARD]) == ()
    assert differences([ARTICLE]) == ()
    assert differences([]) == ()


def test_an_exception_that_only_one_pack_makes_is_a_difference() -> None:
    (one,) = differences([STANDARD, BANKERS])
    assert (one.parameter, [p.value for p in one.positions]) == ("unless_agreed", ["no", "yes"])


def test_two_limits_within_one_pack_are_no_difference() -> None:
    both = pack_of(
        item("one", hours(closed_from="21:00")), item("two", hours(closed_from="22:00")), name="one"
    )
    assert differences([both]) == ()


def test_different_counts_are_a_difference() -> None:
    three = pack_with("calls-connected-per-day", name="a", limit="3")
    five = pack_with("calls-connected-per-day", name="b", limit="5")
    (one,) = differences([three, five])
    assert [p.value for p in one.positions] == ["3", "5"]


def judged(wall: str, *packs: RulePack) -> list[Judgement]:
    facts = case_file(contacts=[contact("k", f"2026-11-25 {wall}"), contact("other", "2026-11-26 21:30:00")])
    return [judgement for pack in packs for judgement in judge(pack, facts)]


def items(judgements: tuple[Judgement, ...]) -> list[tuple[str, str, str]]:
    return [(one.pack, one.item, one.subject) for one in judgements]


def test_a_contact_at_half_past_nine_passed_one_limit_and_not_the_other() -> None:
    found = judged("21:30:00", ARTICLE, STANDARD)
    late = next(one for one in found if one.item == "late")
    result = compared(late, found)
    assert items(result.passed) == [("cn-article", "late", "k")]
    assert items(result.kept) == [("cn-standard", "hours", "k")]


def test_a_contact_at_half_past_ten_passed_both() -> None:
    found = judged("22:30:00", ARTICLE, STANDARD)
    standard = next(one for one in found if one.item == "hours")
    result = compared(standard, found)
    assert items(result.passed) == [("cn-article", "late", "k"), ("cn-standard", "hours", "k")]
    assert result.kept == ()


def test_a_call_across_midnight_passed_every_limit() -> None:
    facts = case_file(encounters=[encounter("e", "2026-11-25 23:50:00", "2026-11-26 00:10:00")])
    found = [judgement for pack in (ARTICLE, STANDARD) for judgement in judge(pack, facts)]
    early = next(one for one in found if one.item == "early")
    assert items(compared(early, found).passed) == [
        ("cn-article", "early", "e"),
        ("cn-standard", "hours", "e"),
    ]
