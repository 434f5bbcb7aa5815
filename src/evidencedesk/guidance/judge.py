"""Asks every automatic rule of a pack what the records of a case say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import Check, CheckKind, Helper, RulePack
from evidencedesk.guidance.approaches import approaches
from evidencedesk.guidance.call_counts import (
    call_attempts_per_day,
    calls_after_conversation,
    calls_connected_per_day,
    calls_in_days,
)
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.contact_hours import contact_hours
from evidencedesk.guidance.kept_evidence import (
    bill_kept,
    contract_kept,
    evidence_first,
    evidence_linked,
    receipt_per_payment,
)
from evidencedesk.guidance.matter import Matter, Result, Rule
from evidencedesk.guidance.people import identity_order, letter_in_date, names_match
from evidencedesk.guidance.visits import (
    entered_home,
    notice_before_visit,
    third_party_contact,
    visit_team_size,
)

AUTOMATIC_RULES: Mapping[str, Rule] = {
    CONTACT_HOURS: contact_hours,
    "calls-connected-per-day": calls_connected_per_day,
    "call-attempts-per-day": call_attempts_per_day,
    "calls-in-days": calls_in_days,
    "calls-after-conversation": calls_after_conversation,
    "visit-team-size": visit_team_size,
    "notice-before-visit": notice_before_visit,
    "names-match": names_match,
    "letter-in-date": letter_in_date,
    "third-party-contact": third_party_contact,
    "entered-home": entered_home,
    "identity-order": identity_order,
    "evidence-linked": evidence_linked,
    "evidence-first": evidence_first,
    "receipt-per-payment": receipt_per_payment,
    "bill-kept": bill_kept,
    "contract-kept": contract_kept,
}


def judge(pack: RulePack, case_file: CaseFile) -> tuple[Judgement, ...]:
    """Return every result of the pack's automatic checks and helpers, in the pack's order.

    What one rule says of one subject stands once for each item that names it.
    """
    found = approaches(case_file)
    return tuple(
        Judgement(
            pack=pack.id,
            pack_version=pack.version,
            item=item.id,
            rule=asked.rule,
            verdict=result.verdict,
            subject=result.subject,
            facts=facts_of(asked, result),
            encounter=result.encounter,
        )
        for item in pack.items
        for asked in automatic_rules(item.check)
        for result in AUTOMATIC_RULES[asked.rule](Matter(case_file, found, pack.id, dict(asked.parameters)))
    )


def facts_of(asked: Helper, result: Result) -> tuple[tuple[str, str], ...]:
    """What a judgement rests on: what was found, and what the pack asks for."""
    return tuple(sorted({**dict(asked.parameters), **result.facts}.items()))


def automatic_rules(check: Check) -> Iterator[Helper]:
    """The automatic rules of an item: its own check, and the helpers beside a tick."""
    if check.kind is CheckKind.AUTOMATIC:
        yield Helper(check.rule, check.parameters)
    yield from check.helpers
