"""A real disk that is small, and can be taken away."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Mount a file system of this size; skips the test where that is not allowed."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root may mount a disk")
    place.mkdir(parents=True)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        take_away(place)


def take_away(place: Path) -> None:
    """Pull it out; what is open stays open, and nothing new can be opened. May be done twice."""
    with contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=True)


def fill_up(place: Path) -> None:
    """Leave not a byte of room."""
    try:
        with (place / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 16))
    except OSError:
        return
