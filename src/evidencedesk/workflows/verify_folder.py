"""Check a case folder that somebody handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from evidencedesk.custody.device_certificate import PEM_LIMIT
from evidencedesk.custody.signature_check import trusted_fingerprints
from evidencedesk.custody.verify_path import verify_path
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Report
from evidencedesk.workflows.decoder import pcm_reader


def verify(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    trust: Sequence[Path] = (),
    zip_names: str = "utf-8",
) -> Report:
    """Check files, journal, recordings, facts and signatures of a folder or a ZIP; decodes sound if it can.

    ``trust`` are PEM files with certificates that the reader knows. Raises FOLDER_UNREADABLE when there is
    nothing that could be checked, ARCHIVE_REFUSED for a ZIP that is not unpacked, FILE_UNREADABLE for a
    certificate.
    """
    trusted = trusted_fingerprints([_pem(file) for file in trust])
    return verify_path(path, pcm_reader(), progress, zip_names, trusted)


def _pem(path: Path) -> bytes:
    """A certificate's file, checked. Raises FILE_UNREADABLE."""
    try:
        with path.open("rb") as file:
            pem = file.read(PEM_LIMIT + 1)
        trusted_fingerprints([pem])
    except (OSError, ValueError) as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error
    return pem
