"""Less memory, processor time and room on the disk than a hostile file might like; a recording comes first.

Linux: ``prlimit`` (man 2 prlimit) for another process. POSIX: ``setrlimit`` (man 2 setrlimit) for this one;
macOS knows RLIMIT_AS and does not hold a process to it. Windows has job objects instead, which are not used:
there nothing is limited but the time that the caller waits.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_MEMORY_BYTES = 2 << 30
_BELOW_NORMAL = 10


def restrain_process(pid: int, seconds: int) -> None:
    """Limit a child, which may have ended already."""
    with suppress(OSError):
        if sys.platform == "linux":
            import resource  # noqa: PLC0415 - not there on Windows

            resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
            resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds + 1))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
        if sys.platform != "win32":
            os.setpriority(os.PRIO_PROCESS, pid, _BELOW_NORMAL)


def restrain_myself(seconds: int) -> None:
    """Limit this process, for good."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    limits = (
        (resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES)),
        (resource.RLIMIT_CPU, (seconds, seconds + 1)),
        (resource.RLIMIT_FSIZE, (0, 0)),
    )
    for kind, limit in limits:
        with suppress(OSError, ValueError):  # not every system knows every one
            resource.setrlimit(kind, limit)
    with suppress(OSError):
        os.nice(_BELOW_NORMAL)
