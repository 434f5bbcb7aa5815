"""A noise on a loudspeaker of the stage, and a witness that says which place of it is playing."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from chaos.stage import RATE_HZ, Noise, Stage

_LOOK_BACK = 24_000
_PATIENCE_S = 20.0
_BYTES = 2
_number = itertools.count(1)


class Playing:
    """A noise being played. The witness is no part of the product: ``parec`` at the loudspeaker itself.

    What the witness has heard can have reached the recorder as well, whatever comes from the player later.
    """

    def __init__(self, stage: Stage, sink: str, channels: int, seconds: float) -> None:
        number = next(_number)
        self.noise = Noise(stage.folder / f"noise-{number}.wav", seconds, seed=number)
        self._heard = stage.folder / f"witness-{number}.raw"
        self._channels = channels
        with self._heard.open("wb") as file:
            self._witness = subprocess.Popen(
                [
                    *("parec", "--raw", f"--device={sink}.monitor", "--format=s16le", f"--rate={RATE_HZ}"),
                    *(f"--channels={channels}", "--latency-msec=20"),
                ],
                env=stage.server.env,
                stdout=file,
                stderr=subprocess.DEVNULL,
            )
        self._player = subprocess.Popen(
            ["paplay", f"--device={sink}", str(self.noise.path)],
            env=stage.server.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        """Until the witness hears it."""
        deadline = time.monotonic() + _PATIENCE_S
        while self._find() < 0:
            assert time.monotonic() < deadline, "the noise is not heard"
            time.sleep(0.01)

    def place(self) -> int:
        """How many samples of the noise have been played up to this moment, less some milliseconds."""
        found = self._find()
        assert found >= 0, "the noise is not heard"
        return found

    def missing_s(self, parts: list[npt.NDArray[np.int16]], until: int) -> float:
        """Seconds that were played and not recorded, up to the place ``until``."""
        return self.noise.missing_s(parts, until)

    def moment_of(self, place: int) -> float:
        """When that place was played, on the steady clock."""
        return time.monotonic() - (self.place() - place) / RATE_HZ

    def end_player(self) -> None:
        """The program that plays it ends; the witness goes on."""
        self._player.kill()
        self._player.wait()

    def end(self) -> None:
        """Silence; may be called twice."""
        for process in (self._player, self._witness):
            process.kill()
            process.wait()

    def _find(self) -> int:
        size = self._heard.stat().st_size
        frame = _BYTES * self._channels
        begin = max(0, size // frame - _LOOK_BACK) * frame
        with self._heard.open("rb") as file:
            file.seek(begin, os.SEEK_SET)
            raw = file.read()
        samples = np.frombuffer(raw[: len(raw) // frame * frame], dtype="<i2")[:: self._channels]
        # The last three samples are no whole window yet.
        places = self.noise.places(samples)[:-3] if len(samples) > 3 else np.empty(0, np.int64)
        heard = places[places >= 0]
        return int(heard[-1]) + 4 if len(heard) else -1


def away_s(
    parts: list[npt.NDArray[np.int16]], gone: float, until: int, before: Playing, after: Playing
) -> float:
    """Seconds not recorded from one noise to the other.

    ``gone`` is the moment when the first could be heard no longer, and ``until`` its place then. What was
    recorded between the two, silence, is not missing.
    """
    sound = np.concatenate(parts)
    first, second = before.noise.places(sound), after.noise.places(sound)
    last, again = int(np.flatnonzero(first >= 0)[-1]), int(np.flatnonzero(second >= 0)[0])
    recorded_s = max(0, again - last - 4) / RATE_HZ
    return before.missing_s(parts, until) + after.moment_of(int(second[again])) - gone - recorded_s


@contextlib.contextmanager
def noise_at(
    stage: Stage, sink: str = "micbus", channels: int = 1, seconds: float = 60.0
) -> Iterator[Playing]:
    """A noise played while the block runs, known to be heard when it begins."""
    playing = Playing(stage, sink, channels, seconds)
    try:
        playing.wait()
        yield playing
    finally:
        playing.end()


@contextlib.contextmanager
def noise_played(stage: Stage, seconds: float = 60.0) -> Iterator[Noise]:
    """A noise that the microphone hears while the block runs."""
    with noise_at(stage, seconds=seconds) as playing:
        yield playing.noise
