"""Sounds on one line of time, to be read from any place: the original files, decoded a second at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile as sf
import soxr

from evidencedesk.capture.kept_sound import open_sound
from evidencedesk.capture.wsola import Sound

LINE_RATE_HZ = 48_000
# A resampler needs what comes before and after.
_MARGIN_S = 0.05
_KEPT_SECONDS = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Samples of a file from ``first`` on, heard from frame ``start`` to before ``end`` of the line.

    ``rate_hz`` is how many of them a second of the line has.
    """

    path: str
    first: int
    samples: int
    start: int
    end: int
    rate_hz: float


class PlacedSound:
    """One side of an encounter in mono at ``LINE_RATE_HZ``; silence where nothing was recorded."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = tuple(pieces)
        self._files: dict[str, sf.SoundFile] = {}
        self._opened = ExitStack()
        self._seconds: OrderedDict[tuple[int, int], Sound] = OrderedDict()

    def read(self, first: int, count: int) -> Sound:
        """Frames of the line. Raises ValueError when a file can't be decoded."""
        sound = np.zeros(count, dtype=np.float32)
        for number, piece in enumerate(self._pieces):
            begin, end = max(first, piece.start), min(first + count, piece.end)
            while begin < end:
                second, skipped = divmod(begin - piece.start, LINE_RATE_HZ)
                taken = min(end - begin, LINE_RATE_HZ - skipped)
                block = self._second(number, second)[skipped : skipped + taken]
                sound[begin - first : begin - first + len(block)] = block
                begin += taken
        return sound

    def close(self) -> None:
        """Let the files go."""
        self._files.clear()
        with suppress(OSError):  # a damaged file has said so already
            self._opened.close()
        self._seconds.clear()

    def _second(self, number: int, second: int) -> Sound:
        key = (number, second)
        if key not in self._seconds:
            self._seconds[key] = self._decoded(self._pieces[number], second)
            while len(self._seconds) > _KEPT_SECONDS:
                self._seconds.popitem(last=False)
        self._seconds.move_to_end(key)
        return self._seconds[key]

    def _decoded(self, piece: Piece, second: int) -> Sound:
        if piece.rate_hz == LINE_RATE_HZ:
            return self._samples(piece, second * LINE_RATE_HZ, LINE_RATE_HZ)
        margin = int(piece.rate_hz * _MARGIN_S)
        first = round(second * piece.rate_hz)
        sound = self._samples(piece, first - margin, round(piece.rate_hz) + 2 * margin)
        made = soxr.resample(sound, piece.rate_hz, LINE_RATE_HZ)
        skipped = round(margin * LINE_RATE_HZ / piece.rate_hz)
        return np.asarray(made[skipped : skipped + LINE_RATE_HZ], dtype=np.float32)

    def _samples(self, piece: Piece, first: int, count: int) -> Sound:
        """Samples of a piece, silence outside of it."""
        begin, end = max(0, first), min(piece.samples, first + count)
        sound = np.zeros(count, dtype=np.float32)
        if begin >= end:
            return sound
        try:
            file = self._file(piece.path)
            file.seek(piece.first + begin)
            frames = file.read(end - begin, dtype="float32", always_2d=True)
        except (OSError, TypeError, RuntimeError, AssertionError) as error:
            # soundfile's own errors are RuntimeErrors.
            raise ValueError(f"{Path(piece.path).name}: {error}") from error
        sound[begin - first : begin - first + len(frames)] = frames.mean(axis=1)
        return sound

    def _file(self, path: str) -> sf.SoundFile:
        if path not in self._files:
            self._files[path] = self._opened.enter_context(open_sound(Path(path)))
        return self._files[path]
