"""Contacts from a terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.domain.moment import local_text

Command = Callable[..., Any]
LIST = "number,type,date,duration\n13800001111,incoming,2026-11-20 21:03,80\n13800001111,missed,soon,\n"


def test_a_contact_is_logged_with_the_time_of_now(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("contact", case_id, "missed_call", "--json")
    (event,) = outcome.events
    assert outcome.code == 0
    assert (event["event"], event["kind"], event["source"]) == ("contact_logged", "missed_call", "user")
    assert event["contact"].startswith("k-")


def test_everything_about_a_contact_can_be_said(evidencedesk: Command, case_id: str) -> None:
    evidencedesk(
        "contact",
        case_id,
        "call",
        "--at",
        "2026-11-20 21:03",
        "--number",
        "138",
        "--name",
        "Wang",
        "--reached",
        "work",
        "--text",
        "They named my debt",
        "--seconds",
        "1:20",
        "--announces",
        "--agreed",
        "--outgoing",
    )
    (event,) = evidencedesk("contacts", case_id, "--json").events
    assert local_text(event["begun_utc"], event["begun_offset_minutes"]).startswith("2026-11-20 21:03:00")
    assert (event["number"], event["name"], event["reached"], event["seconds"]) == ("138", "Wang", "work", 80)
    assert (event["announces"], event["agreed"], event["outgoing"]) == (True, True, True)
    shown = evidencedesk("contacts", case_id).out
    assert "Answered call · to Wang 138 · Work · They named my debt" in shown


def test_a_contact_of_an_encounter_nobody_recorded_is_refused(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("contact", case_id, "call", "--encounter", "e-00000000")
    assert outcome.code == 2
    assert "e-00000000" in outcome.err
    assert evidencedesk("contacts", case_id).out == ""


@pytest.mark.parametrize("at", ["21:03", "2026-02-30 10:00", "03/04/2026 10:00"])
def test_a_time_that_is_none_is_refused(evidencedesk: Command, case_id: str, at: str) -> None:
    outcome = evidencedesk("contact", case_id, "sms", "--at", at)
    assert outcome.code == 2
    assert f"“{at}” is not a day or time" in outcome.err
    assert evidencedesk("contacts", case_id).out == ""


def test_a_list_is_taken_in_and_says_what_it_could_not_take(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(LIST)
    looked = evidencedesk(
        "contacts", case_id, "--import", path, "--zone", "Asia/Shanghai", "--dry-run", "--json"
    )
    assert looked.events[-1]["taken"] == 0
    assert evidencedesk("contacts", case_id).out == ""
    outcome = evidencedesk("contacts", case_id, "--import", path, "--zone", "Asia/Shanghai")
    assert outcome.code == 1
    assert "1 in the list, 1 new, 0 recorded here, 1 taken in; lines not taken: 1" in outcome.out
    assert "line 3: the time can't be read" in outcome.err
    (event,) = evidencedesk("contacts", case_id, "--json").events
    assert (event["begun_utc"], event["source"]) == ("2026-11-20T13:03:00.000000Z", "list")
    again = evidencedesk("contacts", case_id, "--import", path, "--zone", "Asia/Shanghai", "--json")
    assert (again.events[-1]["new"], again.events[-1]["taken"]) == (0, 0)


def test_a_list_may_come_by_a_pipe(
    evidencedesk: Command, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("2026-11-20 21:03 13800001111 未接\n"))
    outcome = evidencedesk("contacts", case_id, "--import", "-", "--json")
    assert (outcome.code, outcome.events[-1]["taken"]) == (0, 1)


def test_a_zone_that_nobody_knows_is_refused(evidencedesk: Command, case_id: str, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(LIST)
    outcome = evidencedesk("contacts", case_id, "--import", path, "--zone", "Mars/Olympus")
    assert outcome.code == 2
    assert "no time zone" in outcome.err
