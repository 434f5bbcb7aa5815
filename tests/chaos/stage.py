"""The stage on which faults are caused: a sound server, a library, an encounter being recorded."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf

from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import Mode
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, StopReason
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.labels import warning_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from fakes.sound_server import PrivateSoundServer

PATIENCE_S = 40.0
_POLL_S = 0.05
# Share of full scale; the noise peaks at a quarter, a quiet microphone at nothing.
_LOUD = 0.1
RATE_HZ = 48_000
_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fault did. ``lost_s`` is true sound missing, ``told_s`` what the recording says is missing."""

    fault: str
    noticed_s: float
    lost_s: float
    told_s: float
    message: str
    good: bool
    why: str = ""


class Follower:
    """What the window does while recording: asks ten times a second, on a thread of its own."""

    def __init__(self, live: RecordEncounter) -> None:
        self.live = live
        self.status: RecorderStatus = live.poll()
        self.seen: list[tuple[float, PulseWarning]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower")
        self._thread.start()

    def codes(self) -> list[str]:
        """All warnings so far, in the order they came."""
        return [warning.code for _, warning in self.seen]

    def until(self, condition: Callable[[], object], what: str) -> float:
        """Wait for something to become so; the moment when it was."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"did not happen: {what}; {self.codes()}, {self.status.state}")
            time.sleep(0.01)
        return time.monotonic()

    def noticed(self, *codes: str) -> float:
        """Wait until one of these was said; the moment when it was."""
        self.until(lambda: set(codes) & set(self.codes()), f"one of {codes} is said")
        return next(at for at, warning in self.seen if warning.code in codes)

    def takes_sound_again(self) -> float:
        """Wait until sound grows; the moment when it did."""
        before = self.status.elapsed_ms()
        return self.until(
            lambda: self.status.taking and self.status.answering and self.status.elapsed_ms() > before + 300,
            "sound is taken again",
        )

    def hears_noise(self) -> None:
        """Wait until the microphone hears the noise: a player takes a while to start on a busy machine."""
        self.until(lambda: self.status.peak > _LOUD, "the noise is heard")

    def stop(self, reason: StopReason = StopReason.USER) -> None:
        """Ask for the end and wait until the journal knows it."""
        self.live.stop(reason)
        self.until(lambda: self.live.finished, "the encounter is finished")
        self.leave()

    def leave(self) -> None:
        """Stop asking."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(_POLL_S):
            self.status = self.live.poll()
            for warning in self.status.warnings[len(self.seen) :]:
                self.seen.append((time.monotonic(), warning))


class Stage:
    """One encounter on a sound server whose microphone hears a noise that never repeats."""

    def __init__(self, folder: Path, server: PrivateSoundServer, desk: Desk, words: Words) -> None:
        self.folder = folder
        self.server = server
        self.desk = desk
        self._words = words
        self.case = open_case(desk, "chaos").id

    def record(self, options: RecordOptions | None = None, mode: Mode = Mode.VISIT) -> Follower:
        """Begin, and wait for the first saved second."""
        live = RecordEncounter.begin(self.desk, mode, "mic", self.case, options=options)
        follower = Follower(live)
        follower.until(lambda: follower.status.saved_samples > 0, "something is saved")
        return follower

    def pid(self, follower: Follower) -> int:
        """The near leg's recorder process."""
        return next(one.pid for one in running_captures(self.desk.library) if one.plan.leg == "near")

    def say(self, code: str) -> str:
        """The sentence people read."""
        return warning_text(self._words, code)

    def told_s(self, encounter: str) -> float:
        """How much the journal says is missing in the encounter's near leg."""
        file = self.desk.store.case_file(self.case)
        near = {one.id for one in file.recordings if one.encounter == encounter and one.leg == "near"}
        gaps_ms = sum(gap.length_ms for gap in file.gaps if gap.recording in near)
        return gaps_ms / 1000

    def sound(self, encounter: str, leg: str = "near") -> list[npt.NDArray[np.int16]]:
        """The near leg's parts as recorded."""
        file = self.desk.store.case_file(self.case)
        return [
            sf.read(self.desk.recording_folder(self.case, one.id) / one.file, dtype="int16", always_2d=True)[
                0
            ][:, 0]
            for one in file.recordings
            if one.encounter == encounter and one.leg == leg and one.samples
        ]


@contextlib.contextmanager
def stage(folder: Path, language: str = "en") -> Iterator[Stage]:
    """A stage with its server running; the process's environment points to it meanwhile."""
    before = dict(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    words = Words("zh" if language == "zh" else "en", resource("locale"))
    with PrivateSoundServer(folder) as server:
        os.environ.update(server.env)
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
        try:
            with open_desk(folder / "library", SystemClock()) as desk:
                try:
                    yield Stage(folder, server, desk, words)
                finally:
                    for one in running_captures(desk.library):
                        os.kill(one.pid, signal.SIGKILL)
        finally:
            os.environ.clear()
            os.environ.update(before)


class Noise:
    """A sound in which every place can be found again."""

    def __init__(self, path: Path, seconds: float, seed: int = 5) -> None:
        self.path = path
        generator = np.random.default_rng(seed)
        self.samples = generator.integers(-8000, 8000, size=int(seconds * RATE_HZ), dtype=np.int16)
        sf.write(path, self.samples, RATE_HZ, subtype="PCM_16")
        windows = _windows(self.samples)
        self._order = np.argsort(windows)
        self._sorted = windows[self._order]

    def places(self, recorded: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
        """For each recorded sample its place in the noise, -1 where it is something else."""
        windows = _windows(recorded)
        at = np.minimum(np.searchsorted(self._sorted, windows), len(self._sorted) - 1)
        return np.where(self._sorted[at] == windows, self._order[at], -1)

    def missing_s(self, parts: list[npt.NDArray[np.int16]]) -> float:
        """Seconds of the noise between its first and its last recorded place that were not recorded."""
        found = [self.places(part) for part in parts]
        starts = np.concatenate([place[place >= 0] for place in found])
        heard = np.unique(np.concatenate([starts + within for within in range(_WINDOW)]))
        return float(heard[-1] - heard[0] + 1 - len(heard)) / RATE_HZ


def _windows(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """Four samples in one number, for each place."""
    padded = np.concatenate((samples, np.zeros(3, dtype=np.int16))).astype(np.int64) & 0xFFFF
    count = len(samples)
    return padded[:count] | padded[1 : count + 1] << 16 | padded[2 : count + 2] << 32 | padded[3:] << 48


def ended_well(follower: Follower) -> bool:
    """Whether the recording ended with a seal."""
    return follower.status.state is RecorderState.STOPPED and follower.status.sealed is not None
