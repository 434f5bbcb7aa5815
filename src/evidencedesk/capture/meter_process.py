"""Child process: the level of a source, ten lines of JSON a second, until its standard input closes."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Sequence

from evidencedesk.capture.devices import open_source
from evidencedesk.capture.loudness import peak_and_rms
from evidencedesk.capture.source import Block
from evidencedesk.domain.errors import Known
from evidencedesk.domain.pulse import StopReason


def main(arguments: Sequence[str]) -> int:
    """Print {"peak":…,"rms":…} for each block, or {"error":code} and end."""
    blocks: queue.SimpleQueue[Block | None] = queue.SimpleQueue()

    def ended(_reason: StopReason) -> None:
        blocks.put(None)

    try:
        source = open_source(arguments[0])
        source.start(blocks.put, ended)
    except Known as error:
        _say({"error": error.code.value})
        return error.exit_code
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while (block := blocks.get()) is not None:
        peak, rms = peak_and_rms(block.pcm)
        _say({"peak": peak, "rms": rms})
    _say({"error": "device-lost"})
    return 0


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    # A frozen sound server could make an orderly stop hang; there is nothing to save here.
    os._exit(0)


def _say(facts: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
