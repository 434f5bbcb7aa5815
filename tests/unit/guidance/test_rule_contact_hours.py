"""contact-hours: any part of a contact in the closed hours, by its own wall clock, in whole seconds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.case import ContactKind, Mode, Reached, Recording, RecordingState, Verdict
from evidencedesk.domain.moment import Moment
from fakes.judged_cases import CASE, CHINA, breached, case_file, contact, encounter, judged, moment, verdicts

RULE = "contact-hours"
LATE = {"closed_from": "21:00"}
EARLY = {"closed_until": "08:00"}
ARTICLE = {"closed_from": "21:00", "closed_until": "08:00"}
STANDARD = {"closed_from": "22:00", "closed_until": "08:00"}
NOON = {"closed_from": "12:00", "closed_until": "14:00"}
EASTERN_WINTER, EASTERN_SUMMER = -300, -240


def passed(wall: str, limits: dict[str, str], *, length_s: int | None = None, offset: int = CHINA) -> bool:
    log = contact("k", f"2026-11-25 {wall}", length_s=length_s, offset=offset)
    return bool(breached(case_file(contacts=[log]), RULE, **limits))


@pytest.mark.parametrize(
    ("wall", "late", "early", "article", "standard"),
    [
        ("00:00:00", False, True, True, True),
        ("07:59:59", False, True, True, True),
        ("07:59:59.999999", False, True, True, True),
        ("08:00:00", False, False, False, False),
        ("08:00:01", False, False, False, False),
        ("12:00:00", False, False, False, False),
        ("20:59:59", False, False, False, False),
        ("21:00:00", False, False, False, False),
        ("21:00:00.999999", False, False, False, False),
        ("21:00:01", True, False, True, False),
        ("22:00:00", True, False, True, False),
        ("22:00:01", True, False, True, True),
        ("23:59:59", True, False, True, True),
    ],
)
def test_a_moment(wall: str, late: bool, early: bool, article: bool, standard: bool) -> None:
    found = [passed(wall, limits) for limits in (LATE, EARLY, ARTICLE, STANDARD)]
    assert found == [late, early, article, standard]


@pytest.mark.parametrize(
    ("begun", "minutes", "seconds", "late", "early", "article", "standard"),
    [
        ("20:50:00", 10, 0, False, False, False, False),  # until 21:00:00
        ("20:50:00", 10, 1, True, False, True, False),  # until 21:00:01
        ("20:50:00", 20, 0, True, False, True, False),
        ("20:50:00", 70, 0, True, False, True, False),  # until 22:00:00
        ("20:50:00", 70, 1, True, False, True, True),
        ("23:50:00", 20, 0, True, True, True, True),  # across midnight
        ("07:00:00", 60, 0, False, True, True, True),
        ("08:00:00", 13 * 60, 0, False, False, False, False),  # all the open day
        ("20:00:00", 13 * 60, 0, True, True, True, True),  # the whole night and an hour on both sides
        ("09:00:00", 3 * 24 * 60, 0, True, True, True, True),
    ],
)
def test_a_stretch(
    begun: str, minutes: int, seconds: int, late: bool, early: bool, article: bool, standard: bool
) -> None:
    length = minutes * 60 + seconds
    found = [passed(begun, limits, length_s=length) for limits in (LATE, EARLY, ARTICLE, STANDARD)]
    assert found == [late, early, article, standard]


@pytest.mark.parametrize(
    ("begun", "minutes", "closed"),
    [
        ("11:00:00", 60, False),  # until 12:00:00
        ("11:00:00", 61, True),
        ("12:00:00", 0, False),
        ("12:00:01", 0, True),
        ("13:59:59", 0, True),
        ("14:00:00", 600, False),
        ("11:00:00", 240, True),  # begins and ends outside
        ("14:00:00", 21 * 60 + 59, False),  # until 11:59 the next day
        ("14:00:00", 22 * 60 + 1, True),
    ],
)
def test_hours_within_one_day(begun: str, minutes: int, closed: bool) -> None:
    assert passed(begun, NOON, length_s=minutes * 60) is closed


@pytest.mark.parametrize("offset", [-720, -210, 0, 345, 480, 840])
def test_the_clock_where_it_reached_somebody_decides(offset: int) -> None:
    assert not passed("21:00:00", LATE, offset=offset)
    assert passed("21:00:01", LATE, offset=offset)
    assert passed("07:59:59", EARLY, offset=offset)
    assert not passed("08:00:00", EARLY, offset=offset)


def visit(opened: Moment, closed: Moment | None) -> list[str]:
    return breached(case_file(encounters=[encounter("e", opened, closed)]), RULE, **ARTICLE)


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        # Summer time ends on 2026-11-01 at 02:00 EDT, begins on 2027-03-14 at 02:00 EST.
        (("2026-10-31 20:30:00", EASTERN_SUMMER), ("2026-10-31 21:00:00", EASTERN_SUMMER), []),
        (("2026-11-01 01:50:00", EASTERN_SUMMER), ("2026-11-01 01:10:00", EASTERN_WINTER), ["e"]),
        (("2026-11-01 08:00:00", EASTERN_WINTER), ("2026-11-01 09:00:00", EASTERN_WINTER), []),
        (("2026-11-01 07:59:59", EASTERN_WINTER), ("2026-11-01 09:00:00", EASTERN_WINTER), ["e"]),
        (("2027-03-14 01:59:00", EASTERN_WINTER), ("2027-03-14 03:01:00", EASTERN_SUMMER), ["e"]),
        (("2027-03-14 08:00:00", EASTERN_SUMMER), ("2027-03-14 21:00:00", EASTERN_SUMMER), []),
        (("2027-03-14 20:59:00", EASTERN_SUMMER), ("2027-03-14 21:00:01", EASTERN_SUMMER), ["e"]),
        # From one zone into the next while it was recorded: both wall clocks are open.
        (("2026-11-25 20:50:00", 480), ("2026-11-25 20:20:00", 420), []),
        (("2026-11-25 21:00:01", 480), ("2026-11-25 20:20:00", 420), ["e"]),
        (("2026-11-25 08:10:00", 480), ("2026-11-25 07:40:00", 420), ["e"]),
    ],
)
def test_summer_time_and_journeys(
    opened: tuple[str, int], closed: tuple[str, int], expected: list[str]
) -> None:
    assert visit(moment(*opened), moment(*closed)) == expected


def test_a_visit_that_lasts_past_the_limit_says_which_one_and_when() -> None:
    facts = case_file(encounters=[encounter("e", "2026-11-25 20:50:00", "2026-11-25 21:10:00")])
    (one,) = judged(facts, RULE, **ARTICLE)
    assert (one.verdict, one.subject, one.encounter) == (Verdict.BREACHED, "e", "e")
    assert dict(one.facts) == {
        "closed_from": "21:00",
        "closed_until": "08:00",
        "ended_day": "2026-11-25",
        "ended_time": "21:10:00",
        "kind": "visit",
        "local_day": "2026-11-25",
        "local_time": "20:50:00",
        "passed": "closed_from",
        "passed_at": "21:00:01",
        "passed_limit": "21:00",
        "utc_offset": "+0800",
    }


@pytest.mark.parametrize(
    ("wall", "limit"), [("23:30:00", "22:00"), ("00:30:00", "08:00"), ("07:59:59", "08:00")]
)
def test_the_nearer_limit_of_a_night_is_named(wall: str, limit: str) -> None:
    (one,) = judged(case_file(contacts=[contact("k", f"2026-11-25 {wall}")]), RULE, **STANDARD)
    assert dict(one.facts)["passed_limit"] == limit


def test_a_running_visit_is_judged_by_what_is_known() -> None:
    assert visit(moment("2026-11-25 20:50:00"), None) == []
    assert visit(moment("2026-11-25 21:00:01"), None) == ["e"]


def test_a_running_visit_has_lasted_as_long_as_what_was_recorded() -> None:
    facts = case_file(encounters=[encounter("e", "2026-11-25 20:50:00")])
    sound = Recording(
        "r",
        CASE,
        "e",
        RecordingState.STOPPED,
        moment("2026-11-25 20:50:00"),
        "",
        8000,
        1,
        simulated=False,
        file="audio.flac",
        stopped=moment("2026-11-25 21:05:00"),
    )
    assert breached(replace(facts, recordings=(sound,)), RULE, **ARTICLE) == ["e"]


def test_a_clock_that_was_set_back_does_not_shorten_a_visit() -> None:
    opened = moment("2026-11-25 20:50:00", mono_s=0)
    assert visit(opened, moment("2026-11-25 19:50:00", mono_s=10 * 60)) == []
    assert visit(opened, moment("2026-11-25 19:50:00", mono_s=10 * 60 + 1)) == ["e"]
    assert visit(opened, moment("2026-11-25 19:50:00", boot="other", mono_s=9999)) == []


@pytest.mark.parametrize(
    ("kind", "disturbs"),
    [
        (ContactKind.VISIT, True),
        (ContactKind.CALL, True),
        (ContactKind.MISSED_CALL, True),
        (ContactKind.SMS, True),
        (ContactKind.CHAT, True),
        (ContactKind.LETTER, False),
        (ContactKind.OTHER, False),
    ],
)
def test_what_disturbs_when_it_comes(kind: ContactKind, disturbs: bool) -> None:
    facts = case_file(contacts=[contact("k", "2026-11-25 23:00:00", kind)])
    assert bool(judged(facts, RULE, **LATE)) is disturbs


def test_neither_withdrawn_nor_outgoing_contacts_are_judged() -> None:
    contacts = [
        contact("withdrawn", "2026-11-25 23:00:00", withdrawn=True),
        contact("outgoing", "2026-11-25 23:00:00", outgoing=True),
    ]
    assert judged(case_file(contacts=contacts), RULE, **LATE) == []


@pytest.mark.parametrize(
    ("agreed", "unless_agreed", "verdict"),
    [
        (True, True, Verdict.KEPT),
        (False, True, Verdict.BREACHED),
        (None, True, Verdict.BREACHED),
        (True, False, Verdict.BREACHED),
    ],
)
def test_agreement_counts_only_where_the_pack_says_so(
    agreed: bool | None, unless_agreed: bool, verdict: Verdict
) -> None:
    facts = case_file(encounters=[encounter("e", "2026-11-25 22:30:00", agreed=agreed)])
    limits = STANDARD | ({"unless_agreed": "yes"} if unless_agreed else {})
    (one,) = judged(facts, RULE, **limits)
    assert one.verdict is verdict
    assert dict(one.facts).get("agreed") == ("yes" if verdict is Verdict.KEPT else None)


def test_a_logged_contact_can_be_agreed_too() -> None:
    contacts = [
        contact("asked-for", "2026-11-25 22:30:00", agreed=True),
        contact("not", "2026-11-25 22:30:00"),
    ]
    assert breached(case_file(contacts=contacts), RULE, **STANDARD, unless_agreed="yes") == ["not"]


@pytest.mark.parametrize(("agreed", "closed"), [(None, []), (True, []), (False, ["e"])])
def test_what_the_encounter_says_of_agreement_comes_before_its_log(
    agreed: bool | None, closed: list[str]
) -> None:
    call = encounter("e", "2026-11-25 22:30:00", mode=Mode.CALL, agreed=agreed)
    log = contact("k", "2026-11-25 22:30:00", encounter="e", agreed=True)
    facts = case_file(encounters=[call], contacts=[log])
    assert breached(facts, RULE, **STANDARD, unless_agreed="yes") == closed


def test_hours_that_begin_where_they_end_leave_that_second_open() -> None:
    assert not passed("12:00:00", {"closed_from": "12:00", "closed_until": "12:00"})
    assert passed("12:00:01", {"closed_from": "12:00", "closed_until": "12:00"})
    assert passed("11:59:59", {"closed_from": "12:00", "closed_until": "12:00"})


def test_a_contact_logged_with_its_encounter_counts_once_and_can_begin_before_it() -> None:
    call = encounter("e", "2026-11-25 08:00:20", "2026-11-25 08:05:00", Mode.CALL)
    log = contact("k", "2026-11-25 07:59:50", encounter="e", party="13800138000")
    (one,) = judged(case_file(encounters=[call], contacts=[log]), RULE, **EARLY)
    assert (one.subject, one.verdict) == ("e", Verdict.BREACHED)
    assert dict(one.facts)["local_time"] == "07:59:50"
    assert dict(one.facts)["ended_time"] == "08:05:00"


def test_a_contact_of_another_kind_that_came_meanwhile_is_another_one() -> None:
    door = encounter("e", "2026-11-25 20:00:00", "2026-11-25 20:30:00")
    text = contact("k", "2026-11-25 20:10:00", ContactKind.SMS, encounter="e")
    facts = case_file(encounters=[door], contacts=[text])
    assert verdicts(facts, RULE, **LATE) == {"e": Verdict.KEPT, "k": Verdict.KEPT}


def test_a_recorded_call_that_the_user_made_is_not_judged() -> None:
    call = encounter("e", "2026-11-25 23:00:00", "2026-11-25 23:05:00", Mode.CALL)
    log = contact("k", "2026-11-25 23:00:00", encounter="e", outgoing=True)
    assert judged(case_file(encounters=[call], contacts=[log]), RULE, **LATE) == []


def test_who_else_was_reached_is_among_the_facts() -> None:
    log = contact("k", "2026-11-25 23:00:00", reached=Reached.FAMILY)
    (one,) = judged(case_file(contacts=[log]), RULE, **LATE)
    assert dict(one.facts)["reached"] == "family"


def test_a_length_that_cannot_be_is_still_judged() -> None:
    assert passed("12:00:00", LATE, length_s=10**15)
    assert not passed("12:00:00", LATE, length_s=-5)
