"""What a power cut costs: a file system is copied while it is recorded into, and the copy is recovered.

The copy of an ext4 image holds what had been given to the disk, as after a cut: mounting it replays its
journal. It takes some milliseconds, during which writing goes on, which is harder than a real cut; a
disk that loses its own cache is not imitated. Needs the right to mount.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.common import NotPossibleError, Outcome, Setting, need, run, spread
from benchmarks.ended_recording import Aftermath, DoomedRecording, examine, outcome
from benchmarks.sound_stage import Microphone, SoundStage

_DISK_BYTES = 256 << 20
_SHORTEST_S, _LONGEST_S = 0.5, 10.0
_GOAL_S = 0.5


def main() -> int:
    """Record, cut, mount, recover, compare; again and again."""
    return run(__doc__ or "", "cuts (full 50, short 3)", _measure)


def _measure(setting: Setting) -> Iterator[Outcome]:
    if os.geteuid() != 0:
        raise NotPossibleError("mounting a disk image needs root")
    need("mkfs.ext4", "mount", "umount", "cp")
    cuts = setting.choose(3, 50)
    generator = np.random.default_rng(20260519)
    ends: list[Aftermath] = []
    copying_s: list[float] = []
    with SoundStage(setting.folder) as stage:
        microphone = stage.microphone("counter")
        for number in range(cuts):
            folder = setting.folder / f"cut-{number}"
            folder.mkdir()
            after_s = generator.uniform(_SHORTEST_S, _LONGEST_S)
            end, took_s = _cut(stage, microphone, folder, after_s)
            ends.append(end)
            copying_s.append(took_s)
    copying = spread(copying_s)
    note = f"copying took {1000 * copying['median']:.0f} ms, at most {1000 * copying['most']:.0f} ms"
    title = f"{cuts} power cuts, {_SHORTEST_S:g} to {_LONGEST_S:g} s after the start"
    yield outcome(title, ends, _GOAL_S, [note])


def _cut(stage: SoundStage, microphone: Microphone, folder: Path, after_s: float) -> tuple[Aftermath, float]:
    copy, place = folder / "copy", folder / "mounted"
    disk = new_disk(folder)
    place.mkdir()
    with mounted(disk, place), DoomedRecording(microphone.name, place / "library", stage.env) as recording:
        recording.wait_for_start()
        time.sleep(after_s)
        saved_s = recording.saved_s()
        cut_ns = time.monotonic_ns()
        lasted_ns = recording.began_ns, cut_ns
        ask("cp", "--sparse=always", str(disk), str(copy))
        took_s = (time.monotonic_ns() - cut_ns) / 1e9
        recording.kill()
    with mounted(copy, place):
        end = examine(place / "library", stage.env, microphone, lasted_ns, saved_s)
    disk.unlink()
    copy.unlink()
    return end, took_s


def new_disk(folder: Path) -> Path:
    """An image with an empty ext4 on it."""
    disk = folder / "disk"
    with disk.open("wb") as file:
        file.truncate(_DISK_BYTES)
    ask("mkfs.ext4", "-q", "-F", str(disk))
    return disk


@contextlib.contextmanager
def mounted(disk: Path, place: Path) -> Iterator[None]:
    """An ext4 image, mounted for the length of a ``with`` block."""
    ask("mount", "-t", "ext4", "-o", "loop,commit=5", str(disk), str(place))
    try:
        yield
    finally:
        ask("umount", str(place))


def ask(*command: str) -> None:
    """Run a program. Raises NotPossibleError when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotPossibleError(f"{' '.join(command)}: {done.stderr.strip()}")


if __name__ == "__main__":
    raise SystemExit(main())
