"""The folder of a part that follows another: at home in the library, or only in the second place."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

from evidencedesk.capture.control import LOCK_FILE, PLAN_FILE
from evidencedesk.domain.pulse import RecordingPlan
from evidencedesk.system.durable import create_folder, write_atomic
from evidencedesk.system.lock import FolderLock

SECOND_FOLDER = "EvidenceDesk"


def second_place(plan: RecordingPlan) -> Path:
    """Where the second copy of a recording is kept."""
    return Path(plan.second_folder) / SECOND_FOLDER / plan.case / plan.recording


def make_home(plan: RecordingPlan) -> FolderLock:
    """A part's own folder with its plan, and its lock, taken. Raises OSError."""
    folder = Path(plan.folder)
    create_folder(folder)
    _leave_plan(plan, folder)
    return _locked(folder)


def make_away(plan: RecordingPlan) -> FolderLock:
    """A part's folder in the second place, and at home as far as the first disk lets it. Raises OSError.

    Recovery finds the way from the plan at home to the sound: without one it could not bring it home. The
    lock keeps recovery away, so it is taken at home wherever that is possible.
    """
    place = second_place(plan)
    create_folder(place)
    _leave_plan(plan, place)
    try:
        return make_home(plan)
    except OSError:
        _take_away_if_useless(Path(plan.folder))
        return _locked(place)


def leave_word_at_home(plan: RecordingPlan) -> None:
    """Once more at the end: the first disk may be there again, and must know where the sound is."""
    folder = Path(plan.folder)
    if not (folder / PLAN_FILE).exists():
        with contextlib.suppress(OSError):
            create_folder(folder)
            _leave_plan(plan, folder)


def _leave_plan(plan: RecordingPlan, folder: Path) -> None:
    write_atomic(folder / PLAN_FILE, json.dumps(asdict(plan), ensure_ascii=False).encode())


def _locked(folder: Path) -> FolderLock:
    lock = FolderLock(folder / LOCK_FILE)
    lock.acquire()
    return lock


def _take_away_if_useless(folder: Path) -> None:
    """A folder without a plan would be taken for one into which nothing was recorded."""
    if not (folder / PLAN_FILE).exists():
        with contextlib.suppress(OSError):
            folder.rmdir()
