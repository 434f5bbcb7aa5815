"""One stored zip of a finished case folder: the same folder gives the same bytes."""

from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.system.durable import disk_failure, fsync_folder

_BLOCK = 1 << 20
_DATE = (2020, 1, 1, 0, 0, 0)  # fixed: the times of the case stand inside


def zip_folder(folder: Path, target: Path, cancelled: Callable[[], bool] | None = None) -> Path:
    """Write ``target`` (stored, not compressed: sound does not shrink).

    Raises TARGET_NOT_EMPTY when it exists, CANCELLED, and what the disk says; then nothing stays.
    """
    if os.path.lexists(target):  # a link to nowhere would be replaced
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
    partial = target.with_name(target.name + ".partial")
    finished = False
    try:
        partial.unlink(missing_ok=True)  # ours, from an export that was killed
        with partial.open("xb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for path in _files(folder):
                    _add(archive, path, f"{folder.name}/{path.relative_to(folder).as_posix()}", cancelled)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(target)
        finished = True
        fsync_folder(target.parent)
    except OSError as error:
        raise disk_failure(error, target) from error
    finally:
        if not finished:
            with contextlib.suppress(OSError):  # what went wrong before is the cause
                partial.unlink(missing_ok=True)
    return target


def _files(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(files, key=lambda path: path.relative_to(folder).as_posix().encode())


def _add(archive: zipfile.ZipFile, path: Path, name: str, cancelled: Callable[[], bool] | None) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    # Known beforehand, so that files over 4 GiB get the large form from the start.
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as target:
        while block := source.read(_BLOCK):
            if cancelled is not None and cancelled():
                raise WrongUse(Code.CANCELLED)
            target.write(block)
