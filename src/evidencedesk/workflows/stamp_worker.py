"""Sends time stamps while the window is open or a recording runs, on a thread that nobody waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from evidencedesk.domain.errors import Known
from evidencedesk.system.time_authority import Network
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.get_stamp import Line
from evidencedesk.workflows.send_stamps import Sender, Sent

_LONGEST_SLEEP_S = 600.0
_AFTER_A_DISK_ERROR_S = 60.0
_JOIN_S = 5.0


class StampWorker:
    """The thread ``time-stamps``. It begins with ``start`` and is gone after ``close``."""

    def __init__(
        self,
        desk: Desk,
        line: Callable[[], Line] = Network,
        on_sent: Callable[[Sent], None] | None = None,
    ) -> None:
        """``on_sent`` is called from the threads of the authorities."""
        self._desk = desk
        self._on_sent = on_sent
        self._make_line = line
        self._lines: list[Line] = []
        self._lock = threading.Lock()
        self._closing = False
        self._now = False
        self.sending = False
        self._sender = Sender(desk, self._line)
        # A name lookup can't be cut; such a thread must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="time-stamps", daemon=True)

    def start(self) -> None:
        """Begin with what waits."""
        self._desk.stamp_wanted.set()
        self._thread.start()

    def send_now(self) -> None:
        """Send what waits without waiting until it is due; returns at once."""
        self._now = True
        self._desk.stamp_wanted.set()

    def close(self) -> None:
        """Cut what is going on and end; what was not answered waits for the next start."""
        with self._lock:
            self._closing = True
            lines = list(self._lines)
        for line in lines:
            line.cut()
        self._desk.stamp_wanted.set()
        self._thread.join(_JOIN_S)

    def _line(self) -> Line:
        line = self._make_line()
        with self._lock:
            self._lines = [*self._lines[-20:], line]
            if self._closing:
                line.cut()
        return line

    def _run(self) -> None:
        while not self._closing:
            self._desk.stamp_wanted.clear()
            now, self._now = self._now, False
            self.sending = True
            try:
                self._sender.send(now=now, on_sent=self._on_sent)
                wait = self._sender.seconds_to_next()
            except Known:
                wait = _AFTER_A_DISK_ERROR_S
            except RuntimeError:
                if self._closing:
                    return  # a lookup took longer than anybody waited; the library is closed by now
                raise
            finally:
                self.sending = False
            if self._closing:
                return
            self._desk.stamp_wanted.wait(_LONGEST_SLEEP_S if wait is None else min(wait, _LONGEST_SLEEP_S))


@contextmanager
def stamping(desk: Desk) -> Iterator[None]:
    """Send time stamps for the length of a ``with`` block, if the user wants any."""
    if not desk.authorities():
        yield
        return
    worker = StampWorker(desk)
    worker.start()
    try:
        yield
    finally:
        worker.close()
