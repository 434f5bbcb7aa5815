"""What becomes of the second copy, during the recording and at its end."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from evidencedesk.domain.pulse import Copy, RecorderStatus, WarningCode


class CopyState(StrEnum):
    """The second copy while recording."""

    NONE = "none"
    WRITTEN = "written"
    LOST = "lost"
    ALONE = "alone"


def copy_state(
    status: RecorderStatus, far: RecorderStatus | None, recording: str, *, wanted: bool
) -> CopyState:
    """How it stands. ``recording`` is the near leg's part.

    Each new part tries the second place again. The first place, once lost, is not gone back to.
    """
    if not wanted:
        return CopyState.NONE
    if any(warning.code == WarningCode.MAIN_LOST for warning in status.warnings):
        return CopyState.ALONE
    written = {recording, *(part.recording for part in (far.parts[-1:] if far is not None else ()))}
    lost = any(
        warning.code == WarningCode.COPY_LOST and warning.recording in written for warning in status.warnings
    )
    return CopyState.LOST if lost else CopyState.WRITTEN


def end_of_copies(statuses: Iterable[RecorderStatus]) -> Copy:
    """The worst that became of any part's second copy; NONE where there was none."""
    found = {
        Copy(part.sealed.copy) for status in statuses for part in status.parts if part.sealed is not None
    }
    return next((one for one in (Copy.DIFFERS, Copy.ALONE, Copy.LOST, Copy.SAME) if one in found), Copy.NONE)
