"""The workflows that the pages ask for about files that were taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.domain.case import Attachment, TakenIn
from evidencedesk.domain.taken import Taken
from evidencedesk.intake.folder_scan import Scanned
from evidencedesk.intake.preview import Look
from evidencedesk.workflows.describe_attachment import describe_attachment
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.preview_file import preview_file
from evidencedesk.workflows.scan_folder import scan_folder
from evidencedesk.workflows.take_in_once import take_in_data, take_in_once


class FilesOnDesk:
    """Everything about files that were taken in, on one desk."""

    _desk: Desk

    def take_in_once(self, case_id: str, path: Path, encounter: str | None, *, again: bool = False) -> Taken:
        """Take a file in, unless the case has the same bytes."""
        return take_in_once(self._desk, case_id, path, encounter, again=again)

    def take_in_data(self, case_id: str, name: str, data: bytes, encounter: str | None) -> Taken:
        """Take in what is no file yet."""
        return take_in_data(self._desk, case_id, name, data, encounter)

    def describe_attachment(self, case_id: str, told: Attachment) -> Attachment:
        """Keep what a file shows and belongs to."""
        return describe_attachment(self._desk, case_id, told)

    def preview(self, kept: TakenIn, page: int, room: int) -> Look:
        """Look into a file."""
        path = attachment_file(self._desk.case_folder(kept.case), kept)
        return preview_file(path, kept.name, page, room)

    def scan_folder(
        self,
        case_id: str,
        folder: Path,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Scanned:
        """Look through a folder for what could belong to the case."""
        return scan_folder(self._desk, case_id, folder, progress, cancelled)
