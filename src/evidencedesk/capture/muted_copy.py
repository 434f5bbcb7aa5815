"""A copy of a recording with stretches of it silent; every other sample stays what it was."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile as sf

from evidencedesk.capture.flac_copy import new_flac_copy
from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.pcm import read_pcm
from evidencedesk.domain.errors import Code, WrongUse

_BYTES = 2


def write_muted_copy(
    source: Path,
    target: Path,
    stretches: Sequence[tuple[int, int]],
    comment: str,
    cancelled: Callable[[], bool] | None = None,
    seals_to: bytes | None = None,
) -> None:
    """Encode ``source`` anew as FLAC, with silence from sample to sample (per channel) in each stretch.

    It is sealed with the public key ``seals_to``. The copy is decoded again and compared before this
    returns. Raises CANCELLED, OSError, and ValueError when the source can't be decoded.
    """
    with open_sound(source) as original:
        rate_hz, channels = int(original.samplerate), int(original.channels)
    written = hashlib.sha256()
    try:
        with new_flac_copy(target, rate_hz, channels, seals_to) as file:
            file.comment = comment
            for pcm in muted(read_pcm(source), stretches, channels):
                if cancelled is not None and cancelled():
                    raise WrongUse(Code.CANCELLED)
                written.update(pcm)
                file.buffer_write(pcm, dtype="int16")
        again = hashlib.sha256()
        for pcm in read_pcm(target):
            again.update(pcm)
    except (sf.SoundFileError, AssertionError) as error:
        raise _disk_error(target) from error
    except ValueError as error:
        if target.name in str(error):  # a full disk took its end away
            raise _disk_error(target) from error
        raise
    if again.digest() != written.digest():
        raise _disk_error(target)


def muted(blocks: Iterator[bytes], stretches: Sequence[tuple[int, int]], channels: int) -> Iterator[bytes]:
    """The same samples, zero inside the stretches."""
    at = 0
    for block in blocks:
        frames = np.frombuffer(block, dtype="<i2").reshape(-1, channels).copy()
        for begin, end in stretches:
            frames[max(0, begin - at) : max(0, end - at)] = 0
        at += len(frames)
        yield frames.tobytes()


def _disk_error(path: Path) -> OSError:
    room = os.statvfs(path.parent).f_bavail if hasattr(os, "statvfs") else 1
    code = errno.EIO if room else errno.ENOSPC
    return OSError(code, os.strerror(code), str(path))
