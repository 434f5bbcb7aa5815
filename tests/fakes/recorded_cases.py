"""A case whose sound went through the real recorder and, after a crash, through the real recovery."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from unittest import mock

import numpy as np
import soundfile as sf

from evidencedesk.capture import recorder as recorder_module
from evidencedesk.capture.file_source import FileSource
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import recover_recording
from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import PULSE_FILE, SOUND_FILE, RecordingPlan, SealedSound
from evidencedesk.system.clock import SystemClock
from fakes.case_folders import CASE, RECOVERED, SEALED, VISIT, BuiltCase

RATE_HZ = 16_000
CHANNELS = 2
SECONDS = 10
SPEED = 10.0
PULSE_S = 0.08  # at this speed a promise for each 0.8 s of sound
_PATIENCE_S = 20.0


def build_recorded_case(source: Path) -> BuiltCase:
    """One visit, recorded twice: sealed by a normal stop, and cut off half way through."""
    built = BuiltCase(source)
    built.add(EventType.CASE_OPENED, {"title": "来分期", "creditor": "", "contract": ""})
    built.add(EventType.ENCOUNTER_OPENED, {"encounter": VISIT, "mode": "visit"})
    sound = source.parent / "visit.wav"
    source.mkdir(parents=True, exist_ok=True)
    _noise(sound)
    sealed = dataclasses.asdict(_record(built, SEALED, sound))
    built.add(EventType.RECORDING_STOPPED, {"recording": SEALED, **sealed})
    _record(built, RECOVERED, sound)
    folder = source / "recordings" / RECOVERED
    _crash(folder)
    outcome = recover_recording(folder, SystemClock())
    assert outcome is not None
    facts = dataclasses.asdict(outcome)
    facts.pop("rate_hz")
    built.add(EventType.RECORDING_RECOVERED, {"recording": RECOVERED, **facts})
    built.add(EventType.ENCOUNTER_CLOSED, {"encounter": VISIT})
    return built


def _record(built: BuiltCase, recording: str, sound: Path) -> SealedSound:
    folder = built.source / "recordings" / recording
    folder.mkdir(parents=True)
    plan = RecordingPlan(CASE, VISIT, recording, str(folder), "visit", f"file:{sound}", "0.1.0")
    source = FileSource(sound, speed=SPEED)
    with mock.patch.object(recorder_module, "PULSE_S", PULSE_S):
        recorder = LocalRecorder(plan, SystemClock(), source)
        recorder.start()
        assert recorder.wait(_PATIENCE_S)
    status = recorder.status()
    assert status.sealed is not None, status.error
    built.add(
        EventType.RECORDING_STARTED,
        {
            "recording": recording,
            "encounter": VISIT,
            "device": source.facts.device,
            "source": source.facts.source,
            "rate_hz": source.facts.rate_hz,
            "channels": source.facts.channels,
            "simulated": source.facts.simulated,
            "file": SOUND_FILE,
            "started_utc": built.events[-1].moment.utc,
        },
    )
    return status.sealed


def _crash(folder: Path) -> None:
    """What a power cut leaves: sound that ends within a frame, and half a last pulse line."""
    sound, pulses = folder / SOUND_FILE, folder / PULSE_FILE
    sound.chmod(0o600)
    pulses.chmod(0o600)
    lines = [line for line in pulses.read_bytes().splitlines(keepends=True) if b'"kind":"stop"' not in line]
    kept = [number for number, line in enumerate(lines) if b'"kind":"pulse"' in line][-2]
    pulses.write_bytes(b"".join(lines[: kept + 1]) + lines[kept + 1][:57])
    sound.write_bytes(sound.read_bytes()[:-1111])


def _noise(path: Path) -> None:
    samples = np.random.default_rng(20).integers(
        -900, 900, size=(RATE_HZ * SECONDS, CHANNELS), dtype=np.int16
    )
    sf.write(path, samples, RATE_HZ, subtype="PCM_16")
