"""Checkpoints while an encounter is recorded: at its start, every ten minutes, and when a sound is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from evidencedesk.custody.checkpoint import SoundMark, Why
from evidencedesk.custody.kept import read_kept
from evidencedesk.custody.pulses import pulse_hash
from evidencedesk.domain.errors import Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.pulse import PULSE_FILE, PartStatus
from evidencedesk.workflows.checkpoints import mark, open_key_soon
from evidencedesk.workflows.desk import Desk

EVERY_NS = 600 * 1_000_000_000
_TRY_AGAIN_NS = 5 * 1_000_000_000
_KEY_PATIENCE_NS = 3 * 1_000_000_000
_MARKED: dict[EventType, Why] = {
    EventType.RECORDING_STARTED: Why.RECORDING_STARTED,
    EventType.RECORDING_STOPPED: Why.RECORDING_STOPPED,
    EventType.RECORDING_RECOVERED: Why.RECORDING_STOPPED,
}


class EncounterMarks:
    """The checkpoints of one encounter. A disk that refuses one is asked again later; no sound waits."""

    def __init__(self, desk: Desk, case_id: str) -> None:
        self._desk = desk
        self._case = case_id
        self._wanted: Why | None = None
        self._next_ns = 0
        self._key = open_key_soon(desk)
        self._patience_ends_ns = desk.clock.now().mono_ns + _KEY_PATIENCE_NS

    def written(self, kind: EventType) -> None:
        """The journal has a new entry; some call for a checkpoint."""
        self._wanted = _MARKED.get(kind, self._wanted)
        if kind in _MARKED:
            self._next_ns = 0

    def make(self, parts: Iterable[PartStatus]) -> None:
        """Make the checkpoint that is due, if one is. ``parts`` are those of all legs."""
        now_ns = self._desk.clock.now().mono_ns
        if now_ns < self._next_ns:
            return
        running = [part for part in parts if part.sealed is None and not part.failed]
        if self._wanted is None and not running:
            return
        if running and self._key.is_alive() and now_ns < self._patience_ends_ns:
            return  # a moment later it can be signed
        sounds = [found for part in running if (found := sound_mark(part)) is not None]
        try:
            mark(self._desk, self._case, self._wanted or Why.RECORDING, sounds)
        except Known:
            self._next_ns = now_ns + _TRY_AGAIN_NS
            return
        self._wanted = None
        self._next_ns = now_ns + EVERY_NS


def sound_mark(part: PartStatus) -> SoundMark | None:
    """How far a part's pulse journal has come: its last whole line. None before there is one."""
    try:
        content = read_kept(Path(part.folder) / PULSE_FILE)
    except (OSError, Known):
        return None
    lines = content.split(b"\n")[:-1]
    if not lines:
        return None
    return SoundMark(part.recording, len(lines), pulse_hash(lines[-1]), part.samples)
