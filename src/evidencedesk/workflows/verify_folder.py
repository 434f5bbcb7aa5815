"""Check a case folder that somebody handed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody import verify as custody_verify
from evidencedesk.domain.finding import Report


def verify(path: Path, progress: Callable[[int, int], None] | None = None) -> Report:
    """Check files, journal, recordings and facts; decodes every recording.

    Raises FOLDER_UNREADABLE when there is nothing that could be checked.
    """
    return custody_verify.verify_folder(path, read_pcm, progress)
