"""The pulse journal's words: what a recording says about itself, once a second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PULSE_FILE = "pulse.jsonl"
SOUND_FILE = "audio.flac"
RECOVERED_FILE = "audio.recovered.flac"
RECOVERY_FILE = "recovery.json"


class PulseKind(StrEnum):
    """Kinds of pulse-journal lines. Each line names the SHA-256 of the line before in ``prev``."""

    START = "start"
    PULSE = "pulse"
    GAP = "gap"
    WARNING = "warning"
    STOP = "stop"


class StopReason(StrEnum):
    """Why a recording ended."""

    USER = "user"
    SIGNAL = "signal"
    TIME_LIMIT = "time-limit"
    SOURCE_ENDED = "source-ended"
    DEVICE_LOST = "device-lost"
    DISK = "disk"
    NOTHING_RECORDED = "nothing-recorded"


class WarningCode(StrEnum):
    """What may be wrong while recording; ``wording/labels.py`` has a sentence for each."""

    STALLED = "stalled"
    SILENT = "silent"
    CLIPPED = "clipped"
    OVERFLOW = "overflow"
    DISK_NEARLY_FULL = "disk-nearly-full"
    DEVICE_LOST = "device-lost"
    CAPTURE_SILENT = "capture-silent"
    NOT_JOURNALED = "not-journaled"
    BEHIND = "behind"
    REREAD_DIFFERS = "reread-differs"


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """What a recorder needs to know before it starts. ``folder`` exists and is empty."""

    case: str
    encounter: str
    recording: str
    folder: str
    mode: str
    source: str
    app_version: str


@dataclass(frozen=True, slots=True)
class PulseWarning:
    """One warning or gap noted by the recorder. ``length_ms`` is set for gaps."""

    code: str
    at_ms: int
    utc: str
    length_ms: int | None = None


@dataclass(frozen=True, slots=True)
class SealedSound:
    """What a normal stop found when it read everything back."""

    reason: StopReason
    samples: int
    file: str
    file_bytes: int
    file_sha256: str
    pcm_sha256: str
    pulse_sha256: str


@dataclass(frozen=True, slots=True)
class RecoveredSound:
    """What a recovery found and made. ``missing_ms`` is the most that can be missing at the end."""

    samples: int
    saved_samples: int
    rate_hz: int
    missing_ms: int
    cut_bytes: int
    found_file: str
    found_bytes: int
    found_sha256: str
    file: str
    file_bytes: int
    file_sha256: str
    pcm_sha256: str
    pulse_sha256: str
    agrees_with_pulses: bool


class RecorderState(StrEnum):
    """Life of a recorder."""

    STARTING = "starting"
    RECORDING = "recording"
    SEALING = "sealing"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """A snapshot of a running recorder.

    ``saved_samples`` is durable on disk. ``columns`` are (min, max) of the first channel in
    -127..127 for each 50 ms, from index ``columns_from``. ``peak`` and ``rms`` are 0..1000 of full
    scale over the last block. ``answering`` is False when a recorder process has not answered for a
    while. ``error`` is a ``Code`` value when FAILED.
    """

    state: RecorderState
    device: str = ""
    rate_hz: int = 0
    channels: int = 0
    simulated: bool = False
    first_sample_mono_ns: int | None = None
    samples: int = 0
    saved_samples: int = 0
    peak: int = 0
    rms: int = 0
    columns: tuple[tuple[int, int], ...] = ()
    columns_from: int = 0
    warnings: tuple[PulseWarning, ...] = ()
    sealed: SealedSound | None = None
    answering: bool = True
    error: str = ""
    error_facts: tuple[tuple[str, str], ...] = ()

    def elapsed_ms(self) -> int:
        """Recorded time so far, counted in samples."""
        return self.samples * 1000 // self.rate_hz if self.rate_hz else 0

    def saved_ms(self) -> int:
        """Recorded time that survives a power cut."""
        return self.saved_samples * 1000 // self.rate_hz if self.rate_hz else 0
