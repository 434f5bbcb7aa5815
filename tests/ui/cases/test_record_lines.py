"""Contacts, steps and the grounds of automatic marks in the window's timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.ui.cases.review.timeline import of_encounter, timeline
from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone
from evidencedesk.ui.cases.review.timeline_model import TIME, TimelineModel
from evidencedesk.ui.words import UiWords
from samples.law_records import case_with_records
from samples.paper_material import PACKS


@pytest.fixture
def lines(en: UiWords) -> tuple[Line, ...]:
    return timeline(case_with_records(), PACKS, en.words)


def by_id(lines: tuple[Line, ...], name: str) -> Line:
    return next(line for line in lines if line.id == name)


def test_a_contact_stands_at_the_time_at_which_it_began(lines: tuple[Line, ...]) -> None:
    line = by_id(lines, "k-00000003")
    assert (line.kind, line.clock, line.position) == (Kind.CONTACT, "21:04:08", "")
    assert line.text == (
        "Answered call · 自称客服的王某 · 01061234567 · reached: Family\n"
        "打给我母亲，说出了欠款金额。\n1 min 35 s"
    )
    assert (line.verdict, line.tone) == ("Corrected", Tone.CAUTION)
    assert by_id(lines, "k-00000001").source == "From a list taken in"


def test_a_withdrawn_contact_stays_struck_out(lines: tuple[Line, ...]) -> None:
    line = by_id(lines, "k-00000005")
    assert line.withdrawn
    assert line.verdict == "Taken back"


def test_a_call_for_help_stands_at_its_place_in_the_sound(lines: tuple[Line, ...]) -> None:
    line = by_id(lines, "f-00000001")
    assert (line.kind, line.position, line.recording) == (Kind.STEP, "00:00:12", "r-00000001")
    assert line.text == "Call to 110 · 公安\nAnswered by: 警号 01234\nReceipt no.: JJ-88"


def test_what_belongs_to_an_encounter_is_shown_with_it(lines: tuple[Line, ...]) -> None:
    own = {line.id for line in of_encounter(lines, "e-00000001")}
    assert {"k-00000004", "f-00000001"} <= own
    assert not {"k-00000001", "f-00000003"} & own


def test_lines_keep_the_order_of_their_moments(lines: tuple[Line, ...]) -> None:
    moments = [line.moment.utc for line in lines]
    assert moments == sorted(moments)


def test_an_automatic_mark_says_what_it_means_and_what_it_rests_on(lines: tuple[Line, ...]) -> None:
    line = by_id(lines, "t-00000011")
    assert line.text.split("\n")[:4] == [
        "No disturbance after 21:00 in the evening",
        "Outside the article's advice",
        "A visit after 21:00 (2026-11-23)",
        "Local time 2026-11-23 21:34:08 (UTC+08:00)",
    ]
    assert "version 1.0" in line.text
    assert "illegal" not in line.text
    assert line.tone is Tone.BAD


def test_a_mark_without_a_rule_is_one_line_as_before(lines: tuple[Line, ...]) -> None:
    assert by_id(lines, "t-00000003").text.count("\n") == 0


def test_days_are_told_where_there_are_several(lines: tuple[Line, ...]) -> None:
    model = TimelineModel()
    model.show_lines(lines)
    assert model.data(model.index(0, TIME)) == "11-22 23:20:48"
    model.show_lines(tuple(line for line in lines if line.id == "k-00000001"))
    assert model.data(model.index(0, TIME)) == "23:20:48"


def test_the_words_of_an_answer_are_the_users_own_where_they_wrote_some(en: UiWords) -> None:
    case_file = case_with_records()
    step = case_file.follow_ups[1]
    told = replace(step, details=replace(step.details, answer="让我等三天"))
    lines = timeline(replace(case_file, follow_ups=(told,)), PACKS, en.words)
    assert "Answer: 让我等三天" in by_id(lines, step.id).text
