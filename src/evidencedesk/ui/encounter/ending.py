"""What is said when an encounter is over and not everything went as it should."""

from __future__ import annotations

from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.pulse import Copy, RecorderState, RecorderStatus, StopReason
from evidencedesk.ui.encounter.copies import end_of_copies
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.ui.services import LiveEncounter
from evidencedesk.wording.language import mark

_SAME = mark("The second copy was read back: it is the same as the first.")
_COPY_TROUBLE = {
    Copy.DIFFERS: mark(
        "The second copy, read back, is not the same as the first. The first one is what counts; keep both."
    ),
    Copy.LOST: mark("The second copy was not written to its end. The first one is complete."),
    Copy.ALONE: mark(
        "The first disk took no more. The sound is in the second place and is brought home when there is "
        "room."
    ),
}


def tell_end(messages: Messages, live: LiveEncounter, status: RecorderStatus, sound_path: str) -> None:
    """Say how it ended; nothing when the user stopped and all is well. ``sound_path`` is where it lies."""
    if status.state is RecorderState.FAILED:
        messages.show_error(_failure(status))
    elif status.sealed is not None and status.sealed.reason is not StopReason.USER:
        messages.show_stopped(status.sealed.reason)
    if live.far is not None and live.far.state is RecorderState.FAILED:
        messages.show_warning(
            mark("The other side was not recorded to the end. What was saved of it is in the case.")
        )
    legs = (status,) if live.far is None else (status, live.far)
    copy = end_of_copies(legs)
    if copy is Copy.SAME:
        messages.show_info(_SAME)
    elif copy is not Copy.NONE:
        messages.show_warning(_COPY_TROUBLE[copy])
    if live.recovery_failed is not None:
        _tell_left(
            messages,
            "recovery-failed",
            mark("The interrupted recording could not be repaired yet."),
            mark(
                "The sound is safe as it was left, in {path}. EvidenceDesk repairs it at its next start. "
                "({cause})"
            ),
            sound_path,
            live.recovery_failed,
        )
    if live.journal_refused is not None:
        _tell_left(
            messages,
            "journal-refused",
            mark("The sound is saved, but the case journal took nothing more."),
            mark(
                "The sound is safe in {path}. EvidenceDesk writes it into the journal at its next start; "
                "until then the case does not show it. ({cause})"
            ),
            sound_path,
            live.journal_refused,
        )


def _failure(status: RecorderStatus) -> Known:
    code = Code(status.error) if status.error else Code.CAPTURE_LOST
    return MachineFailure(code, **dict(status.error_facts))


def _tell_left(messages: Messages, key: str, msgid: str, detail: str, path: str, cause: Known) -> None:
    messages.show(
        Message(key=key, kind="error", msgid=msgid, detail_msgid=detail, facts={"path": path}, error=cause)
    )
