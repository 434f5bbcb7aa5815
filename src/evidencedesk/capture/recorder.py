"""The recorder: a source, a queue, and a thread that writes.

The callback of the source only puts blocks into an unbounded queue. One thread takes them out and does
everything else: FLAC, SHA-256, level, pulses, warnings. Neither ever waits for the window.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from evidencedesk.capture.control import LOCK_FILE
from evidencedesk.capture.devices import DEFAULT_OUTPUT, open_source
from evidencedesk.capture.gap_watch import GapWatch
from evidencedesk.capture.loudness import peak_and_rms
from evidencedesk.capture.part import LEAST_FREE_BYTES, Part
from evidencedesk.capture.server_watch import ServerNews, ServerNewsKind
from evidencedesk.capture.source import AudioSource, Block, SourceFacts
from evidencedesk.capture.source_keeper import Ended, Heard, OpenSource, SourceKeeper, Told, Wishes
from evidencedesk.capture.status_board import StatusBoard
from evidencedesk.capture.watch import Watch
from evidencedesk.domain.case import Leg as LegName
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import (
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    StopReason,
    WarningCode,
)
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import FolderLock
from evidencedesk.system.stay_awake import StayAwake

# Blocks come every 0.1 s: every second one is followed by a flush.
FLUSH_S = 0.15
PULSE_S = 1.0
_TICK_S = 0.1
# A frozen or suspended source is opened again; it may come back by itself, and then nothing is lost.
_REOPEN_S = 2.0
_SHORT_GAP_MS = 100


@dataclass(frozen=True, slots=True)
class _End:
    """Put into the queue behind the last block."""

    reason: StopReason


class LocalRecorder:
    """Records one source into one folder, in this process, and its further parts beside it.

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
        *,
        opener: OpenSource = open_source,
        part_type: type[Part] = Part,
    ) -> None:
        self._plan = plan
        self._folder = Path(plan.folder)
        self._clock = clock
        self._source = source
        self._opener = opener
        self._part_type = part_type
        self._lock = lock or FolderLock(self._folder / LOCK_FILE)
        self._board = StatusBoard()
        self._queue: queue.SimpleQueue[Heard | Ended | Told | _End] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="audio-writer", daemon=True)
        self._done = threading.Event()
        self._stop_asked = threading.Event()
        self._seals: list[threading.Thread] = []
        self._awake = StayAwake()
        self._stays_awake: bool | None = None
        self._flags: set[str] = set()
        # Why no sound is taken at the moment; None while it is.
        self._away: WarningCode | None = None
        # The source is wanted somewhere else; until sound comes from there the old place is recorded.
        self._following = False
        # What the server did to streams that have not given their first block yet.
        self._early_news: dict[int, list[ServerNews]] = {}
        self._last_end_ns = 0

    def start(self) -> None:
        """Open the source and both files, then let sound in.

        Raises what opening the source raises, and ALREADY_RECORDING, NOT_WRITABLE, DISK_FULL,
        INPUT_OUTPUT.
        """
        with contextlib.ExitStack() as undo:
            self._take_lock()
            undo.callback(self._lock.release)
            source = self._source or self._open()
            facts = source.facts
            self._part = self._part_type(self._plan, facts, self._clock, self._board.warning, self._lock)
            undo.callback(self._part.abandon)
            # The sound begins before the button was pressed where the seconds before were kept.
            before_ms = self._plan.begins_ms + self._plan.earlier_ms
            self._began_ns = self._part.started.mono_ns - before_ms * 1_000_000
            self._watch_new_sound(facts)
            self._board.part(self._part)
            self._keeper = SourceKeeper(source, self._opener, self._wishes(), put=self._queue.put)
            self._keeper.start()
            undo.pop_all()
        self._board.state(RecorderState.RECORDING)
        self._thread.start()
        threading.Thread(target=self._stay_awake, name="stay-awake", daemon=True).start()

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

    def _open(self) -> AudioSource:
        try:
            return self._opener(self._plan.source)
        except Known:
            # It was what the computer played through a moment ago.
            if not self._plan.follow_default:
                raise
            return self._opener(DEFAULT_OUTPUT)

    def _wishes(self) -> Wishes:
        far = self._plan.leg == LegName.FAR
        return Wishes(
            fallback=self._plan.fallback, output=far, follow_output=far and self._plan.follow_default
        )

    def _stay_awake(self) -> None:
        self._stays_awake = self._awake.start()
        self._board.awake(self._stays_awake)
        if self._done.is_set():
            self._awake.stop()

    def _stop_source(self, reason: StopReason) -> None:
        self._keeper.close()
        self._queue.put(_End(reason))

    def _run(self) -> None:
        try:
            self._finish(self._write_until_end())
        except Known as error:
            self._fail(error)
        except OSError as error:
            self._fail(disk_failure(error, self._part.folder))
        except Exception as error:
            # The writer's boundary: without it the window would go on showing a recording.
            self._fail(MachineFailure(Code.PROGRAM_ERROR, detail=f"{type(error).__name__}: {error}"))
            raise
        finally:
            self._awake.stop()
            self._lock.release()
            self._done.set()

    def _write_until_end(self) -> StopReason:
        began = self._last_block_s = time.monotonic()
        next_flush, next_pulse = began + FLUSH_S, began + PULSE_S
        while True:
            try:
                item: Heard | Ended | Told | _End | None = self._queue.get(timeout=_TICK_S)
            except queue.Empty:
                item = None
            match item:
                case _End(reason):
                    return reason
                case Heard():
                    self._hear(item)
                case Ended():
                    if self._ended(item):
                        return item.reason
                case Told():
                    self._told(item)
                case None:
                    self._quiet()
            now = time.monotonic()
            if now >= next_flush:
                next_flush = now + FLUSH_S
                self._part.flush()
            if now >= next_pulse:
                next_pulse = now + PULSE_S
                if not self._look_at_room():
                    return StopReason.DISK
                self._pulse()

    def _hear(self, heard: Heard) -> None:
        if heard.stream != self._keeper.current:
            if not self._may_take_over(heard.stream):
                return
            self._take_over(heard)
        elif self._away is not None:
            # It came back by itself; what it kept for us is not lost, and GapWatch counts what is.
            if not self._following:
                self._keeper.settle(heard.stream)
            self._away = None
            self._board.taking(taking=True)
        self._take(heard.block)
        for news in self._early_news.pop(heard.stream, ()):
            self._apply(news)

    def _may_take_over(self, stream: int) -> bool:
        """Whether a stream that is not the current one may be recorded instead of it.

        Only in the place of one that gives nothing, or when the sound is wanted from somewhere else; and
        not when the server has moved it already, for then it does not give what it was opened for.
        """
        if self._away is None and not self._following:
            return False
        if any(news.kind is ServerNewsKind.MOVED for news in self._early_news.get(stream, ())):
            self._early_news.pop(stream, None)
            self._keeper.discard(stream)
            return False
        return self._keeper.facts(stream) is not None

    def _take_over(self, heard: Heard) -> None:
        facts = self._keeper.facts(heard.stream)
        if facts is None:
            return
        if self._away is None and _same_sound(self._part.source, facts):
            # The system went back before the stream was open: the old one still gives the same.
            self._stay()
            return
        self._following = False
        self._early_news = {heard.stream: self._early_news.get(heard.stream, [])}
        self._keeper.settle(heard.stream)
        self._come_back(heard.block, facts)

    def _take(self, block: Block) -> None:
        part = self._part
        if part.frames >= self._plan.part_s * part.source.rate_hz:
            self._next_part(part.source)
            if self._part is not part:
                self._watch_new_sound(part.source)
            part = self._part
        part.take(block.pcm, block.frames, block.mono_ns)
        self._last_block_s = time.monotonic()
        self._last_end_ns = block.mono_ns
        peak, rms = peak_and_rms(block.pcm)
        self._board.block(block, part.frames, peak, rms)
        at_s = part.frames / part.source.rate_hz
        all_zero = not block.pcm.strip(b"\0")
        self._warn(self._watch.block(block.frames, peak, at_s, all_zero=all_zero, overflow=block.overflow))
        self._warn(self._watch.waiting(self._queue.qsize()))
        if block.overflow:
            self._flags.add(WarningCode.OVERFLOW.value)
        gap = self._gaps.block(part.frames, block.mono_ns)
        if gap is not None:
            part.gap(gap.cause, gap.at_frames, gap.length_ms)

    def _quiet(self) -> None:
        """No block came in the last moment."""
        if self._part.source.pauses or self._away is not None:
            return
        quiet_s = time.monotonic() - self._last_block_s
        self._warn(self._watch.quiet_for(quiet_s))
        if quiet_s >= _REOPEN_S and not self._part.source.finite:
            # The old stream is kept: a frozen server gives everything back once it goes on.
            self._go_away(WarningCode.STALLED, drop=False)

    def _ended(self, ended: Ended) -> bool:
        """A stream is over. True when the recording is over with it."""
        if ended.stream != self._keeper.current or self._stop_asked.is_set():
            return False
        if self._part.source.finite:
            self._stop_asked.set()
            if ended.reason is StopReason.DEVICE_LOST:
                self._warn([WarningCode.DEVICE_LOST])
            return True
        if self._away is None or self._away is WarningCode.STALLED:
            self._warn([WarningCode.DEVICE_LOST])
            self._go_away(WarningCode.DEVICE_LOST, drop=True)
        return False

    def _told(self, told: Told) -> None:
        if told.stream == self._keeper.current:
            self._apply(told.news)
        elif self._keeper.facts(told.stream) is not None:
            # It is told only once: kept until the stream gives its first block.
            self._early_news.setdefault(told.stream, []).append(told.news)

    def _apply(self, news: ServerNews) -> None:
        """What the server did to the stream that is recorded."""
        if news.kind is ServerNewsKind.MUTED:
            self._warn([WarningCode.MUTED])
        elif news.kind is ServerNewsKind.MOVED and self._away in (None, WarningCode.STALLED):
            # From here on it is another device's sound, which nobody chose: none of it is kept.
            self._warn([WarningCode.MOVED])
            self._go_away(WarningCode.MOVED, drop=True)
        elif news.kind is ServerNewsKind.OUTPUT_CHANGED:
            self._output_changed(news.source)

    def _output_changed(self, now_heard: str) -> None:
        """The other side is heard from another loudspeaker now, and from the one recorded no more."""
        if now_heard == self._part.source.source:
            if self._following:
                self._stay()
            return
        self._warn([WarningCode.OUTPUT_CHANGED])
        if self._plan.follow_default:
            self._following = True
            self._keeper.reopen(drop=False)

    def _stay(self) -> None:
        """No other stream is wanted any more."""
        self._following = False
        self._early_news.clear()
        self._keeper.settle(self._keeper.current)

    def _go_away(self, cause: WarningCode, *, drop: bool) -> None:
        self._away = cause
        self._board.taking(taking=False)
        self._keeper.reopen(drop=drop)

    def _come_back(self, first: Block, facts: SourceFacts) -> None:
        """Sound arrives again on a new stream: say what is missing, then go on."""
        part, cause = self._part, self._away or WarningCode.DEVICE_LOST
        self._away = None
        if self._last_end_ns:
            begins_ns = first.mono_ns - first.frames * 1_000_000_000 // facts.rate_hz
            missing_ms = (begins_ns - self._last_end_ns) // 1_000_000
            if missing_ms >= _SHORT_GAP_MS:
                part.gap(cause, part.frames, missing_ms)
        if _same_sound(part.source, facts):
            self._warn([WarningCode.REOPENED])
        else:
            self._next_part(facts)
            self._warn([WarningCode.DEVICE_CHANGED])
        self._watch_new_sound(facts)
        self._board.taking(taking=True)

    def _next_part(self, facts: SourceFacts) -> None:
        """Begin a new file; the old one is sealed on a thread of its own while sound goes on."""
        old = self._part
        # Where the new part stands in the encounter: by the steady clock, gaps included.
        since_ms = (self._clock.now().mono_ns - self._began_ns) // 1_000_000
        begins_ms = max(since_ms, old.plan.begins_ms + old.ms(old.frames))
        try:
            self._part = self._begin_part(facts, begins_ms)
        except Known:
            if not _same_format(old.source, facts):
                raise
            self._warn([WarningCode.PART_FAILED])
            self._plan = replace(self._plan, part_s=self._plan.part_s * 2)
            return
        self._board.part(self._part)
        sealing = threading.Thread(target=self._seal_old, args=(old,), name="audio-seal")
        self._seals.append(sealing)
        sealing.start()

    def _begin_part(self, facts: SourceFacts, begins_ms: int) -> Part:
        """The next part: at home, or where the old one is already alone, in the second place."""
        old = self._part
        if not old.alone:
            try:
                return self._part_type.begin_next(
                    self._plan_of_next(begins_ms), facts, self._clock, self._board.warning
                )
            except Known:
                # More of the same sound is better off in the old file; another device's is not.
                if _same_sound(old.source, facts) or not self._plan.second_folder:
                    raise
        return self._part_type.begin_away(
            self._plan_of_next(begins_ms), facts, self._clock, self._board.warning
        )

    def _plan_of_next(self, begins_ms: int) -> RecordingPlan:
        recording = new_id(Kind.RECORDING)
        return replace(
            self._plan,
            recording=recording,
            folder=str(self._folder.parent / recording),
            part=self._part.plan.part + 1,
            begins_ms=begins_ms,
            earlier_ms=0,
        )

    def _seal_old(self, part: Part) -> None:
        try:
            self._board.sealed(part, part.seal(StopReason.PART_FULL))
        except (Known, OSError):
            # The sound is on the disk; recovery seals it as soon as the disk lets it.
            part.abandon()
            self._board.part_failed(part)
        finally:
            if part.own_lock is not self._lock:
                part.own_lock.release()

    def _watch_new_sound(self, facts: SourceFacts) -> None:
        self._watch = Watch(facts.rate_hz, far=self._plan.leg == LegName.FAR)
        self._gaps = GapWatch(facts.rate_hz)

    def _look_at_room(self) -> bool:
        """Whether there is room to go on, here or in the second place."""
        free = self._part.room()
        if free is None:
            # It may still take sound; when it does not, that ends the recording, not this.
            self._warn(self._watch.room_unknown())
            return True
        self._warn(self._watch.disk(free))
        return free >= LEAST_FREE_BYTES or self._part.leave_full_disk()

    def _pulse(self) -> None:
        if self._away is not None:
            self._flags.add(self._away.value)
        saved = self._part.pulse(self._flags, awake=self._stays_awake)
        self._flags.clear()
        self._board.saved(saved)

    def _warn(self, codes: list[WarningCode]) -> None:
        for code in codes:
            self._flags.add(code.value)
            self._part.warn(code)

    def _finish(self, reason: StopReason) -> None:
        """The normal end: seal the last part, and wait for those before it."""
        self._stop_asked.set()
        if reason is StopReason.DISK:
            threading.Thread(target=self._keeper.close, name="audio-stop", daemon=True).start()
        self._board.state(RecorderState.SEALING)
        part = self._part
        if self._away is not None and self._last_end_ns:
            missing_ms = (self._clock.now().mono_ns - self._last_end_ns) // 1_000_000
            part.gap(self._away, part.frames, missing_ms)
        sealed = part.seal(reason)
        for sealing in self._seals:
            sealing.join()
        if part.own_lock is not self._lock:
            part.own_lock.release()
        self._lock.release()
        self._board.sealed(part, sealed)
        self._board.ended(sealed)

    def _fail(self, error: Known) -> None:
        """The disk refused: let go of everything and keep what is there for recovery."""
        self._part.abandon(WarningCode.DISK_FAILED if error.code is not Code.PROGRAM_ERROR else None)
        for sealing in self._seals:
            sealing.join()
        if self._part.own_lock is not self._lock:
            self._part.own_lock.release()
        self._lock.release()
        self._board.part_failed(self._part)
        self._board.failed(error)
        self._stop_asked.set()
        threading.Thread(target=self._keeper.close, name="audio-stop", daemon=True).start()


def _same_format(one: SourceFacts, other: SourceFacts) -> bool:
    return (one.rate_hz, one.channels) == (other.rate_hz, other.channels)


def _same_sound(one: SourceFacts, other: SourceFacts) -> bool:
    """The same device giving the same format: the file can go on."""
    return one.source == other.source and _same_format(one, other)
