"""Files are taken in with what they show, listed, and noticed when they come twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "账单.pdf"
    path.write_bytes(b"%PDF-1.7 a bill")
    return path


def test_a_file_is_taken_in_with_what_it_shows(evidencedesk: Command, case_id: str, bill: Path) -> None:
    said = ("--kind", "bill", "--text", "十一月的账单", "--debt")
    assert evidencedesk("attach", case_id, bill, *said).code == 0
    (told,) = evidencedesk("attachments", case_id, "--json").events
    assert (told["event"], told["kind"], told["text"], told["debt"]) == (
        "attachment",
        "bill",
        "十一月的账单",
        True,
    )
    line = evidencedesk("attachments", case_id, "--language", "zh").out
    assert "账单.pdf" in line
    assert "账单或对账单 · 与债务有关 · 十一月的账单" in line


def test_the_same_file_twice_is_said_and_not_taken_in(
    evidencedesk: Command, case_id: str, bill: Path
) -> None:
    evidencedesk("attach", case_id, bill)
    second = evidencedesk("attach", case_id, bill, "--json")
    assert (second.code, second.events[0]["event"], second.events[0]["name"]) == (0, "already", "账单.pdf")
    assert "in the case already" in evidencedesk("attach", case_id, bill, "--language", "en").err
    assert len(evidencedesk("attachments", case_id, "--json").events) == 1
    evidencedesk("attach", case_id, bill, "--again")
    assert len(evidencedesk("attachments", case_id, "--json").events) == 2


def test_an_unknown_encounter_or_kind_is_wrong_use(evidencedesk: Command, case_id: str, bill: Path) -> None:
    assert evidencedesk("attach", case_id, bill, "--encounter", "e-00000000").code == 2
    assert evidencedesk("attach", case_id, bill, "--kind", "novel").code == 2
    assert evidencedesk("attachments", case_id).out == ""
    assert "No files" in evidencedesk("attachments", case_id, "--language", "en").err
