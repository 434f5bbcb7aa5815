"""The recorder: a source, a queue, and a thread that writes.

The callback of the source only puts blocks into an unbounded queue. One thread takes them out and does
everything else: FLAC, SHA-256, level, pulses, warnings. Neither ever waits for the window.
"""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

import soundfile as sf

from evidencedesk.capture.devices import open_source
from evidencedesk.capture.loudness import Columns, peak_and_rms
from evidencedesk.capture.pulse_writer import PulseWriter
from evidencedesk.capture.sound_file import SoundFile, reread
from evidencedesk.capture.source import AudioSource, Block
from evidencedesk.capture.watch import Watch
from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.errors import Known
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
from evidencedesk.system.durable import disk_failure

FLUSH_S = 0.25
PULSE_S = 1.0
_TICK_S = 0.1
_DISK_CHECK_S = 5.0
_BACKLOG_BLOCKS = 50
_SOURCE_STOP_S = 2.0


@dataclass(frozen=True, slots=True)
class _End:
    """Put into the queue behind the last block."""

    reason: StopReason


class LocalRecorder:
    """Records one source into one folder, in this process."""

    def __init__(self, plan: RecordingPlan, clock: Clock, source: AudioSource | None = None) -> None:
        self._plan = plan
        self._folder = Path(plan.folder)
        self._clock = clock
        self._source = source
        self._queue: queue.SimpleQueue[Block | _End] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="audio-writer", daemon=True)
        self._lock = threading.Lock()
        self._status = RecorderStatus(RecorderState.STARTING)
        self._columns: Columns | None = None
        self._done = threading.Event()
        self._stop_asked = threading.Event()

    def start(self) -> None:
        """Open the source and both files, then let sound in.

        Raises what opening the source raises, and NOT_WRITABLE, DISK_FULL, INPUT_OUTPUT.
        """
        source = self._source or open_source(self._plan.source)
        self._source = source
        facts = source.facts
        try:
            self._pulses = PulseWriter(self._folder, self._clock)
            self._pulses.write(PulseKind.START, self._start_facts())
            self._sound = SoundFile(self._folder / SOUND_FILE, facts.rate_hz, facts.channels)
        except (OSError, sf.SoundFileError) as error:
            failure = error if isinstance(error, OSError) else OSError(str(error))
            raise disk_failure(failure, self._folder) from error
        self._columns = Columns(facts.rate_hz, facts.channels)
        self._watch = Watch(facts.rate_hz)
        self._set(
            device=facts.device,
            rate_hz=facts.rate_hz,
            channels=facts.channels,
            simulated=facts.simulated,
        )
        try:
            source.start(self._queue.put, self._source_ended)
        except Known:
            self._sound.abandon()
            self._pulses.close(read_only=False)
            raise
        self._set(state=RecorderState.RECORDING)
        self._thread.start()

    def status(self, columns_from: int = 0) -> RecorderStatus:
        """A snapshot; never waits for the disk."""
        with self._lock:
            columns = self._columns.since(columns_from) if self._columns else ()
            return replace(self._status, columns=columns, columns_from=columns_from)

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

    def _stop_source(self, reason: StopReason) -> None:
        # A frozen sound server lets stop() hang for ever; the file must be closed all the same.
        if self._source is not None:
            stopper = threading.Thread(target=self._source.stop, name="audio-stop-source", daemon=True)
            stopper.start()
            stopper.join(_SOURCE_STOP_S)
        self._queue.put(_End(reason))

    def _source_ended(self, reason: StopReason) -> None:
        self._stop_asked.set()
        self._queue.put(_End(reason))

    def _set(self, **changes: object) -> None:
        with self._lock:
            self._status = replace(self._status, **changes)  # type: ignore[arg-type]

    def _run(self) -> None:
        try:
            reason = self._write_until_end()
            self._seal(reason)
        except Known as error:
            self._fail(error)
        except OSError as error:
            self._fail(disk_failure(error, self._folder))
        finally:
            self._done.set()

    def _write_until_end(self) -> StopReason:
        next_flush = time.monotonic() + FLUSH_S
        next_pulse = time.monotonic() + PULSE_S
        next_disk = time.monotonic()
        last_block = time.monotonic()
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
        if self._queue.qsize() > _BACKLOG_BLOCKS:
            flags.add("behind")
        rate = self._sound_rate()
        with self._lock:
            assert self._columns is not None  # noqa: S101 - set before the thread starts
            self._columns.add(block.pcm)
            first = self._status.first_sample_mono_ns
            if first is None:
                first = block.mono_ns - block.frames * 1_000_000_000 // rate
            self._status = replace(
                self._status,
                first_sample_mono_ns=first,
                samples=self._sound.frames,
                peak=peak,
                rms=rms,
            )
        at_s = self._sound.frames / rate
        self._warn(self._watch.block(block.frames, peak, at_s, overflow=block.overflow), flags)

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
        self._set(saved_samples=saved)

    def _warn(self, codes: list[WarningCode], flags: set[str]) -> None:
        for code in codes:
            flags.add(code.value)
            utc = self._pulses.write(
                PulseKind.WARNING, {"code": code.value, "at_samples": self._sound.frames}
            )
            at_ms = self._sound.frames * 1000 // self._sound_rate()
            warning = PulseWarning(code.value, at_ms, utc)
            with self._lock:
                self._status = replace(self._status, warnings=(*self._status.warnings, warning))

    def _seal(self, reason: StopReason) -> None:
        """Close, read everything back, and say in the last line what was found."""
        self._set(state=RecorderState.SEALING)
        if reason is StopReason.DEVICE_LOST:
            self._warn([WarningCode.DEVICE_LOST], set())
        pcm_sha256 = self._sound.close()
        path = self._folder / SOUND_FILE
        try:
            reread_sha256, file_sha256, file_bytes = reread(path)
        except ValueError:
            # What can't be read back must be said, not hidden: recovery and verify will name it.
            reread_sha256 = ""
            file_sha256, file_bytes = hash_file(path)
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
        sealed = SealedSound(
            reason=reason,
            samples=self._sound.frames,
            file=SOUND_FILE,
            file_bytes=file_bytes,
            file_sha256=file_sha256,
            pcm_sha256=pcm_sha256,
            pulse_sha256=pulse_sha256,
        )
        self._set(state=RecorderState.STOPPED, saved_samples=self._sound.frames, sealed=sealed)

    def _fail(self, error: Known) -> None:
        """The disk refused: let go of everything and keep what is there for recovery."""
        self._sound.abandon()
        self._pulses.close(read_only=False)
        if self._source is not None:
            threading.Thread(target=self._source.stop, name="audio-stop-source", daemon=True).start()
        facts = tuple((key, str(value)) for key, value in error.facts.items())
        self._set(state=RecorderState.FAILED, error=error.code.value, error_facts=facts)

    def _sound_rate(self) -> int:
        return self._status.rate_hz

    def _start_facts(self) -> dict[str, object]:
        assert self._source is not None  # noqa: S101 - set in start()
        facts = self._source.facts
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
