"""Starting a process that does not end with this one, its terminal or its session.

POSIX: ``setsid`` (man 2 setsid), by ``start_new_session``. Windows: "Process Creation Flags"
(learn.microsoft.com/windows/win32/procthread/process-creation-flags); never tried there.
"""

from __future__ import annotations

import subprocess
import sys


def start_apart(command: list[str]) -> subprocess.Popen[bytes]:
    """Start it, with no input and no output. Raises OSError."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
