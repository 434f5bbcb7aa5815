"""The user's own steps as they are told: in one line, in facts, with the days that matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from evidencedesk.domain.agenda import Entry, Reason, Suggestion, Waits
from evidencedesk.domain.case import FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import Instalment
from evidencedesk.wording.hotline_answers import answer_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark

_BETWEEN = " · "
# What each step is, said to the user as something to do.
_ADVICE: Mapping[Step, str] = {
    Step.CALL: mark("Call the platform or a hotline"),
    Step.PAYMENT: mark("Pay, and keep the receipt"),
    Step.REQUEST_PAPERS: mark("Ask for the itemised bill and the contract"),
    Step.DISPUTE: mark("Dispute what is wrong"),
    Step.RECHECK: mark("Ask for a re-check"),
    Step.COMPLAINT: mark("Complain"),
    Step.POLICE_REPORT: mark("Report to the police"),
    Step.LEGAL_HELP: mark("Ask a lawyer or legal aid"),
    Step.PLAN_PROPOSED: mark("Propose an instalment plan"),
    Step.PLAN_AGREED: mark("Write down the plan that was agreed"),
    Step.DEMAND: mark("Demand that they stop contacting others"),
    Step.DATA_REQUEST: mark("Ask which of your data they hold, and from where"),
    Step.CREDIT_OBJECTION: mark("Object to your credit record"),
    Step.COURT_PAPERS: mark("Papers from a court: note the day and the period"),
    Step.OTHER: mark("Something else"),
}
_SINGLE_REASONS: Mapping[Reason, str] = {
    Reason.NO_BILL: mark("No bill and no contract is among the documents of this case yet."),
    Reason.DISPUTED: mark("You disputed it: ask for a re-check, and for the day of the answer."),
    Reason.AGREED_PLAN: mark("A plan is agreed: keep the receipt of every payment."),
}


def step_text(words: Words, details: FollowUpDetails) -> str:
    """What it was or will be, and with whom, in one line. What is only planned says so."""
    parts = [_what(words, details), details.whom]
    if details.step is not Step.CALL:
        parts.append(details.number)
    text = _BETWEEN.join(part for part in parts if part)
    if details.progress is Progress.PLANNED:
        return words.text("Planned: {step}", step=text)
    return text


def step_facts(words: Words, details: FollowUpDetails) -> tuple[tuple[str, str], ...]:
    """What came of it, as names and values; what nobody filled in is left out."""
    t = words.text
    progress = details.progress
    facts = (
        (t("Answered by") if details.step is Step.CALL else t("Dealt with by"), details.agent),
        (t("Answer"), "" if _is_title(details) else answer_text(words, details.answer)),
        (t("Case number") if details.step is Step.COURT_PAPERS else t("Receipt no."), details.receipt),
        (t("Sum paid"), "" if details.step is Step.PAYMENT else details.amount),
        (_due_name(words, details), details.due),
        (t("Instalments of the plan"), plan_text(words, details.plan)),
        (t("Where it stands"), label(words, progress) if progress in _LATER else ""),
        (t("Outcome"), details.outcome),
    )
    return tuple((name, value) for name, value in facts if value)


_LATER = frozenset({Progress.ANSWERED, Progress.CLOSED})


def plan_text(words: Words, plan: Iterable[Instalment]) -> str:
    """Day and sum of each instalment."""
    return words.text("; ").join(f"{one.due}: {one.amount}" for one in plan)


def advice_text(words: Words, step: Step) -> str:
    """A step as something to do."""
    return words.text(_ADVICE[step])


def due_words(words: Words, day: date, today: date) -> str:
    """A day as seen from today: ``in 3 days``, ``overdue since 2026-11-20``."""
    left = (day - today).days
    if left == 0:
        return words.text("today")
    if left == 1:
        return words.text("tomorrow")
    if left > 1:
        return words.plural("in {n} day", "in {n} days", left)
    return words.text("overdue since {day}", day=day.isoformat())


def entry_text(words: Words, entry: Entry) -> str:
    """What is to be done about a step on a day."""
    details = entry.step.details
    named = _BETWEEN.join(part for part in (_what(words, details), details.whom) if part)
    if entry.waits is Waits.TO_DO:
        return named
    if entry.waits is Waits.PAPER:
        return words.text("{step}: last day by the paper", step=named)
    if entry.waits is Waits.ANSWER:
        return words.text("{step}: an answer is due", step=named)
    return words.text("{step}: you wanted to be reminded", step=named)


def done_text(words: Words, details: FollowUpDetails) -> str:
    """What checking a step off means."""
    if details.progress is Progress.PLANNED:
        return words.text("Mark as done")
    return words.text("Dealt with") if details.step is Step.COURT_PAPERS else words.text("Answered")


def reason_text(words: Words, suggestion: Suggestion) -> str:
    """What in the case speaks for a step; empty where nothing does."""
    n = suggestion.count
    match suggestion.reason:
        case None:
            return ""
        case Reason.CLAIMED:
            return words.plural(
                "{n} sum was demanded: compare it with the papers on the page Debt.",
                "{n} sums were demanded: compare them with the papers on the page Debt.",
                n,
            )
        case Reason.BREACHES:
            # The first is whose matter it is; the others take only what is theirs, as their lines say.
            number = next((one.number for one in suggestion.hotlines), "")
            if not number:
                return words.plural("{n} breach is noted here.", "{n} breaches are noted here.", n)
            return words.plural(
                "{n} breach is noted here: {number}",
                "{n} breaches are noted here: {number}",
                n,
                number=number,
            )
        case Reason.LAW_BREACHES:
            return words.plural(
                "{n} mark may be a matter for the police; they decide.",
                "{n} marks may be a matter for the police; they decide.",
                n,
            )
        case Reason.OTHERS_REACHED:
            return words.plural(
                "{n} contact reached somebody other than you.",
                "{n} contacts reached somebody other than you.",
                n,
            )
        case single:
            return words.text(_SINGLE_REASONS[single])


def _what(words: Words, details: FollowUpDetails) -> str:
    t = words.text
    if details.step is Step.PAYMENT:
        return t("Payment of {amount}", amount=details.amount or t("sum not given"))
    if details.step is Step.CALL:
        return t("Call to {number}", number=details.number or t("number not given"))
    if details.step is Step.OTHER and details.answer:
        return details.answer.splitlines()[0]
    return label(words, details.step)


def _is_title(details: FollowUpDetails) -> bool:
    """Whether the one line that was written says already what the step is."""
    return details.step is Step.OTHER and len(details.answer.splitlines()) == 1


def _due_name(words: Words, details: FollowUpDetails) -> str:
    if details.progress is Progress.PLANNED:
        return words.text("To be done by")
    if details.step is Step.COURT_PAPERS:
        return words.text("Last day by the paper")
    return words.text("Answer due by")
