"""Look through a folder of the user's for what could belong to a case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencedesk.intake.folder_scan import Progress, Scanned, scan
from evidencedesk.workflows.desk import Desk


def scan_folder(
    desk: Desk, case_id: str, folder: Path, progress: Progress, cancelled: Callable[[], bool]
) -> Scanned:
    """Offer pictures, papers and sounds, and say which of them are in the case already. Nothing is taken in.

    Raises FILE_UNREADABLE, CANCELLED.
    """
    case = desk.store.find_case(case_id)
    return scan(folder, desk.store.case_file(case.id).taken_in, progress, cancelled)
