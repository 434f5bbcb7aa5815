"""Put a case aside, or bring it back. Nothing of it is changed or deleted."""

from __future__ import annotations

from evidencedesk.domain.case import Case, RecordingState
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.workflows.desk import Desk


def archive_case(desk: Desk, case_id: str, *, archived: bool = True) -> Case:
    """An archived case is not offered for a new recording, and the list hides it unless asked.

    Nothing happens when it is so already. Raises UNKNOWN_CASE, STILL_RECORDING.
    """
    case = desk.store.find_case(case_id)
    if case.archived == archived:
        return case
    if archived:
        recordings = desk.store.case_file(case.id).recordings
        if any(one.state is RecordingState.RUNNING for one in recordings):
            raise WrongUse(Code.STILL_RECORDING, case=case.title)
    desk.store.append(case.id, [(EventType.CASE_ARCHIVED, {"archived": archived})])
    return desk.store.find_case(case.id)
