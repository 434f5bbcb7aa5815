"""Read any sound as the voice detector and the model want it: one channel at 16 kHz, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import soxr

from evidencedesk.capture.decoding import Decoding
from evidencedesk.capture.ffmpeg_decoder import decode_with_ffmpeg
from evidencedesk.capture.libsndfile_decoder import decode_with_libsndfile
from evidencedesk.capture.speech.stretches import RATE_HZ, Samples

# Decoding waits for the model: a day is the length of a sound and the slowness of a computer together.
_MOST_SECONDS = 86_400.0
_DECODERS = (decode_with_libsndfile, decode_with_ffmpeg)


@contextmanager
def open_sixteen(path: Path) -> Iterator[Iterator[Samples]]:
    """Begin to read; the blocks raise ValueError where the sound can't be read on. Raises ValueError."""
    reasons = []
    with ExitStack() as stack:
        for decode in _DECODERS:
            try:
                decoding = stack.enter_context(decode(path, _MOST_SECONDS))
                first = next(decoding.blocks, None)
            except ValueError as error:
                reasons.append(str(error))
                continue
            if first is not None:
                yield _sixteen(decoding, first)
                return
        raise ValueError("; ".join(reasons) or "no sound")


def _sixteen(decoding: Decoding, first: Samples) -> Iterator[Samples]:
    if decoding.rate_hz == RATE_HZ:
        yield _mono(first)
        for block in decoding.blocks:
            yield _mono(block)
        return
    stream = soxr.ResampleStream(decoding.rate_hz, RATE_HZ, 1, dtype="float32")
    yield np.asarray(stream.resample_chunk(_mono(first)), dtype=np.float32)
    for block in decoding.blocks:
        yield np.asarray(stream.resample_chunk(_mono(block)), dtype=np.float32)
    rest = stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True)
    yield np.asarray(rest, dtype=np.float32)


def _mono(block: Samples) -> Samples:
    mixed = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32)
    # A file may hold what is no number, or is far beyond full scale.
    return np.ascontiguousarray(np.clip(np.nan_to_num(mixed), -1.0, 1.0), dtype=np.float32)
