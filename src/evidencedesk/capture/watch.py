"""Notice what is not as it should be while sound is being taken."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.pulse import WarningCode

SILENCE_S = 2.0
STALL_S = 1.0
LOW_DISK_BYTES = 500_000_000
_CLIP_PEAK = 999
_CLIP_PAUSE_S = 10.0


@dataclass
class Watch:
    """Turns levels, silence and delays into warnings, each said once until it is over."""

    rate_hz: int
    silent_frames: int = 0
    silent_said: bool = False
    stalled_said: bool = False
    disk_said: bool = False
    clip_said_s: float = -_CLIP_PAUSE_S

    def block(self, frames: int, peak: int, at_s: float, *, overflow: bool) -> list[WarningCode]:
        """What one block gives rise to."""
        codes = []
        self.stalled_said = False
        if overflow:
            codes.append(WarningCode.OVERFLOW)
        if peak >= _CLIP_PEAK and at_s - self.clip_said_s >= _CLIP_PAUSE_S:
            self.clip_said_s = at_s
            codes.append(WarningCode.CLIPPED)
        if peak:
            self.silent_frames, self.silent_said = 0, False
        else:
            # A real microphone always gives some noise: exact zeros mean muted or the wrong device.
            self.silent_frames += frames
            if self.silent_frames > SILENCE_S * self.rate_hz and not self.silent_said:
                self.silent_said = True
                codes.append(WarningCode.SILENT)
        return codes

    def quiet_for(self, seconds: float) -> list[WarningCode]:
        """What the time since the last block gives rise to."""
        if seconds < STALL_S or self.stalled_said:
            return []
        self.stalled_said = True
        return [WarningCode.STALLED]

    def disk(self, free_bytes: int) -> list[WarningCode]:
        """What the free space gives rise to."""
        if free_bytes >= LOW_DISK_BYTES:
            self.disk_said = False
            return []
        if self.disk_said:
            return []
        self.disk_said = True
        return [WarningCode.DISK_NEARLY_FULL]
