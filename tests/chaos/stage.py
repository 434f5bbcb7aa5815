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
from evidencedesk.custody.kept import read_kept
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, StopReason
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.system.secret_store import SystemKeyring
from evidencedesk.wording.errors import describe
from evidencedesk.wording.labels import stop_reason_text, warning_text
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk, DeskHolder
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter, RecordOptions
from fakes.recordings import heard
from fakes.sound_server import PrivateSoundServer

PATIENCE_S = 40.0
_POLL_S = 0.05
# Share of full scale; the noise peaks at a quarter, a quiet microphone at nothing.
_LOUD = 0.1
RATE_HZ = 48_000
_WINDOW = 4
_PASSPHRASE = "the words of this stage"  # noqa: S105 - of a library that lives for minutes


class NotHereError(Exception):
    """The fault can't be caused on this machine, or not by this user; says why."""


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
        self.far: RecorderStatus | None = live.far
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
        return self.until(lambda: _takes_sound(self.status, before), "sound is taken again")

    def takes_far_sound_again(self) -> float:
        """The same for the other side."""
        before = self.far.elapsed_ms() if self.far is not None else 0
        return self.until(
            lambda: self.far is not None and _takes_sound(self.far, before), "the other side is heard again"
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
            self.far = self.live.far
            for warning in self.status.warnings[len(self.seen) :]:
                self.seen.append((time.monotonic(), warning))


def _takes_sound(status: RecorderStatus, before_ms: int) -> bool:
    return status.taking and status.answering and status.elapsed_ms() > before_ms + 300


class Stage:
    """One encounter on a sound server whose microphone hears a noise that never repeats.

    ``short`` is for the ordinary tests: what only takes time, takes less of it.
    """

    def __init__(
        self, folder: Path, server: PrivateSoundServer, words: Words, *, short: bool, vault: bool = False
    ) -> None:
        self.folder = folder
        self.server = server
        self.library = folder / "library"
        self.words = words
        self._short = short
        self._vault = vault
        self.keys: VaultKeys | None = None
        self._holder: DeskHolder | None = None
        self._followers: list[Follower] = []
        self.open_library()

    def open_library(self) -> None:
        """Take the library, as a program that starts; its only case, or a new one, is the stage's."""
        self.keys = _keys_of(self.library) if self._vault else None
        self._holder = DeskHolder(self.library, SystemClock(), keys=self.keys)
        self.desk: Desk = self._holder.open()
        cases = self.desk.store.cases()
        self.case = cases[0].case.id if cases else open_case(self.desk, "chaos").id

    def close_library(self) -> None:
        """Let the library go, for another program or another start; may be called twice."""
        holder, self._holder = self._holder, None
        if holder is not None:
            holder.close()

    def read(self, path: Path) -> bytes:
        """What stands in a file of the library, also while that is closed."""
        if self.keys is None:
            return path.read_bytes()
        KEY_RING.hold(self.keys.files)
        try:
            return read_kept(path)
        finally:
            if self._holder is None:
                KEY_RING.forget()

    def follow(self, live: RecordEncounter) -> Follower:
        """Ask an encounter how it stands, until it is over or the stage is."""
        follower = Follower(live)
        self._followers.append(follower)
        return follower

    def clear(self) -> None:
        """End what a fault left running; nobody may start another recorder meanwhile."""
        for follower in self._followers:
            follower.leave()
        for one in running_captures(self.library):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one.pid, signal.SIGKILL)

    def seconds(self, long_s: float, *, short: float) -> float:
        """How long a fault lasts in ``make chaos``, or in the tests."""
        return short if self._short else long_s

    def record(self, options: RecordOptions | None = None, mode: Mode = Mode.VISIT) -> Follower:
        """Begin, and wait for the first saved second."""
        live = RecordEncounter.begin(self.desk, mode, "mic", self.case, options=options)
        follower = self.follow(live)
        follower.until(lambda: follower.status.saved_samples > 0, "something is saved")
        return follower

    def pid(self, follower: Follower, leg: str = "near") -> int:
        """The recorder process of one of an encounter's legs."""
        return next(
            one.pid
            for one in running_captures(self.library)
            if (one.plan.encounter, one.plan.leg) == (follower.live.encounter, leg)
        )

    def say(self, code: str) -> str:
        """The sentence people read."""
        return warning_text(self.words, code)

    def say_error(self, status: RecorderStatus) -> str:
        """What the window says of a recorder that failed, or of one that ended by itself."""
        if status.error:
            error = MachineFailure(Code(status.error), **dict(status.error_facts))
            return describe(self.words, error).what
        return "" if status.sealed is None else self.say_reason(status.sealed.reason)

    def say_reason(self, reason: StopReason) -> str:
        """Why a recording ended, as people read it."""
        return stop_reason_text(self.words, reason)

    def told_s(self, encounter: str, leg: str = "near") -> float:
        """How much the journal says is missing in one of the encounter's legs."""
        file = self.desk.store.case_file(self.case)
        own = {one.id for one in file.recordings if one.encounter == encounter and one.leg == leg}
        gaps_ms = sum(gap.length_ms for gap in file.gaps if gap.recording in own)
        return gaps_ms / 1000

    def sound(self, encounter: str, leg: str = "near") -> list[npt.NDArray[np.int16]]:
        """One leg's parts as recorded."""
        file = self.desk.store.case_file(self.case)
        return [
            heard(self.desk.recording_folder(self.case, one.id) / one.file)[:, 0]
            for one in file.recordings
            if one.encounter == encounter and one.leg == leg and one.samples
        ]


@contextlib.contextmanager
def stage(folder: Path, language: str = "en", *, short: bool = False, vault: bool = False) -> Iterator[Stage]:
    """A stage with its server running; the process's environment points to it meanwhile.

    With ``vault`` its library is locked, and opened with its keys.
    """
    before = dict(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    words = Words("zh" if language == "zh" else "en", resource("locale"))
    with PrivateSoundServer(folder) as server:
        os.environ.update(server.env)
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
        try:
            set_up = Stage(folder, server, words, short=short, vault=vault)
            try:
                yield set_up
            finally:
                set_up.clear()
                set_up.close_library()
        finally:
            os.environ.clear()
            os.environ.update(before)


def _keys_of(library: Path) -> VaultKeys:
    """Unlock a library; one that is still to be made gets its lock."""
    library.mkdir(parents=True, exist_ok=True)
    vault = Vault(library, SystemKeyring())
    return vault.create(_PASSPHRASE)[0] if vault.facts() is None else vault.open(_PASSPHRASE)


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

    def heard(self, parts: list[npt.NDArray[np.int16]]) -> npt.NDArray[np.int64]:
        """All places of the noise that were recorded, in order."""
        found = [self.places(part) for part in parts]
        starts = np.concatenate([np.empty(0, np.int64), *(place[place >= 0] for place in found)])
        assert len(starts), "nothing of the noise was recorded"
        return np.unique(np.concatenate([starts + within for within in range(_WINDOW)]))

    def missing_s(self, parts: list[npt.NDArray[np.int16]], until: int = 0) -> float:
        """Seconds of the noise that were not recorded, between its first recorded place and ``until``.

        Without ``until`` only what is missing before the last recorded place is seen.
        """
        heard = self.heard(parts)
        return float(max(until, heard[-1] + 1) - heard[0] - len(heard)) / RATE_HZ


def _windows(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """Four samples in one number, for each place."""
    padded = np.concatenate((samples, np.zeros(3, dtype=np.int16))).astype(np.int64) & 0xFFFF
    count = len(samples)
    return padded[:count] | padded[1 : count + 1] << 16 | padded[2 : count + 2] << 32 | padded[3:] << 48


def ended_well(follower: Follower) -> bool:
    """Whether the recording ended with a seal."""
    return follower.status.state is RecorderState.STOPPED and follower.status.sealed is not None
