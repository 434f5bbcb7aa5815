"""Windows: crash reports without memory, and no window that asks about them.

Built from documentation (learn.microsoft.com/windows/win32/api: werapi.h, errhandlingapi.h), untested.
``WerSetFlags`` with ``WER_FAULT_REPORTING_FLAG_NOHEAP`` leaves the heap out of reports; ``SetErrorMode`` with
``SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX`` shows no dialog, and is inherited by what is started. What
an administrator set as ``LocalDumps`` still counts.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX = 0x0001, 0x0002
_WER_FAULT_REPORTING_FLAG_NOHEAP = 1


def without_memory() -> None:
    """Ask for it; a Windows that refuses is left as it is."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            kernel = ctypes.WinDLL("kernel32")
            kernel.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
            kernel.WerSetFlags(_WER_FAULT_REPORTING_FLAG_NOHEAP)
