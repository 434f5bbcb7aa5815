"""Letters from a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fakes.word_templates import words_in

Command = Callable[..., Any]


def test_every_letter_is_listed_with_its_use(evidencedesk: Command) -> None:
    outcome = evidencedesk("letters", "--json")

    assert outcome.code == 0
    assert len(outcome.events) == 9
    assert all(event["use"] and event["not_when"] and event["standing"] for event in outcome.events)


def test_a_letter_is_kept_in_the_case_and_listed(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("letter", case_id, "request-papers", "--json")
    listed = evidencedesk("letters", case_id, "--json")

    assert outcome.code == 0
    event = next(one for one in outcome.events if one["event"] == "letter")
    assert event["missing"] == ["sender_name", "sender_address", "sender_phone"]
    (kept,) = listed.events
    assert (kept["attachment"], kept["sent"]) == (event["attachment"], None)


def test_a_letter_goes_to_a_file_with_the_words_given(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    target = tmp_path / "letter.docx"
    fields = ("--field", "name=李四", "--field", "own_words=一", "--field", "own_words=二")

    outcome = evidencedesk("letter", case_id, "police", "--out", target, *fields)
    again = evidencedesk("letter", case_id, "police", "--out", target)

    assert outcome.code == 0
    words = words_in(target.read_bytes())
    assert "报案人：李四" in words
    assert "一\n二" in words
    assert again.code == 2
    assert evidencedesk("letters", case_id, "--json").events == []


def test_a_letter_is_chinese_unless_somebody_asks_for_english(
    evidencedesk: Command, case_id: str, tmp_path: Path
) -> None:
    evidencedesk("letter", case_id, "spam", "--out", tmp_path / "zh.docx")
    evidencedesk("letter", case_id, "spam", "--out", tmp_path / "en.docx", "--language", "en")

    assert "垃圾短信" in words_in((tmp_path / "zh.docx").read_bytes())
    assert "unwanted messages" in words_in((tmp_path / "en.docx").read_bytes())


def test_a_field_that_no_letter_has_is_refused(evidencedesk: Command, case_id: str) -> None:
    outcome = evidencedesk("letter", case_id, "police", "--field", "nobody=x")

    assert outcome.code == 2
    assert "nobody=x" in outcome.err
