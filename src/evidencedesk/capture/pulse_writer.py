"""Make the lines of a recording's pulse journal and append them durably."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencedesk.custody.kept import create_kept, hash_kept
from evidencedesk.custody.pulses import pulse_hash, pulse_line
from evidencedesk.domain.event import FIRST_PREV
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import PULSE_FILE, PulseKind
from evidencedesk.system.durable import make_read_only


@dataclass(frozen=True, slots=True)
class PulseLine:
    """One line without its end, and the moment it names."""

    text: bytes
    utc: str


class PulseChain:
    """Gives each line all clocks and its chain link."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._prev = FIRST_PREV

    def line(self, kind: PulseKind, facts: Mapping[str, Any]) -> PulseLine:
        """The next line. Who asks for a line must write it: the one after it names it."""
        now = self._clock.now()
        clocks = {
            "utc": now.utc,
            "offset_minutes": now.offset_minutes,
            "mono_ns": str(now.mono_ns),
            "boottime_ns": str(self._clock.boottime_ns()),
        }
        if kind is PulseKind.START:
            clocks["boot"] = now.boot
        text = pulse_line({"kind": kind.value, **facts, **clocks}, self._prev)
        self._prev = pulse_hash(text)
        return PulseLine(text, now.utc)


class PulseFile:
    """The pulse journal of one new recording in one folder. Raises OSError from every method."""

    def __init__(self, folder: Path, sealed_to: bytes | None = None) -> None:
        self._path = folder / PULSE_FILE
        self._file = create_kept(self._path, sealed_to)
        self._torn = b""

    def append(self, text: bytes) -> None:
        """Write one line. One that a full disk took only half of is finished before the next."""
        self._torn += text + b"\n"
        while self._torn:
            self._torn = self._torn[self._file.write(self._torn) :]
        self._file.sync()

    def sha256(self) -> str:
        """Hash of the lines, read back from the disk."""
        return hash_kept(self._path, secret=self._file.secret)[0]

    def close(self, *, read_only: bool) -> None:
        """Close the file, once; after a normal stop nobody may write to it any more."""
        if not read_only:
            self._file.abandon()
            return
        self._file.finish()
        make_read_only(self._path)
