"""The guidance's steps in their order, and which of them a case speaks for.

What a step is about and whom to call is read from the rule packs in use; here is only which of their lines
belong to which step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from evidencedesk.domain.agenda import Entry, Reason, Suggestion, entries_of, open_entry
from evidencedesk.domain.case import AttachmentKind, CaseFile, Progress, Reached, Step, Verdict
from evidencedesk.domain.rules import Hotline, RuleItem, RulePack, Status, Who
from evidencedesk.guidance.in_use import hotlines_in_use
from evidencedesk.guidance.standing import standing_ticks

# Ids of lines in rule packs; one that no pack in use has is passed over.
PATH: Mapping[Step, tuple[str, ...]] = {
    Step.CALL: ("call-platform-hotline",),
    Step.REQUEST_PAPERS: ("request-bill", "request-contract"),
    Step.DISPUTE: ("check-debt", "raise-dispute"),
    Step.RECHECK: ("apply-recheck",),
    Step.COMPLAINT: (
        "complain-financial-regulator",
        "complain-about-credit-record",
        "complain-market-supervision",
    ),
    Step.POLICE_REPORT: ("call-police", "police-must-answer", "report-within-six-months"),
    Step.LEGAL_HELP: ("consult-lawyer", "lawyer-represents"),
    Step.DEMAND: ("stop-and-apology",),
    Step.DATA_REQUEST: ("see-and-correct-data",),
    Step.CREDIT_OBJECTION: ("two-free-reports", "object-to-credit-record"),
    Step.PLAN_PROPOSED: ("negotiate-plan", "no-rush-full-payment"),
    Step.PLAN_AGREED: ("communicate-for-solution",),
    Step.PAYMENT: ("keep-receipts",),
    Step.COURT_PAPERS: (),
}
# Steps that can restart limitation: nothing leads to them in one touch, the caution comes first.
NEGOTIATING = frozenset({Step.PLAN_PROPOSED, Step.PLAN_AGREED, Step.PAYMENT})
_PAPERS = frozenset({AttachmentKind.BILL, AttachmentKind.CONTRACT})
_NUMBER = re.compile(r"[0-9]{3,12}")


def agenda(case_file: CaseFile) -> tuple[Entry, ...]:
    """What the steps of a case still wait for, the earliest first."""
    waiting = filter(None, map(open_entry, case_file.follow_ups))
    return tuple(sorted(waiting, key=lambda one: (one.day, one.step.id)))


def reminders(case_file: CaseFile) -> tuple[Entry, ...]:
    """Every day on which the user wants to hear of a step, or has to."""
    found = (entry for step in case_file.follow_ups for entry in entries_of(step))
    return tuple(sorted(found, key=lambda one: (one.day, one.step.id, one.waits)))


def suggestions(case_file: CaseFile, packs: Sequence[RulePack]) -> tuple[Suggestion, ...]:
    """Every step of the path that was not begun, in its order, with what speaks for it.

    Calls are made more than once. A practice case asks for none.
    """
    reasons = {} if case_file.practice else dict(_reasons(case_file, packs))
    begun = {one.details.step for one in case_file.follow_ups if not one.withdrawn} - {Step.CALL}
    return tuple(about(step, packs, *reasons.get(step, (None, 0))) for step in PATH if step not in begun)


def about(step: Step, packs: Sequence[RulePack], reason: Reason | None = None, count: int = 0) -> Suggestion:
    """What the packs in use say of a step."""
    items = tuple(_items(PATH.get(step, ()), packs))
    return Suggestion(step, reason, count, items, tuple(_named(items, hotlines_in_use(packs))))


def _reasons(case_file: CaseFile, packs: Sequence[RulePack]) -> Iterable[tuple[Step, tuple[Reason, int]]]:
    if not any(one.kind in _PAPERS for one in case_file.attachments):
        yield Step.REQUEST_PAPERS, (Reason.NO_BILL, 0)
    claims = sum(not one.withdrawn for one in case_file.claims)
    if claims:
        yield Step.DISPUTE, (Reason.CLAIMED, claims)
    done = {
        one.details.step
        for one in case_file.follow_ups
        if not one.withdrawn and one.details.progress is not Progress.PLANNED
    }
    if Step.DISPUTE in done:
        yield Step.RECHECK, (Reason.DISPUTED, 0)
    breaches, by_law = _breaches(case_file, packs)
    if breaches:
        yield Step.COMPLAINT, (Reason.BREACHES, breaches)
        yield Step.LEGAL_HELP, (Reason.BREACHES, breaches)
    if by_law:
        yield Step.POLICE_REPORT, (Reason.LAW_BREACHES, by_law)
    others = sum(
        one.details.reached not in (Reached.DEBTOR, Reached.GUARANTOR)
        and not one.withdrawn
        and not one.details.outgoing
        for one in case_file.contacts
    )
    if others:
        yield Step.DEMAND, (Reason.OTHERS_REACHED, others)
        yield Step.DATA_REQUEST, (Reason.OTHERS_REACHED, others)
    if Step.PLAN_AGREED in done:
        yield Step.PAYMENT, (Reason.AGREED_PLAN, 0)


def _breaches(case_file: CaseFile, packs: Sequence[RulePack]) -> tuple[int, int]:
    """How many of the other side's duties were not kept, and how many of those stand in a law."""
    duties = {(pack.id, item.id) for pack in packs for item in pack.items if item.who is Who.USER}
    laws = {pack.id for pack in packs if pack.status is Status.LAW}
    found = [
        tick
        for tick in standing_ticks(case_file.ticks)
        if tick.verdict is Verdict.BREACHED and (tick.pack, tick.item) not in duties
    ]
    return len(found), sum(tick.pack in laws for tick in found)


def _items(names: Iterable[str], packs: Sequence[RulePack]) -> Iterable[RuleItem]:
    for name in names:
        found = next((item for pack in packs for item in pack.items if item.id == name), None)
        if found is not None:
            yield found


def _named(items: Iterable[RuleItem], hotlines: Sequence[Hotline]) -> Iterable[Hotline]:
    """The numbers that the lines name, in the order in which they do."""
    known = {one.number: one for one in hotlines}
    said = " ".join(item.text.zh for item in items)
    return (known[number] for number in dict.fromkeys(_NUMBER.findall(said)) if number in known)
