"""Make the lines of a recording's pulse journal and append them durably."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencedesk.custody.pulses import pulse_hash, pulse_line
from evidencedesk.domain.event import FIRST_PREV
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import PULSE_FILE, PulseKind
from evidencedesk.system.durable import force, fsync_folder, make_read_only


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

    def __init__(self, folder: Path) -> None:
        self._path = folder / PULSE_FILE
        # O_EXCL: evidence is never overwritten. No buffer: a line is written by one call.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(self._path, flags, 0o600)
        self._torn = b""
        fsync_folder(folder)

    def append(self, text: bytes) -> None:
        """Write one line. One that a full disk took only half of is finished before the next."""
        self._torn += text + b"\n"
        while self._torn:
            self._torn = self._torn[os.write(self._descriptor, self._torn) :]
        force(self._descriptor)

    def close(self, *, read_only: bool) -> None:
        """Close the file, once; after a normal stop nobody may write to it any more."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
        if read_only:
            make_read_only(self._path)
