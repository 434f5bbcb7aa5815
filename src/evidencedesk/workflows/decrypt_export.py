"""Open a case folder that was encrypted for this reader."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.export.age_file import decrypt_file
from evidencedesk.export.zip_folder import Cancelled


def decrypt_export(path: Path, key_file: Path, target: Path, cancelled: Cancelled | None = None) -> None:
    """Decrypt into ``target``, which is there only when all of it could be read.

    Raises FILE_UNREADABLE, AGE_KEY_UNREADABLE, NOT_ENCRYPTED, DECRYPTION_FAILED, TARGET_NOT_EMPTY, CANCELLED
    and what the disk says.
    """
    decrypt_file(path, key_file, target, cancelled)
