from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.pulse import (
    Copy,
    PartStatus,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    SealedSound,
    StopReason,
)
from evidencedesk.ui.encounter.alarms import ENDED
from evidencedesk.ui.encounter.copies import CopyState
from fakes.ui_services import RATE_HZ, FakeLive, disk_full, moment
from fakes.ui_stage import EncounterStage

UTC = "2026-11-23T13:34:00.000000Z"


def test_the_bar_says_what_the_recorder_said(stage: EncounterStage) -> None:
    stage.presenter.begin()
    bar = stage.presenter.bar
    assert (bar.state, bar.elapsed_s, bar.saved_s) == (RecorderState.RECORDING, 192, 191)
    assert bar.device == "Built-in microphone"
    assert bar.minutes_left is not None


def test_it_is_polled_by_itself(stage: EncounterStage, qtbot: QtBot) -> None:
    stage.presenter.begin()
    stage.live.at(300)
    qtbot.waitUntil(lambda: stage.presenter.bar.elapsed_s == 300)


def test_each_column_is_drawn_once(stage: EncounterStage) -> None:
    told: list[tuple[int, int]] = []
    stage.presenter.columns_added.connect(lambda first, columns: told.append((first, len(columns))))
    stage.live.columns += [(-1, 1)] * 10
    stage.presenter.poll()
    stage.presenter.poll()
    stage.live.columns += [(-1, 1)] * 3
    stage.presenter.poll()
    assert told == [(0, 10), (10, 3)]


def test_stop_saves_what_was_typed_and_shows_the_sealing(stage: EncounterStage, qtbot: QtBot) -> None:
    stage.presenter.begin()
    stage.presenter.people.field_edited("name", "Zhang")
    stage.presenter.stop()
    stage.presenter.stop()
    assert stage.live.stops == 1
    assert stage.presenter.bar.state is RecorderState.SEALING
    assert len(stage.file.collectors) == 1
    stage.presenter.poll()  # the recorder has not heard it yet
    assert stage.presenter.bar.state is RecorderState.SEALING
    stage.live.seal()
    with qtbot.waitSignal(stage.presenter.finished) as told:
        stage.presenter.poll()
    assert told.args == [stage.live.case]
    assert stage.heard.said == []


def test_the_end_is_told_once(stage: EncounterStage, qtbot: QtBot) -> None:
    stage.presenter.begin()
    stage.live.seal()
    stage.presenter.poll()
    with qtbot.assertNotEmitted(stage.presenter.finished):
        stage.presenter.poll()


@pytest.mark.parametrize("reason", [StopReason.DEVICE_LOST, StopReason.DISK, StopReason.SOURCE_ENDED])
def test_an_end_nobody_asked_for_is_explained(stage: EncounterStage, reason: StopReason) -> None:
    stage.presenter.begin()
    stage.live.seal(reason)
    stage.presenter.poll()
    assert [message.stopped for message in stage.heard.said] == [reason]


def test_a_recorder_that_failed_is_told_with_its_code(stage: EncounterStage, qtbot: QtBot) -> None:
    stage.presenter.begin()
    stage.live.status = replace(
        stage.live.status, state=RecorderState.FAILED, error="disk-full", error_facts=(("path", "x"),)
    )
    stage.live.finished = True
    with qtbot.waitSignal(stage.presenter.finished):
        stage.presenter.poll()
    assert stage.heard.codes == ["disk-full"]


def test_a_note_written_after_the_end_has_no_second(stage: EncounterStage) -> None:
    stage.presenter.begin()
    stage.live.seal()
    stage.presenter.poll()
    stage.presenter.notes.note_entered("half a sentence")
    assert [note.at_ms for note in stage.file.notes] == [None]


FAR = RecorderStatus(
    RecorderState.RECORDING,
    device="Monitor of Speakers",
    rate_hz=RATE_HZ,
    channels=2,
    samples=192 * RATE_HZ,
    saved_samples=191 * RATE_HZ,
)


def test_a_far_leg_that_is_frozen_is_said_and_can_be_restarted(stage: EncounterStage) -> None:
    stage.presenter.begin()
    stage.live.far = replace(FAR, answering=False)
    stage.presenter.poll()
    assert [(alarm.code, alarm.leg) for alarm in stage.presenter.bar.alarms] == [("capture-silent", "far")]
    assert stage.presenter.bar.frozen


def test_an_encounter_whose_microphone_failed_goes_on_with_the_other_side_and_can_be_stopped(
    stage: EncounterStage,
) -> None:
    stage.presenter.begin()
    stage.live.status = replace(stage.live.status, state=RecorderState.FAILED, error="device-busy")
    stage.live.far = replace(FAR, samples=300 * RATE_HZ, saved_samples=300 * RATE_HZ)
    stage.presenter.poll()
    bar = stage.presenter.bar
    assert (bar.state, bar.elapsed_s) == (RecorderState.RECORDING, 300)
    assert [alarm.code for alarm in bar.alarms] == [ENDED]
    stage.presenter.stop()
    assert stage.live.stops == 1
    stage.presenter.poll()
    assert stage.presenter.bar.state is RecorderState.SEALING


def test_a_far_leg_that_failed_is_told_at_the_end_as_well(stage: EncounterStage) -> None:
    stage.presenter.begin()
    stage.live.far = replace(FAR, state=RecorderState.FAILED, error="device-refused")
    stage.presenter.poll()
    assert stage.presenter.bar.far_device == ""
    stage.live.seal()
    stage.presenter.poll()
    assert [message.msgid.partition(".")[0] for message in stage.heard.said] == [
        "The other side was not recorded to the end"
    ]


@pytest.mark.parametrize("what", ["journal_refused", "recovery_failed"])
def test_sound_that_the_journal_does_not_know_is_said_to_be_safe_with_its_place(
    stage: EncounterStage, qtbot: QtBot, what: str
) -> None:
    stage.presenter.begin()
    stage.live.seal()
    setattr(stage.live, what, disk_full())
    with qtbot.waitSignal(stage.presenter.finished):
        stage.presenter.poll()
    (message,) = stage.heard.said
    title, detail = message.texts(stage.words.words)
    assert title
    assert stage.live.folder in detail
    assert "next start" in detail
    assert "The disk is full" in detail


def with_second_copy(stage: EncounterStage) -> FakeLive:
    stage.desk.second_folders[stage.live.encounter] = "/media/stick/EvidenceDesk"
    return stage.live


@pytest.mark.parametrize(
    ("code", "state"),
    [("", CopyState.WRITTEN), ("copy-lost", CopyState.LOST), ("main-lost", CopyState.ALONE)],
)
def test_the_bar_knows_what_becomes_of_the_second_copy(
    stage: EncounterStage, code: str, state: CopyState
) -> None:
    live = with_second_copy(stage)
    if code:
        warning = PulseWarning(code, 1_000, UTC, recording=live.recording)
        live.status = replace(live.status, warnings=(warning,))
    stage.presenter.begin()
    assert stage.presenter.bar.copy is state


def test_without_a_second_copy_nothing_is_said_of_one(stage: EncounterStage) -> None:
    stage.presenter.begin()
    assert stage.presenter.bar.copy is CopyState.NONE


def test_a_new_part_begins_with_two_copies_again(stage: EncounterStage) -> None:
    live = with_second_copy(stage)
    live.status = replace(live.status, warnings=(PulseWarning("copy-lost", 1_000, UTC, recording="r-old"),))
    stage.presenter.poll()
    assert stage.presenter.bar.copy is CopyState.WRITTEN


def test_once_the_first_disk_is_lost_later_parts_are_in_the_second_place_as_well(
    stage: EncounterStage,
) -> None:
    live = with_second_copy(stage)
    live.status = replace(live.status, warnings=(PulseWarning("main-lost", 1_000, UTC, recording="r-old"),))
    stage.presenter.poll()
    assert stage.presenter.bar.copy is CopyState.ALONE


@pytest.mark.parametrize(
    ("copy", "said"),
    [
        (Copy.SAME, "same as the first"),
        (Copy.DIFFERS, "not the same"),
        (Copy.LOST, "not written to its end"),
        (Copy.ALONE, "brought home"),
    ],
)
def test_at_the_end_it_is_said_whether_the_second_copy_was_the_same(
    stage: EncounterStage, copy: Copy, said: str
) -> None:
    stage.presenter.begin()
    sealed = SealedSound(StopReason.USER, 1, "audio.flac", 1, "0" * 64, "0" * 64, "0" * 64, copy.value)
    part = PartStatus("r-1", "folder", 1, 0, "Mic", "mic", RATE_HZ, 1, False, moment(), sealed=sealed)
    stage.live.seal()
    stage.live.status = replace(stage.live.status, parts=(part,))
    stage.presenter.poll()
    (message,) = stage.heard.said
    assert said in message.texts(stage.words.words)[0]


def test_the_hours_left_are_those_of_the_disk_that_is_written_to(stage: EncounterStage) -> None:
    live = with_second_copy(stage)
    stage.desk.free_elsewhere["/media/stick/EvidenceDesk"] = 200_000_000 + 48_000 * 2 * 60 * 7
    stage.presenter.begin()
    assert stage.presenter.bar.minutes_left != 7
    live.status = replace(
        live.status, warnings=(PulseWarning("main-lost", 1_000, UTC, recording=live.recording),)
    )
    for _ in range(60):
        stage.presenter.poll()
    assert stage.presenter.bar.minutes_left == 7


def test_a_disk_that_does_not_say_how_much_room_it_has_gives_no_number(stage: EncounterStage) -> None:
    stage.desk.free = None
    stage.presenter.begin()
    assert stage.presenter.bar.minutes_left is None
    assert stage.presenter.bar.elapsed_s == 192
