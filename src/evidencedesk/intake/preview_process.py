"""Child process: look into one file, with little memory and little time, and print what was seen."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from evidencedesk.intake.preview_wire import pack

SECONDS = 20
_MEMORY_BYTES = 2 << 30
_BELOW_NORMAL = 10


def main(arguments: Sequence[str]) -> int:
    """PATH NAME PAGE ROOM: the look goes to the standard output."""
    path, name, page, room = arguments
    # Nobody but ``pack`` writes there: a library that talks would spoil what is read.
    out = os.dup(1)
    os.dup2(2, 1)
    restrain()
    # The decoders are loaded behind the limits.
    reader = importlib.import_module("evidencedesk.intake.preview_reader")
    with os.fdopen(out, "wb") as answer:
        answer.write(pack(reader.look_into(Path(path), name, int(page), int(room))))
    return 0


def restrain() -> None:
    """Less than a hostile file might like; a recording comes first."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        limits = (
            (resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES)),
            (resource.RLIMIT_CPU, (SECONDS, SECONDS + 1)),
            (resource.RLIMIT_FSIZE, (0, 0)),
        )
        for kind, limit in limits:
            with suppress(OSError, ValueError):  # not every system knows every one
                resource.setrlimit(kind, limit)
        with suppress(OSError):
            os.nice(_BELOW_NORMAL)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
