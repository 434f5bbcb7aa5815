"""Names of kinds and states, as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from evidencedesk.domain.case import (
    ContactKind,
    ContactSource,
    Document,
    Leg,
    Listed,
    Mode,
    Progress,
    Reached,
    RecordingState,
    Shown,
    Step,
    Verdict,
)
from evidencedesk.domain.finding import Layer
from evidencedesk.domain.pulse import StopReason, WarningCode
from evidencedesk.domain.sighting import Alike
from evidencedesk.wording.language import Words, mark

# One table for each kind: members of different kinds may be equal as strings.
_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Mode: {
        Mode.VISIT: mark("Visit at the door"),
        Mode.CALL: mark("Phone call"),
    },
    Leg: {
        Leg.NEAR: mark("Microphone"),
        Leg.FAR: mark("The other side"),
    },
    Verdict: {
        Verdict.KEPT: mark("Kept"),
        Verdict.BREACHED: mark("Breached"),
        Verdict.NOT_SEEN: mark("Not seen"),
    },
    RecordingState: {
        RecordingState.RUNNING: mark("Recording now"),
        RecordingState.STOPPED: mark("Ended normally"),
        RecordingState.RECOVERED: mark("Recovered after an interruption"),
    },
    Document: {
        Document.WORK_ID: mark("Work ID"),
        Document.AUTHORISATION: mark("Authorisation letter"),
        Document.LICENCE: mark("Business licence"),
        Document.ID_CARD: mark("Identity card"),
    },
    Shown: {
        Shown.NOT_ASKED: mark("Not asked for"),
        Shown.UNASKED: mark("Shown without being asked"),
        Shown.WHEN_ASKED: mark("Shown when asked"),
        Shown.REFUSED: mark("Asked for, refused"),
    },
    Listed: {
        Listed.YES: mark("On the lender's published list"),
        Listed.NO: mark("Not on the lender's published list"),
    },
    Alike: {
        Alike.PHONE: mark("same phone number"),
        Alike.STAFF_NUMBER: mark("same staff number and company"),
        Alike.PLATE: mark("same plate"),
        Alike.NAME: mark("same name and company"),
    },
    StopReason: {
        StopReason.USER: mark("Stopped by the user"),
        StopReason.SIGNAL: mark("Stopped because the program was told to end"),
        StopReason.TIME_LIMIT: mark("Stopped when the chosen time was over"),
        StopReason.SOURCE_ENDED: mark("The sound source came to its end"),
        StopReason.DEVICE_LOST: mark("The microphone went away"),
        StopReason.DISK: mark("The disk took no more"),
        StopReason.PART_FULL: mark("Continued in the next part"),
        StopReason.NOTHING_RECORDED: mark("Nothing was recorded"),
    },
    WarningCode: {
        WarningCode.STALLED: mark("No sound is arriving from the microphone"),
        WarningCode.SILENT: mark("The microphone hears nothing: it may be muted"),
        WarningCode.TOO_QUIET: mark("Very quiet: move the microphone closer"),
        WarningCode.MUTED: mark("The sound device was muted in the system's sound settings"),
        WarningCode.CLIPPED: mark("Too loud: move the microphone away a little"),
        WarningCode.OVERFLOW: mark("The computer was too busy and a moment of sound is missing"),
        WarningCode.NO_FAR_SOUND: mark(
            "Nothing is heard from the other side through this computer; "
            "is the call on your phone? Then put it on speaker"
        ),
        WarningCode.FAR_MISSING: mark(
            "Only the microphone is recorded: this computer's own sound is not available"
        ),
        WarningCode.DEVICE_LOST: mark("The sound device is gone; trying to get it back"),
        WarningCode.MOVED: mark("The system switched to another sound device; going back to the chosen one"),
        WarningCode.REOPENED: mark("The sound device is back and recording goes on"),
        WarningCode.DEVICE_CHANGED: mark("Recording goes on with another sound device, in a new part"),
        WarningCode.OUTPUT_CHANGED: mark(
            "This computer now plays its sound through another device than the one being recorded"
        ),
        WarningCode.CLOCK_JUMPED: mark(
            "The computer's clock was set; the recording's own time is not affected"
        ),
        WarningCode.ZONE_CHANGED: mark("The computer's time zone changed"),
        WarningCode.SLEPT: mark("The computer was asleep"),
        WarningCode.DISK_NEARLY_FULL: mark("The disk is nearly full"),
        WarningCode.ROOM_UNKNOWN: mark("The disk does not say how much room it has left"),
        WarningCode.DISK_FAILED: mark("The disk took no more"),
        WarningCode.PART_FAILED: mark("No new part could be begun; the recording goes on in the old one"),
        WarningCode.MAIN_LOST: mark("The first disk took no more; the recording goes on in the second place"),
        WarningCode.COPY_LOST: mark("The second copy could not be written; the first one goes on"),
        WarningCode.COPY_DIFFERS: mark("The second copy is not the same as the first"),
        WarningCode.RECORDER_LOST: mark("The recorder had to be started again; a moment is missing"),
        WarningCode.CAPTURE_SILENT: mark("The recorder does not answer; what it saved is safe"),
        WarningCode.NOT_JOURNALED: mark("The sound is being saved; the case journal is waiting for the disk"),
        WarningCode.BEHIND: mark("The disk is slow: sound is waiting in memory to be written"),
        WarningCode.REREAD_DIFFERS: mark("The saved file, read back, is not what was recorded"),
    },
    Layer: {
        Layer.FILES: mark("Files"),
        Layer.JOURNAL: mark("Journal"),
        Layer.RECORDINGS: mark("Recordings"),
        Layer.FACTS: mark("Facts"),
        Layer.SIGNATURE: mark("Signature"),
        Layer.TIME: mark("Time"),
        Layer.ORIGIN: mark("Origin"),
    },
    ContactKind: {
        ContactKind.VISIT: mark("Visit at the door"),
        ContactKind.CALL: mark("Answered call"),
        ContactKind.MISSED_CALL: mark("Missed call"),
        ContactKind.SMS: mark("SMS"),
        ContactKind.CHAT: mark("WeChat, chat"),
        ContactKind.LETTER: mark("Letter"),
        ContactKind.OTHER: mark("Other contact"),
    },
    Reached: {
        Reached.DEBTOR: mark("The debtor"),
        Reached.GUARANTOR: mark("A guarantor"),
        Reached.FAMILY: mark("Family"),
        Reached.WORK: mark("Work"),
        Reached.OTHER: mark("Somebody else"),
    },
    ContactSource: {
        ContactSource.USER: mark("Written down by the user"),
        ContactSource.LIST: mark("From a list taken in"),
    },
    Step: {
        Step.CALL: mark("Call for help"),
        Step.PAYMENT: mark("Payment"),
        Step.REQUEST_PAPERS: mark("Request for bill and contract"),
        Step.DISPUTE: mark("Dispute"),
        Step.RECHECK: mark("Request for a re-check"),
        Step.COMPLAINT: mark("Complaint"),
        Step.POLICE_REPORT: mark("Report to the police"),
        Step.LEGAL_HELP: mark("Advice by a lawyer or legal aid"),
        Step.PLAN_PROPOSED: mark("Instalment plan proposed"),
        Step.PLAN_AGREED: mark("Instalment plan agreed"),
        Step.DEMAND: mark("Demand to stop contacting others"),
        Step.DATA_REQUEST: mark("Request about personal information"),
        Step.CREDIT_OBJECTION: mark("Objection to the credit record"),
        Step.COURT_PAPERS: mark("Papers from a court"),
        Step.OTHER: mark("Another step"),
    },
    Progress: {
        Progress.PLANNED: mark("Planned"),
        Progress.DONE: mark("Carried out"),
        Progress.ANSWERED: mark("Answered"),
        Progress.CLOSED: mark("Closed"),
    },
}

_CARD_FIELDS = {
    "name": mark("Name"),
    "staff_number": mark("Staff number"),
    "organisation": mark("Company"),
    "lender": mark("On behalf of"),
    "phone": mark("Phone number"),
    "plate": mark("Licence plate"),
    "description": mark("What they look like"),
    "documents": mark("Papers"),
    "credit_code": mark("Credit code"),
    "names_on": mark("Company's name on it"),
    "letter_until": mark("Letter valid until"),
    "listed": mark("Lender's list"),
}


def label(words: Words, member: StrEnum) -> str:
    """The name of a mode, verdict, paper, reason and the like. Raises KeyError for a kind without names."""
    return words.text(_LABELS[type(member)][member])


def field_label(words: Words, name: str) -> str:
    """The name of one field of a collector's card. Raises KeyError."""
    return words.text(_CARD_FIELDS[name])


def warning_text(words: Words, code: str) -> str:
    """A sentence for a warning, or for the cause of a gap. A code from elsewhere is shown as it is."""
    try:
        return label(words, WarningCode(code))
    except ValueError:
        return words.text("Something was not as it should be ({code})", code=code)


def stop_reason_text(words: Words, reason: str) -> str:
    """Why a recording ended, as the journal names it. A reason from elsewhere is shown as it is."""
    try:
        return label(words, StopReason(reason))
    except ValueError:
        return reason
