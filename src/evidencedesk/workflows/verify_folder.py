"""Check a case folder that somebody handed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.verify_path import verify_path
from evidencedesk.domain.finding import Report


def verify(
    path: Path, progress: Callable[[int, int], None] | None = None, zip_names: str = "utf-8"
) -> Report:
    """Check files, journal, recordings and facts of a folder or a ZIP; decodes every recording.

    Raises FOLDER_UNREADABLE when there is nothing that could be checked, and ARCHIVE_REFUSED for a ZIP that
    is not unpacked.
    """
    return verify_path(path, read_pcm, progress, zip_names)
