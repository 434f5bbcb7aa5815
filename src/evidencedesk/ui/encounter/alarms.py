"""Which warnings still hold: the red bar turns amber for these, and only for as long."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.pulse import RecorderState, RecorderStatus, WarningCode

_SHOWN_MS = 10_000  # a moment's trouble stays readable this long
_STANDS_STILL_MS = 3_000  # of wall time without a new sample
_BEHIND_MS = 5_000  # of sound not yet safe
_HEARD_PEAK = 5
_FOR_GOOD = (WarningCode.DISK_NEARLY_FULL, WarningCode.MAIN_LOST, WarningCode.COPY_LOST)
_WHILE_NOTHING_COMES = (WarningCode.DEVICE_LOST, WarningCode.MOVED)
_UNTIL_HEARD = (WarningCode.SILENT, WarningCode.MUTED)


@dataclass
class Alarms:
    """Looks at one status after the other."""

    elapsed_ms: int = 0
    grew_ms: int = 0
    heard_at_ms: int = -1

    def in_force(self, status: RecorderStatus, *, now_ms: int, journal_behind: bool) -> tuple[str, ...]:
        """The codes to show, the gravest first. ``now_ms`` is any steady clock."""
        if status.elapsed_ms() > self.elapsed_ms or not self.grew_ms:
            self.elapsed_ms, self.grew_ms = status.elapsed_ms(), now_ms
        if status.peak >= _HEARD_PEAK:
            self.heard_at_ms = status.elapsed_ms()
        found: list[str] = []
        recording = status.state is RecorderState.RECORDING
        behind = status.elapsed_ms() - status.saved_ms() > _BEHIND_MS
        if recording and (behind or not status.answering):
            found.append(WarningCode.CAPTURE_SILENT)
        elif recording and status.taking and now_ms - self.grew_ms > _STANDS_STILL_MS:
            found.append(WarningCode.STALLED)
        found += [w.code for w in reversed(status.warnings) if self._holds(w.code, w.at_ms, status)]
        if recording and not status.taking and not found:
            found.append(WarningCode.STALLED)
        if journal_behind:
            found.append(WarningCode.NOT_JOURNALED)
        return tuple(dict.fromkeys(str(code) for code in found))

    def _holds(self, code: str, at_ms: int, status: RecorderStatus) -> bool:
        if code in _FOR_GOOD:
            return True
        if code in _WHILE_NOTHING_COMES:
            return not status.taking
        if code in _UNTIL_HEARD:
            return self.heard_at_ms < at_ms
        if code in (WarningCode.STALLED, WarningCode.CAPTURE_SILENT):
            return False  # seen here first hand
        return status.elapsed_ms() - at_ms < _SHOWN_MS
