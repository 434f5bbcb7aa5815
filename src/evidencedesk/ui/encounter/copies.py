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
    """How it stands. ``recording`` is the near leg's part; each new part begins with two copies again."""
    if not wanted:
        return CopyState.NONE
    written = {recording, *(part.recording for part in (far.parts[-1:] if far is not None else ()))}
    codes = {warning.code for warning in status.warnings if warning.recording in written}
    if WarningCode.MAIN_LOST in codes:
        return CopyState.ALONE
    return CopyState.LOST if WarningCode.COPY_LOST in codes else CopyState.WRITTEN


def end_of_copies(statuses: Iterable[RecorderStatus]) -> Copy:
    """The worst that became of any part's second copy; NONE where there was none."""
    found = {
        Copy(part.sealed.copy) for status in statuses for part in status.parts if part.sealed is not None
    }
    return next((one for one in (Copy.DIFFERS, Copy.ALONE, Copy.LOST, Copy.SAME) if one in found), Copy.NONE)
