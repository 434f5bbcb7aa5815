"""The pulse journal's words: what a recording says about itself, once a second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.moment import Moment

PULSE_FILE = "pulse.jsonl"
SOUND_FILE = "audio.flac"
RECOVERED_FILE = "audio.recovered.flac"
RECOVERY_FILE = "recovery.json"
PART_S = 3600
# An index that no recording reaches: whoever asks from there on gets no columns.
NO_COLUMNS = 1 << 30
EARLIER_S = 10  # kept from before the click, when the user wants that


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
    PART_FULL = "part-full"
    NOTHING_RECORDED = "nothing-recorded"


class WarningCode(StrEnum):
    """What may be wrong while recording; ``wording/labels.py`` has a sentence for each."""

    STALLED = "stalled"
    SILENT = "silent"
    TOO_QUIET = "too-quiet"
    MUTED = "muted"
    CLIPPED = "clipped"
    OVERFLOW = "overflow"
    NO_FAR_SOUND = "no-far-sound"
    FAR_MISSING = "far-missing"
    DEVICE_LOST = "device-lost"
    MOVED = "moved"
    REOPENED = "reopened"
    DEVICE_CHANGED = "device-changed"
    OUTPUT_CHANGED = "output-changed"
    CLOCK_JUMPED = "clock-jumped"
    ZONE_CHANGED = "zone-changed"
    SLEPT = "slept"
    DISK_NEARLY_FULL = "disk-nearly-full"
    ROOM_UNKNOWN = "room-unknown"
    DISK_FAILED = "disk-failed"
    PART_FAILED = "part-failed"
    MAIN_LOST = "main-lost"
    COPY_LOST = "copy-lost"
    COPY_DIFFERS = "copy-differs"
    CAPTURE_SILENT = "capture-silent"
    NOT_JOURNALED = "not-journaled"
    BEHIND = "behind"
    REREAD_DIFFERS = "reread-differs"
    RECORDER_LOST = "recorder-lost"


class Copy(StrEnum):
    """What became of the second copy of a recording."""

    NONE = ""
    SAME = "same"
    DIFFERS = "differs"
    LOST = "lost"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """What a recorder needs to know before it starts. ``folder`` exists and is empty.

    Parts after the first are put beside ``folder``. ``second_folder`` is a place on another drive where
    everything is written a second time; empty for none. With ``fallback`` the default device takes over
    when the chosen one is gone. ``earlier_ms`` of the sound are from before the click. With
    ``follow_default`` the source is what this computer plays, wherever it plays it: when the system changes
    to another loudspeaker, the recording goes along. ``sealed_to`` is the public key (hex) to which
    everything is sealed as it is written; empty in a library that is not locked.
    """

    case: str
    encounter: str
    recording: str
    folder: str
    mode: str
    source: str
    app_version: str
    leg: str = "near"
    part: int = 1
    begins_ms: int = 0
    part_s: int = PART_S
    second_folder: str = ""
    fallback: bool = False
    earlier_ms: int = 0
    follow_default: bool = False
    sealed_to: str = ""


@dataclass(frozen=True, slots=True)
class PulseWarning:
    """One warning or gap noted by the recorder, in the part named by ``recording``.

    ``length_ms`` is set for gaps, ``by_ms`` for clocks that were set.
    """

    code: str
    at_ms: int
    utc: str
    length_ms: int | None = None
    by_ms: int | None = None
    recording: str = ""


@dataclass(frozen=True, slots=True)
class SealedSound:
    """What a normal stop found when it read everything back.

    With ``copy`` *alone* the files are not in the recording's folder but only in the second place.
    """

    reason: StopReason
    samples: int
    file: str
    file_bytes: int
    file_sha256: str
    pcm_sha256: str
    pulse_sha256: str
    copy: str = Copy.NONE.value


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One part of a recording. ``sealed`` is None while it is written, and when it failed."""

    recording: str
    folder: str
    number: int
    begins_ms: int
    device: str
    source: str
    rate_hz: int
    channels: int
    simulated: bool
    started: Moment
    earlier_ms: int = 0
    samples: int = 0
    sealed: SealedSound | None = None
    failed: bool = False

    def length_ms(self) -> int:
        """Recorded time, counted in samples."""
        return self.samples * 1000 // self.rate_hz if self.rate_hz else 0


@dataclass(frozen=True, slots=True)
class RecoveredSound:
    """What a recovery found and made. ``missing_ms`` is the most that can be missing at the end.

    ``from_second`` tells that the sound was brought home from the second copy.
    """

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
    from_second: bool = False


@dataclass(frozen=True, slots=True)
class SoundClock:
    """How the clocks stood: the system's, and the sound device's own against the steady clock.

    ``sync`` is what the system said at the start. ``ppm`` is positive when the device runs fast; None
    when the recording is too short to tell.
    """

    sync: str
    ppm: float | None = None
    ppm_uncertainty: float | None = None


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

    Device, rate and samples are those of the part being written; ``parts`` are all of them.
    ``saved_samples`` is durable on disk. ``columns`` are (min, max) of the first channel in
    -127..127 for each 50 ms, from index ``columns_from``. ``peak`` and ``rms`` are 0..1000 of full
    scale over the last block. ``answering`` is False when a recorder process has not answered for a
    while. ``taking`` is False while no sound arrives. ``awake`` tells whether the computer promised
    not to sleep, None while that is not known. ``error`` is a ``Code`` value when FAILED.
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
    parts: tuple[PartStatus, ...] = ()
    taking: bool = True
    awake: bool | None = None
    answering: bool = True
    error: str = ""
    error_facts: tuple[tuple[str, str], ...] = ()

    def elapsed_ms(self) -> int:
        """Recorded time so far in all parts, counted in samples."""
        return self._earlier_ms() + self._ms(self.samples)

    def saved_ms(self) -> int:
        """Recorded time in all parts that survives a power cut."""
        return self._earlier_ms() + self._ms(self.saved_samples)

    def _earlier_ms(self) -> int:
        return sum(part.length_ms() for part in self.parts[:-1])

    def _ms(self, samples: int) -> int:
        return samples * 1000 // self.rate_hz if self.rate_hz else 0
