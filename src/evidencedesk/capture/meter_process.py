"""Child process: the level of a source, ten lines of JSON a second, until it becomes the recorder.

``meter_process SOURCE SECONDS`` keeps the last seconds of sound in memory, or none. Its standard input takes
two lines: ``keep`` at the moment of the click, from which on everything is kept; then the folder to record
into, as ``capture.process`` would, beginning with what was kept. The stream is never opened anew, so no word
is lost between the click and the recording. The end of its standard input before that ends it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from evidencedesk.capture.armed_source import ArmedSource
from evidencedesk.capture.devices import open_source
from evidencedesk.capture.loudness import peak_and_rms
from evidencedesk.capture.process import record
from evidencedesk.capture.source import Block
from evidencedesk.domain.errors import Known


class _Voice:
    """Tells levels until the recording begins; afterwards nobody may be listening any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._silent = False

    def tell(self, facts: dict[str, object]) -> None:
        with self._lock:
            if self._silent:
                return
            sys.stdout.write(json.dumps(facts) + "\n")
            sys.stdout.flush()

    def fall_silent(self) -> None:
        with self._lock:
            self._silent = True


def main(arguments: Sequence[str]) -> int:
    """Print {"peak":…,"rms":…} for each block, or {"error":code} and end; record when told to."""
    voice = _Voice()

    def heard(block: Block) -> None:
        peak, rms = peak_and_rms(block.pcm)
        voice.tell({"peak": peak, "rms": rms})

    def lost() -> None:
        voice.tell({"error": "device-lost"})
        os._exit(0)

    try:
        source = ArmedSource(open_source(arguments[0]), float(arguments[1]), heard, lost)
    except Known as error:
        voice.tell({"error": error.code.value})
        return error.exit_code
    if sys.stdin.readline():
        source.keep_all()
    folder = sys.stdin.readline().strip()
    if not folder:
        # A frozen sound server could make an orderly stop hang; there is nothing to save here.
        os._exit(0)
    voice.fall_silent()
    return record(Path(folder), source, source.earlier_ms())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
