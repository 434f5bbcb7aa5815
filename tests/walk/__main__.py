"""``make walk``: the visit in as few touches as it takes, by real mouse and keys, timed to the disk.

    python -m walk

A hand of xdotool touches the program on a screen of its own; the clock stops when the journal, or the file
with the sound, has it. Exit 1 when a step never gets there, 2 when it can't be run here.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from walk.screen import missing_tools
from walk.story import Told, walk_through

_WIDTH = 40


def main() -> int:
    """Walk through and print the table."""
    missing = missing_tools()
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="ed-walk-") as folder:
        try:
            told = walk_through(Path(folder))
        except AssertionError as error:
            print(error, file=sys.stderr)
            return 1
    print("\n".join(table(told)))
    return 0


def table(told: Told) -> list[str]:
    """A line for each step: touches, and seconds from the first of them until it is on the disk."""
    lines = [f"{'step':<{_WIDTH}}{'touches':>8}{'seconds':>10}"]
    lines += [f"{step.name:<{_WIDTH}}{step.touches:>8}{step.seconds:>10.2f}" for step in told.steps]
    lines += ["", f"{'opening':<{_WIDTH}}{'painted':>8}{'sound':>10}"]
    lines += [
        f"{name:<{_WIDTH}}{painted_s:>8.2f}{sound_s:>10.2f}"
        for name, (painted_s, sound_s) in told.opened.items()
    ]
    lines.append("painted: from starting the program; sound: on the disk, from the first paint")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
