"""Where a case folder is built: at its target, or, when it must be secret, where only this user looks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.export.age_file import Recipient, write_encrypted
from evidencedesk.export.zip_folder import zip_chunks, zip_folder
from evidencedesk.system.durable import disk_failure
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.momentary import HANDOVER

Cancelled = Callable[[], bool]
ReadingBack = Callable[[int, int, str], None]


@contextmanager
def private_place(desk: Desk) -> Iterator[Path]:
    """A folder in the library that is removed in the end: nothing readable comes near the target."""
    try:
        for left in desk.library.glob(f"{HANDOVER}*"):  # by an export that was killed
            shutil.rmtree(left)
        with TemporaryDirectory(prefix=HANDOVER, dir=desk.library) as folder:  # 0700
            yield Path(folder)
    except OSError as error:
        raise disk_failure(error, desk.library) from error


def sealed_path(target: Path) -> Path:
    """Where the encrypted file of a case folder goes."""
    return target.with_name(target.name + ".zip.age")


def zip_path(target: Path) -> Path:
    """Where the zip of a case folder goes."""
    return target.with_name(target.name + ".zip")


def require_free_file(path: Path) -> None:
    """Refuse when something is there already; known before an hour of copying. Raises TARGET_NOT_EMPTY."""
    if os.path.lexists(path):
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(path))


def zip_it(folder: Path, cancelled: Cancelled | None, reading_back: ReadingBack | None) -> bool:
    """Write the zip beside a folder that is whole already. Raises CANCELLED, ZIP_NOT_WRITTEN."""
    target = zip_path(folder)
    try:
        return zip_folder(folder, target, cancelled, _counted(reading_back, folder, target.name))
    except Known as error:
        if error.code is Code.CANCELLED:
            raise
        detail = str(error.facts.get("detail", error.code.value))
        raise MachineFailure(Code.ZIP_NOT_WRITTEN, path=str(target), detail=detail) from error


def seal(
    folder: Path,
    target: Path,
    recipients: list[Recipient],
    cancelled: Cancelled | None,
    reading_back: ReadingBack | None,
) -> bool:
    """Write the encrypted zip of a folder; True when it was read back from the drive itself."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_failure(error, target) from error
    chunks = zip_chunks(folder, cancelled)
    return write_encrypted(chunks, target, recipients, _counted(reading_back, folder, target.name))


def _counted(reading_back: ReadingBack | None, folder: Path, name: str) -> Callable[[int], None] | None:
    """Bytes as they come, told as a sum of about what the folder has."""
    if reading_back is None:
        return None
    told, done = reading_back, 0
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def count(taken: int) -> None:
        nonlocal done
        done += taken
        told(min(done, total), total, name)

    return count
