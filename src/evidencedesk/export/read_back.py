"""Read what was written back from the drive itself, and compare."""

from __future__ import annotations

import os
from pathlib import Path

from evidencedesk.custody.hashing import OnBytes, hash_file, open_regular
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.durable import forget_cached


def read_back(path: Path, sha256: str, name: str, on_bytes: OnBytes | None = None) -> bool:
    """Hash a file that was forced to the disk; True when the system was made to ask the drive for it.

    Where it can't be made to (False), it may answer from memory. Raises READ_BACK_DIFFERS, OSError.
    """
    descriptor = open_regular(path)
    try:
        from_drive = forget_cached(descriptor)
    finally:
        os.close(descriptor)
    found, _ = hash_file(path, on_bytes)
    if found != sha256:
        raise MachineFailure(Code.READ_BACK_DIFFERS, path=name, expected=sha256, found=found)
    return from_drive
