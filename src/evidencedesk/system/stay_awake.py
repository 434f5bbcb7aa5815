"""Ask the computer not to fall asleep, by wakepy (D-Bus on Linux, the systems' own calls elsewhere)."""

from __future__ import annotations

import threading
from typing import Any

from wakepy import keep

_PATIENCE_S = 2.0


class StayAwake:
    """One wish that holds from ``start`` to ``stop``; the screen may still go dark.

    Everything runs on a thread of its own, because a session bus may let a question hang. A promise
    that comes too late to be told is kept until ``stop`` all the same. It is about falling asleep when
    nobody touches the computer: closing the lid or choosing sleep may still send it to sleep.
    """

    def __init__(self) -> None:
        self._answered = threading.Event()
        self._over = threading.Event()
        self._promised = False
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Whether the system promised it; False also when it gave no answer within 2 s.

        After ``stop`` nothing is asked any more, and the answer is False.
        """
        if self._over.is_set():
            return False
        self._thread = threading.Thread(target=self._run, name="stay-awake", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:
            # No thread to be had. The recording matters more than the promise.
            return False
        self._answered.wait(_PATIENCE_S)
        return self._promised

    def stop(self) -> None:
        """Let the computer sleep again; may be called twice, and before ``start``."""
        self._over.set()

    def _run(self) -> None:
        try:
            with keep.running(on_fail=_no_word) as mode:
                self._promised = bool(mode.active)
                self._answered.set()
                self._over.wait()
        except Exception:  # noqa: BLE001 - a recording must not end because the computer may sleep
            self._promised = False
        finally:
            self._answered.set()


def _no_word(_result: Any) -> None:
    """The caller learns it from ``start``."""
