"""``kill -9`` while events are being added: what was acknowledged is there, whole and in order."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from evidencedesk.domain.moment import Clock
from evidencedesk.store.library_store import LibraryStore

KILLS = int(os.environ.get("EVIDENCEDESK_KILLS", "5"))

_WRITER = """
import sys
from pathlib import Path
from evidencedesk.domain.event import EventType
from evidencedesk.store.library_store import LibraryStore
from evidencedesk.system.clock import SystemClock

store = LibraryStore.open(Path(sys.argv[1]), SystemClock(), "1.2.3")
if not store.cases():
    store.append("c-00000001", [(EventType.CASE_OPENED, {"title": "", "creditor": "", "contract": ""})])
while True:
    number = store.head("c-00000001").seq
    facts = {"note": f"n-{number}", "encounter": None, "recording": None, "at_ms": None, "marker": None}
    store.append("c-00000001", [(EventType.NOTE_TAKEN, {**facts, "text": "x" * (number * 37 % 5000)})])
    print(store.head("c-00000001").seq, flush=True)
"""


def test_kill_minus_nine_loses_no_acknowledged_event(library: Path, clock: Clock) -> None:
    generator = random.Random(20260519)
    for _ in range(KILLS):
        wanted = generator.randrange(1, 60)
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(library)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for _line in range(wanted):
                assert process.stdout.readline()
            process.kill()
            # Lines still in the pipe were acknowledged too.
            acknowledged = [int(line) for line in process.stdout.read().split("\n")[:-1]]
        store = LibraryStore.open(library, clock, "1.2.3")
        assert store.head("c-00000001").seq >= max(acknowledged, default=wanted)
        assert store.check() == ()
        store.close()
