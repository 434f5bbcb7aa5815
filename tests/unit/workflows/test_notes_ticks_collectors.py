"""What the user writes down is on disk when the call returns, and nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.case import Case, CollectorCard, Document, Shown, Verdict
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.describe_collector import add_collector, change_collector
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import change_case, ensure_case, latest_case, open_case
from evidencedesk.workflows.take_note import correct_note, take_note
from evidencedesk.workflows.tick_item import tick_item, withdraw_tick


@pytest.fixture
def encounter(desk: Desk, case: Case) -> str:
    desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, {"encounter": "e-00000001", "mode": "visit"})])
    return "e-00000001"


def test_a_note_survives_the_end_of_the_program(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        case = open_case(desk, "来分期")
        take_note(desk, case.id, "两名男子敲门\n自称平台委托")
    with open_desk(library, SystemClock()) as desk:
        (note,) = desk.store.case_file(case.id).notes
        assert note.text == "两名男子敲门\n自称平台委托"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07"])
def test_an_empty_note_is_refused(desk: Desk, case: Case, text: str) -> None:
    with pytest.raises(Known) as raised:
        take_note(desk, case.id, text)
    assert raised.value.code is Code.EMPTY_TEXT


def test_a_marker_needs_no_words(desk: Desk, case: Case, encounter: str) -> None:
    assert take_note(desk, case.id, "", encounter, marker="threat").marker == "threat"


def test_a_note_of_a_megabyte_is_refused_with_the_limit(desk: Desk, case: Case) -> None:
    with pytest.raises(Known) as raised:
        take_note(desk, case.id, "长" * 1_000_000)
    assert raised.value.code is Code.TEXT_TOO_LONG
    assert raised.value.facts["limit"] == 20_000


def test_a_position_without_a_recording_is_refused(desk: Desk, case: Case) -> None:
    with pytest.raises(Known) as raised:
        take_note(desk, case.id, "x", at_ms=5)
    assert raised.value.code is Code.MOMENT_OUTSIDE_RECORDING


def test_a_corrected_note_keeps_its_first_words_in_the_journal(desk: Desk, case: Case) -> None:
    note = take_note(desk, case.id, "18600 元")
    correct_note(desk, case.id, note.id, "18,600 元,未给明细")
    (shown,) = desk.store.case_file(case.id).notes
    assert shown.text == "18,600 元,未给明细"
    assert shown.corrected
    texts = [event.data["text"] for event in desk.store.events(case.id) if "text" in event.data]
    assert texts == ["18600 元", "18,600 元,未给明细"]


def test_lone_surrogates_from_a_command_line_become_plain_text(desk: Desk, case: Case) -> None:
    assert "\udc80" not in take_note(desk, case.id, "abc\udc80").text


def test_a_tick_names_its_pack_and_version(desk: Desk, case: Case, encounter: str) -> None:
    tick_item(desk, case.id, encounter, desk.pack, "shows-work-id", Verdict.BREACHED)
    (tick,) = desk.store.case_file(case.id).ticks
    assert (tick.pack, tick.pack_version) == (desk.pack.id, desk.pack.version)


def test_an_item_that_is_not_in_the_pack_is_refused(desk: Desk, case: Case, encounter: str) -> None:
    with pytest.raises(Known) as raised:
        tick_item(desk, case.id, encounter, desk.pack, "no-such-item", Verdict.KEPT)
    assert raised.value.code is Code.UNKNOWN_ITEM


def test_a_withdrawn_tick_stays_visible_as_withdrawn(desk: Desk, case: Case, encounter: str) -> None:
    tick = tick_item(desk, case.id, encounter, desk.pack, "talk-evenly", Verdict.KEPT)
    withdraw_tick(desk, case.id, tick.id)
    (kept,) = desk.store.case_file(case.id).ticks
    assert kept.withdrawn
    with pytest.raises(Known):
        withdraw_tick(desk, case.id, tick.id)


def test_an_encounter_of_another_case_is_refused(desk: Desk, encounter: str) -> None:
    other = open_case(desk, "另一案")
    with pytest.raises(Known) as raised:
        take_note(desk, other.id, "x", encounter)
    assert raised.value.code is Code.UNKNOWN_ENCOUNTER


def test_a_collector_card_changes_by_new_events(desk: Desk, case: Case, encounter: str) -> None:
    collector = add_collector(desk, case.id, encounter, CollectorCard(name=" 张某 "))
    card = CollectorCard(name="张某", documents=((Document.WORK_ID, Shown.REFUSED),))
    change_collector(desk, case.id, collector.id, card)
    change_collector(desk, case.id, collector.id, card)
    assert desk.store.case_file(case.id).collectors[0].card == card
    types = [event.type for event in desk.store.events(case.id)]
    assert types.count(EventType.COLLECTOR_CHANGED) == 1, "the same card again is no event"


def test_the_latest_case_is_the_one_something_happened_to(desk: Desk, case: Case) -> None:
    newer = open_case(desk, "后来的案件")
    assert latest_case(desk) is not None
    take_note(desk, case.id, "又来电话")
    latest = latest_case(desk)
    assert latest is not None
    assert latest.id == case.id != newer.id


def test_one_press_needs_no_case(desk: Desk) -> None:
    first = ensure_case(desk, "我的案件")
    assert ensure_case(desk, "我的案件").id == first.id


def test_a_case_can_be_renamed_and_remembers(desk: Desk, case: Case) -> None:
    change_case(desk, case.id, title="来分期(新合同)")
    assert desk.store.find_case(case.id).title == "来分期(新合同)"
    assert [e.type for e in desk.store.events(case.id)] == [EventType.CASE_OPENED, EventType.CASE_CHANGED]
