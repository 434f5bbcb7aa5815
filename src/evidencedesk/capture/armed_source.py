"""A source that listens before it records: the last seconds may be kept, in memory only."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable

from evidencedesk.capture.source import BLOCK_S, AudioSource, Block, OnBlock, OnEnd, SourceFacts
from evidencedesk.domain.pulse import StopReason


class ArmedSource:
    """Wraps a source and starts it at once; ``start`` first hands over what was kept, then goes on.

    ``kept_s`` seconds are kept, which may be none. ``on_heard`` sees each block while nobody records,
    ``on_lost`` the end of the source then.
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
        self._queue: queue.SimpleQueue[Block | StopReason] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._taker: tuple[OnBlock, OnEnd] | None = None
        source.start(self._queue.put, self._queue.put)
        threading.Thread(target=self._pump, name="armed-source", daemon=True).start()

    def keep_all(self) -> int:
        """Let nothing go from now on; how many milliseconds from before this moment are kept."""
        with self._lock:
            self._kept = deque(self._kept)
            return sum(block.frames for block in self._kept) * 1000 // self.facts.rate_hz

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Hand over what was kept, in its order and with its stamps, and everything that comes."""
        with self._lock:
            for block in self._kept:
                on_block(block)
            self._kept.clear()
            self._taker = on_block, on_end

    def stop(self) -> None:
        """End the source."""
        self._source.stop()

    def _pump(self) -> None:
        while True:
            item = self._queue.get()
            with self._lock:
                taker = self._taker
                if taker is None and isinstance(item, Block):
                    self._kept.append(item)
                elif taker is not None and isinstance(item, Block):
                    taker[0](item)
            if isinstance(item, Block):
                if taker is None:
                    self._on_heard(item)
            elif taker is not None:
                taker[1](item)
            else:
                self._on_lost()
                return
