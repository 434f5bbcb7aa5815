"""Child process: write down what is said in one sound, as JSON lines.

``process PLAN`` with a plan as ``listener.py`` makes it. Its standard input takes what opens the sound, if
that is sealed (``{…}``, one line), and then ``wait`` while a recording
runs, and ``go`` afterwards; when it closes, the process ends. Nothing is written to any disk, and nothing
comes from or goes to a network: the model is a folder.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from evidencedesk.capture.speech.sixteen import open_sixteen
from evidencedesk.capture.speech.stretches import RATE_HZ, WINDOW, StretchCutter
from evidencedesk.capture.speech.voice import voiced_windows
from evidencedesk.capture.speech.whisper_engine import PROGRAM, WhisperEngine
from evidencedesk.custody.key_ring import KEY_RING

_LOWEST = 19
_PROGRESS_WINDOWS = 5 * RATE_HZ // WINDOW


def main(arguments: Sequence[str]) -> int:
    """0 and {"done":…} when all was read, 3 and {"error":…} otherwise."""
    plan = json.loads(arguments[0])
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, 0, _LOWEST)  # a recording comes first
    KEY_RING.hold_files(json.loads(sys.stdin.readline()))
    may_go = threading.Event()
    may_go.set()
    threading.Thread(target=_obey, args=(may_go,), name="speech-orders", daemon=True).start()
    try:
        engine = WhisperEngine(Path(plan["model"]), plan["language"], plan["threads"])
    except Exception as error:  # noqa: BLE001 - a model may be anything, its readers raise plain Exception
        _tell(error="model", detail=str(error)[:300])
        return 3
    _tell(program=PROGRAM)
    try:
        _listen(Path(plan["sound"]), engine, may_go)
    except ValueError as error:
        _tell(error="sound", detail=str(error)[:300])
        return 3
    _tell(done=True, language=engine.language, left_out=engine.left_out)
    return 0


def _listen(sound: Path, engine: WhisperEngine, may_go: threading.Event) -> None:
    cutter = StretchCutter()
    with open_sixteen(sound) as blocks:
        for number, (window, voice) in enumerate(voiced_windows(blocks), start=1):
            stretch = cutter.take(window, voice)
            if stretch is not None:
                may_go.wait()
                for one in engine.hear(stretch):
                    _tell(**asdict(one))
            if stretch is not None or number % _PROGRESS_WINDOWS == 0:
                _tell(heard_ms=number * WINDOW * 1000 // RATE_HZ)
    last = cutter.end()
    if last is not None:
        may_go.wait()
        for one in engine.hear(last):
            _tell(**asdict(one))


def _obey(may_go: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "wait":
            may_go.clear()
        else:
            may_go.set()
    # Whoever asked is gone.
    os._exit(0)


def _tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
