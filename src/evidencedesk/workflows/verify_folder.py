"""Check a case folder that somebody handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.x509 import Certificate

from evidencedesk.custody.certificates import BUNDLE_LIMIT, read_roots
from evidencedesk.custody.device_certificate import PEM_LIMIT
from evidencedesk.custody.signature_check import trusted_fingerprints
from evidencedesk.custody.verify_path import verify_path
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Report
from evidencedesk.workflows.decoder import pcm_reader
from evidencedesk.workflows.own_roots import own_roots


def verify(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    trust: Sequence[Path] = (),
    zip_names: str = "utf-8",
    trust_time: Sequence[Path] = (),
    original: Path | None = None,
) -> Report:
    """Check everything in a folder or a ZIP, time stamps too; decodes sound if it can.

    ``trust`` are PEM files with certificates that the reader knows, ``trust_time`` with roots of
    time-stamping authorities; those of this computer's own store count as known. ``original`` is the case
    folder that a redacted copy is compared with. Raises FOLDER_UNREADABLE
    when there is nothing that could be checked, ARCHIVE_REFUSED for a ZIP that is not unpacked,
    FILE_UNREADABLE for a certificate.
    """
    trusted = trusted_fingerprints([_pem(file) for file in trust])
    roots = [root for file in trust_time for root in _roots(file)]
    time_roots = tuple(dict.fromkeys([*roots, *own_roots()]))
    return verify_path(path, pcm_reader(), progress, zip_names, trusted, time_roots, original)


def _roots(path: Path) -> tuple[Certificate, ...]:
    try:
        with path.open("rb") as file:
            return read_roots(file.read(BUNDLE_LIMIT + 1))
    except (OSError, ValueError) as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def _pem(path: Path) -> bytes:
    """A certificate's file, checked. Raises FILE_UNREADABLE."""
    try:
        with path.open("rb") as file:
            pem = file.read(PEM_LIMIT + 1)
        trusted_fingerprints([pem])
    except (OSError, ValueError) as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error
    return pem
