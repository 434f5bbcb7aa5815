"""A source that listens before it records: the last seconds may be kept, in memory only."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable

from evidencedesk.capture.server_watch import ServerNews, ServerNewsKind, ServerWatch
from evidencedesk.capture.source import BLOCK_S, AudioSource, Block, OnBlock, OnEnd, SourceFacts
from evidencedesk.domain.pulse import StopReason

# The news that a stream was moved comes up to so much later than the first sound from elsewhere.
_NEWS_LATE_NS = 500_000_000


class ArmedSource:
    """Wraps a source and starts it at once; ``start`` first hands over what was kept, then goes on.

    ``kept_s`` seconds are kept, which may be none. ``on_heard`` sees each block while nobody records,
    ``on_lost`` the end of the source then. A stream that the sound server moves to another device is at
    its end, too: what came from there is dropped. Once ``keep_all`` was called somebody wants to record:
    then what was kept before the end is handed over all the same, and the end behind it.
    """

    def __init__(
        self,
        source: AudioSource,
        kept_s: float,
        on_heard: Callable[[Block], None],
        on_lost: Callable[[], None],
    ) -> None:
        self.facts: SourceFacts = source.facts
        self._source = source
        self._on_heard = on_heard
        self._on_lost = on_lost
        self._kept: deque[Block] = deque(maxlen=round(kept_s / BLOCK_S))
        self._queue: queue.SimpleQueue[Block | StopReason | ServerNews] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._taker: tuple[OnBlock, OnEnd] | None = None
        self._wanted = False
        self._earlier = 0
        self._end: StopReason | None = None
        self._watch = ServerWatch(self.facts.stream, self.facts.source, self._queue.put)
        source.start(self._queue.put, self._queue.put)
        if self.facts.stream:
            self._watch.start()
        threading.Thread(target=self._pump, name="armed-source", daemon=True).start()

    def keep_all(self) -> None:
        """Somebody wants to record: let nothing go from now on."""
        with self._lock:
            self._wanted = True
            self._kept = deque(self._kept)
            self._earlier = len(self._kept)

    def earlier_ms(self) -> int:
        """How many milliseconds from before ``keep_all`` are kept."""
        with self._lock:
            earlier = list(self._kept)[: self._earlier]
            return sum(block.frames for block in earlier) * 1000 // self.facts.rate_hz

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Hand over what was kept, in its order and with its stamps, and everything that comes.

        From here on the recorder watches what the server does.
        """
        with self._lock:
            for block in self._kept:
                on_block(block)
            self._kept.clear()
            self._taker = on_block, on_end
            if self._end is not None:
                on_end(self._end)
        threading.Thread(target=self._watch.stop, name="armed-watch", daemon=True).start()

    def stop(self) -> None:
        """End the source."""
        self._watch.stop()
        self._source.stop()

    def _pump(self) -> None:
        going = True
        while going:
            item = self._queue.get()
            with self._lock:
                taker = self._taker
                if taker is not None:
                    going = self._hand_over(item, taker)
                    continue
                if isinstance(item, Block):
                    if self._end is None:
                        self._kept.append(item)
                else:
                    self._come_to_an_end(item)
                lost = self._end is not None and not self._wanted
            if lost:
                self._on_lost()
                return
            if isinstance(item, Block):
                self._on_heard(item)

    def _hand_over(self, item: Block | StopReason | ServerNews, taker: tuple[OnBlock, OnEnd]) -> bool:
        """Give it to who records; False when nothing can come behind it."""
        if self._end is not None:
            return False
        if isinstance(item, Block):
            taker[0](item)
        elif isinstance(item, StopReason):
            taker[1](item)
            return False
        return True

    def _come_to_an_end(self, item: StopReason | ServerNews) -> None:
        if isinstance(item, StopReason):
            self._end = self._end or item
        elif item.kind is ServerNewsKind.MOVED:
            self._end = StopReason.DEVICE_LOST
            since_ns = time.monotonic_ns() - _NEWS_LATE_NS
            while self._kept and self._kept[-1].mono_ns > since_ns:
                self._kept.pop()
