"""What became of the place that a case was being handed over to."""

from __future__ import annotations

import errno
from pathlib import Path

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.durable import disk_failure

# What systems say of a drive that was pulled out, or of a share that is gone.
_LOST = frozenset(
    number
    for name in ("EIO", "ENXIO", "ENODEV", "ENOENT", "ESTALE", "EHOSTDOWN", "ENOTCONN", "EBADF", "EREMOTEIO")
    if (number := getattr(errno, name, None)) is not None
)


def target_failure(error: OSError, target: Path, unfinished: Path) -> MachineFailure:
    """The known error, with the name of what may be left there unfinished."""
    known = disk_failure(error, target)
    if known.code is Code.DISK_FULL:
        code = Code.TARGET_FULL
    elif known.code is Code.INPUT_OUTPUT and error.errno in _LOST:
        code = Code.TARGET_LOST
    else:
        return known
    return MachineFailure(code, **{**known.facts, "file": unfinished.name})
