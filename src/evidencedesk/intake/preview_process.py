"""Child process: look into one file, with little memory and little time, and print what was seen."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evidencedesk.intake.preview_wire import pack
from evidencedesk.system.limits import restrain_myself

SECONDS = 20


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
    """Less than a hostile file might like."""
    restrain_myself(SECONDS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
