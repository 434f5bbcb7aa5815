"""Delete a practice case, with its files. No other case can be deleted here."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from evidencedesk.capture.remote import running_captures
from evidencedesk.domain.case import RecordingState
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.workflows.desk import Desk

PRACTICE_FOLDER = "practice"
_LEAVING_FOLDER = "deleted"


def delete_practice(desk: Desk, case_id: str) -> None:
    """Delete a practice case for good: journal, rows and files.

    Raises NOT_PRACTICE for a case with anything real in it, STILL_RECORDING, UNKNOWN_CASE, and what the disk
    says.
    """
    case = desk.store.find_case(case_id)
    case_file = desk.store.case_file(case.id)
    if not case_file.practice:
        raise WrongUse(Code.NOT_PRACTICE, case=case.title)
    captures = running_captures(desk.library)
    running = any(one.state is RecordingState.RUNNING for one in case_file.recordings)
    if running or any(one.plan.case == case.id for one in captures):
        raise WrongUse(Code.STILL_RECORDING, case=case.title)
    remove_case(desk, case.id)
    if not captures:
        _remove_folder(desk.library / PRACTICE_FOLDER)


def remove_case(desk: Desk, case_id: str) -> None:
    """Take a case out of the library. The caller has made sure that it may go.

    Its folder is put aside first: sound without a case would look like a recording that a crash left.
    """
    folder, leaving = desk.case_folder(case_id), desk.library / _LEAVING_FOLDER
    aside = leaving / case_id
    try:
        if folder.exists():
            create_folder(leaving)
            folder.rename(aside)
    except OSError as error:
        raise disk_failure(error, folder) from error
    try:
        desk.store.delete_case(case_id)
    except BaseException:
        with suppress(OSError):
            aside.rename(folder)
        raise
    _remove_folder(leaving)  # with what an earlier crash left


def _remove_folder(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder, onerror=_writable_first)
    except OSError as error:
        raise disk_failure(error, folder) from error


def _writable_first(remove: Callable[..., Any], path: str, _error: object) -> None:
    """Sealed files are read-only, which some systems take for a reason not to remove them."""
    Path(path).parent.chmod(stat.S_IRWXU)
    os.chmod(path, stat.S_IRWXU)  # noqa: PTH101 - the path may be a broken link
    remove(path)
