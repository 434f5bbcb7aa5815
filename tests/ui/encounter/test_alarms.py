"""Which warnings hold, and on whose sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.domain.case import Leg
from evidencedesk.domain.pulse import PartStatus, PulseWarning, RecorderState, RecorderStatus, WarningCode
from evidencedesk.ui.encounter.alarm_words import alarm_text
from evidencedesk.ui.encounter.alarms import ENDED, Alarm, Alarms
from evidencedesk.ui.words import UiWords
from fakes.ui_services import RATE_HZ, moment

UTC = "2026-11-23T13:34:00.000000Z"
MONITOR = PartStatus("r-far", "folder", 1, 0, "Monitor", "spk.monitor", RATE_HZ, 2, False, moment())


def codes(found: tuple[Alarm, ...]) -> tuple[str, ...]:
    assert all(alarm.leg is Leg.NEAR for alarm in found)
    return tuple(alarm.code for alarm in found)


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
    assert codes(Alarms().in_force(status(10), now_ms=1, journal_behind=False)) == ()


def test_time_that_stands_still_is_an_alarm_until_it_moves() -> None:
    alarms = Alarms()
    alarms.in_force(status(10), now_ms=1_000, journal_behind=False)
    assert codes(alarms.in_force(status(10), now_ms=3_500, journal_behind=False)) == ()
    assert codes(alarms.in_force(status(10), now_ms=4_500, journal_behind=False)) == ("stalled",)
    assert codes(alarms.in_force(status(11), now_ms=4_600, journal_behind=False)) == ()


def test_sound_that_is_not_saved_is_an_alarm() -> None:
    assert codes(Alarms().in_force(status(60, saved=50), now_ms=1, journal_behind=False)) == (
        "capture-silent",
    )


def test_a_journal_that_waits_is_an_alarm() -> None:
    assert codes(Alarms().in_force(status(60), now_ms=1, journal_behind=True)) == ("not-journaled",)


@pytest.mark.parametrize(("later_s", "holds"), [(5, True), (15, False)])
def test_a_moments_trouble_fades(later_s: int, holds: bool) -> None:
    warnings = (PulseWarning("clipped", 60_000, UTC),)
    found = Alarms().in_force(status(60 + later_s, warnings=warnings), now_ms=1, journal_behind=False)
    assert codes(found) == (("clipped",) if holds else ())


def test_a_disk_that_fills_stays_on_the_screen() -> None:
    warnings = (PulseWarning("disk-nearly-full", 1_000, UTC),)
    found = Alarms().in_force(status(900, warnings=warnings), now_ms=1, journal_behind=False)
    assert codes(found) == ("disk-nearly-full",)


def test_silence_holds_until_something_is_heard() -> None:
    alarms = Alarms()
    warnings = (PulseWarning("silent", 60_000, UTC),)
    silent = status(100, warnings=warnings, peak=0)
    assert codes(alarms.in_force(silent, now_ms=1, journal_behind=False)) == ("silent",)
    heard = status(101, warnings=warnings)
    assert codes(alarms.in_force(heard, now_ms=2, journal_behind=False)) == ()
    assert (
        codes(alarms.in_force(replace(silent, samples=102 * RATE_HZ), now_ms=3, journal_behind=False)) == ()
    )


def test_a_recorder_that_does_not_answer_is_not_blamed_on_the_microphone() -> None:
    alarms = Alarms()
    alarms.in_force(status(10), now_ms=1_000, journal_behind=False)
    silent = status(10, answering=False)
    assert codes(alarms.in_force(silent, now_ms=9_000, journal_behind=False)) == ("capture-silent",)


def far(**changed: object) -> RecorderStatus:
    base = RecorderStatus(
        RecorderState.RECORDING,
        rate_hz=RATE_HZ,
        samples=10 * RATE_HZ,
        saved_samples=10 * RATE_HZ,
        parts=(MONITOR,),
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def look(near: RecorderStatus, other: RecorderStatus) -> tuple[Alarm, ...]:
    return Alarms().in_force(near, other, now_ms=1, journal_behind=False)


def test_the_other_sides_device_is_judged_by_its_own_sound_not_by_the_microphones() -> None:
    lost = PulseWarning("device-lost", 9_000, UTC, recording="r-far")
    heard_well = status(10, warnings=(lost,))
    assert look(heard_well, far(taking=False)) == (Alarm("device-lost", Leg.FAR),)
    assert look(heard_well, far()) == ()  # it is back


def test_a_microphone_that_is_gone_is_not_said_of_the_other_side() -> None:
    lost = PulseWarning("device-lost", 9_000, UTC, recording="r-near")
    assert look(status(10, taking=False, warnings=(lost,)), far()) == (Alarm("device-lost"),)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (far(answering=False), WarningCode.CAPTURE_SILENT),
        (far(samples=30 * RATE_HZ), WarningCode.CAPTURE_SILENT),
        (far(taking=False), WarningCode.STALLED),
        (far(state=RecorderState.FAILED, error="device-refused"), ENDED),
        (far(state=RecorderState.STOPPED), ENDED),
    ],
)
def test_every_way_in_which_the_other_side_is_missing_is_an_alarm(other: RecorderStatus, code: str) -> None:
    assert look(status(10), other) == (Alarm(code, Leg.FAR),)


def test_the_microphones_voice_does_not_end_the_silence_of_the_other_side() -> None:
    silent = PulseWarning("no-far-sound", 9_000, UTC, recording="r-far")
    near = status(100, warnings=(silent,))
    assert look(near, far(samples=100 * RATE_HZ, saved_samples=100 * RATE_HZ)) == (
        Alarm("no-far-sound", Leg.FAR),
    )
    assert look(near, far(samples=100 * RATE_HZ, saved_samples=100 * RATE_HZ, peak=90)) == ()


def test_an_output_that_rests_is_no_alarm_as_long_as_its_recorder_takes_what_comes() -> None:
    alarms = Alarms()
    for second in range(20):
        found = alarms.in_force(status(10 + second), far(), now_ms=1 + second * 1000, journal_behind=False)
        assert found == ()


def test_what_is_wrong_with_the_computer_is_said_once() -> None:
    both = tuple(PulseWarning("main-lost", 9_000, UTC, recording=one) for one in ("r-near", "r-far"))
    assert look(status(10, warnings=both), far()) == (Alarm("main-lost"),)


def test_missing_sound_comes_before_what_only_sounds_bad() -> None:
    clipped = PulseWarning("clipped", 9_500, UTC, recording="r-near")
    assert look(status(10, warnings=(clipped,)), far(answering=False)) == (
        Alarm("capture-silent", Leg.FAR),
        Alarm("clipped"),
    )


def test_a_far_side_that_could_not_be_recorded_at_all_stays_on_the_screen() -> None:
    missing = PulseWarning("far-missing", 0, UTC, recording="r-near")
    found = Alarms().in_force(status(900, warnings=(missing,)), now_ms=1, journal_behind=False)
    assert codes(found) == ("far-missing",)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", [ENDED, *WarningCode])
def test_every_alarm_of_the_other_side_names_the_other_side(en: UiWords, language: str, code: str) -> None:
    en.set_language("zh" if language == "zh" else "en")
    said = alarm_text(en, Alarm(code, Leg.FAR))
    if code == WarningCode.FAR_MISSING:
        assert said == alarm_text(en, Alarm(code))
    else:
        assert ("other side" in said.lower()) if language == "en" else ("对方" in said)
    assert alarm_text(en, Alarm(code))


def test_sound_that_goes_to_another_loudspeaker_is_said_until_the_other_side_is_heard_again() -> None:
    alarms = Alarms()
    warnings = (PulseWarning("output-changed", 60_000, UTC, recording="r-far"),)
    near = status(100, warnings=warnings)
    lost = status(100, peak=0, parts=(MONITOR,))
    found = alarms.in_force(near, lost, now_ms=1, journal_behind=False)
    assert [(alarm.code, alarm.leg) for alarm in found] == [("output-changed", Leg.FAR)]
    assert alarms.in_force(near, status(101, parts=(MONITOR,)), now_ms=2, journal_behind=False) == ()
