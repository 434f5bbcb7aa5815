"""Outlines of sounds, read once and kept: a cache that is never evidence and may be deleted at any time."""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.libsndfile_decoder import decode_with_libsndfile
from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.outline import FULL, STEP_MS, Outline, coarser, level_lengths

_MAGIC = b"EDOUTL1\n"
# The magic, the CRC-32 of what follows, and how long the finest degree is.
_HEADER = struct.Struct(">8sIQ")
_MOST_SECONDS = 3600.0
Progress = Callable[[float, Outline], None]


def kept_outline(cached: Path) -> Outline | None:
    """The outline in a file of the cache; None when there is none, or it is damaged."""
    try:
        content = read_kept(cached)
    except (OSError, Known):
        return None
    body = content[_HEADER.size :]
    if len(content) < _HEADER.size:
        return None
    magic, told, finest = _HEADER.unpack_from(content)
    if magic != _MAGIC or zlib.crc32(body) != told or sum(level_lengths(finest)) != len(body):
        return None
    levels, at = [], 0
    for length in level_lengths(finest):
        levels.append(body[at : at + length])
        at += length
    return Outline(tuple(levels))


def read_outline(
    path: Path,
    cached: Path,
    progress: Progress = lambda _share, _outline: None,
    cancelled: Callable[[], bool] = lambda: False,
    seals_to: bytes | None = None,
) -> Outline:
    """Read the outline of a sound file, and keep it; what is known so far is told about four times a second.

    Raises ValueError when it can't be decoded, and CANCELLED.
    """
    found = kept_outline(cached)
    if found is not None:
        return found
    frames = _frames(path)
    steps = bytearray()
    with decode_with_libsndfile(path, _MOST_SECONDS) as decoding:
        told = 0
        for block in _in_steps(decoding.blocks, decoding.rate_hz):
            steps += block
            if cancelled():
                raise WrongUse(Code.CANCELLED)
            share = len(steps) * STEP_MS / 1000 * decoding.rate_hz / max(1, frames)
            if int(share * 20) > told:
                told = int(share * 20)
                progress(min(1.0, share), Outline(coarser(bytes(steps))))
    outline = Outline(coarser(bytes(steps)))
    keep_outline(cached, outline, seals_to)
    return outline


def _in_steps(blocks: Iterator[npt.NDArray[np.float32]], rate_hz: int) -> Iterator[bytes]:
    """The greatest height of each step, whatever the length of a block."""
    rest = np.zeros(0, dtype=np.float32)
    done = 0  # frames before ``rest``
    step = 0
    for block in blocks:
        loud = np.concatenate([rest, np.abs(block).max(axis=1)])
        last = (done + len(loud)) * 1000 // (rate_hz * STEP_MS)
        edges = np.arange(step, last + 1, dtype=np.int64) * STEP_MS * rate_hz // 1000 - done
        if last > step:
            yield _heights(np.maximum.reduceat(loud[: edges[-1]], edges[:-1]))
            rest, done, step = loud[edges[-1] :], done + int(edges[-1]), last
        else:
            rest = loud
    if len(rest):
        yield _heights(rest.max(keepdims=True))


def _heights(loud: npt.NDArray[np.float32]) -> bytes:
    whole = np.minimum(np.nan_to_num(loud) * FULL, FULL)
    return whole.astype(np.uint8).tobytes()


def _frames(path: Path) -> int:
    try:
        with open_sound(path) as file:
            return int(file.frames)
    except (OSError, TypeError, RuntimeError) as error:
        raise ValueError(str(error)) from error


def keep_outline(cached: Path, outline: Outline, seals_to: bytes | None = None) -> None:
    """Keep an outline with all its degrees, so that opening it reckons nothing; sealed with a public key."""
    # A cache that can't be written is read anew next time: nobody has to hear of it.
    with contextlib.suppress(OSError):
        cached.parent.mkdir(parents=True, exist_ok=True)
        body = b"".join(outline.levels)
        head = _HEADER.pack(_MAGIC, zlib.crc32(body), len(outline.levels[0]))
        write_kept(cached, head + body, seals_to)
