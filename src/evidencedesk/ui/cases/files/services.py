"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.case import Attachment, TakenIn
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.taken import Taken
from evidencedesk.intake.folder_scan import Scanned
from evidencedesk.intake.preview import Look


class FilesServices(Protocol):
    """What was taken into the case: screenshots, papers, photos, recordings made elsewhere."""

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def take_in_once(self, case_id: str, path: Path, encounter: str | None, *, again: bool = False) -> Taken:
        """Take a file in, unless the case has the same bytes; called on the jobs thread."""
        ...

    def take_in_data(self, case_id: str, name: str, data: bytes, encounter: str | None) -> Taken:
        """Take in what is no file yet; called on the jobs thread."""
        ...

    def describe_attachment(self, case_id: str, told: Attachment) -> Attachment:
        """Keep what a file shows and belongs to."""
        ...

    def preview(self, kept: TakenIn, page: int, room: int) -> Look:
        """Look into a file; called on the jobs thread."""
        ...

    def scan_folder(
        self,
        case_id: str,
        folder: Path,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Scanned:
        """Look through a folder; called on the jobs thread."""
        ...

    def kept_file(self, kept: TakenIn) -> Path:
        """Say where a file taken in is kept."""
        ...

    def sealed(self) -> bool:
        """Whether other programs get a copy to open, because the files themselves are sealed."""
        ...
