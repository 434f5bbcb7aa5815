"""From start to recording one click, a breach in one key, a contact in two touches: by real mouse and keys.

The hand knows nothing of the program's inside, and the journal is the judge. How long it took is printed by
``make walk``; here only a step that hangs fails.
"""

from __future__ import annotations

import datetime as dt

import pytest

from walk.screen import missing_tools
from walk.story import KEYS, LATER, MARKED_RULE, MARKER, NOTE, Told, walk_through

HANGS_S = 15.0
# A mark's second is what the recorder said last, ten times a second; the rest is for a busy machine.
SECOND_MS = 1_500


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    missing = missing_tools()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    return walk_through(tmp_path_factory.mktemp("walk"))


@pytest.mark.parametrize(
    "name", ["first start, one click", "second start, one click", "third start, one key"]
)
def test_one_touch_at_the_first_paint_records(told: Told, name: str) -> None:
    assert told.step(name).touches == 1
    assert len(told.case_file["recordings"]) == 3
    for recording in told.case_file["recordings"]:
        assert recording["state"] == "stopped"
        assert not recording["simulated"]
        assert recording["samples"] > 0


def test_one_key_marks_a_breach_while_a_note_is_being_written(told: Told) -> None:
    tick = told.events["breach by a marker's key, while writing"]["data"]
    assert (tick["item"], tick["verdict"]) == (MARKED_RULE, "breached")
    notes = {note["marker"]: note["text"] for note in told.case_file["notes"]}
    assert notes[MARKER] == NOTE, "what stood in the line belongs to the marker"


def test_ctrl_and_a_digit_mark_a_rule_and_leave_the_line_alone(told: Told) -> None:
    marked = {name: told.events[name]["data"]["verdict"] for name in KEYS}
    assert marked == {name: "kept" if "Shift" in name else "breached" for name in KEYS}
    assert len({told.events[name]["data"]["item"] for name in KEYS}) == len(KEYS)
    assert {told.step(name).touches for name in KEYS} == {1}
    assert told.focus_after_marks == "note-input"
    assert told.events["note by Enter"]["data"]["text"] == LATER


@pytest.mark.parametrize("name", [*KEYS, "note by Enter", "number called"])
def test_each_mark_stands_at_its_second(told: Told, name: str) -> None:
    data = told.events[name]["data"]
    (recording,) = (one for one in told.case_file["recordings"] if one["id"] == data["recording"])
    started = dt.datetime.fromisoformat(recording["started"]["utc"])
    pressed_ms = (told.pressed[name] - started) / dt.timedelta(milliseconds=1)
    latest_ms = pressed_ms + 1000 * told.step(name).seconds
    assert pressed_ms - SECOND_MS <= data["at_ms"] <= latest_ms + SECOND_MS


def test_undo_takes_the_last_mark_back_and_then_the_one_before(told: Told) -> None:
    undone = [told.events[name]["data"]["tick"] for name in ("undo by Ctrl+Z", "undo by one click")]
    marked = [told.events[name]["data"]["tick"] for name in KEYS]
    assert undone == marked[:1:-1]
    withdrawn = {tick["id"]: tick["withdrawn"] for tick in told.case_file["ticks"]}
    assert [withdrawn[tick] for tick in marked] == [False, False, True, True]


def test_a_number_is_called_in_two_touches(told: Told) -> None:
    (call,) = told.case_file["follow_ups"]
    assert told.step("number called").touches == 2
    assert call["details"]["number"] == "110"
    assert call["details"]["step"] == "call"


def test_a_contact_is_logged_in_two_touches_by_mouse_and_by_keyboard(told: Told) -> None:
    names = ("contact from the cases page", "contact by keyboard")
    assert [told.step(name).touches for name in names] == [2, 2]
    assert [told.events[name]["data"]["details"]["kind"] for name in names] == ["sms", "missed_call"]
    logged = [one["details"]["kind"] for one in told.case_file["contacts"]]
    assert logged == ["sms", "missed_call"]


def test_nothing_hangs(told: Told) -> None:
    assert told.codes == [0, 0, 0]
    assert [step for step in told.steps if step.seconds > HANGS_S] == []
