"""Where processes of one user on one computer meet: a UNIX socket, or on Windows a named pipe.

The families are those of docs.python.org/3/library/multiprocessing.html#address-formats; pipe names by "Pipe
Names" (learn.microsoft.com/windows/win32/ipc/pipe-names). The pipes of Windows were never tried.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

from evidencedesk.system.places import runtime_dir

FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
_LIMIT = 100  # a UNIX socket's path may have 108 bytes (man 7 unix), on macOS 104


def new_address() -> str | None:
    """A short socket path in a folder of this user alone; None lets Windows make a pipe."""
    if sys.platform == "win32":
        return None
    path = str(runtime_dir() / f"{secrets.token_hex(8)}.sock")
    if len(os.fsencode(path)) > _LIMIT:
        path = str(Path(tempfile.mkdtemp(prefix="evidencedesk-")) / "s")
    return path


def library_address(folder: Path, library: Path) -> str:
    """Where the window of a library listens; Windows has pipe names instead of files."""
    mark = hashlib.sha256(str(library).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return f"evidencedesk-{mark}" if sys.platform == "win32" else str(folder / f"w-{mark}")
