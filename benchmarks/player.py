"""Play the frame counter, or a sound file again and again, into a named pipe at the pace of the steady clock.

A program of its own, so that nothing the benchmark does can hold it up:
``python benchmarks/player.py PIPE RATE_HZ CHANNELS [FILE]``. Its first line says at which nanosecond of
the steady clock frame 0 was due; frame n is due n / RATE_HZ seconds later. Ends with SIGTERM.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import soundfile as sf
from benchmarks.frame_counter import Samples, signal

_STEP_S = 0.01


def main(arguments: Sequence[str]) -> None:
    """Play until ended."""
    pipe, rate_hz, channels = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    part = _repeated(Path(arguments[3])) if len(arguments) > 3 else signal
    with pipe.open("wb", buffering=0) as out:
        began_ns = time.monotonic_ns()
        print(began_ns, flush=True)
        played = 0
        while True:
            due = (time.monotonic_ns() - began_ns) * rate_hz // 1_000_000_000
            # At most a second at once: catching up must not become a burst that nothing could take.
            count = min(due - played, rate_hz)
            if count > 0:
                frames = np.repeat(part(played, count)[:, np.newaxis], channels, axis=1)
                _write_all(out.write, frames.tobytes())
                played += count
            time.sleep(_STEP_S)


def _write_all(write: Callable[[bytes], int | None], content: bytes) -> None:
    while content:
        content = content[write(content) or 0 :]


def _repeated(path: Path) -> Callable[[int, int], Samples]:
    samples: Samples = sf.read(path, dtype="int16", always_2d=True)[0][:, 0]

    def part(first: int, count: int) -> Samples:
        return np.take(samples, np.arange(first, first + count), mode="wrap")

    return part


if __name__ == "__main__":
    main(sys.argv[1:])
