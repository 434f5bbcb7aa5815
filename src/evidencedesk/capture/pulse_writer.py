"""Append lines to a recording's pulse journal; each is on the disk when the call returns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidencedesk.custody.pulses import pulse_hash, pulse_line
from evidencedesk.domain.event import FIRST_PREV
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import PULSE_FILE, PulseKind
from evidencedesk.system.durable import fsync_folder, make_read_only


class PulseWriter:
    """The pulse journal of one new recording. Raises OSError from every method."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / PULSE_FILE
        self._clock = clock
        self._prev = FIRST_PREV
        # O_EXCL: evidence is never overwritten. No buffer: a line is written by one call.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(self._path, flags, 0o600)
        fsync_folder(folder)

    def write(self, kind: PulseKind, facts: Mapping[str, Any]) -> str:
        """Append one line with all clocks and its chain link; its UTC text is returned."""
        now = self._clock.now()
        clocks = {
            "utc": now.utc,
            "offset_minutes": now.offset_minutes,
            "mono_ns": str(now.mono_ns),
            "boottime_ns": str(self._clock.boottime_ns()),
        }
        if kind is PulseKind.START:
            clocks["boot"] = now.boot
        line = pulse_line({"kind": kind.value, **facts, **clocks}, self._prev)
        whole = line + b"\n"
        while whole:
            whole = whole[os.write(self._descriptor, whole) :]
        os.fsync(self._descriptor)
        self._prev = pulse_hash(line)
        return now.utc

    def close(self, *, read_only: bool) -> None:
        """Close the file, once; after a normal stop nobody may write to it any more."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
        if read_only:
            make_read_only(self._path)
