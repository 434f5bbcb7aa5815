"""Wish for a time stamp. Nothing is sent here, and nobody waits: ``send_stamps`` does it when it can."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from evidencedesk.domain.errors import Known
from evidencedesk.domain.stamp import Subject
from evidencedesk.store.waiting_stamps import WaitingStamp, WaitingStamps
from evidencedesk.workflows.desk import Desk


def want_stamp(
    desk: Desk,
    case_id: str,
    subject: Subject,
    imprint: str,
    seq: int | None,
    content: bytes,
    *,
    folder: Path | None = None,
) -> bool:
    """Keep the wish that every chosen authority stamps ``content``; False when stamping is off.

    ``imprint`` is the content's SHA-256 and all that will be sent. ``folder`` is where an export was
    written: the answer is put into it, too. A disk that takes no wish must not disturb a recording:
    then the result is False, and the next checkpoint tries again.
    """
    if hashlib.sha256(content).hexdigest() != imprint:
        raise ValueError("not the imprint of this content")
    now = desk.clock.now().utc
    waiting = WaitingStamps(desk.library, desk.seals_to)
    authorities = desk.authorities()
    try:
        for authority in authorities:
            if not waiting.has(imprint, authority.name):
                place = "" if folder is None else str(folder)
                waiting.put(WaitingStamp(case_id, subject, imprint, seq, authority.name, now, now, place))
    except Known:
        return False
    if authorities:
        desk.stamp_wanted.set()
    return bool(authorities)


def waiting_stamps(library: Path, case_id: str | None = None) -> Sequence[WaitingStamp]:
    """The wishes of a library, or of one case, that are not fulfilled yet. Raises what the disk says."""
    return [one for one in WaitingStamps(library).read() if case_id in (None, one.case)]
