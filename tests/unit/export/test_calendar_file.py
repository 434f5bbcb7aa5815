"""The calendar file keeps to RFC 5545, says the same day everywhere, and can go without names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from evidencedesk.domain.agenda import entries_of
from evidencedesk.domain.case import Case, FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.rules import Begins, Deadline, Text, Unit
from evidencedesk.export.calendar_file import CalendarContent, calendar_file
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words

NOW = Moment("2026-11-25T08:00:00.123456Z", 480, "boot", 1)
CASE = Case("c-0000aaaa", "来分期, 上门; 第 1 案", "来分期", "LFQ-2024-0831", NOW)
DETAILS = FollowUpDetails(
    Step.COMPLAINT,
    "2026-11-20T02:00:00.000000Z",
    480,
    number="12378",
    whom="张某 " + "很长的机构名称" * 12,
    receipt="SL-2026-001",
    answer="一\n二, 三; 四 \\ 五",
    due="2026-12-15",
    remind="2026-12-10",
)
STEP = FollowUp("f-0000st1p", CASE.id, None, None, None, None, DETAILS, NOW)
CLOCK = Deadline("police-report", Text("报警期限", "time to report"), Begins.BREACH, 6, Unit.MONTHS, (), ())
DUE = DueDate("cn-statutes", "1.1", CLOCK, date(2026, 11, 19), date(2027, 5, 19), ("t-1",))


def made(
    step: FollowUp = STEP, *due: DueDate, language: Language = "zh", names: bool = True
) -> tuple[bytes, list[Component]]:
    content = CalendarContent(CASE, entries_of(step), due, NOW, names)
    raw = calendar_file(Words(language, resource("locale")), content)
    return raw, list(Calendar.from_ical(raw).walk("VEVENT"))


def test_lines_end_in_crlf_and_none_is_longer_than_75_octets() -> None:
    raw, _ = made(STEP, DUE)
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert any(line.startswith(b" ") for line in lines), "the long name was folded"
    raw.decode("utf-8")


def test_folding_cuts_no_character_in_two() -> None:
    raw, _ = made()
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")


def test_the_calendar_names_its_version_and_maker() -> None:
    raw, _ = made()
    head = raw.split(b"BEGIN:VEVENT")[0].decode()
    assert "VERSION:2.0\r\n" in head
    assert "PRODID:" in head


def test_every_event_has_its_stamp_in_utc_and_its_whole_day() -> None:
    _, events = made(STEP, DUE)
    assert len(events) == 3
    for event in events:
        assert event.decoded("dtstamp") == datetime(2026, 11, 25, 8, 0, 0, tzinfo=UTC)
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert not isinstance(event.decoded("dtstart"), datetime)
    assert [event.decoded("dtstart") for event in events] == [
        date(2026, 12, 10),
        date(2026, 12, 15),
        date(2027, 5, 19),
    ]


def test_every_event_rings_at_nine_and_a_last_day_the_day_before_as_well() -> None:
    _, (reminder, last) = made()
    triggers = [alarm.decoded("trigger") for alarm in last.walk("VALARM")]
    assert triggers == [timedelta(hours=9), timedelta(hours=-15)]
    assert [alarm.decoded("trigger") for alarm in reminder.walk("VALARM")] == [timedelta(hours=9)]
    for alarm in last.walk("VALARM"):
        assert (str(alarm["action"]), str(alarm["description"])) == ("DISPLAY", str(last["summary"]))


def test_the_same_step_keeps_its_uid_whatever_became_of_its_day() -> None:
    _, before = made(STEP, DUE)
    moved = replace(STEP, details=replace(DETAILS, due="2026-12-20", remind="2026-12-11"))
    _, after = made(moved, DUE, language="en", names=False)
    uids = [str(event["uid"]) for event in before]
    assert uids == [str(event["uid"]) for event in after]
    assert len(set(uids)) == 3


def test_what_somebody_wrote_comes_back_as_it_was() -> None:
    _, (_, last) = made()
    assert CASE.title in str(last["summary"])
    assert "一\n二, 三; 四 \\ 五" in str(last["description"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("progress", list(Progress))
def test_without_names_nothing_that_somebody_wrote_is_in_the_file(
    language: Language, progress: Progress
) -> None:
    step = replace(STEP, details=replace(DETAILS, progress=progress, step=Step.OTHER, amount="1280.50"))
    for one in (step, replace(step, details=replace(step.details, step=Step.PAYMENT))):
        raw, _ = made(one, DUE, language=language, names=False)
        text = raw.decode().replace("\r\n ", "")
        for private in ("来分期", "张某", "12378", "SL-2026", "LFQ", "1280", "二"):
            assert private not in text


def test_both_languages_say_what_is_due() -> None:
    _, (_, last, deadline) = made(STEP, DUE, language="en")
    assert "an answer is due" in str(last["summary"])
    assert "time to report" in str(deadline["summary"])
    assert "2026-11-19" in str(deadline["description"])
    _, (_, last, deadline) = made(STEP, DUE)
    assert "应有答复" in str(last["summary"])
    assert "报警期限" in str(deadline["summary"])


def test_a_day_beyond_the_calendar_is_left_out() -> None:
    _, events = made(STEP, replace(DUE, due=date.max))
    assert len(events) == 2


def test_a_calendar_without_any_day_can_still_be_read() -> None:
    raw, events = made(replace(STEP, details=replace(DETAILS, due="", remind="")))
    assert events == []
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
