"""Disks of the stage's own, which may be filled and broken. Needs root; says so where that is not given."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from chaos.stage import NotHereError, Stage
from evidencedesk.capture.remote import running_captures

SMALL = ("-t", "tmpfs", "-o", "size=40m", "tmpfs")
_PATIENCE_S = 20.0
_CHUNK = 4096
_IMAGE_BYTES = 96 << 20


def disk_image(stage: Stage) -> Path:
    """An ext4 file system in a file, which turns read-only at the first error, as most do."""
    _require_root()
    image = stage.folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(_IMAGE_BYTES)
    _run("mkfs.ext4", "-q", "-e", "remount-ro", str(image))
    return image


@contextlib.contextmanager
def disk_for_cases(stage: Stage, *options: str) -> Iterator[Path]:
    """A file system of its own under the library's cases; ``options`` are those of ``mount``."""
    _require_root()
    place = stage.library / "cases"
    place.mkdir(exist_ok=True)
    _mount(place, *options)
    try:
        yield place
    finally:
        stage.clear()
        _unmount(place)


@contextlib.contextmanager
def disk_for_library(stage: Stage, *options: str) -> Iterator[Path]:
    """A file system of its own for the whole library, database included, with a new case on it."""
    _require_root()
    stage.close_library()
    _mount(stage.library, *options)
    try:
        stage.open_library()
        yield stage.library
    finally:
        stage.clear()
        stage.close_library()
        _unmount(stage.library)


def mount_again(stage: Stage, image: Path) -> None:
    """After a computer's restart: the file system is repaired and mounted for writing."""
    _unmount(stage.library)
    # 1: errors were found and corrected, which is what it is for.
    subprocess.run(["e2fsck", "-fy", str(image)], check=False, capture_output=True)
    _mount(stage.library, "-o", "loop", str(image))


def fill(disk: Path, leave_bytes: int = 7_000_000) -> Path:
    """Something else takes the room; what is left by default is what a recording keeps free to end well."""
    room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - leave_bytes
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        for _ in range(0, room, _CHUNK):
            file.write(bytes(_CHUNK))
    return filler


def break_file_system(place: Path) -> None:
    """Tell ext4 that it has met an error."""
    device = Path(_run("findmnt", "-n", "-o", "SOURCE", str(place)).strip()).name
    try:
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("caused by a test", encoding="ascii")
    except OSError as error:
        raise NotHereError(f"this kernel does not break file systems on demand: {error}") from error


def _require_root() -> None:
    if not hasattr(os, "getuid") or os.getuid() != 0:
        raise NotHereError("needs root")


def _mount(place: Path, *options: str) -> None:
    try:
        _run("mount", *options, str(place))
    except subprocess.CalledProcessError as error:
        raise NotHereError(f"no disk can be mounted here: {error.stderr.strip().splitlines()[0]}") from error


def _unmount(place: Path) -> None:
    """Wait for recorders that are just ending, so that nothing writes to a disk that is mounted twice."""
    deadline = time.monotonic() + _PATIENCE_S
    while running_captures(place.parent if place.name == "cases" else place):
        assert time.monotonic() < deadline, "a recorder does not end"
        time.sleep(0.05)
    while True:
        try:
            _run("umount", str(place))
        except subprocess.CalledProcessError:
            if time.monotonic() > deadline:
                _run("umount", "-l", str(place))
                raise
            time.sleep(0.1)
        else:
            return


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
