"""Keep C libraries from writing on standard error, for a moment, without losing it for good."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator

# A sound server that hangs must not keep the program's own messages from the user.
_MOST_S = 1.0
_STDERR = 2


class _Hush:
    """Descriptor 2 leads nowhere while anybody holds it: two legs open and close their streams at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders: set[object] = set()
        self._kept = -1

    def hold(self) -> Callable[[], None]:
        """Hold it; what lets go again, and may be called twice."""
        holder = object()
        with self._lock:
            if not self._holders:
                self._turn_off()
            self._holders.add(holder)

        def let_go() -> None:
            with self._lock:
                if holder in self._holders:
                    self._holders.discard(holder)
                    if not self._holders:
                        self._turn_on()

        return let_go

    def _turn_off(self) -> None:
        # Without a standard error, as in a program without a console, there is nothing to turn off.
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
        with contextlib.suppress(OSError):
            self._kept = os.dup(_STDERR)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, _STDERR)
            os.close(nowhere)

    def _turn_on(self) -> None:
        kept, self._kept = self._kept, -1
        if kept >= 0:
            os.dup2(kept, _STDERR)
            os.close(kept)


_hush = _Hush()


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Nothing written to descriptor 2 within the block is seen, but for a second at most."""
    let_go = _hush.hold()
    patience = threading.Timer(_MOST_S, let_go)
    patience.daemon = True
    patience.start()
    try:
        yield
    finally:
        patience.cancel()
        let_go()
