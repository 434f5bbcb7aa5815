from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, StopReason
from evidencedesk.ui.encounter.alarms import Alarms
from fakes.ui_services import RATE_HZ
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


def status(seconds: float, *, saved: float | None = None, **changed: object) -> RecorderStatus:
    base = RecorderStatus(
        RecorderState.RECORDING,
        rate_hz=RATE_HZ,
        samples=int(seconds * RATE_HZ),
        saved_samples=int((seconds if saved is None else saved) * RATE_HZ),
        peak=200,
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def test_all_is_well_by_default() -> None:
    assert Alarms().in_force(status(10), now_ms=1, journal_behind=False) == ()


def test_time_that_stands_still_is_an_alarm_until_it_moves() -> None:
    alarms = Alarms()
    alarms.in_force(status(10), now_ms=1_000, journal_behind=False)
    assert alarms.in_force(status(10), now_ms=3_500, journal_behind=False) == ()
    assert alarms.in_force(status(10), now_ms=4_500, journal_behind=False) == ("stalled",)
    assert alarms.in_force(status(11), now_ms=4_600, journal_behind=False) == ()


def test_sound_that_is_not_saved_is_an_alarm() -> None:
    assert Alarms().in_force(status(60, saved=50), now_ms=1, journal_behind=False) == ("capture-silent",)


def test_a_journal_that_waits_is_an_alarm() -> None:
    assert Alarms().in_force(status(60), now_ms=1, journal_behind=True) == ("not-journaled",)


@pytest.mark.parametrize(("later_s", "holds"), [(5, True), (15, False)])
def test_a_moments_trouble_fades(later_s: int, holds: bool) -> None:
    warnings = (PulseWarning("clipped", 60_000, UTC),)
    found = Alarms().in_force(status(60 + later_s, warnings=warnings), now_ms=1, journal_behind=False)
    assert found == (("clipped",) if holds else ())


def test_a_disk_that_fills_stays_on_the_screen() -> None:
    warnings = (PulseWarning("disk-nearly-full", 1_000, UTC),)
    found = Alarms().in_force(status(900, warnings=warnings), now_ms=1, journal_behind=False)
    assert found == ("disk-nearly-full",)


def test_silence_holds_until_something_is_heard() -> None:
    alarms = Alarms()
    warnings = (PulseWarning("silent", 60_000, UTC),)
    silent = status(100, warnings=warnings, peak=0)
    assert alarms.in_force(silent, now_ms=1, journal_behind=False) == ("silent",)
    heard = status(101, warnings=warnings)
    assert alarms.in_force(heard, now_ms=2, journal_behind=False) == ()
    assert alarms.in_force(replace(silent, samples=102 * RATE_HZ), now_ms=3, journal_behind=False) == ()


def test_a_recorder_that_does_not_answer_is_not_blamed_on_the_microphone() -> None:
    alarms = Alarms()
    alarms.in_force(status(10), now_ms=1_000, journal_behind=False)
    silent = status(10, answering=False)
    assert alarms.in_force(silent, now_ms=9_000, journal_behind=False) == ("capture-silent",)
