"""People: the company's names on their papers, the letter's last day, and whose paper came first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from evidencedesk.domain.case import (
    CaseFile,
    Collector,
    CollectorCard,
    Document,
    Encounter,
    Note,
    Shown,
    Verdict,
)
from evidencedesk.domain.moment import Moment
from fakes.judged_cases import CASE, case_file, encounter, judged, moment, verdicts

NAMES = "names-match"
LETTER = "letter-in-date"
ORDER = "identity-order"
FULL = "深圳鑫诚资产管理(集团)有限公司"
LICENCE, LETTER_OF, WORK_ID, ID_CARD = (
    Document.LICENCE,
    Document.AUTHORISATION,
    Document.WORK_ID,
    Document.ID_CARD,
)


def with_card(
    card: CollectorCard,
    opened: Encounter | None = None,
    moments: Iterable[tuple[Document, Moment]] = (),
    notes: Iterable[Note] = (),
) -> CaseFile:
    door = opened or encounter("e", "2026-11-25 19:00:00", "2026-11-25 19:30:00")
    person = Collector("p", CASE, door.id, card, moment("2026-11-26 09:00:00"), tuple(moments))
    return replace(case_file(encounters=[door]), collectors=(person,), notes=tuple(notes))


@pytest.mark.parametrize(
    ("said", "papers", "verdict"),
    [
        ("", {}, Verdict.NOT_SEEN),
        (FULL, {}, Verdict.NOT_SEEN),
        ("", {LICENCE: FULL}, Verdict.NOT_SEEN),
        ("", {LICENCE: FULL, LETTER_OF: "  "}, Verdict.NOT_SEEN),
        ("", {LICENCE: FULL, LETTER_OF: FULL}, Verdict.KEPT),
        ("", {LICENCE: FULL, LETTER_OF: FULL, WORK_ID: FULL}, Verdict.KEPT),
        ("", {LICENCE: FULL, LETTER_OF: "深圳鑫诚资产管理（集团）有限公司"}, Verdict.KEPT),
        ("", {LICENCE: FULL, LETTER_OF: "深圳鑫诚资产管理【集团】有限公司"}, Verdict.KEPT),
        ("", {LICENCE: FULL, LETTER_OF: " 深圳鑫诚 资产管理(集团)　有限公司 "}, Verdict.KEPT),
        ("", {LICENCE: "ABC Ltd", LETTER_OF: "ＡＢＣ LTD"}, Verdict.KEPT),
        ("", {LICENCE: FULL, LETTER_OF: "深圳鑫城资产管理(集团)有限公司"}, Verdict.BREACHED),
        ("", {LICENCE: FULL, LETTER_OF: FULL, WORK_ID: "鑫诚"}, Verdict.BREACHED),
        (FULL, {LICENCE: FULL}, Verdict.KEPT),
        ("鑫诚", {LICENCE: FULL}, Verdict.KEPT),
        ("诚", {LICENCE: FULL}, Verdict.BREACHED),
        ("恒信", {LICENCE: FULL}, Verdict.BREACHED),
        ("鑫诚", {LICENCE: FULL, LETTER_OF: "恒信咨询"}, Verdict.BREACHED),
        (FULL, {ID_CARD: "张三"}, Verdict.NOT_SEEN),
    ],
)
def test_the_companys_name(said: str, papers: Mapping[Document, str], verdict: Verdict) -> None:
    card = CollectorCard(organisation=said, names_on=tuple(papers.items()))
    assert verdicts(with_card(card), NAMES) == {"p": verdict}


def test_names_are_told_as_they_were_written_down() -> None:
    card = CollectorCard(organisation="恒信", names_on=((LICENCE, "ＡＢＣ（深圳）"),))
    (one,) = judged(with_card(card), NAMES)
    assert dict(one.facts) == {"licence": "ＡＢＣ（深圳）", "organisation": "恒信"}
    assert one.encounter == "e"


@pytest.mark.parametrize(
    ("until", "verdict"),
    [
        ("", Verdict.NOT_SEEN),
        ("to the end of the year", Verdict.NOT_SEEN),
        ("2026-11-24", Verdict.BREACHED),
        ("2026-11-25", Verdict.KEPT),
        ("2026-11-26", Verdict.KEPT),
    ],
)
def test_the_letters_last_day_still_counts(until: str, verdict: Verdict) -> None:
    assert verdicts(with_card(CollectorCard(letter_until=until)), LETTER) == {"p": verdict}


@pytest.mark.parametrize(("offset", "verdict"), [(480, Verdict.BREACHED), (0, Verdict.KEPT)])
def test_the_day_of_the_visit_is_the_local_one(offset: int, verdict: Verdict) -> None:
    # 17:00 UTC on the 25th is the 26th in China.
    opened = replace(moment("2026-11-25 17:00:00", 0), offset_minutes=offset)
    facts = with_card(CollectorCard(letter_until="2026-11-25"), encounter("e", opened))
    assert verdicts(facts, LETTER) == {"p": verdict}


def showed_mine(at: Moment) -> Note:
    return Note("n", CASE, "e", None, None, "", "showed-id", at)


def card_with(**ways: Shown) -> CollectorCard:
    return CollectorCard(documents=tuple((Document(name), way) for name, way in ways.items()))


AT_TEN = moment("2026-11-25 19:10:00")
BEFORE, SAME, AFTER = (moment(f"2026-11-25 {clock}") for clock in ("19:09:59", "19:10:00", "19:10:01"))
NEXT_DAY = moment("2026-11-26 09:00:00")


@pytest.mark.parametrize(
    ("card", "shown", "verdict"),
    [
        (card_with(work_id=Shown.UNASKED), [(WORK_ID, BEFORE)], Verdict.KEPT),
        (card_with(work_id=Shown.WHEN_ASKED), [(WORK_ID, SAME)], Verdict.KEPT),
        (card_with(work_id=Shown.WHEN_ASKED), [(WORK_ID, AFTER)], Verdict.BREACHED),
        (card_with(authorisation=Shown.UNASKED), [(LETTER_OF, BEFORE)], Verdict.KEPT),
        (card_with(authorisation=Shown.UNASKED), [(LETTER_OF, AFTER)], Verdict.BREACHED),
        # One of the two is enough, and the earlier one counts.
        (
            card_with(work_id=Shown.UNASKED, authorisation=Shown.UNASKED),
            [(WORK_ID, AFTER), (LETTER_OF, BEFORE)],
            Verdict.KEPT,
        ),
        # A licence is the company's and says nothing about the person.
        (card_with(licence=Shown.UNASKED), [(LICENCE, BEFORE)], Verdict.NOT_SEEN),
        (card_with(work_id=Shown.REFUSED), [(WORK_ID, BEFORE)], Verdict.BREACHED),
        (card_with(work_id=Shown.NOT_ASKED), [(WORK_ID, BEFORE)], Verdict.NOT_SEEN),
        (card_with(), [], Verdict.NOT_SEEN),
        # Written down the next day: it may have been shown at any time.
        (card_with(work_id=Shown.UNASKED), [(WORK_ID, NEXT_DAY)], Verdict.NOT_SEEN),
    ],
)
def test_their_paper_comes_before_the_users(
    card: CollectorCard, shown: list[tuple[Document, Moment]], verdict: Verdict
) -> None:
    facts = with_card(card, moments=shown, notes=[showed_mine(AT_TEN)])
    assert verdicts(facts, ORDER, marker="showed-id") == {"e": verdict}


def test_without_the_users_mark_the_order_is_no_matter() -> None:
    facts = with_card(card_with(work_id=Shown.UNASKED), moments=[(WORK_ID, AFTER)])
    assert judged(facts, ORDER, marker="showed-id") == []


@pytest.mark.parametrize(("boot", "verdict"), [("boot", Verdict.KEPT), ("other", Verdict.BREACHED)])
def test_the_steady_clock_decides_where_it_can(boot: str, verdict: Verdict) -> None:
    # The wall clock was set back by an hour between the two: by it the user was first.
    theirs = moment("2026-11-25 19:20:00", boot=boot, mono_s=100)
    own = moment("2026-11-25 19:10:00", mono_s=200)
    door = encounter("e", moment("2026-11-25 19:00:00", mono_s=0), moment("2026-11-25 19:40:00", mono_s=900))
    facts = with_card(card_with(work_id=Shown.UNASKED), door, [(WORK_ID, theirs)], [showed_mine(own)])
    assert verdicts(facts, ORDER, marker="showed-id") == {"e": verdict}


def test_the_facts_name_both_times() -> None:
    facts = with_card(
        card_with(work_id=Shown.UNASKED), moments=[(WORK_ID, AFTER)], notes=[showed_mine(AT_TEN)]
    )
    (one,) = judged(facts, ORDER, marker="showed-id")
    assert dict(one.facts) == {
        "local_time": "19:10:00",
        "marker": "showed-id",
        "note": "n",
        "their_paper_time": "19:10:01",
    }


def test_at_the_same_moment_of_two_boots_the_user_was_not_first() -> None:
    theirs = moment("2026-11-25 19:10:00", boot="other")
    facts = with_card(card_with(work_id=Shown.UNASKED), None, [(WORK_ID, theirs)], [showed_mine(AT_TEN)])
    assert verdicts(facts, ORDER, marker="showed-id") == {"e": Verdict.KEPT}
