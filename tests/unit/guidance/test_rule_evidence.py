"""The user's own evidence: kept at all, kept before cooperating, a receipt for each payment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from evidencedesk.domain.case import (
    Attachment,
    AttachmentKind,
    CaseFile,
    Collector,
    CollectorCard,
    Contact,
    ContactKind,
    FollowUp,
    FollowUpDetails,
    ImportedSound,
    Recording,
    RecordingState,
    Step,
    Tick,
    Verdict,
)
from fakes.judged_cases import CASE, case_file, contact, encounter, judged, moment, verdicts

LINKED = "evidence-linked"
FIRST = "evidence-first"
RECEIPT = "receipt-per-payment"
BEGUN = "2026-11-25 19:00:00"
MADE = moment(BEGUN)


def recording(started: str = BEGUN, samples: int | None = 8000, of: str = "e") -> Recording:
    return Recording(
        "r",
        CASE,
        of,
        RecordingState.STOPPED,
        moment(started),
        "",
        8000,
        1,
        simulated=False,
        file="audio.flac",
        samples=samples,
    )


def photo(
    taken_in: str = BEGUN,
    of: str | None = "e",
    *,
    collector: str | None = None,
    contact: str | None = None,
    follow_up: str | None = None,
) -> Attachment:
    return Attachment(
        "a",
        CASE,
        of,
        "p.jpg",
        "p.jpg",
        1,
        "",
        moment(taken_in),
        collector=collector,
        contact=contact,
        follow_up=follow_up,
    )


def film(taken_in: str = BEGUN) -> ImportedSound:
    at = moment(taken_in)
    return ImportedSound("i", CASE, "e", "f.mp4", "f.mp4", 1, "", None, "", None, None, None, "", at)


def step(kind: Step = Step.PAYMENT, *, of: str | None = None, withdrawn: bool = False) -> FollowUp:
    details = FollowUpDetails(kind, MADE.utc, MADE.offset_minutes, amount="1280.50")
    return FollowUp("f", CASE, of, None, None, None, details, MADE, withdrawn=withdrawn)


def door(
    recordings: Iterable[Recording] = (),
    attachments: Iterable[Attachment] = (),
    imported: Iterable[ImportedSound] = (),
    contacts: Iterable[Contact] = (),
) -> CaseFile:
    return replace(
        case_file(encounters=[encounter("e", BEGUN, "2026-11-25 19:30:00")], contacts=contacts),
        recordings=tuple(recordings),
        attachments=tuple(attachments),
        imported=tuple(imported),
        collectors=(
            Collector("p", CASE, "e", CollectorCard(), MADE),
            Collector("q", CASE, "another", CollectorCard(), MADE),
        ),
    )


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (door(), Verdict.BREACHED),
        (door([recording()]), Verdict.KEPT),
        (door([recording(samples=None)]), Verdict.KEPT),  # it still runs
        (door([recording(samples=0)]), Verdict.BREACHED),  # nothing was recorded
        (door([recording(of="another")]), Verdict.BREACHED),
        (door(attachments=[photo()]), Verdict.KEPT),
        (door(attachments=[photo(of=None)]), Verdict.BREACHED),
        (door(attachments=[photo(of=None, collector="p")]), Verdict.KEPT),
        (door(attachments=[photo(of=None, collector="q")]), Verdict.BREACHED),  # another encounter's person
        (door(imported=[film()]), Verdict.KEPT),
        (
            door(
                attachments=[photo(of=None, contact="k")],
                contacts=[contact("k", BEGUN, ContactKind.SMS, encounter="e")],
            ),
            Verdict.KEPT,
        ),
        (
            door(
                attachments=[photo(of=None, contact="k")],
                contacts=[contact("k", BEGUN, ContactKind.SMS)],
            ),
            Verdict.BREACHED,
        ),
        (
            replace(door(attachments=[photo(of=None, follow_up="f")]), follow_ups=(step(of="e"),)),
            Verdict.KEPT,
        ),
        (replace(door(attachments=[photo(of=None, follow_up="f")]), follow_ups=(step(),)), Verdict.BREACHED),
    ],
)
def test_an_encounter_has_something_that_shows_it(facts: CaseFile, verdict: Verdict) -> None:
    assert verdicts(facts, LINKED)["e"] is verdict


def cooperated(
    at: str = "2026-11-25 19:10:00",
    verdict: Verdict = Verdict.KEPT,
    item: str = "cooperate",
    pack: str = "cn-test",
    *,
    withdrawn: bool = False,
) -> Tick:
    return Tick(
        "t",
        CASE,
        "e",
        None,
        None,
        pack,
        "1.0",
        item,
        verdict,
        automatic=False,
        moment=moment(at),
        withdrawn=withdrawn,
    )


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (door(), Verdict.BREACHED),
        (door([recording("2026-11-25 19:09:59")]), Verdict.KEPT),
        (door([recording("2026-11-25 19:10:00")]), Verdict.KEPT),
        (door([recording("2026-11-25 19:10:01")]), Verdict.BREACHED),
        (door(attachments=[photo("2026-11-25 19:09:59")]), Verdict.KEPT),
        # A photo that was taken in later may have been made before.
        (door(attachments=[photo("2026-11-25 19:10:01")]), Verdict.NOT_SEEN),
        (door(imported=[film("2026-11-26 09:00:00")]), Verdict.NOT_SEEN),
        (door([recording("2026-11-25 19:00:00")], [photo("2026-11-26 09:00:00")]), Verdict.KEPT),
    ],
)
def test_evidence_comes_before_cooperation(facts: CaseFile, verdict: Verdict) -> None:
    assert verdicts(replace(facts, ticks=(cooperated(),)), FIRST, item="cooperate") == {"e": verdict}


@pytest.mark.parametrize(
    "tick",
    [
        None,
        cooperated(verdict=Verdict.NOT_SEEN),
        cooperated(item="another"),
        cooperated(pack="us-test"),
        cooperated(withdrawn=True),
    ],
)
def test_whoever_did_not_say_so_did_not_cooperate(tick: Tick | None) -> None:
    assert judged(replace(door(), ticks=(tick,) if tick else ()), FIRST, item="cooperate") == []


@pytest.mark.parametrize(
    ("attachments", "verdict"),
    [
        ([], Verdict.BREACHED),
        ([photo(follow_up="f")], Verdict.KEPT),
        ([photo(follow_up="another")], Verdict.BREACHED),
        ([photo()], Verdict.BREACHED),
    ],
)
def test_every_payment_has_its_receipt(attachments: list[Attachment], verdict: Verdict) -> None:
    facts = replace(case_file(), follow_ups=(step(),), attachments=tuple(attachments))
    assert verdicts(facts, RECEIPT) == {"f": verdict}


def test_the_payment_is_among_the_facts() -> None:
    (one,) = judged(replace(case_file(), follow_ups=(step(),)), RECEIPT)
    assert dict(one.facts) == {"amount": "1280.50", "local_day": "2026-11-25", "receipts": "0"}


@pytest.mark.parametrize("other", [step(Step.CALL), step(withdrawn=True)])
def test_calls_and_what_was_taken_back_need_no_receipt(other: FollowUp) -> None:
    assert judged(replace(case_file(), follow_ups=(other,)), RECEIPT) == []


@pytest.mark.parametrize(
    ("rule", "kind"), [("bill-kept", AttachmentKind.BILL), ("contract-kept", AttachmentKind.CONTRACT)]
)
def test_bill_and_contract_are_there_when_a_file_is_said_to_be_one(rule: str, kind: AttachmentKind) -> None:
    other = replace(photo(), kind=AttachmentKind.SMS)
    nobody_said = photo()
    assert verdicts(door(attachments=[other, nobody_said]), rule) == {"": Verdict.NOT_SEEN}
    assert verdicts(door(attachments=[other, replace(other, kind=kind)]), rule) == {"": Verdict.KEPT}
