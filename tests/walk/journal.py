"""What is on the disk: the journal of a library, and its sound. It is the judge, not the screen."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from walk.screen import until

Event = dict[str, Any]


class Disk:
    """Reads beside the program, and only reads."""

    def __init__(self, library: Path) -> None:
        self._library = library

    def events(self) -> tuple[Event, ...]:
        """Everything the journal says, in order."""
        path = self._library / "library.sqlite3"
        if not path.exists():
            return ()
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            try:
                rows = database.execute("select line from events order by case_id, seq").fetchall()
            except sqlite3.OperationalError:  # it is being made
                return ()
        return tuple(json.loads(line) for (line,) in rows)

    def by_hand(self, kind: str) -> tuple[Event, ...]:
        """The events of a kind that somebody caused; the clock ticks, too."""
        return tuple(
            one for one in self.events() if one["type"] == kind and not one["data"].get("automatic", False)
        )

    def wait(self, kind: str, past: int) -> Event:
        """Wait for one more event of a kind than there were before."""

        def look() -> Event | None:
            found = self.by_hand(kind)
            return found[-1] if len(found) > past else None

        return until(f"the journal says {kind}", look)

    def sounds(self) -> dict[Path, int]:
        """Each recording and how many bytes of sound it has on the disk."""
        found = self._library.glob("cases/*/recordings/*/audio.flac")
        return {path: max(0, path.stat().st_size - _header(path)) for path in found}


def _header(path: Path) -> int:
    """Where the sound begins: FLAC says how long each block before it is."""
    start = path.read_bytes()[:65_536]
    place, last = 4, False
    while not last:
        if len(start) < place + 4:
            return 65_536  # not yet written to its end
        last = bool(start[place] & 0x80)
        place += 4 + int.from_bytes(start[place + 1 : place + 4], "big")
    return place
