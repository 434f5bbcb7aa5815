"""Where the frozen program begins: window, command line, or one of its own processes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from evidencedesk.app import entry

# The start file for Windows that opens no console; nobody reads there what a command would say.
WINDOWED = "evidencedesk-window"


def begin(program: str, arguments: Sequence[str]) -> int:
    """Run what this start file and its arguments stand for; the result is the exit code of the process."""
    if Path(program).stem == WINDOWED and not entry.begins_child(arguments):
        return entry.window(arguments)
    return entry.main(arguments)


if __name__ == "__main__":
    sys.exit(begin(sys.executable, sys.argv[1:]))
