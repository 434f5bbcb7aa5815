"""Claims beside the papers, and what the figures of a debt do not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from evidencedesk.domain.case import CaseFile, Mode
from evidencedesk.domain.debt import Claim
from evidencedesk.domain.debt_sheet import Compared, DebtSheet, PartName
from evidencedesk.domain.moment import local_text
from evidencedesk.wording.debt_figures import money_text
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.records import subject_text

_PARTS: Mapping[PartName, str] = {
    PartName.PRINCIPAL: mark("principal"),
    PartName.INTEREST: mark("interest"),
    PartName.FEES: mark("fees"),
    PartName.PENALTY: mark("penalty or overdue interest"),
}


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in words, beside the papers; ``more`` is the difference as a number, None where unknown."""

    id: str
    when: str
    who: str
    asked: str
    papers: str
    difference: str
    more: Decimal | None
    shown_by: str
    details: tuple[str, ...]


def part_text(words: Words, name: PartName) -> str:
    """What a part is for."""
    return words.text(_PARTS[name])


def difference_text(words: Words, more: Decimal | None, currency: str) -> str:
    """How far a claim is from the papers; never only a sign."""
    if more is None:
        return words.text("can't be compared")
    if not more:
        return words.text("the same as the papers")
    total = money_text(abs(more), currency)
    if more > 0:
        return words.text("they ask {sum} more than the papers give", sum=total)
    return words.text("they ask {sum} less than the papers give", sum=total)


def claim_row(words: Words, case_file: CaseFile, compared: Compared, currency: str) -> ClaimRow:
    """One claim."""
    details = compared.claim.details
    there = compared.balance
    return ClaimRow(
        id=compared.claim.id,
        when=local_text(details.claimed_utc, details.claimed_offset_minutes)[:16],
        who=details.by or words.text("not said who"),
        asked=money_text(compared.asked, currency),
        papers="–" if there is None else money_text(there.total, currency),
        difference=difference_text(words, compared.more, currency),
        more=compared.more,
        shown_by=shown_by_text(words, case_file, compared.claim),
        details=_details(words, compared, currency),
    )


def shown_by_text(words: Words, case_file: CaseFile, claim: Claim) -> str:
    """The recording, person, message or file that shows a claim; empty where nothing does."""
    t = words.text
    parts = []
    for encounter in case_file.encounters:
        if encounter.id == claim.encounter:
            when = local_text(encounter.opened.utc, encounter.opened.offset_minutes)[:16]
            said = t("call of {when}", when=when)
            parts.append(said if encounter.mode is Mode.CALL else t("visit of {when}", when=when))
    for subject in (claim.collector, claim.contact):
        told = subject_text(words, case_file, subject) if subject else ""
        if told:
            parts.append(told)
    parts += [one.name for one in case_file.taken_in if one.id == claim.attachment]
    return " · ".join(parts)


def stated(words: Words, sheet: DebtSheet) -> tuple[str, ...]:
    """How it was counted, and what it does not say: on every screen and paper with these figures."""
    t = words.text
    said = [
        t(
            "Assumed: a payment counts for the oldest instalment first, within it for fees, then interest, "
            "then principal. Where the contract says otherwise, the contract counts."
        )
    ]
    if sheet.terms.overdue_rate:
        said.append(
            t(
                "Overdue interest is a line of its own: {rate}% for each day after the due day on the late "
                "part of an instalment. Payments are not set against it.",
                rate=sheet.terms.overdue_rate,
            )
        )
    said += [
        t("The figures follow from what was entered here; a wrong entry makes a wrong figure."),
        t("Not included: court costs, costs of enforcing, and whatever was agreed later."),
        t(
            "No verdict on usury, nor on whether a rate or fee is lawful: which limit applies depends on who "
            "lent. Ask a lawyer or legal aid."
        ),
    ]
    return tuple(said)


def _details(words: Words, compared: Compared, currency: str) -> tuple[str, ...]:
    t, there = words.text, compared.balance
    said = []
    if there is not None:
        said.append(
            t(
                "By the papers on {day}: open {open}, overdue interest {interest}, not due yet {later}",
                day=compared.day.isoformat(),
                open=money_text(there.open, currency),
                interest=t("not computed")
                if there.overdue_interest is None
                else money_text(there.overdue_interest, currency),
                later=money_text(there.not_yet_due, currency),
            )
        )
    if compared.asks_all:
        said.append(t("That is the sum with all instalments that were not due yet."))
    for part in compared.parts:
        papers = t("the papers do not tell") if part.papers is None else money_text(part.papers, currency)
        said.append(
            t(
                "{part}: they say {asked}; papers: {papers}",
                part=part_text(words, part.name),
                asked=money_text(part.asked, currency),
                papers=papers,
            )
        )
    if not compared.adds_up:
        said.append(t("The parts they name do not add up to their sum."))
    growth = compared.growth
    if growth is not None:
        said.append(_grown(words, growth.more, growth.days, currency))
    if compared.claim.details.text:
        said.append(compared.claim.details.text)
    return tuple(said)


def _grown(words: Words, more: Decimal, days: int, currency: str) -> str:
    if not more:
        return words.plural("The same sum as {n} day before", "The same sum as {n} days before", days)
    total = money_text(abs(more), currency)
    if more > 0:
        return words.plural(
            "{sum} more than {n} day before", "{sum} more than {n} days before", days, sum=total
        )
    return words.plural("{sum} less than {n} day before", "{sum} less than {n} days before", days, sum=total)
