"""The file of a derived sound: 16-bit FLAC, as all copies are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import soundfile as sf

from evidencedesk.capture.kept_sound import Written
from evidencedesk.custody.kept import create_kept

_COMPRESSION = 0.625  # libFLAC's level 5: about half the time of its highest, for some 5 % more room


@contextmanager
def new_flac_copy(
    path: Path, rate_hz: int, channels: int, seals_to: bytes | None = None
) -> Iterator[sf.SoundFile]:
    """A new file to write to, never over another one; durable at the end of the block.

    It is sealed with the public key ``seals_to``. Raises OSError and what soundfile raises; then what was
    written is still there.
    """
    kept = create_kept(path, seals_to)
    written = Written(kept)
    try:
        with sf.SoundFile(
            written,
            "w",
            samplerate=rate_hz,
            channels=channels,
            format="FLAC",
            subtype="PCM_16",
            compression_level=_COMPRESSION,
        ) as file:
            yield file
        written.check()
        kept.finish()
    except (sf.SoundFileError, AssertionError):
        written.check()
        raise
    finally:
        kept.abandon()
