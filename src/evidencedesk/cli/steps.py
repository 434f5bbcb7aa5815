"""Commands about the user's own steps: ``step`` logs one, ``steps`` lists them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.agenda import Entry, Suggestion, open_entry
from evidencedesk.domain.case import FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.moment import local_text
from evidencedesk.guidance.step_path import suggestions
from evidencedesk.intake.times import Placed, place, read_time
from evidencedesk.wording.language import Words
from evidencedesk.wording.steps import advice_text, due_words, reason_text, step_facts, step_text
from evidencedesk.workflows.given_values import day
from evidencedesk.workflows.judge_case import keep_judgements
from evidencedesk.workflows.log_follow_up import log_follow_up

_OFFICES_OPEN = time(9)


def step_command(words: Words) -> click.Command:
    """``step CASE KIND [--date DAY] …``."""
    t = words.text
    kind = click.Argument(["kind"], metavar="KIND", type=click.Choice([one.value for one in Step]))
    params: list[click.Parameter] = [
        case_argument(),
        kind,
        click.Option(
            ["--date"],
            metavar="TIME",
            help=t("When it was done or is planned: “2026-11-20” or “2026-11-20 14:30”; otherwise now."),
        ),
        click.Option(["--due"], metavar="DAY", default="", help=t("Day by which an answer is due.")),
        click.Option(["--remind"], metavar="DAY", default="", help=t("Day on which to be reminded.")),
        click.Option(["--to", "whom"], metavar="NAME", default="", help=t("Office, company or person.")),
        click.Option(["--number"], metavar="N", default="", help=t("Number that was called.")),
        click.Option(["--agent"], metavar="NAME", default="", help=t("Who dealt with it.")),
        click.Option(["--receipt"], metavar="NO", default="", help=t("Receipt or case number.")),
        click.Option(["--text", "answer"], metavar="TEXT", default="", help=t("What was said or asked.")),
        click.Option(["--amount"], metavar="SUM", default="", help=t("Sum that was paid.")),
        click.Option(["--encounter"], metavar="ID", help=t("The visit or call that it is about.")),
        click.Option(["--planned"], is_flag=True, help=t("It is planned, not done.")),
    ]
    return command(words, "step", _step, t("Log a step of your own, done or planned."), params)


def steps_command(words: Words) -> click.Command:
    """``steps CASE``."""
    help_text = words.text("List the steps of a case, and what the guidance says comes next.")
    return command(words, "steps", _steps, help_text, [case_argument()])


def _step(
    session: Session,
    case: str,
    kind: str,
    date: str | None,
    encounter: str | None,
    *,
    planned: bool,
    **texts: str,
) -> int:
    with open_library(session) as desk:
        when = _now(session) if date is None else _read(date)
        details = replace(
            FollowUpDetails(Step(kind), when.utc, when.offset_minutes, **texts),  # type: ignore[arg-type]
            progress=Progress.PLANNED if planned else Progress.DONE,
        )
        step = log_follow_up(desk, desk.store.find_case(case).id, details, encounter)
        keep_judgements(desk, step.case)
    session.output.event("step_logged", **_facts(step))
    planned_text = session.words.text("The step is planned.")
    session.output.message(planned_text if planned else session.words.text("The step is logged."))
    return 0


def _steps(session: Session, case: str) -> int:
    with open_library(session) as desk:
        case_file = desk.store.case_file(desk.store.find_case(case).id)
        advised = [one for one in suggestions(case_file, desk.packs) if one.reason is not None]
        today = desk.clock.now().local.date()
    standing = [one for one in case_file.follow_ups if not one.withdrawn]
    for step in sorted(standing, key=lambda one: (one.details.done_utc, one.id)):
        session.output.event("step", **_facts(step))
        session.output.result(_line(session.words, step, today))
    if not standing:
        session.output.message(session.words.text("No step is written down yet."))
    for suggestion in advised:
        _say_suggestion(session, suggestion)
    return 0


def _line(words: Words, step: FollowUp, today: date) -> str:
    details = step.details
    head = [step.id, local_text(details.done_utc, details.done_offset_minutes), step_text(words, details)]
    entry: Entry | None = open_entry(step)
    if entry is not None:
        head.append(due_words(words, entry.day, today))
    facts = [
        words.text("{field}: {value}", field=name, value=value) for name, value in step_facts(words, details)
    ]
    if details.remind:
        facts.append(words.text("Reminder on {day}", day=details.remind))
    return "\n    ".join(("  ".join(head), *facts))


def _say_suggestion(session: Session, suggestion: Suggestion) -> None:
    words = session.words
    numbers = [one.number for one in suggestion.hotlines]
    reason = "" if suggestion.reason is None else suggestion.reason.value
    session.output.event(
        "step_suggested", kind=suggestion.step.value, reason=reason, count=suggestion.count, numbers=numbers
    )
    advice, why = advice_text(words, suggestion.step), reason_text(words, suggestion)
    session.output.result(words.text("Next: {step} ({reason})", step=advice, reason=why))


def _facts(step: FollowUp) -> dict[str, object]:
    details = step.details
    return {
        "case": step.case,
        "step": step.id,
        "encounter": step.encounter,
        "kind": details.step.value,
        "progress": details.progress.value,
        "done_utc": details.done_utc,
        "done_offset_minutes": details.done_offset_minutes,
        "whom": details.whom,
        "number": details.number,
        "agent": details.agent,
        "receipt": details.receipt,
        "answer": details.answer,
        "amount": details.amount,
        "outcome": details.outcome,
        "due": details.due,
        "remind": details.remind,
        "plan": [{"due": one.due, "amount": one.amount} for one in details.plan],
    }


def _now(session: Session) -> Placed:
    now = session.clock.now()
    return Placed(now.utc, now.offset_minutes)


def _read(text: str) -> Placed:
    """A time, or a day alone: the hour at which offices open then."""
    try:
        return place(datetime.combine(date.fromisoformat(day(text)), _OFFICES_OPEN), None)
    except (WrongUse, ValueError):
        found = read_time(text)
        if found.value is None:
            raise WrongUse(Code.TIME_NOT_VALID, value=text) from None
        return place(found.value, None)
