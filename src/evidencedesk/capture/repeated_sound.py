"""A short sound, several times over: something to practise with for as long as a visit may take."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import soundfile as sf

from evidencedesk.capture.flac_copy import new_flac_copy
from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.pcm import read_pcm


def write_repeated(source: Path, target: Path, times: int) -> None:
    """Write ``source`` over and over into ``target``, in place of what was there. Raises OSError."""
    partial = target.with_name(f".{target.name}.partial")
    with open_sound(source) as file:
        rate_hz, channels = int(file.samplerate), int(file.channels)
    try:
        partial.unlink(missing_ok=True)
        with new_flac_copy(partial, rate_hz, channels) as file:
            for _ in range(times):
                for pcm in read_pcm(source):
                    file.buffer_write(pcm, dtype="int16")
        partial.replace(target)
    except (sf.SoundFileError, AssertionError) as error:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(target)) from error
    finally:
        partial.unlink(missing_ok=True)
