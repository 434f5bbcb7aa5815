"""Steps and deadlines as a calendar file (iCalendar, RFC 5545) for whatever calendar the user keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from evidencedesk.domain.agenda import Entry, Waits
from evidencedesk.domain.case import Case
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.wording.judgements import deadline_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words
from evidencedesk.wording.steps import entry_text, step_facts

_AT_NINE = timedelta(hours=9)
_THE_DAY_BEFORE = timedelta(hours=-15)  # nine o'clock as well


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """What goes into the file. Without ``names`` nobody can tell from it who, whom, or how much."""

    case: Case
    entries: tuple[Entry, ...]
    due: tuple[DueDate, ...]
    made: Moment
    names: bool = True


def calendar_file(words: Words, content: CalendarContent) -> bytes:
    """The file: a whole day for each entry and deadline, with an alarm on it, and one the day before.

    An entry keeps its UID as long as its step does: taken in again, it takes the place of the old one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//EvidenceDesk//Steps and deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for event in (*_entries(words, content), *_deadlines(words, content)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _entries(words: Words, content: CalendarContent) -> Iterator[Event]:
    for entry in content.entries:
        told: list[str] = []
        if content.names:
            summary = f"{content.case.title}: {entry_text(words, entry)}"
            told = [
                words.text("{field}: {value}", field=name, value=value)
                for name, value in step_facts(words, entry.step.details)
            ]
        else:
            summary = _nameless(words, entry)
        uid = f"{entry.step.id}-{entry.waits.value}"
        alarms = (_AT_NINE,) if entry.waits is Waits.REMINDER else (_AT_NINE, _THE_DAY_BEFORE)
        yield _event(uid, entry.day, summary, told, content.made, alarms)


def _deadlines(words: Words, content: CalendarContent) -> Iterator[Event]:
    today = content.made.local.date()
    for due in content.due:
        if due.due == date.max:
            continue  # no calendar has the day after it
        said = deadline_text(words, due, today)
        summary = f"{content.case.title}: {said.headline}" if content.names else said.headline
        told = [line for line in (said.began, said.note, said.source) if line]
        uid = f"{content.case.id}-{due.pack}-{due.deadline.id}-{due.began.isoformat()}"
        yield _event(uid, due.due, summary, told, content.made, (_AT_NINE, _THE_DAY_BEFORE))


def _nameless(words: Words, entry: Entry) -> str:
    """The kind of step and why the day matters, nothing that somebody wrote."""
    kind = label(words, entry.step.details.step)
    if entry.waits is Waits.ANSWER:
        return words.text("{step}: an answer is due", step=kind)
    if entry.waits is Waits.PAPER:
        return words.text("{step}: last day by the paper", step=kind)
    return kind


def _event(
    uid: str, day: date, summary: str, told: Iterable[str], made: Moment, alarms: Iterable[timedelta]
) -> Event:
    event = Event()
    event.add("uid", f"{uid}@evidencedesk")
    event.add("dtstamp", _whole_second(parse_utc(made.utc)))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    if description := "\n".join(told):
        event.add("description", description)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for before in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event


def _whole_second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)
