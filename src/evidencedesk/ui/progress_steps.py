"""Thins progress out: a signal for each block of a large file would drown the window."""

from __future__ import annotations

from collections.abc import Callable

_STEPS = 1000


def when_it_moves(tell: Callable[[int, int, str], None]) -> Callable[[int, int, str], None]:
    """Pass on only what can be seen: another file, or another thousandth of the whole."""
    last: tuple[int, str] | None = None

    def progress(done: int, total: int, name: str) -> None:
        nonlocal last
        now = (done * _STEPS // total if total else 0, name)
        if now != last:
            last = now
            tell(done, total, name)

    return progress
