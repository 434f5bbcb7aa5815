"""What did not keep to the rules is in the journal once, with its grounds, and leaves when they are gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import Case, CollectorCard, ContactDetails, ContactKind, Document, Tick, Verdict
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.judgement import judgement_of
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Check, CheckKind, Helper, Who
from evidencedesk.guidance.live import hours_now
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.describe_collector import add_collector, change_collector
from evidencedesk.workflows.describe_encounter import describe_encounter
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.judge_case import KeptJudgements, judgements, keep_judgements
from evidencedesk.workflows.log_contact import change_contact, log_contact, withdraw_contact
from evidencedesk.workflows.tick_item import taken_back, tick_item, withdraw_tick
from fakes.judged_cases import item, pack_of, pack_with
from fakes.pack_shelves import with_packs

HOURS = pack_with("contact-hours", closed_from="21:00", closed_until="08:00")
TEAM = pack_with("visit-team-size", name="cn-team", least="2")
LATE = ContactDetails(ContactKind.CALL, "2026-11-25T13:30:00.000000Z", 480)  # 21:30 in China
IN_TIME = replace(LATE, begun_utc="2026-11-25T12:30:00.000000Z")


class Midday(SystemClock):
    """The time between twelve and one in China: no rule about hours minds it."""

    def now(self) -> Moment:
        now = super().now()
        return replace(now, utc=f"2026-11-25T04{now.utc[13:]}", offset_minutes=480)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "library", Midday()) as opened:
        yield opened


def judging(desk: Desk) -> Desk:
    return with_packs(desk, HOURS, TEAM)


@pytest.fixture
def encounter(desk: Desk, case: Case) -> str:
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-00000001", "mode": "visit"})])
    describe_encounter(desk, case.id, "e-00000001", 1, None)
    return "e-00000001"


def standing(desk: Desk, case: Case, pack: str = HOURS.id) -> list[Tick]:
    ticks = desk.store.case_file(case.id).ticks
    return [tick for tick in ticks if not tick.withdrawn and tick.pack == pack]


def count(desk: Desk, case: Case) -> int:
    return len(list(desk.store.events(case.id)))


def test_a_breach_is_kept_with_its_rule_and_its_facts(desk: Desk, case: Case) -> None:
    logged = log_contact(desk, case.id, LATE)
    keep_judgements(judging(desk), case.id)
    (tick,) = standing(desk, case)
    assert (tick.automatic, tick.rule, tick.subject) == (True, "contact-hours", logged.id)
    assert (tick.item, tick.verdict, tick.pack_version) == ("the-item", Verdict.BREACHED, "1.0")
    assert dict(tick.facts)["local_time"] == "21:30:00"
    (judged,) = judgements(judging(desk), case.id)
    assert judgement_of(tick) == judged


def test_what_kept_to_the_rules_is_no_event(desk: Desk, case: Case) -> None:
    log_contact(desk, case.id, IN_TIME)
    before = count(desk, case)
    assert keep_judgements(judging(desk), case.id).set == ()
    assert count(desk, case) == before


def test_looking_again_changes_nothing(desk: Desk, case: Case, encounter: str) -> None:
    log_contact(desk, case.id, LATE)
    assert keep_judgements(judging(desk), case.id).set
    before = count(desk, case)
    again = keep_judgements(judging(desk), case.id)
    assert (again.set, again.withdrawn) == ((), ())
    assert count(desk, case) == before


def test_two_rules_about_one_person_stand_side_by_side_and_once(
    desk: Desk, case: Case, encounter: str
) -> None:
    check = Check(CheckKind.TICK, helpers=(Helper("names-match"), Helper("letter-in-date")))
    letters = with_packs(desk, pack_of(item("letter", check)))
    card = CollectorCard(
        organisation="恒信", names_on=((Document.LICENCE, "鑫诚"),), letter_until="2020-01-01"
    )
    person = add_collector(desk, case.id, encounter, card)
    assert len(keep_judgements(letters, case.id).set) == 2
    assert keep_judgements(letters, case.id).set == ()
    change_collector(desk, case.id, person.id, replace(card, letter_until=""))
    keep_judgements(letters, case.id)
    assert [tick.rule for tick in standing(desk, case)] == ["names-match"]


def test_a_corrected_time_withdraws_the_breach(desk: Desk, case: Case) -> None:
    logged = log_contact(desk, case.id, LATE)
    (tick,) = keep_judgements(judging(desk), case.id).set
    change_contact(desk, case.id, logged.id, IN_TIME)
    assert keep_judgements(judging(desk), case.id).withdrawn == (tick.id,)
    assert standing(desk, case) == []
    assert [t.withdrawn for t in desk.store.case_file(case.id).ticks] == [True]


def test_a_contact_taken_back_takes_its_breach_with_it(desk: Desk, case: Case) -> None:
    logged = log_contact(desk, case.id, LATE)
    keep_judgements(judging(desk), case.id)
    withdraw_contact(desk, case.id, logged.id)
    assert len(keep_judgements(judging(desk), case.id).withdrawn) == 1


def test_other_facts_for_the_same_breach_are_another_tick(desk: Desk, case: Case) -> None:
    logged = log_contact(desk, case.id, LATE)
    (first,) = keep_judgements(judging(desk), case.id).set
    change_contact(desk, case.id, logged.id, replace(LATE, begun_utc="2026-11-25T13:40:00.000000Z"))
    kept = keep_judgements(judging(desk), case.id)
    assert kept.withdrawn == (first.id,)
    (tick,) = standing(desk, case)
    assert dict(tick.facts)["local_time"] == "21:40:00"


def test_a_breach_of_an_encounter_names_no_subject(desk: Desk, case: Case, encounter: str) -> None:
    keep_judgements(judging(desk), case.id)
    (tick,) = standing(desk, case, TEAM.id)
    assert (tick.encounter, tick.subject) == (encounter, "")
    describe_encounter(desk, case.id, encounter, 2, None)
    keep_judgements(judging(desk), case.id)
    assert standing(desk, case, TEAM.id) == []


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.BREACHED, Verdict.NOT_SEEN])
def test_the_users_own_tick_wins(desk: Desk, case: Case, encounter: str, verdict: Verdict) -> None:
    own = tick_item(desk, case.id, encounter, TEAM, "the-item", verdict)
    assert keep_judgements(judging(desk), case.id).set == ()
    assert [tick.id for tick in standing(desk, case, TEAM.id)] == [own.id]


def test_the_users_later_tick_withdraws_the_automatic_one_until_it_is_taken_back(
    desk: Desk, case: Case, encounter: str
) -> None:
    keep_judgements(judging(desk), case.id)
    own = tick_item(desk, case.id, encounter, TEAM, "the-item", Verdict.KEPT)
    keep_judgements(judging(desk), case.id)
    assert [tick.id for tick in standing(desk, case, TEAM.id)] == [own.id]
    withdraw_tick(desk, case.id, own.id)
    keep_judgements(judging(desk), case.id)
    assert [tick.automatic for tick in standing(desk, case, TEAM.id)] == [True]


@pytest.mark.parametrize(("subject", "automatic"), [("2026-11-25", 0), ("2026-11-24", 1), ("", 1)])
def test_outside_encounters_the_users_tick_wins_for_its_own_day(
    desk: Desk, case: Case, subject: str, automatic: int
) -> None:
    pack = pack_with("calls-connected-per-day", limit="1")
    for minute in (30, 40):
        log_contact(desk, case.id, replace(LATE, begun_utc=f"2026-11-25T10:{minute}:00.000000Z"))
    tick_item(desk, case.id, None, pack, "the-item", Verdict.KEPT, subject=subject)
    assert len(keep_judgements(with_packs(desk, pack), case.id).set) == automatic


def test_a_tick_of_a_pack_that_is_not_in_use_stays(desk: Desk, case: Case, encounter: str) -> None:
    log_contact(desk, case.id, LATE)
    keep_judgements(judging(desk), case.id)
    assert keep_judgements(with_packs(desk, TEAM), case.id).withdrawn == ()
    assert len(standing(desk, case)) == 1


def test_a_new_version_of_a_pack_does_not_tick_the_same_again(desk: Desk, case: Case) -> None:
    log_contact(desk, case.id, LATE)
    keep_judgements(judging(desk), case.id)
    newer = with_packs(desk, replace(HOURS, version="2.0"))
    assert keep_judgements(newer, case.id).set == ()
    (tick,) = standing(desk, case)
    assert tick.pack_version == "1.0"


def test_all_changes_of_one_look_are_one_moment(desk: Desk, case: Case, encounter: str) -> None:
    log_contact(desk, case.id, LATE)
    kept = keep_judgements(judging(desk), case.id)
    assert len(kept.set) == 2
    assert len({tick.moment for tick in kept.set}) == 1


def test_an_unknown_case_is_refused(desk: Desk) -> None:
    for ask in (judgements, keep_judgements):
        with pytest.raises(Known) as raised:
            ask(judging(desk), "c-nothing")
        assert raised.value.code is Code.UNKNOWN_CASE


def test_a_breach_noted_at_its_second_keeps_its_second(desk: Desk, case: Case) -> None:
    night = pack_with("contact-hours", closed_from="00:00", closed_until="23:59")
    facts = (("closed_from", "00:00"), ("local_time", "12:00:00"))
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-00000001", "mode": "visit"})])
    noted = tick_item(
        desk,
        case.id,
        "e-00000001",
        night,
        "the-item",
        Verdict.BREACHED,
        "r-00000001",
        4_000,
        automatic=True,
        rule="contact-hours",
        facts=facts,
    )
    kept = keep_judgements(with_packs(desk, night), case.id)
    assert (kept.set, kept.withdrawn) == ((), ())
    own = tick_item(desk, case.id, "e-00000001", night, "the-item", Verdict.KEPT)
    assert keep_judgements(with_packs(desk, night), case.id).withdrawn == (noted.id,)
    assert [tick.id for tick in standing(desk, case, night.id)] == [own.id]


def refused(desk: Desk, case: Case) -> tuple[str, Tick]:
    """A late call whose breach the user took back."""
    logged = log_contact(desk, case.id, LATE)
    (tick,) = keep_judgements(judging(desk), case.id).set
    withdraw_tick(desk, case.id, tick.id)
    return logged.id, tick


def test_what_the_user_took_back_stays_so(desk: Desk, case: Case) -> None:
    refused(desk, case)
    before = count(desk, case)
    again = keep_judgements(judging(desk), case.id)
    assert (again.set, again.withdrawn) == ((), ())
    assert count(desk, case) == before


def test_what_the_user_took_back_comes_again_with_other_facts_and_not_with_the_same(
    desk: Desk, case: Case
) -> None:
    contact, _ = refused(desk, case)
    change_contact(desk, case.id, contact, replace(LATE, begun_utc="2026-11-25T13:40:00.000000Z"))
    assert len(keep_judgements(judging(desk), case.id).set) == 1
    change_contact(desk, case.id, contact, LATE)
    assert keep_judgements(judging(desk), case.id).set == ()
    assert standing(desk, case) == []


def test_what_was_withdrawn_for_its_facts_comes_again_with_them(desk: Desk, case: Case) -> None:
    logged = log_contact(desk, case.id, LATE)
    keep_judgements(judging(desk), case.id)
    change_contact(desk, case.id, logged.id, IN_TIME)
    keep_judgements(judging(desk), case.id)
    change_contact(desk, case.id, logged.id, LATE)
    assert len(keep_judgements(judging(desk), case.id).set) == 1


def test_the_journal_says_who_withdrew(desk: Desk, case: Case) -> None:
    _, by_user = refused(desk, case)
    other = log_contact(desk, case.id, LATE)
    (tick,) = keep_judgements(judging(desk), case.id).set
    withdraw_contact(desk, case.id, other.id)
    keep_judgements(judging(desk), case.id)
    told = [one.data for one in desk.store.events_of(case.id, EventType.TICK_WITHDRAWN)]
    assert told == [{"tick": by_user.id}, {"tick": tick.id, "automatic": True}]
    assert taken_back(desk.store, case.id) == {by_user.id}


@pytest.mark.parametrize("facts", [(), (("local_time", "22:00:00"),), None])
@pytest.mark.parametrize("rule", ["", "contact-hours"])
def test_a_live_mark_that_was_taken_back_stays_so_whatever_its_version_noted(
    desk: Desk, case: Case, rule: str, facts: tuple[tuple[str, str], ...] | None
) -> None:
    night = pack_with("contact-hours", closed_from="00:00", closed_until="23:59")
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-00000001", "mode": "visit"})])
    visit = desk.store.encounter("e-00000001")
    assert visit is not None
    (now,) = hours_now([night], visit, desk.clock.now())
    noted = tick_item(
        desk,
        case.id,
        visit.id,
        night,
        "the-item",
        Verdict.BREACHED,
        "r-00000001",
        4_000,
        automatic=True,
        rule=rule,
        facts=now.facts if facts is None else facts,
    )
    assert keep_judgements(with_packs(desk, night), case.id) == KeptJudgements()
    withdraw_tick(desk, case.id, noted.id)
    desk.store.append(case.id, [(EventType.ENCOUNTER_CLOSED, {"encounter": visit.id})])
    assert keep_judgements(with_packs(desk, night), case.id) == KeptJudgements()


def test_threads_that_look_at_once_keep_each_breach_once(desk: Desk, case: Case) -> None:
    contacts = [
        log_contact(desk, case.id, replace(LATE, begun_utc=f"2026-11-{day:02}T13:30:00.000000Z"))
        for day in range(1, 21)
    ]
    at_once(4, lambda: keep_judgements(judging(desk), case.id))
    assert len(standing(desk, case)) == len(contacts)
    for contact in contacts:
        withdraw_contact(desk, case.id, contact.id)
    at_once(4, lambda: keep_judgements(judging(desk), case.id))
    withdrawals = desk.store.events_of(case.id, EventType.TICK_WITHDRAWN)
    assert len(withdrawals) == len({one.data["tick"] for one in withdrawals}) == len(contacts)


def at_once(threads: int, work: Callable[[], object]) -> None:
    gate = threading.Barrier(threads)

    def go() -> None:
        gate.wait()
        work()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(go) for _ in range(threads)]:
            done.result()


def test_what_the_user_left_undone_is_no_evidence(desk: Desk, case: Case, encounter: str) -> None:
    check = Check(CheckKind.AUTOMATIC, "evidence-linked")
    mine = with_packs(desk, pack_of(replace(item("photo", check), who=Who.USER)))
    assert [one.verdict for one in judgements(mine, case.id)] == [Verdict.BREACHED]
    assert keep_judgements(mine, case.id).set == ()
