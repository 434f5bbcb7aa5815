"""Write down what just happened, with its second."""

from __future__ import annotations

from evidencedesk.domain.case import Note
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.open_case import require_encounter
from evidencedesk.workflows.plain_text import many_lines


def take_note(
    desk: Desk,
    case_id: str,
    text: str,
    encounter: str | None = None,
    recording: str | None = None,
    at_ms: int | None = None,
    marker: str | None = None,
) -> Note:
    """Store a note; when this returns it is on the disk.

    ``at_ms`` is the position in ``recording``. Without a recording the position is refused, and so is
    one behind the end of a finished recording (MOMENT_OUTSIDE_RECORDING).
    """
    case = desk.store.find_case(case_id)
    require_encounter(desk, case.id, encounter)
    words = many_lines(text, required=marker is None)
    if at_ms is not None:
        require_inside(desk, recording, at_ms)
    note = Note(
        id=new_id(Kind.NOTE),
        case=case.id,
        encounter=encounter,
        recording=recording,
        at_ms=at_ms,
        text=words,
        marker=marker,
        moment=desk.clock.now(),
    )
    facts = {
        "note": note.id,
        "encounter": encounter,
        "recording": recording,
        "at_ms": at_ms,
        "text": words,
        "marker": marker,
    }
    desk.store.append(case.id, [(EventType.NOTE_TAKEN, facts)], note.moment)
    return note


def correct_note(desk: Desk, case_id: str, note_id: str, text: str) -> None:
    """Give a note new words; the old ones stay in the journal and in every export."""
    case = desk.store.find_case(case_id)
    taken = [
        event
        for event in desk.store.events(case.id)
        if event.type in (EventType.NOTE_TAKEN, EventType.NOTE_CORRECTED) and event.data["note"] == note_id
    ]
    if not taken:
        raise WrongUse(Code.UNKNOWN_ITEM, item=note_id)
    facts = {"note": note_id, "text": many_lines(text), "corrects": taken[-1].seq}
    desk.store.append(case.id, [(EventType.NOTE_CORRECTED, facts)])


def require_inside(desk: Desk, recording_id: str | None, at_ms: int) -> None:
    """Refuse a position that no recording has. Raises MOMENT_OUTSIDE_RECORDING."""
    recording = desk.store.recording(recording_id) if recording_id else None
    if recording is None or at_ms < 0:
        raise WrongUse(Code.MOMENT_OUTSIDE_RECORDING, at_ms=at_ms)
    duration_ms = recording.duration_ms
    if duration_ms is not None and at_ms > duration_ms:
        raise WrongUse(Code.MOMENT_OUTSIDE_RECORDING, at_ms=at_ms, duration_ms=duration_ms)
