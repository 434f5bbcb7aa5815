"""Which warnings still hold: the red bar turns amber for these, and only for as long.

The legs of a call are judged apart: a microphone that hears well says nothing about the other side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from evidencedesk.domain.case import Leg
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, WarningCode

ENDED = "ended"  # of one leg, while the other one goes on
_SHOWN_MS = 10_000  # a moment's trouble stays readable this long
_STANDS_STILL_MS = 3_000  # of wall time without a new sample
_BEHIND_MS = 5_000  # of sound not yet safe
_HEARD_PEAK = 5
_OVER = (RecorderState.STOPPED, RecorderState.FAILED)
_FOR_GOOD = (
    WarningCode.DISK_NEARLY_FULL,
    WarningCode.MAIN_LOST,
    WarningCode.COPY_LOST,
    WarningCode.FAR_MISSING,
)
_WHILE_NOTHING_COMES = (WarningCode.DEVICE_LOST, WarningCode.MOVED)
_UNTIL_HEARD = (
    WarningCode.SILENT,
    WarningCode.MUTED,
    WarningCode.NO_FAR_SOUND,
    WarningCode.OUTPUT_CHANGED,
)
# While one of these holds, sound is being lost on its leg: said before anything else.
_GRAVE = frozenset(
    {ENDED, WarningCode.CAPTURE_SILENT, WarningCode.STALLED, *_WHILE_NOTHING_COMES, WarningCode.DISK_FAILED}
)
# Said by each leg about the one computer both are on.
_OF_THE_COMPUTER = frozenset(
    {
        WarningCode.DISK_NEARLY_FULL,
        WarningCode.DISK_FAILED,
        WarningCode.ROOM_UNKNOWN,
        WarningCode.MAIN_LOST,
        WarningCode.COPY_LOST,
        WarningCode.BEHIND,
        WarningCode.CLOCK_JUMPED,
        WarningCode.ZONE_CHANGED,
        WarningCode.SLEPT,
    }
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A warning's code (or ENDED), and whose sound it is about."""

    code: str
    leg: Leg = Leg.NEAR


@dataclass
class LegAlarms:
    """Looks at one status of one leg after the other."""

    leg: Leg = Leg.NEAR
    elapsed_ms: int = 0
    grew_ms: int = 0
    heard_at_ms: int = -1

    def in_force(self, status: RecorderStatus, *, now_ms: int) -> list[str]:
        """The codes to show, the gravest first. ``now_ms`` is any steady clock."""
        if status.elapsed_ms() > self.elapsed_ms or not self.grew_ms:
            self.elapsed_ms, self.grew_ms = status.elapsed_ms(), now_ms
        if status.peak >= _HEARD_PEAK:
            self.heard_at_ms = status.elapsed_ms()
        found: list[str] = []
        recording = status.state is RecorderState.RECORDING
        behind = status.elapsed_ms() - status.saved_ms() > _BEHIND_MS
        # What a loudspeaker plays may rest: of the far leg only the recorder knows that nothing comes.
        stands_still = self.leg is Leg.NEAR and now_ms - self.grew_ms > _STANDS_STILL_MS
        if recording and (behind or not status.answering):
            found.append(WarningCode.CAPTURE_SILENT)
        elif recording and status.taking and stands_still:
            found.append(WarningCode.STALLED)
        found += [w.code for w in reversed(status.warnings) if self._holds(w.code, w.at_ms, status)]
        if recording and not status.taking and not found:
            found.append(WarningCode.STALLED)
        return found

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


@dataclass
class Alarms:
    """Both legs of an encounter."""

    near: LegAlarms = field(default_factory=LegAlarms)
    far: LegAlarms = field(default_factory=lambda: LegAlarms(Leg.FAR))

    def in_force(
        self, status: RecorderStatus, far: RecorderStatus | None = None, *, now_ms: int, journal_behind: bool
    ) -> tuple[Alarm, ...]:
        """What to show, the gravest first. ``status`` is the near leg's, with the warnings of both."""
        near_warnings, far_warnings = _by_leg(status.warnings, far)
        near = replace(status, warnings=near_warnings)
        found = [Alarm(code) for code in self.near.in_force(near, now_ms=now_ms)]
        if far is not None:
            apart = replace(far, warnings=far_warnings)
            found += [self._far_alarm(code) for code in self.far.in_force(apart, now_ms=now_ms)]
            # At the end of everything both are over, and nothing is wrong.
            if far.state in _OVER and status.state is RecorderState.RECORDING:
                found.append(Alarm(ENDED, Leg.FAR))
            if status.state in _OVER and far.state is RecorderState.RECORDING:
                found.append(Alarm(ENDED))
        if journal_behind:
            found.append(Alarm(WarningCode.NOT_JOURNALED))
        once = dict.fromkeys(Alarm(str(alarm.code), alarm.leg) for alarm in found)
        return tuple(sorted(once, key=lambda alarm: alarm.code not in _GRAVE))

    def _far_alarm(self, code: str) -> Alarm:
        return Alarm(code, Leg.NEAR if code in _OF_THE_COMPUTER else Leg.FAR)


def _by_leg(
    warnings: Iterable[PulseWarning], far: RecorderStatus | None
) -> tuple[tuple[PulseWarning, ...], tuple[PulseWarning, ...]]:
    of_far = {part.recording for part in far.parts} if far is not None else set()
    split: tuple[list[PulseWarning], list[PulseWarning]] = ([], [])
    for warning in warnings:
        split[warning.recording in of_far].append(warning)
    return tuple(split[0]), tuple(split[1])
