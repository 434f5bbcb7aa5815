"""Where the program begins: the window without arguments, the command line with them."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence

from evidencedesk.system.no_core_dumps import close_memory, forbid_core_dumps
from evidencedesk.system.passphrase import take_passphrase

# Set by the shell while it completes a line; click answers, without arguments.
COMPLETE_VARIABLE = "_EVIDENCEDESK_COMPLETE"

# What may follow ``--record``; the modes of `domain.case`, which a check of a folder need not load.
RECORD_MODES = ("visit", "call")

# Processes of our own, started by `capture.children`. A frozen program has no `python -m`.
_CHILDREN = {
    "--capture-process": "evidencedesk.capture.process",
    "--meter-process": "evidencedesk.capture.meter_process",
    "--list-process": "evidencedesk.capture.list_process",
    "--speech-process": "evidencedesk.capture.speech.process",
    "--preview-process": "evidencedesk.intake.preview_process",
    "--pages-process": "evidencedesk.intake.page_count",
    "--play-process": "evidencedesk.capture.play_process",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the result is the exit code of the process."""
    forbid_core_dumps()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if begins_child(given):
        return int(importlib.import_module(_CHILDREN[given[0]]).main(given[1:]))
    if wants_window(given) and COMPLETE_VARIABLE not in os.environ:
        return window(given)
    # Loaded only now: the window must not wait for the command line, nor the other way round.
    return int(importlib.import_module("evidencedesk.cli.main").run(given))


def begins_child(given: Sequence[str]) -> bool:
    """Whether this is to be one of our own processes; see `capture.children`."""
    return bool(given) and given[0] in _CHILDREN


def window(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or bring the one that is open to the front."""
    forbid_core_dumps()
    close_memory()
    gc.disable()  # loading leaves no garbage, and looking for it takes a fifth of the time; see ui/garbage.py
    take_passphrase()  # the window asks for it; what it starts has no use for it
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        module = importlib.import_module("evidencedesk.app.first_paint")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "evidencedesk":
            raise
        return int(importlib.import_module("evidencedesk.cli.main").say_incomplete(given, "window"))
    return int(module.run(given))


def wants_window(given: list[str]) -> bool:
    """No command: nothing at all, or only options that belong to the window."""
    rest = list(given)
    while rest:
        option = rest.pop(0)
        if option == "--library" and rest:
            rest.pop(0)
        elif option == "--record":
            if rest and rest[0] in RECORD_MODES:
                rest.pop(0)
        elif not option.startswith("--library="):
            return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
