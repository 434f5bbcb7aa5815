"""The recorder: a source, a queue, and a thread that writes.

The callback of the source only puts blocks into an unbounded queue. One thread takes them out and does
everything else: FLAC, SHA-256, level, pulses, warnings. Neither ever waits for the window.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.capture.control import LOCK_FILE
from evidencedesk.capture.devices import open_source
from evidencedesk.capture.gap_watch import Gap, GapWatch
from evidencedesk.capture.loudness import peak_and_rms
from evidencedesk.capture.pulse_writer import PulseWriter
from evidencedesk.capture.sound_file import SoundFile, reread
from evidencedesk.capture.source import AudioSource, Block, SourceFacts
from evidencedesk.capture.status_board import StatusBoard
from evidencedesk.capture.watch import Watch
from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import (
    PULSE_FILE,
    SOUND_FILE,
    PulseKind,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    SealedSound,
    StopReason,
    WarningCode,
)
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import disk_failure, make_read_only
from evidencedesk.system.lock import FolderLock

FLUSH_S = 0.25
PULSE_S = 1.0
_TICK_S = 0.1
_DISK_CHECK_S = 5.0
_SOURCE_STOP_S = 2.0


@dataclass(frozen=True, slots=True)
class _End:
    """Put into the queue behind the last block."""

    reason: StopReason


class LocalRecorder:
    """Records one source into one folder, in this process.

    While it writes it holds the folder's lock, so that no recovery touches what is not finished. It lets
    go before it says that it has ended: whoever reads that may recover at once. A recorder process
    passes the lock it holds already.
    """

    def __init__(
        self,
        plan: RecordingPlan,
        clock: Clock,
        source: AudioSource | None = None,
        lock: FolderLock | None = None,
    ) -> None:
        self._plan = plan
        self._folder = Path(plan.folder)
        self._clock = clock
        self._source = source
        self._lock = lock or FolderLock(self._folder / LOCK_FILE)
        self._board = StatusBoard()
        self._queue: queue.SimpleQueue[Block | _End] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="audio-writer", daemon=True)
        self._done = threading.Event()
        self._stop_asked = threading.Event()

    def start(self) -> None:
        """Open the source and both files, then let sound in.

        Raises what opening the source raises, and ALREADY_RECORDING, NOT_WRITABLE, DISK_FULL,
        INPUT_OUTPUT.
        """
        with contextlib.ExitStack() as undo:
            self._take_lock()
            undo.callback(self._lock.release)
            source = self._source or open_source(self._plan.source)
            self._source, facts = source, source.facts
            try:
                self._pulses = PulseWriter(self._folder, self._clock)
                undo.callback(self._pulses.close, read_only=False)
                self._pulses.write(PulseKind.START, self._start_facts(facts))
                self._sound = SoundFile(self._folder / SOUND_FILE, facts.rate_hz, facts.channels)
                undo.callback(self._sound.abandon)
            except OSError as error:
                raise disk_failure(error, self._folder) from error
            self._watch, self._gaps = Watch(facts.rate_hz), GapWatch(facts.rate_hz)
            self._rate_hz = facts.rate_hz
            self._board.source(facts)
            source.start(self._queue.put, self._source_ended)
            undo.pop_all()
        self._board.state(RecorderState.RECORDING)
        self._thread.start()

    def status(self, columns_from: int = 0) -> RecorderStatus:
        """A snapshot; never waits for the disk."""
        return self._board.read(columns_from)

    def request_stop(self, reason: StopReason) -> None:
        """Begin a normal end; returns at once, may be called often."""
        if self._stop_asked.is_set():
            return
        self._stop_asked.set()
        threading.Thread(target=self._stop_source, args=(reason,), name="audio-stop", daemon=True).start()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end; True when it has come."""
        return self._done.wait(timeout_s)

    def kill(self) -> None:
        """Nothing can be killed in one's own process: ask for a normal end instead."""
        self.request_stop(StopReason.USER)

    def _take_lock(self) -> None:
        if self._lock.held:
            return
        try:
            taken = self._lock.acquire()
        except OSError as error:
            raise disk_failure(error, self._folder) from error
        if not taken:
            raise WrongUse(Code.ALREADY_RECORDING, recording=self._plan.recording)

    def _stop_source(self, reason: StopReason) -> None:
        self._close_source()
        self._queue.put(_End(reason))

    def _close_source(self) -> None:
        # A frozen sound server lets stop() hang for ever; the file must be closed all the same.
        if self._source is not None:
            stopper = threading.Thread(target=self._source.stop, name="audio-stop-source", daemon=True)
            stopper.start()
            stopper.join(_SOURCE_STOP_S)

    def _source_ended(self, reason: StopReason) -> None:
        self._stop_asked.set()
        self._queue.put(_End(reason))

    def _run(self) -> None:
        try:
            self._seal(self._write_until_end())
        except Known as error:
            self._fail(error)
        except OSError as error:
            self._fail(disk_failure(error, self._folder))
        except Exception as error:
            # The writer's boundary: without it the window would go on showing a recording.
            self._fail(MachineFailure(Code.PROGRAM_ERROR, detail=f"{type(error).__name__}: {error}"))
            raise
        finally:
            self._lock.release()
            self._done.set()

    def _write_until_end(self) -> StopReason:
        began = last_block = time.monotonic()
        next_flush, next_pulse, next_disk = began + FLUSH_S, began + PULSE_S, began
        flags: set[str] = set()
        while True:
            try:
                item: Block | _End | None = self._queue.get(timeout=_TICK_S)
            except queue.Empty:
                item = None
            if isinstance(item, _End):
                return item.reason
            now = time.monotonic()
            if item is not None:
                last_block = now
                self._take(item, flags)
            else:
                self._warn(self._watch.quiet_for(now - last_block), flags)
            if now >= next_disk:
                next_disk = now + _DISK_CHECK_S
                self._warn(self._watch.disk(free_bytes(self._folder)), flags)
            if now >= next_flush:
                next_flush = now + FLUSH_S
                self._sound.flush()
            if now >= next_pulse:
                next_pulse = now + PULSE_S
                self._pulse(flags)
                flags.clear()

    def _take(self, block: Block, flags: set[str]) -> None:
        self._sound.write(block.pcm)
        peak, rms = peak_and_rms(block.pcm)
        self._board.block(block, self._sound.frames, peak, rms)
        at_s = self._sound.frames / self._rate_hz
        all_zero = not block.pcm.strip(b"\0")
        self._warn(
            self._watch.block(block.frames, peak, at_s, all_zero=all_zero, overflow=block.overflow), flags
        )
        self._warn(self._watch.waiting(self._queue.qsize()), flags)
        if block.overflow:
            flags.add(WarningCode.OVERFLOW.value)
        gap = self._gaps.block(self._sound.frames, block.mono_ns)
        if gap is not None:
            self._note_gap(gap)

    def _pulse(self, flags: set[str]) -> None:
        """Sound first, then the line that promises it."""
        self._sound.flush()
        saved = self._sound.durable_frames
        facts = {
            "samples": saved,
            "pcm_sha256": self._sound.durable_sha256(),
            "file_bytes": self._sound.size(),
            "flags": sorted(flags),
        }
        self._pulses.write(PulseKind.PULSE, facts)
        self._board.saved(saved)

    def _warn(self, codes: list[WarningCode], flags: set[str]) -> None:
        for code in codes:
            flags.add(code.value)
            at_samples = self._sound.frames
            utc = self._pulses.write(PulseKind.WARNING, {"code": code.value, "at_samples": at_samples})
            self._board.warning(PulseWarning(code.value, self._ms(at_samples), utc))

    def _note_gap(self, gap: Gap) -> None:
        facts = {"code": gap.cause.value, "at_samples": gap.at_frames, "length_ms": gap.length_ms}
        utc = self._pulses.write(PulseKind.GAP, facts)
        self._board.warning(PulseWarning(gap.cause.value, self._ms(gap.at_frames), utc, gap.length_ms))

    def _ms(self, frames: int) -> int:
        return frames * 1000 // self._rate_hz

    def _seal(self, reason: StopReason) -> None:
        """Close, read everything back, and say in the last line what was found."""
        self._board.state(RecorderState.SEALING)
        if reason is StopReason.DEVICE_LOST:
            self._warn([WarningCode.DEVICE_LOST], set())
        pcm_sha256 = self._sound.close()
        path = self._folder / SOUND_FILE
        try:
            reread_sha256, file_sha256, file_bytes = reread(path)
        except ValueError:
            # What can't be read back must be said, not hidden; verify names it too.
            reread_sha256 = ""
            file_sha256, file_bytes = hash_file(path)
            make_read_only(path)
        if reread_sha256 != pcm_sha256:
            self._warn([WarningCode.REREAD_DIFFERS], set())
        facts = {
            "reason": reason.value,
            "samples": self._sound.frames,
            "pcm_sha256": pcm_sha256,
            "reread_pcm_sha256": reread_sha256,
            "file_sha256": file_sha256,
            "file_bytes": file_bytes,
        }
        self._pulses.write(PulseKind.STOP, facts)
        self._pulses.close(read_only=True)
        pulse_sha256, _ = hash_file(self._folder / PULSE_FILE)
        self._lock.release()
        self._board.sealed(
            SealedSound(
                reason=reason,
                samples=self._sound.frames,
                file=SOUND_FILE,
                file_bytes=file_bytes,
                file_sha256=file_sha256,
                pcm_sha256=pcm_sha256,
                pulse_sha256=pulse_sha256,
            )
        )

    def _fail(self, error: Known) -> None:
        """The disk refused: let go of everything and keep what is there for recovery."""
        self._sound.abandon()
        with contextlib.suppress(OSError):
            self._pulses.close(read_only=False)
        self._lock.release()
        self._board.failed(error)
        self._stop_asked.set()
        threading.Thread(target=self._close_source, name="audio-stop", daemon=True).start()

    def _start_facts(self, facts: SourceFacts) -> dict[str, object]:
        return {
            "v": 1,
            "case": self._plan.case,
            "encounter": self._plan.encounter,
            "recording": self._plan.recording,
            "mode": self._plan.mode,
            "device": facts.device,
            "source": facts.source,
            "simulated": facts.simulated,
            "rate_hz": facts.rate_hz,
            "channels": facts.channels,
            "format": "PCM_16",
            "codec": "FLAC",
            "file": SOUND_FILE,
            "app": self._plan.app_version,
        }
