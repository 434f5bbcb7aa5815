"""Ctrl-C and the system's request to end, taken as a wish instead of an accident."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Interrupts:
    """While open, remembers the first signal to end instead of dying from it.

    What is being written can then be brought to a good end. Only the main thread gets signals;
    elsewhere nothing is changed.
    """

    def __init__(self) -> None:
        self.first: signal.Signals | None = None
        self._before: dict[int, Any] = {}

    @property
    def asked(self) -> bool:
        """Whether somebody wants an end."""
        return self.first is not None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for name in _NAMES:
                number = getattr(signal, name, None)
                # `nohup` asks to ignore SIGHUP; that wish is kept.
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._remember)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _remember(self, number: int, _frame: FrameType | None) -> None:
        if self.first is None:
            self.first = signal.Signals(number)
