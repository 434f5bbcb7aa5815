"""What is told about a recording, with a recorder that does as the test says."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.output import Output
from evidencedesk.cli.session import Session
from evidencedesk.cli.watch_recording import RecordingWatch
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.pulse import (
    PartStatus,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    SealedSound,
    StopReason,
)
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.leg import Leg
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.troubled_library import HurriedClock, part_on_disk, refusing_writes, take_noise

RATE = 8000
UTC = "2026-11-23T14:05:09.000000Z"
BASE = RecorderStatus(RecorderState.RECORDING, device="Mic", rate_hz=RATE, channels=1)


class ScriptedRecorder:
    """Plays a list of statuses; a stop request jumps to a sealed end with its reason."""

    def __init__(self, statuses: list[RecorderStatus]) -> None:
        self._statuses = statuses
        self.reasons: list[StopReason] = []

    def start(self) -> None:
        pass

    def status(self, columns_from: int = 0) -> RecorderStatus:
        if self.reasons and self._statuses[-1].sealed is None:
            self._statuses = [sealed(self._statuses[0], self.reasons[0])]
        return self._statuses.pop(0) if len(self._statuses) > 1 else self._statuses[0]

    def request_stop(self, reason: StopReason) -> None:
        self.reasons.append(reason)

    def wait(self, timeout_s: float) -> bool:
        return self._statuses[0].state in (RecorderState.STOPPED, RecorderState.FAILED)

    def kill(self) -> None:
        pass


def saved(seconds: float, **more: Any) -> RecorderStatus:
    frames = int(seconds * RATE)
    return replace(BASE, samples=frames + 800, saved_samples=frames, **more)


def sealed(status: RecorderStatus, reason: StopReason) -> RecorderStatus:
    sound = SealedSound(reason, status.samples, "audio.flac", 10, "ab" * 32, "cd" * 32, "ef" * 32)
    parts = tuple(replace(part, samples=status.samples, sealed=sound) for part in status.parts)
    return replace(
        status, state=RecorderState.STOPPED, saved_samples=status.samples, sealed=sound, parts=parts
    )


def in_part(part: PartStatus, status: RecorderStatus) -> RecorderStatus:
    """The status with its one part, as a recorder gives it."""
    warnings = tuple(replace(warning, recording=part.recording) for warning in status.warnings)
    now = replace(part, samples=status.samples, sealed=status.sealed)
    return replace(status, parts=(now,), warnings=warnings)


@pytest.fixture
def desk(library: Path) -> Iterator[Desk]:
    with open_desk(library, HurriedClock(times=100)) as opened:
        yield opened


Watch = Callable[..., RecordingWatch]


@pytest.fixture
def watch(desk: Desk, library: Path) -> Watch:
    def make(
        statuses: list[RecorderStatus],
        *,
        as_json: bool = True,
        limit_ms: int | None = None,
        asked: signal.Signals | None = None,
    ) -> RecordingWatch:
        case = open_case(desk, "x")
        words = Words("en", resource("locale"))
        session = Session(words, Output(words, as_json=as_json), SystemClock(), library)
        plan = RecordingPlan(
            case.id, new_id(Kind.ENCOUNTER), new_id(Kind.RECORDING), "/sound", "visit", "default", "0"
        )
        moment = desk.clock.now()
        part = PartStatus(
            plan.recording, plan.folder, 1, 0, "Mic", "mic", RATE, 1, simulated=False, started=moment
        )
        recorder = ScriptedRecorder([in_part(part, status) for status in statuses])

        def never(_plan: RecordingPlan) -> ScriptedRecorder:
            raise MachineFailure(Code.NO_MICROPHONE)

        leg = Leg(plan, recorder, never, began_ns=moment.mono_ns, now_ns=lambda: desk.clock.now().mono_ns)
        encounter = RecordEncounter(desk, [leg])
        opened = {"encounter": plan.encounter, "mode": "visit"}
        desk.store.append(case.id, [(EventType.ENCOUNTER_OPENED, opened)], moment)
        interrupts = Interrupts()
        interrupts.first = asked
        return RecordingWatch(session, encounter, interrupts, limit_ms)

    return make


def _events(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_recording_is_told_from_start_to_seal(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    statuses = [saved(0), saved(1), saved(1), saved(2), sealed(saved(2.9), StopReason.SOURCE_ENDED)]
    assert watch(statuses).run() == 0
    events = _events(capsys)
    assert [event["event"] for event in events] == ["started", "saved", "saved", "saved", "stopped"]
    assert events[0]["path"].endswith(f"/{events[0]['recording']}/audio.flac")
    assert [event["seconds"] for event in events[1:]] == [1, 2, 3, 3]
    assert (events[-1]["reason"], events[-1]["sha256"]) == ("source-ended", "ab" * 32)


def test_only_durable_seconds_are_called_saved(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    far_ahead = replace(saved(1), samples=60 * RATE)
    watch([saved(0), far_ahead, far_ahead, sealed(saved(1), StopReason.USER)]).run()
    told = [event["seconds"] for event in _events(capsys) if event["event"] == "saved"]
    assert told == [1, 1.1]  # the last tenth counts only once it is sealed


def test_gaps_and_warnings_are_told_once_and_a_gap_ends_with_1(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    warning = PulseWarning("silent", 500, UTC)
    gap = PulseWarning("overflow", 900, UTC, length_ms=120)
    statuses = [
        saved(0, warnings=(warning,)),
        saved(1, warnings=(warning,)),
        saved(1, warnings=(warning, gap)),
        sealed(saved(1.5, warnings=(warning, gap)), StopReason.USER),
    ]
    assert watch(statuses).run() == 1
    told = [event for event in _events(capsys) if event["event"] in ("gap", "warning")]
    assert told == [
        {"event": "warning", "code": "silent", "at_seconds": 0.5},
        {"event": "gap", "code": "overflow", "at_seconds": 0.9, "seconds": 0.12},
    ]


@pytest.mark.parametrize("reason", list(StopReason))
def test_an_end_nobody_wanted_is_not_a_success(watch: Watch, reason: StopReason) -> None:
    wanted = reason.value in ("user", "signal", "time-limit", "source-ended")
    assert watch([saved(0), sealed(saved(1), reason)]).run() == (0 if wanted else 1)


@pytest.mark.parametrize(
    ("number", "reason"), [(signal.SIGINT, "user"), (signal.SIGTERM, "signal"), (signal.SIGHUP, "signal")]
)
def test_a_signal_stops_and_seals(
    watch: Watch, capsys: pytest.CaptureFixture[str], number: signal.Signals, reason: str
) -> None:
    assert watch([saved(1), saved(1)], asked=number).run() == 0
    assert _events(capsys)[-1]["reason"] == reason


def test_the_limit_counts_recorded_sound(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    statuses = [saved(n) for n in (0, 1, 2, 3, 4, 5, 6)]
    assert watch(statuses, limit_ms=3000).run() == 0
    last = _events(capsys)[-1]
    assert last["reason"] == "time-limit"
    assert 3 <= last["seconds"] < 5.5


def test_a_recorder_that_failed_ends_with_3_and_its_own_reason(watch: Watch) -> None:
    facts = (("path", "/sound"),)
    failed = replace(saved(1), state=RecorderState.FAILED, error="disk-full", error_facts=facts)
    with pytest.raises(MachineFailure) as caught:
        watch([saved(0), failed]).run()
    assert (caught.value.code, caught.value.facts) == (Code.DISK_FULL, {"path": "/sound"})


def test_a_recorder_that_is_simply_gone_is_a_known_failure_too(watch: Watch) -> None:
    with pytest.raises(MachineFailure) as caught:
        watch([saved(0), replace(saved(1), state=RecorderState.FAILED)]).run()
    assert caught.value.code is Code.CAPTURE_LOST


def test_people_read_what_is_true(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    simulated = replace(saved(0), simulated=True)
    watch([simulated, sealed(replace(saved(61), simulated=True), StopReason.USER)], as_json=False).run()
    said = capsys.readouterr()
    assert said.out.endswith("/audio.flac\n")
    assert "SIMULATED" in said.err
    assert "Saved: 00:01:01. Stopped by the user." in said.err
    assert "ab" * 32 in said.err


def test_the_sound_gets_its_seal_even_if_the_telling_breaks(
    watch: Watch, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Output, _text: str) -> None:
        raise ZeroDivisionError

    running = watch([saved(1), saved(1), saved(1)])
    monkeypatch.setattr(Output, "message", broken)
    with pytest.raises(ZeroDivisionError):
        running.run()
    (summary,) = desk.store.cases()
    (recording,) = desk.store.case_file(summary.case.id).recordings
    assert recording.reason == "signal"


def test_a_journal_that_takes_nothing_ends_with_3_and_says_what_to_do(
    watch: Watch, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    running = watch([saved(0), saved(1), sealed(saved(1), StopReason.USER)])
    with refusing_writes(desk), pytest.raises(MachineFailure) as caught:
        running.run()
    assert caught.value.code is Code.NOT_WRITABLE
    said = capsys.readouterr()
    events = [json.loads(line) for line in said.out.splitlines()]
    assert [event["event"] for event in events[-2:]] == ["journal-refused", "stopped"]
    assert events[-2]["code"] == "not-writable"
    assert "evidencedesk recover" in said.err
    assert said.err.count("waiting for the disk") == 1


def test_a_sound_that_could_not_be_recovered_at_once_is_named(
    desk: Desk, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    running = watch([saved(0), saved(1)])
    leg = running._encounter._legs[0]
    part = part_on_disk(desk, leg.plan.case, leg.plan.encounter)
    take_noise(part, 1)
    part.abandon()
    lost = replace(
        saved(1),
        state=RecorderState.FAILED,
        error="disk-full",
        parts=(
            replace(leg.recorder.status().parts[0], recording=part.plan.recording, folder=part.plan.folder),
        ),
    )
    leg.recorder = ScriptedRecorder([saved(1), lost])
    pulses = Path(part.plan.folder) / "pulse.jsonl"
    pulses.write_bytes(b"nothing that a recorder writes\n")
    with pytest.raises(MachineFailure) as caught:
        running.run()
    assert caught.value.code is Code.DISK_FULL
    assert [event["code"] for event in _events(capsys) if event["event"] == "error"] == ["file-unreadable"]
    assert [outcome.recording for outcome in recover_all(desk) if outcome.failed] == [part.plan.recording]
