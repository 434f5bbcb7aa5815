"""How processes of our own are started: by module from source, by option from a frozen program."""

from __future__ import annotations

import sys

_MODULES = {
    "capture": "evidencedesk.capture.process",
    "meter": "evidencedesk.capture.meter_process",
    "list": "evidencedesk.capture.list_process",
    "speech": "evidencedesk.capture.speech.process",
    "preview": "evidencedesk.intake.preview_process",
    "pages": "evidencedesk.intake.page_count",
    "play": "evidencedesk.capture.play_process",
}


def child_command(name: str, *arguments: str) -> list[str]:
    """The command line of a child process; ``app/entry.py`` knows the frozen form."""
    if getattr(sys, "frozen", False):
        return [sys.executable, f"--{name}-process", *arguments]
    return [sys.executable, "-m", _MODULES[name], *arguments]
