"""The guidance's steps: what a case speaks for, what waits, and where the numbers come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import evidencedesk.guidance.step_path as module
from evidencedesk.domain.agenda import Reason, Suggestion, Waits
from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    CaseFile,
    FollowUp,
    FollowUpDetails,
    Progress,
    Reached,
    Step,
    Tick,
    Verdict,
)
from evidencedesk.domain.debt import Claim, ClaimDetails
from evidencedesk.guidance.judge import judge
from evidencedesk.guidance.loader import load_packs
from evidencedesk.guidance.step_path import NEGOTIATING, PATH, agenda, reminders, suggestions
from evidencedesk.system.resources import resource
from fakes.judged_cases import CASE, case_file, contact, encounter, moment, pack_with

PACKS = tuple(one for one in load_packs(resource("packs")) if one.id.startswith("cn-"))
AT = moment("2026-11-25 10:00:00")


def step(
    kind: Step,
    progress: Progress = Progress.DONE,
    name: str = "f-1",
    *,
    withdrawn: bool = False,
    **facts: str,
) -> FollowUp:
    details = FollowUpDetails(
        kind,
        AT.utc,
        AT.offset_minutes,
        progress=progress,
        **facts,  # type: ignore[arg-type]
    )
    return FollowUp(name, CASE, None, None, None, None, details, AT, withdrawn=withdrawn)


def breach(pack: str, item: str, verdict: Verdict = Verdict.BREACHED) -> Tick:
    return Tick(f"t-{item}", CASE, "e", None, None, pack, "1.0", item, verdict, automatic=False, moment=AT)


def advised(facts: CaseFile) -> dict[Step, Suggestion]:
    return {one.step: one for one in suggestions(facts, PACKS) if one.reason is not None}


def test_a_new_case_is_told_to_ask_for_bill_and_contract_and_nothing_else() -> None:
    found = advised(case_file())
    assert {kind: one.reason for kind, one in found.items()} == {Step.REQUEST_PAPERS: Reason.NO_BILL}


@pytest.mark.parametrize("kind", [AttachmentKind.BILL, AttachmentKind.CONTRACT])
def test_who_has_the_papers_need_not_ask_for_them(kind: AttachmentKind) -> None:
    paper = Attachment("a", CASE, None, "b.pdf", "b.pdf", 1, "00" * 32, AT, kind=kind)
    assert advised(replace(case_file(), attachments=(paper,))) == {}


def test_breaches_speak_for_a_complaint_at_the_number_of_the_packs() -> None:
    ticks = (breach("cn-article-2025", "shows-work-id"), breach("cn-article-2025", "not-after-21"))
    found = advised(replace(case_file(encounters=[encounter("e", "2026-11-25 09:00:00")]), ticks=ticks))
    complaint = found[Step.COMPLAINT]
    assert (complaint.reason, complaint.count) == (Reason.BREACHES, 2)
    assert complaint.hotlines[0].number == "12378"
    assert found[Step.LEGAL_HELP].hotlines[0].number == "12348"
    assert Step.POLICE_REPORT not in found


def test_what_a_law_forbids_speaks_for_the_police_and_the_users_own_duties_do_not() -> None:
    law = breach("cn-statutes", "no-threats-to-safety")
    mine = breach("cn-article-2025", "keep-evidence")
    found = advised(replace(case_file(), ticks=(law, mine)))
    assert (found[Step.POLICE_REPORT].reason, found[Step.POLICE_REPORT].count) == (Reason.LAW_BREACHES, 1)
    assert found[Step.COMPLAINT].count == 1


def test_contacts_that_reached_others_speak_for_a_demand() -> None:
    calls = [
        contact("k1", "2026-11-24 09:00:00", reached=Reached.FAMILY),
        contact("k2", "2026-11-24 10:00:00", reached=Reached.WORK, outgoing=True),
    ]
    found = advised(case_file(contacts=calls))
    assert (found[Step.DEMAND].reason, found[Step.DEMAND].count) == (Reason.OTHERS_REACHED, 1)
    assert found[Step.DATA_REQUEST].count == 1


def test_a_sum_that_was_demanded_speaks_for_a_dispute_and_the_dispute_for_a_recheck() -> None:
    details = ClaimDetails("18600", AT.utc, AT.offset_minutes)
    claims = (Claim("c", CASE, None, None, None, None, details, AT),)
    facts = replace(case_file(), claims=claims)
    assert advised(facts)[Step.DISPUTE].reason is Reason.CLAIMED
    assert Step.RECHECK not in advised(facts)
    disputed = advised(replace(facts, follow_ups=(step(Step.DISPUTE),)))
    assert Step.DISPUTE not in disputed
    assert disputed[Step.RECHECK].reason is Reason.DISPUTED
    planned = replace(facts, follow_ups=(step(Step.DISPUTE, Progress.PLANNED),))
    assert Step.RECHECK not in advised(planned), "it is not disputed yet"


def test_a_step_that_was_begun_is_suggested_no_more_unless_it_was_taken_back() -> None:
    begun = replace(case_file(), follow_ups=(step(Step.REQUEST_PAPERS, Progress.PLANNED),))
    assert Step.REQUEST_PAPERS not in {one.step for one in suggestions(begun, PACKS)}
    back = replace(case_file(), follow_ups=(step(Step.REQUEST_PAPERS, withdrawn=True),))
    assert Step.REQUEST_PAPERS in advised(back)


def test_nothing_in_a_case_leads_to_a_plan_by_itself() -> None:
    ticks = (breach("cn-article-2025", "shows-work-id"), breach("cn-statutes", "no-threats-to-safety"))
    assert not NEGOTIATING & set(advised(replace(case_file(), ticks=ticks)))


def test_every_line_of_the_path_stands_in_a_pack() -> None:
    known = {item.id for pack in PACKS for item in pack.items}
    assert {name for names in PATH.values() for name in names} <= known


def test_no_number_to_call_stands_in_the_code() -> None:
    numbers = {one.number for pack in PACKS for one in pack.hotlines}
    text = Path(module.__file__).read_text(encoding="utf-8")
    assert not [number for number in numbers if f'"{number}"' in text]


def test_without_packs_the_path_is_there_and_names_no_number() -> None:
    found = suggestions(case_file(), ())
    assert [one.step for one in found] == list(PATH)
    assert not any(one.items or one.hotlines for one in found)


def test_what_waits_stands_by_its_day() -> None:
    facts = replace(
        case_file(),
        follow_ups=(
            step(Step.COMPLAINT, name="f-1", due="2026-12-20"),
            step(Step.DISPUTE, Progress.PLANNED, "f-2"),
            step(Step.COURT_PAPERS, name="f-3", due="2026-12-10"),
            step(Step.RECHECK, Progress.ANSWERED, "f-4", due="2026-12-01"),
            step(Step.DEMAND, Progress.CLOSED, "f-5", due="2026-12-02", remind="2026-12-02"),
            step(Step.LEGAL_HELP, name="f-6"),
        ),
    )
    assert [(one.step.id, one.waits, one.day) for one in agenda(facts)] == [
        ("f-2", Waits.TO_DO, date(2026, 11, 25)),
        ("f-3", Waits.PAPER, date(2026, 12, 10)),
        ("f-1", Waits.ANSWER, date(2026, 12, 20)),
    ]


def test_reminders_stand_beside_the_days_themselves() -> None:
    asked = step(Step.COMPLAINT, due="2026-12-20", remind="2026-12-18")
    later = step(Step.RECHECK, Progress.ANSWERED, "f-2", remind="2026-12-19")
    found = reminders(replace(case_file(), follow_ups=(asked, later)))
    assert [(one.step.id, one.waits, one.day.day) for one in found] == [
        ("f-1", Waits.REMINDER, 18),
        ("f-2", Waits.REMINDER, 19),
        ("f-1", Waits.ANSWER, 20),
    ]


def test_a_payment_that_is_only_planned_needs_no_receipt_yet() -> None:
    pack = pack_with("receipt-per-payment")
    for progress, results in ((Progress.PLANNED, 0), (Progress.DONE, 1)):
        facts = replace(case_file(), follow_ups=(step(Step.PAYMENT, progress, amount="100"),))
        assert len(judge(pack, facts)) == results


def test_a_call_can_be_written_down_as_often_as_one_was_made() -> None:
    called = replace(case_file(), follow_ups=(step(Step.CALL), step(Step.DISPUTE, name="f-2")))
    offered = {one.step: one for one in suggestions(called, PACKS)}
    assert [item.id for item in offered[Step.CALL].items] == ["call-platform-hotline"]
    assert Step.DISPUTE not in offered
