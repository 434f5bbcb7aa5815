"""Child process: print PortAudio's input devices as JSON, so that the window never loads PortAudio."""

from __future__ import annotations

import dataclasses
import importlib
import json
import sys
from collections.abc import Sequence


def main(_arguments: Sequence[str] = ()) -> int:
    """Print a list; exit 3 with the reason on stderr when PortAudio is missing."""
    try:
        choices = importlib.import_module("evidencedesk.capture.portaudio_source").device_choices()
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    sys.stdout.write(json.dumps([dataclasses.asdict(choice) for choice in choices]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
