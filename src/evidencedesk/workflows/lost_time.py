"""Time between a recorder that was lost and the one after it: nobody could write down that gap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evidencedesk.domain.case import Gap, Recording, RecordingState
from evidencedesk.domain.pulse import PulseWarning, StopReason, WarningCode

_SHORT_GAP_MS = 100


def lost_time(recordings: Sequence[Recording], gaps: Sequence[Gap]) -> list[PulseWarning]:
    """The gaps behind parts that had to be recovered, if ``gaps`` does not have them yet.

    ``recordings`` are those of one encounter, as the journal knows them.
    """
    found = []
    for leg in {one.leg for one in recordings}:
        parts = sorted((one for one in recordings if one.leg is leg), key=lambda one: one.part)
        for before, after in pairwise(parts):
            missing_ms = _missing_ms(before, after, [gap for gap in gaps if gap.recording == before.id])
            if missing_ms >= _SHORT_GAP_MS:
                at_ms = before.duration_ms or 0
                cause = WarningCode.RECORDER_LOST.value
                found.append(PulseWarning(cause, at_ms, "", missing_ms, recording=before.id))
    return found


def _missing_ms(before: Recording, after: Recording, gaps: Sequence[Gap]) -> int:
    duration_ms = before.duration_ms
    # A part with a proper end was followed by the same recorder, which counts what is missing itself.
    lost = before.state is RecordingState.RECOVERED or before.reason == StopReason.NOTHING_RECORDED
    told = any(gap.cause == WarningCode.RECORDER_LOST for gap in gaps)
    if duration_ms is None or not lost or told:
        return 0
    # Gaps inside the part are told already. A sleep is none of them: the steady clock slept, too.
    told_ms = sum(gap.length_ms for gap in gaps if gap.cause != WarningCode.SLEPT)
    apart_ms = after.begins_ms - before.begins_ms
    if before.started.boot == after.started.boot:
        # Where the new part begins was planned before its recorder's process was started.
        by_clock_ns = after.started.mono_ns - before.started.mono_ns
        apart_ms = max(apart_ms, by_clock_ns // 1_000_000 + before.earlier_ms)
    return apart_ms - duration_ms - told_ms
