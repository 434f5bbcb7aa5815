"""Keeps a source open: opens it again when it is lost, stalled or moved, and lets nothing be mixed up.

Every stream has a number. Blocks of a stream that is not the current one are not recorded: a new stream
becomes the current one with its first block, and only while the old one gives nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from evidencedesk.capture.devices import DEFAULT, DEFAULT_OUTPUT
from evidencedesk.capture.server_watch import ServerNews, ServerWatch
from evidencedesk.capture.source import AudioSource, Block, SourceFacts
from evidencedesk.domain.errors import Known
from evidencedesk.domain.pulse import StopReason

OpenSource = Callable[[str], AudioSource]

_TRY_AGAIN_S = 1.0
_FIRST_BLOCK_S = 3.0
_STOP_S = 2.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A block of one stream."""

    stream: int
    block: Block


@dataclass(frozen=True, slots=True)
class Ended:
    """A stream came to an end by itself."""

    stream: int
    reason: StopReason


@dataclass(frozen=True, slots=True)
class Told:
    """The sound server did something to a stream."""

    stream: int
    news: ServerNews


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be opened when the source is gone, and what is to be watched.

    With ``fallback`` the default microphone may take over. With ``output`` it is watched through which
    loudspeaker the computer plays; with ``follow_output`` that one's sound is what is opened again.
    """

    fallback: bool = False
    output: bool = False
    follow_output: bool = False


Put = Callable[[Heard | Ended | Told], None]


@dataclass(frozen=True, slots=True)
class _Stream:
    source: AudioSource
    watch: ServerWatch

    def close(self) -> threading.Thread:
        """End both on a thread: a frozen sound server lets the end of a stream hang for ever."""
        thread = threading.Thread(target=self._end, name="audio-stop-source", daemon=True)
        thread.start()
        return thread

    def _end(self) -> None:
        self.watch.stop()
        self.source.stop()


class SourceKeeper:
    """One leg's source through all its streams. Methods are for the recorder's threads only."""

    def __init__(self, source: AudioSource, open_source: OpenSource, wishes: Wishes, put: Put) -> None:
        self._open_source = open_source
        self._wishes = wishes
        self._put = put
        # By its own name from now on: what "default" means may change while the device is away.
        wanted = DEFAULT_OUTPUT if wishes.follow_output else source.facts.source
        self._candidates = (wanted, DEFAULT) if wishes.fallback else (wanted,)
        self._lock = threading.Lock()
        self._streams: dict[int, _Stream] = {}
        self._next = 1
        self._closed = threading.Event()
        self._trying: threading.Event | None = None
        self.current = 0
        self._source = source

    def start(self) -> None:
        """Let the first stream run. Raises what the source raises."""
        self.current = self._run(self._source)

    def facts(self, stream: int) -> SourceFacts | None:
        """What a stream takes its sound from; None for one that is closed."""
        with self._lock:
            known = self._streams.get(stream)
        return None if known is None else known.source.facts

    def reopen(self, *, drop: bool) -> None:
        """Try to open the source again until it gives sound; ``drop`` closes what is open first."""
        with self._lock:
            dropped = self._streams.pop(self.current, None) if drop else None
            if dropped is not None:
                self.current = 0
                dropped.close()
            if self._trying is not None or self._closed.is_set():
                return
            self._trying = threading.Event()
        threading.Thread(target=self._try, args=(self._trying,), name="audio-reopen", daemon=True).start()

    def discard(self, stream: int) -> None:
        """A stream that is not the current one does not give what it was opened for: close it."""
        with self._lock:
            known = self._streams.pop(stream, None)
        if known is not None:
            known.close()

    def settle(self, stream: int) -> None:
        """``stream`` gives sound: it is the current one; all others are closed."""
        with self._lock:
            self.current = stream
            others = [number for number in self._streams if number != stream]
            closing = [self._streams.pop(number) for number in others]
            trying, self._trying = self._trying, None
        if trying is not None:
            trying.set()
        for one in closing:
            one.close()

    def close(self) -> None:
        """Take in the last words and end; waits no longer than 2 s for a frozen sound server."""
        self._closed.set()
        with self._lock:
            streams, self._streams = list(self._streams.values()), {}
        for thread in [stream.close() for stream in streams]:
            thread.join(_STOP_S)

    def _run(self, source: AudioSource) -> int:
        with self._lock:
            number, self._next = self._next, self._next + 1

        def hear(block: Block) -> None:
            self._put(Heard(number, block))

        def end(reason: StopReason) -> None:
            self._put(Ended(number, reason))

        def tell(news: ServerNews) -> None:
            self._put(Told(number, news))

        facts = source.facts
        watch = ServerWatch(facts.stream, facts.source, tell, self._output_at_first(facts))
        with self._lock:
            self._streams[number] = _Stream(source, watch)
        try:
            source.start(hear, end)
        except Known:
            with self._lock:
                self._streams.pop(number, None)
            raise
        if facts.stream:
            watch.start()
        return number

    def _output_at_first(self, facts: SourceFacts) -> str | None:
        """Through which loudspeaker the computer plays as far as is known; None when that does not matter."""
        if not self._wishes.output:
            return None
        return facts.source if self._wishes.follow_output else ""

    def _try(self, over: threading.Event) -> None:
        while not over.is_set() and not self._closed.is_set():
            number = self._candidate()
            if number is not None:
                over.wait(_FIRST_BLOCK_S)
                # Silent, or too late: another stream gave sound while this one was being opened.
                with self._lock:
                    unwanted = None if number == self.current else self._streams.pop(number, None)
                if unwanted is not None:
                    unwanted.close()
            over.wait(_TRY_AGAIN_S)

    def _candidate(self) -> int | None:
        for name in self._candidates:
            try:
                return self._run(self._open_source(name))
            except Known:
                continue
        return None
