"""One very long recording from its first sample to its verified case folder."""

from __future__ import annotations

import functools
import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.domain.case import Mode
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows import record_encounter
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from evidencedesk.workflows.verify_folder import verify
from soak.fast_sound import RATE_HZ, FastRecorder, FastSource, SoundClock

_LOOK_S = 0.2
# After this much of it, all that is loaded once is loaded.
_WARM_S = 1800


@dataclass
class Figures:
    """What was seen. ``memory`` holds (seconds of sound, MiB of this process)."""

    sound_s: float = 0.0
    took_s: float = 0.0
    parts: int = 0
    sound_bytes: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)
    export_s: float = 0.0
    verify_s: float = 0.0
    memory_after: float = 0.0
    faults: list[str] = field(default_factory=list)

    def growth_mib(self) -> float:
        """How much memory grew while recording, after the first half hour of sound."""
        warm = [mib for at_s, mib in self.memory if at_s >= min(_WARM_S, self.sound_s / 4)]
        return max(warm) - warm[0] if warm else 0.0


def record_a_day(folder: Path, seconds: float, part_s: int) -> Figures:
    """Record, compare each sample, export, verify."""
    figures, clock = Figures(sound_s=seconds), SoundClock()
    source = FastSource(seconds, clock)
    recorder = functools.partial(FastRecorder, source=source)
    began = time.monotonic()
    with (
        patch.object(record_encounter, "local_recorder", recorder),
        open_desk(folder / "library", clock) as desk,
    ):
        case = open_case(desk, "soak").id
        options = RecordOptions(part_s=part_s)
        live = RecordEncounter.begin(desk, Mode.VISIT, "soak", case, apart=False, options=options)
        while not live.finished:
            live.poll()
            figures.memory.append((clock.frames / RATE_HZ, _resident_mib()))
            time.sleep(_LOOK_S)
        figures.took_s = time.monotonic() - began
        _compare(desk, case, source, figures)
        _hand_over(desk, case, folder, figures)
    return figures


def _compare(desk: Desk, case: str, source: FastSource, figures: Figures) -> None:
    """Nothing lost, nothing twice, within parts and between them; and they stand where they belong."""
    case_file = desk.store.case_file(case)
    digest = hashlib.sha256()
    at_ms = 0
    for number, recording in enumerate(case_file.recordings, start=1):
        sound = desk.recording_folder(case, recording.id) / recording.file
        for pcm in read_pcm(sound):
            digest.update(pcm)
        figures.sound_bytes += sound.stat().st_size
        if recording.part != number:
            figures.faults.append(f"part {recording.part} stands in the place of {number}")
        if abs(recording.begins_ms - at_ms) > 500:
            figures.faults.append(f"part {number} begins at {recording.begins_ms} ms, not {at_ms}")
        at_ms += recording.duration_ms or 0
    figures.parts = len(case_file.recordings)
    samples = sum(recording.samples or 0 for recording in case_file.recordings)
    if samples != source.frames:
        figures.faults.append(f"{samples} samples instead of {source.frames}")
    if digest.hexdigest() != source.sha256:
        figures.faults.append("the samples are not those that were given")
    if case_file.gaps or case_file.warnings:
        codes = sorted({gap.cause for gap in case_file.gaps} | {one.code for one in case_file.warnings})
        figures.faults.append(f"{len(case_file.gaps)} gaps, {len(case_file.warnings)} warnings: {codes}")


def _hand_over(desk: Desk, case: str, folder: Path, figures: Figures) -> None:
    began = time.monotonic()
    exported = export_case(desk, case, folder / "out", Words("zh", resource("locale"))).path
    figures.export_s = time.monotonic() - began
    began = time.monotonic()
    figures.faults += [f"{finding.code} {finding.subject}" for finding in verify(exported).faults]
    figures.verify_s = time.monotonic() - began
    figures.memory_after = _resident_mib()


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20
