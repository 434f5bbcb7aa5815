"""One part of a recording: one sound file with its pulse journal, and their second copy."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evidencedesk.capture.ballast import drop_ballast, take_ballast
from evidencedesk.capture.clock_watch import ClockWatch
from evidencedesk.capture.control import LOCK_FILE
from evidencedesk.capture.part_folder import leave_word_at_home, make_away, make_home, second_place
from evidencedesk.capture.pulse_writer import PulseChain, PulseFile
from evidencedesk.capture.second_copy import SecondCopy
from evidencedesk.capture.sound_file import SoundFile
from evidencedesk.capture.source import SourceFacts
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.pulse import (
    SOUND_FILE,
    Copy,
    PulseKind,
    PulseWarning,
    RecordingPlan,
    SealedSound,
    StopReason,
    WarningCode,
)
from evidencedesk.system.clock_sync import clock_sync
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import FolderLock

# Below this a recording ends while there is still room to close it properly.
LEAST_FREE_BYTES = 8_000_000
_TOGETHER_NS = 20_000_000
_LEAST_FREE_TO_BEGIN = 2 * LEAST_FREE_BYTES


OnWarning = Callable[[PulseWarning], None]


class Part:
    """Writes one sound from one source. Used by one thread; ``seal`` may be called on another, once.

    While the first copy is whole, the second is only a copy. When the first copy's disk fails, the
    second goes on alone; only without a second one does a failure reach the caller.
    """

    def __init__(
        self,
        plan: RecordingPlan,
        source: SourceFacts,
        clock: Clock,
        on_warning: OnWarning,
        lock: FolderLock | None = None,
        *,
        alone: bool = False,
    ) -> None:
        """Open everything. Raises DISK_FULL, NOT_WRITABLE, INPUT_OUTPUT; then nothing stays open.

        ``alone`` begins in the second place, and nowhere else.
        """
        self.plan = plan
        self.source = source
        self.started: Moment = clock.now()
        self.folder = Path(plan.folder)
        self.alone = alone
        self._place = second_place(plan) if alone else self.folder
        self._sealed_to = bytes.fromhex(plan.sealed_to) or None
        self._clock = clock
        self._clock_watch = ClockWatch()
        self._on_warning = on_warning
        self._frames = 0
        self._chain = PulseChain(clock)
        self._second: SecondCopy | None = None
        self._second_state = Copy.ALONE if alone else Copy.NONE
        self._lock = lock or FolderLock(self.folder / LOCK_FILE)
        # The block that was least late since the last pulse: what the clocks are compared by.
        self._prompt: tuple[int, int] | None = None
        with contextlib.ExitStack() as undo:
            try:
                if free_bytes(self._place) < _LEAST_FREE_TO_BEGIN:
                    raise MachineFailure(Code.DISK_FULL, path=str(self._place))
                self._lines = PulseFile(self._place, self._sealed_to)
                undo.callback(self._lines.close, read_only=False)
                first = self._chain.line(PulseKind.START, self._start_facts())
                self._lines.append(first.text)
                self._sound = SoundFile(
                    self._place / SOUND_FILE, source.rate_hz, source.channels, self._sealed_to
                )
                undo.callback(self._sound.abandon)
                take_ballast(self._place)
            except OSError as error:
                raise disk_failure(error, self._place) from error
            if not alone:
                self._begin_second(first.text)
            undo.pop_all()
        # What changes before the first pulse is a change too.
        self._look_at_clocks()

    @classmethod
    def begin_next(
        cls, plan: RecordingPlan, source: SourceFacts, clock: Clock, on_warning: OnWarning
    ) -> Part:
        """A part in a new folder, with its plan and its lock. Raises what the disk says."""
        try:
            lock = make_home(plan)
        except OSError as error:
            raise disk_failure(error, Path(plan.folder)) from error
        try:
            return cls(plan, source, clock, on_warning, lock)
        except Known:
            lock.release()
            raise

    @classmethod
    def begin_away(
        cls, plan: RecordingPlan, source: SourceFacts, clock: Clock, on_warning: OnWarning
    ) -> Part:
        """A part in the second place alone, since the first disk refuses. Raises what the second one says."""
        try:
            lock = make_away(plan)
        except OSError as error:
            raise disk_failure(error, second_place(plan)) from error
        try:
            return cls(plan, source, clock, on_warning, lock, alone=True)
        except Known:
            lock.release()
            raise

    @property
    def frames(self) -> int:
        """Frames taken so far."""
        return self._frames

    @property
    def own_lock(self) -> FolderLock:
        """What keeps recovery away while this part is written."""
        return self._lock

    def ms(self, frames: int) -> int:
        """A position in this part in milliseconds."""
        return frames * 1000 // self.source.rate_hz

    def take(self, pcm: bytes, frames: int, mono_ns: int) -> None:
        """Append a block whose last frame arrived at ``mono_ns``."""
        if self._second is not None and not self.alone:
            self._second.sound(pcm)
        try:
            self._sound.write(pcm)
        except Known as error:
            self._go_on_alone(error)
        self._frames += frames
        if self._prompt is None or self._lateness(self._frames, mono_ns) < self._lateness(*self._prompt):
            self._prompt = (self._frames, mono_ns)

    def flush(self) -> None:
        """Force to the disk what the encoder has given away."""
        try:
            self._sound.flush()
        except Known as error:
            self._go_on_alone(error)

    def pulse(self, flags: set[str], *, awake: bool | None) -> int:
        """Sound first, then the line that promises it; how many frames it promises."""
        self._look_at_clocks()
        self.flush()
        file_bytes = self._file_bytes()
        saved = self._sound.durable_frames
        facts: dict[str, Any] = {
            "samples": saved,
            "pcm_sha256": self._sound.durable_sha256(),
            "file_bytes": file_bytes,
            "flags": sorted(flags),
            "awake": awake,
        }
        if self._prompt is not None:
            facts["clock_samples"], facts["clock_mono_ns"] = self._prompt[0], str(self._prompt[1])
            self._prompt = None
        self._write(PulseKind.PULSE, facts)
        self._look_at_second()
        return saved

    def room(self) -> int | None:
        """Bytes free where this part is written; None when the disk does not say.

        A first disk that does not even say that is left to itself, where there is a second copy.
        """
        try:
            return self._sound.room()
        except OSError as error:
            if not self._may_go_on_alone():
                return None
            self._go_on_alone(disk_failure(error, self.folder))
        with contextlib.suppress(OSError):
            return self._sound.room()
        return None

    def leave_full_disk(self) -> bool:
        """Go on with the second copy alone, before the first one's disk is full; False without one."""
        if not self._may_go_on_alone():
            return False
        self._go_on_alone(MachineFailure(Code.DISK_FULL, path=str(self.folder)))
        return True

    def warn(self, code: WarningCode, by_ms: int | None = None) -> None:
        """Note something that is not as it should be, at this very sample."""
        at = self._frames
        facts: dict[str, Any] = {"code": code.value, "at_samples": at}
        if by_ms is not None:
            facts["by_ms"] = by_ms
        utc = self._write(PulseKind.WARNING, facts)
        self._on_warning(
            PulseWarning(code.value, self.ms(at), utc, by_ms=by_ms, recording=self.plan.recording)
        )

    def gap(self, cause: WarningCode, at_frames: int, length_ms: int) -> None:
        """Note time that was not recorded."""
        facts = {"code": cause.value, "at_samples": at_frames, "length_ms": length_ms}
        utc = self._write(PulseKind.GAP, facts)
        self._on_warning(
            PulseWarning(cause.value, self.ms(at_frames), utc, length_ms, recording=self.plan.recording)
        )

    def seal(self, reason: StopReason) -> SealedSound:
        """Close, read everything back, and say in the last line what was found."""
        pcm_sha256 = self._close_sound()
        try:
            reread_sha256, file_sha256, file_bytes = self._read_back()
        except OSError as error:
            # It was written and can't be found: an unmounted drive. The second copy was written, too.
            self._go_on_alone(disk_failure(error, self.folder))
            pcm_sha256 = self._close_sound()
            reread_sha256, file_sha256, file_bytes = self._read_back()
        if reread_sha256 != pcm_sha256:
            self.warn(WarningCode.REREAD_DIFFERS)
        self._compare_second(file_sha256)
        facts = {
            "reason": reason.value,
            "samples": self._frames,
            "pcm_sha256": pcm_sha256,
            "reread_pcm_sha256": reread_sha256,
            "file_sha256": file_sha256,
            "file_bytes": file_bytes,
            "copy": self._second_state.value,
        }
        drop_ballast(self._place)
        last = self._chain.line(PulseKind.STOP, facts)
        self._lines.append(last.text)
        self._lines.close(read_only=True)
        if self._second is not None and not self.alone:
            # The first copy is complete; a second one without its last line is still a copy of the sound.
            with contextlib.suppress(OSError):
                self._second.close(last.text)
        pulse_sha256 = self._lines.sha256()
        if self.alone:
            leave_word_at_home(self.plan)
        return SealedSound(
            reason=reason,
            samples=self._frames,
            file=SOUND_FILE,
            file_bytes=file_bytes,
            file_sha256=file_sha256,
            pcm_sha256=pcm_sha256,
            pulse_sha256=pulse_sha256,
            copy=self._second_state.value,
        )

    def abandon(self, last_words: WarningCode | None = None) -> None:
        """Let go and keep what is there for recovery; say why, if that can still be written."""
        drop_ballast(self._place)
        if last_words is not None:
            with contextlib.suppress(OSError, Known):
                self.warn(last_words)
        self._sound.abandon()
        with contextlib.suppress(OSError):
            self._lines.close(read_only=False)
        if self._second is not None and not self.alone:
            self._second.abandon()

    def _begin_second(self, first_line: bytes) -> None:
        if not self.plan.second_folder:
            return
        try:
            self._second = SecondCopy(
                second_place(self.plan), self.source.rate_hz, self.source.channels, self._sealed_to
            )
        except (OSError, Known):
            self._second_state = Copy.LOST
            self.warn(WarningCode.COPY_LOST)
            return
        self._second.line(first_line)

    def _write(self, kind: PulseKind, facts: Mapping[str, Any]) -> str:
        line = self._chain.line(kind, facts)
        if self._second is not None and not self.alone:
            self._second.line(line.text)
        try:
            self._lines.append(line.text)
        except OSError as error:
            self._go_on_alone(disk_failure(error, self.folder))
        return line.utc

    def _go_on_alone(self, error: Known) -> None:
        """The first copy failed. Raises ``error`` when there is no other."""
        files = self._second.take_over() if self._second is not None and not self.alone else None
        if files is None or self._second is None:
            raise error
        drop_ballast(self.folder)
        self._sound.abandon()
        with contextlib.suppress(OSError):
            self._lines.close(read_only=False)
        self.alone = True
        self._place = self._second.folder
        self._second_state = Copy.ALONE
        self._sound, self._lines = files
        self.warn(WarningCode.MAIN_LOST)

    def _may_go_on_alone(self) -> bool:
        return self._second is not None and not self.alone and self._second.failure is None

    def _file_bytes(self) -> int:
        try:
            return self._sound.size()
        except Known as error:
            self._go_on_alone(error)
            return self._sound.size()

    def _look_at_second(self) -> None:
        if self._second is not None and self._second.failure is not None and not self.alone:
            second, self._second = self._second, None
            self._second_state = Copy.LOST
            second.abandon()
            self.warn(WarningCode.COPY_LOST)

    def _close_sound(self) -> str:
        try:
            return self._sound.close()
        except Known as error:
            self._go_on_alone(error)
            return self._sound.close()

    def _read_back(self) -> tuple[str, str, int]:
        """SHA-256 of the samples as they stand on the disk, of the file, and its size. Raises OSError."""
        try:
            return self._sound.reread()
        except ValueError:
            # What can't be read back must be said, not hidden; verify names it too.
            return "", *self._sound.hash_and_lock()

    def _compare_second(self, file_sha256: str) -> None:
        if self._second is None or self.alone:
            return
        try:
            same = self._second.compare(file_sha256)
        except (OSError, Known):
            second, self._second = self._second, None
            second.abandon()
            self._second_state = Copy.LOST
            self.warn(WarningCode.COPY_LOST)
            return
        self._second_state = Copy.SAME if same else Copy.DIFFERS
        if not same:
            self.warn(WarningCode.COPY_DIFFERS)

    def _look_at_clocks(self) -> None:
        now, boottime_ns = self._clock.now(), self._clock.boottime_ns()
        if self._clock.now().mono_ns - now.mono_ns > _TOGETHER_NS:
            return  # held up between two clocks: they do not tell of the same moment
        for news in self._clock_watch.look(now, boottime_ns):
            if news.code is WarningCode.SLEPT:
                self.gap(news.code, self._frames, news.by_ms)
            else:
                self.warn(news.code, news.by_ms)

    def _lateness(self, frames: int, mono_ns: int) -> int:
        return mono_ns - frames * 1_000_000_000 // self.source.rate_hz

    def _start_facts(self) -> dict[str, object]:
        kept = clock_sync()
        return {
            "v": 1,
            "case": self.plan.case,
            "encounter": self.plan.encounter,
            "recording": self.plan.recording,
            "mode": self.plan.mode,
            "leg": self.plan.leg,
            "part": self.plan.part,
            "begins_ms": self.plan.begins_ms,
            "earlier_ms": self.plan.earlier_ms,
            "device": self.source.device,
            "source": self.source.source,
            "simulated": self.source.simulated,
            "rate_hz": self.source.rate_hz,
            "channels": self.source.channels,
            "format": "PCM_16",
            "codec": "FLAC",
            "file": SOUND_FILE,
            "app": self.plan.app_version,
            "clock_sync": kept.state.value,
            "clock_max_error_us": kept.max_error_us,
        }
