"""A screen of its own whose pixels can be read without asking anybody: Xvfb with its memory in a file."""

from __future__ import annotations

import mmap
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

_WIDTH, _HEIGHT = 1280, 800
_LOOK_S = 0.002
# What a window must show to count as painted, of every 5th pixel in every 5th row: more than a plain fill.
_STEP, _SHARE, _COLOURS = 5, 0.1, 6


class XScreen:
    """Starts Xvfb, 1280 x 800; ``name`` is for ``DISPLAY``."""

    def __init__(self, folder: Path) -> None:
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-fbdir", str(folder), "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            [*command, "-screen", "0", f"{_WIDTH}x{_HEIGHT}x24"],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as number:
            self.name = f":{number.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # The format is xwd's (X11/XWDFile.h): the header says how long it is and how many colours follow it.
        header = np.frombuffer(self._memory, dtype=">u4", count=25)
        begin = int(header[0]) + 12 * int(header[19])
        self._pixels = np.frombuffer(self._memory, dtype="<u4", count=_WIDTH * _HEIGHT, offset=begin)
        self._pixels = self._pixels.reshape(_HEIGHT, _WIDTH)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def empty(self) -> bool:
        """Whether nothing is shown at all."""
        return not (self._pixels[::_STEP, ::_STEP] & 0xFFFFFF).any()

    def painted(self) -> bool:
        """Whether a window with something in it is shown."""
        seen = self._pixels[::_STEP, ::_STEP] & 0xFFFFFF
        if np.count_nonzero(seen) < seen.size * _SHARE:
            return False
        return np.unique(seen).size >= _COLOURS

    def save(self, file: Path) -> None:
        """Keep what is shown as a picture (PPM)."""
        shown = self._pixels
        colours = np.stack([(shown >> shift) & 0xFF for shift in (16, 8, 0)], axis=-1).astype(np.uint8)
        file.write_bytes(b"P6\n%d %d\n255\n" % (_WIDTH, _HEIGHT) + colours.tobytes())


def wait(what: str, ready: Callable[[], bool], patience_s: float = 60.0) -> float:
    """Look until it is so; the moment of it. Raises TimeoutError."""
    end = time.perf_counter() + patience_s
    while not ready():
        if time.perf_counter() > end:
            raise TimeoutError(what)
        time.sleep(_LOOK_S)
    return time.perf_counter()
