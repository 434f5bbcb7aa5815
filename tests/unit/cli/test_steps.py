"""Steps and deadlines from a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from evidencedesk.domain.moment import local_text

Command = Callable[..., Any]


def test_a_step_is_logged_as_done_now(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("step", case_id, "complaint", "--number", "12315", "--to", "SAMR", "--json")
    (event,) = outcome.events
    assert outcome.code == 0
    assert (event["event"], event["kind"], event["progress"]) == ("step_logged", "complaint", "done")
    assert (event["number"], event["whom"]) == ("12315", "SAMR")


def test_a_planned_step_says_so_everywhere(evidencedesk: Command, case_id: str) -> None:
    said = evidencedesk(
        "step", case_id, "dispute", "--planned", "--date", "2099-11-20", "--due", "2099-12-01",
        "--remind", "2099-11-30", "--text", "interest", "--receipt", "R1", "--agent", "8021",
    )  # fmt: skip
    assert "planned" in said.err + said.out
    event = evidencedesk("steps", case_id, "--json").events[0]
    assert (event["event"], event["progress"]) == ("step", "planned")
    when = local_text(event["done_utc"], event["done_offset_minutes"])
    assert when.startswith("2099-11-20 09:00:00")
    assert (event["due"], event["remind"], event["receipt"]) == ("2099-12-01", "2099-11-30", "R1")
    assert "Planned: Dispute" in evidencedesk("show", case_id).out
    assert "Reminder on 2099-11-30" in evidencedesk("steps", case_id).out


@pytest.mark.parametrize(
    "wrong",
    [("--date", "soon"), ("--date", "2026-02-30"), ("--due", "tomorrow"), ("--remind", "2026-13-01")],
)
def test_a_day_that_is_none_is_refused(evidencedesk: Command, case_id: str, wrong: tuple[str, str]) -> None:
    outcome = evidencedesk("step", case_id, "dispute", *wrong)
    assert outcome.code == 2
    assert evidencedesk("steps", case_id, "--json").events[0]["event"] == "step_suggested"


def test_an_unknown_kind_is_refused_with_those_that_are_known(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("step", case_id, "revenge")
    assert outcome.code == 2
    assert "police_report" in outcome.err


def test_what_comes_next_stands_with_its_reason(evidencedesk: Command, case_id: str) -> None:
    out = evidencedesk("steps", case_id).out
    assert "Next: Ask for the itemised bill and the contract (No bill" in out


def test_deadlines_stand_with_what_began_them(evidencedesk: Command, case_id: str) -> None:
    assert "Nothing is due" in evidencedesk("deadlines", case_id).err
    evidencedesk("step", case_id, "complaint", "--number", "12315", "--date", "2026-11-25")
    (event,) = evidencedesk("deadlines", case_id, "--json").events
    assert (event["deadline"], event["began"], event["due"]) == (
        "market-acceptance",
        "2026-11-25",
        "2026-12-04",
    )
    text = evidencedesk("deadlines", case_id).out
    assert "counted from the complaint of 2026-11-25: 7 working days, that day not counted" in text
    assert "public holidays are not known" in text


def test_a_planned_complaint_begins_no_deadline(evidencedesk: Command, case_id: str) -> None:
    evidencedesk("step", case_id, "complaint", "--number", "12315", "--planned", "--date", "2026-11-25")
    assert evidencedesk("deadlines", case_id, "--json").events == []


def test_the_courts_own_day_stands_before_the_one_that_was_counted(
    evidencedesk: Command, case_id: str
) -> None:
    evidencedesk("step", case_id, "court_papers", "--date", "2026-11-25", "--due", "2026-12-20")
    events = evidencedesk("deadlines", case_id, "--json").events
    assert {event["due"] for event in events} == {"2026-12-20"}
    assert {event["counted"] for event in events} == {"2026-12-10", "2026-12-02"}
    assert "This is the day on the paper; by the rule it would be" in evidencedesk("deadlines", case_id).out


def test_a_calendar_file_can_go_without_names(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    evidencedesk("step", case_id, "complaint", "--to", "SECRET", "--due", "2099-12-01")
    file = tmp_path / "days.ics"
    evidencedesk("deadlines", case_id, "--ics", file)
    assert b"SECRET" in file.read_bytes()
    (event,) = evidencedesk("deadlines", case_id, "--ics", file, "--without-names", "--json").events
    assert (event["event"], event["file"], event["days"]) == ("calendar_written", str(file), 1)
    assert b"SECRET" not in file.read_bytes()
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 1
