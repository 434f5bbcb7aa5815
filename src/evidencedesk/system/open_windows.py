"""A quick look whether a window may be open already; ``local_address`` says where it would listen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_LISTENING = Path("/proc/net/unix")


def may_be_listening(folder: Path, table: Path = _LISTENING) -> bool:
    """Whether asking for an open window is worth while: that takes longer than this look.

    A file that a crash left behind is told from a window by the kernel's list of sockets (man 5 proc). That
    names those of the same network namespace only; whoever asks properly afterwards misses nobody.
    """
    if sys.platform == "win32":
        return True
    if next(folder.glob("w-*"), None) is None:
        return False
    try:
        known = table.read_bytes()
    except OSError:
        return True  # no Linux
    # Not by the name of the file: Qt listens under another one in this folder, and renames it then.
    return os.fsencode(folder) + b"/" in known
