"""Room on a disk."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_bytes(path: Path) -> int:
    """Bytes this user may still write where ``path`` is. Raises OSError."""
    return shutil.disk_usage(path).free
