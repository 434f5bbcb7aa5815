"""Notice what is not as it should be while sound is being taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidencedesk.domain.pulse import WarningCode

SILENCE_S = 2.0
STALL_S = 0.5
LOW_DISK_BYTES = 2_000_000_000
_CLIP_PEAK = 999
_QUIET_PEAK = 10  # of 1000: -40 dB, less than a voice in the next room
_QUIET_S = 20.0
# Nothing played on this computer for so long: the call is likely somewhere else.
_FAR_SILENCE_S = 10.0
# What happens block after block is said once in this time; each pulse carries its flag all the same.
_PAUSE_S = 10.0
_BACKLOG_BLOCKS = 50


@dataclass
class Watch:
    """Turns levels, silence and delays into warnings, each said once until it is over.

    ``far`` is for the computer's own sound, where exact silence only means that nobody speaks.
    """

    rate_hz: int
    far: bool = False
    _silent_frames: int = 0
    _quiet_frames: int = 0
    _far_heard: bool = False
    _told: set[WarningCode] = field(default_factory=set)
    _told_at_s: dict[WarningCode, float] = field(default_factory=dict)

    def block(
        self, frames: int, peak: int, at_s: float, *, all_zero: bool, overflow: bool
    ) -> list[WarningCode]:
        """What one block gives rise to."""
        codes = []
        self._told.discard(WarningCode.STALLED)
        if overflow and self._again(WarningCode.OVERFLOW, at_s):
            codes.append(WarningCode.OVERFLOW)
        if peak >= _CLIP_PEAK and self._again(WarningCode.CLIPPED, at_s):
            codes.append(WarningCode.CLIPPED)
        self._silent_frames = self._silent_frames + frames if all_zero else 0
        if self.far:
            return codes + self._far_side(all_zero=all_zero)
        # A real microphone always gives some noise: exact zeros mean muted or the wrong device.
        silent = self._silent_frames > SILENCE_S * self.rate_hz
        self._quiet_frames = self._quiet_frames + frames if peak < _QUIET_PEAK else 0
        quiet = self._quiet_frames > _QUIET_S * self.rate_hz and not all_zero
        return (
            codes
            + self._while_true(WarningCode.SILENT, holds=silent)
            + self._while_true(WarningCode.TOO_QUIET, holds=quiet)
        )

    def quiet_for(self, seconds: float) -> list[WarningCode]:
        """What the time since the last block gives rise to."""
        if seconds < STALL_S:
            return []
        return self._while_true(WarningCode.STALLED, holds=True)

    def waiting(self, blocks: int) -> list[WarningCode]:
        """What a queue of this length gives rise to."""
        if blocks == 0:
            self._told.discard(WarningCode.BEHIND)
        return self._while_true(WarningCode.BEHIND, holds=True) if blocks > _BACKLOG_BLOCKS else []

    def disk(self, free_bytes: int) -> list[WarningCode]:
        """What the free space gives rise to."""
        self._told.discard(WarningCode.ROOM_UNKNOWN)
        return self._while_true(WarningCode.DISK_NEARLY_FULL, holds=free_bytes < LOW_DISK_BYTES)

    def room_unknown(self) -> list[WarningCode]:
        """What a disk gives rise to that does not say how much room it has left."""
        return self._while_true(WarningCode.ROOM_UNKNOWN, holds=True)

    def _far_side(self, *, all_zero: bool) -> list[WarningCode]:
        self._far_heard = self._far_heard or not all_zero
        nothing = not self._far_heard and self._silent_frames > _FAR_SILENCE_S * self.rate_hz
        return self._while_true(WarningCode.NO_FAR_SOUND, holds=nothing)

    def _again(self, code: WarningCode, at_s: float) -> bool:
        last = self._told_at_s.get(code)
        if last is not None and at_s - last < _PAUSE_S:
            return False
        self._told_at_s[code] = at_s
        return True

    def _while_true(self, code: WarningCode, *, holds: bool) -> list[WarningCode]:
        if not holds:
            self._told.discard(code)
            return []
        if code in self._told:
            return []
        self._told.add(code)
        return [code]
