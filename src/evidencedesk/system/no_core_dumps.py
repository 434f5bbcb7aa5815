"""A process that crashes leaves no picture of its memory behind: in it stand notes, names and sound.

Linux (man 5 core): a limit of one byte keeps the kernel from writing a file (it is smaller than a page) and,
unlike a limit of zero, from handing the picture to a program such as systemd-coredump or apport. What is
started from here inherits the limit. Windows: see ``windows_crash_reports``.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

from evidencedesk.system.windows_crash_reports import without_memory

_PR_SET_DUMPABLE = 4
_ONE_BYTE = 1


def forbid_core_dumps() -> None:
    """For this process and whatever it starts; a system that refuses is left as it is."""
    if sys.platform == "win32":
        without_memory()
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    limit = _ONE_BYTE if sys.platform.startswith("linux") else 0
    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        # Who may not even have one byte keeps nothing at all.
        allowed = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(resource.RLIMIT_CORE, (allowed, allowed))


def close_memory() -> None:
    """Keep other programs of the same account from reading this process's memory (Linux, prctl(2)).

    For the window only: sound servers look at ``/proc/PID/root`` of who asks for the microphone, and that of
    such a process is closed to them. Started programs are open again.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
