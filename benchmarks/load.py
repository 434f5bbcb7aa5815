"""Keep every processor and the disk busy for the length of a ``with`` block."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

_BUSY_PER_PROCESSOR = 2
_DISK_WRITERS = 2
_CHUNK_BYTES = 1 << 20
_FILE_CHUNKS = 64


@contextlib.contextmanager
def busy_machine(folder: Path) -> Iterator[str]:
    """Two busy loops for each processor, and two programs that force megabyte after megabyte to the disk.

    Gives a sentence that says so.
    """
    context = multiprocessing.get_context("spawn")
    loops = (os.cpu_count() or 1) * _BUSY_PER_PROCESSOR
    workers = [context.Process(target=_burn, daemon=True) for _ in range(loops)]
    workers += [
        context.Process(target=_force_to_disk, args=(str(folder / f"load-{number}"),), daemon=True)
        for number in range(_DISK_WRITERS)
    ]
    for worker in workers:
        worker.start()
    try:
        yield f"{loops} busy loops on {os.cpu_count()} processors, {_DISK_WRITERS} writers with fsync"
    finally:
        for worker in workers:
            worker.kill()
            worker.join()


def _burn() -> None:
    number = 1
    while True:
        number = number * 1_103_515_245 % 2_147_483_647


def _force_to_disk(path: str) -> None:
    content = os.urandom(_CHUNK_BYTES)
    with Path(path).open("wb", buffering=0) as file:
        while True:
            file.seek(0)
            for _ in range(_FILE_CHUNKS):
                file.write(content)
                os.fsync(file.fileno())
