"""How packs, their status and their clocks are said."""

from __future__ import annotations

from evidencedesk.domain.rules import Begins, Deadline, Phase, RulePack, Status, Topic, Unit
from evidencedesk.ui.kit.pill import Kind
from evidencedesk.wording.language import Words, mark, mark_plural

PHASES: dict[Phase, str] = {
    Phase.BEFORE: mark("Before anyone comes"),
    Phase.DOOR: mark("At the door"),
    Phase.CONVERSATION: mark("While talking"),
    Phase.AFTER: mark("Afterwards"),
    Phase.ANY: mark("At any time"),
}
STATUSES: dict[Status, tuple[str, Kind]] = {
    Status.ADVICE: (mark("Advice, not law"), "warn"),
    Status.GUIDELINE: (mark("Guideline"), "accent"),
    Status.STANDARD: (mark("Standard"), "accent"),
    Status.LAW: (mark("Statute"), "accent"),
    Status.REPEALED: (mark("No longer in force"), "bad"),
}
TOPICS: dict[Topic, str] = {
    Topic.NEGOTIATING: mark("Before you negotiate, promise or pay"),
    Topic.PUBLISHING: mark("Before you show a recording to others"),
    Topic.RECORDING: mark("While you record"),
}
_BEGINS: dict[Begins, str] = {
    Begins.BREACH: mark("From the day of what they did"),
    Begins.COMPLAINT: mark("From the day of your complaint"),
    Begins.OBJECTION: mark("From the day of your objection"),
    Begins.LAST_DUE: mark("From the day the last instalment was due"),
    Begins.SUMMONS: mark("From the court's summons"),
    Begins.FIRST_CONTACT: mark("From the first contact"),
    Begins.NOTICE: mark("From the notice"),
}
_LENGTHS: dict[Unit, tuple[str, str]] = {
    Unit.DAYS: mark_plural("{n} day", "{n} days"),
    Unit.WORKING_DAYS: mark_plural("{n} working day", "{n} working days"),
    Unit.MONTHS: mark_plural("{n} month", "{n} months"),
    Unit.YEARS: mark_plural("{n} year", "{n} years"),
}
_RULES: dict[str, str] = {
    "contact-hours": mark("At which hours they may get in touch"),
    "calls-connected-per-day": mark("How many calls a day"),
    "call-attempts-per-day": mark("How many attempts to call a day"),
    "calls-in-days": mark("How many calls within some days"),
    "visit-team-size": mark("How many people have to come"),
}


def status_line(words: Words, pack: RulePack) -> str:
    """Which pack, from when, and when somebody last looked at it."""
    said = [pack.title.in_language(words.language), *_dates(words, pack)]
    return " · ".join(said)


def dates_line(words: Words, pack: RulePack) -> str:
    """The same without the pack's name."""
    return " · ".join(_dates(words, pack))


def length_text(words: Words, deadline: Deadline) -> str:
    """How long a deadline is."""
    return words.plural(*_LENGTHS[deadline.unit], deadline.length)


def begins_text(words: Words, deadline: Deadline) -> str:
    """What starts a deadline."""
    begins = words.text(_BEGINS[deadline.begins])
    if not deadline.numbers:
        return begins
    return words.text("{begins} ({numbers})", begins=begins, numbers=", ".join(deadline.numbers))


def rule_text(words: Words, rule: str) -> str:
    """What packs differ about."""
    return words.text(_RULES.get(rule, mark("One thing, different limits")))


def _dates(words: Words, pack: RulePack) -> list[str]:
    said = [
        words.text("version {version}", version=pack.version),
        words.text("of {date}", date=pack.dated.isoformat()),
        words.text("looked through on {date}", date=pack.reviewed.isoformat()),
    ]
    if pack.in_force is not None:
        said.append(words.text("in force since {date}", date=pack.in_force.isoformat()))
    if pack.review_by is not None:
        said.append(words.text("to be reviewed by {date}", date=pack.review_by.isoformat()))
    return said
