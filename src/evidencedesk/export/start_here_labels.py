"""The words of START-HERE.html for results and troubles: what happened, looking back."""

from __future__ import annotations

from evidencedesk.domain.case import RecordingState, Shown, Verdict
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.domain.rules import Status
from evidencedesk.export.start_here_view import Pill
from evidencedesk.wording.judgements import result_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark

# Not the sentences of the recording screen: those tell the user what to do now.
_TROUBLES: dict[str, str] = {
    WarningCode.STALLED: mark("No sound came from the device for a moment"),
    WarningCode.SILENT: mark("The sound was silent"),
    WarningCode.CLIPPED: mark("The sound was too loud for the device and is distorted here"),
    WarningCode.OVERFLOW: mark("The computer was too slow; some sound may be missing here"),
    WarningCode.DISK_NEARLY_FULL: mark("The disk was nearly full"),
    WarningCode.ROOM_UNKNOWN: mark("The disk did not say how much room it had left"),
    WarningCode.TOO_QUIET: mark("The sound was very quiet"),
    WarningCode.MUTED: mark("The sound device was muted in the system's sound settings"),
    WarningCode.NO_FAR_SOUND: mark("Nothing was played by this computer until here"),
    WarningCode.FAR_MISSING: mark("This computer's own sound could not be recorded"),
    WarningCode.DEVICE_LOST: mark("The sound device went away"),
    WarningCode.MOVED: mark("The system switched the recording to another sound device"),
    WarningCode.REOPENED: mark("The sound device came back"),
    WarningCode.DEVICE_CHANGED: mark("From here on with another sound device"),
    WarningCode.OUTPUT_CHANGED: mark("The computer switched its sound to another device"),
    WarningCode.CLOCK_JUMPED: mark("The computer's clock was set"),
    WarningCode.ZONE_CHANGED: mark("The computer's time zone changed"),
    WarningCode.SLEPT: mark("The computer was asleep"),
    WarningCode.DISK_FAILED: mark("The disk took no more"),
    WarningCode.PART_FAILED: mark("No new file could be begun; the old one was continued"),
    WarningCode.MAIN_LOST: mark("The first disk failed; from here on the second copy was continued"),
    WarningCode.COPY_LOST: mark("The second copy could not be continued"),
    WarningCode.COPY_DIFFERS: mark("The second copy was not the same as the first"),
    WarningCode.RECORDER_LOST: mark("The recorder stopped by itself and was started again"),
    WarningCode.CAPTURE_SILENT: mark("The recorder did not report for a moment"),
    WarningCode.NOT_JOURNALED: mark("An entry reached the journal late"),
    WarningCode.BEHIND: mark("The disk was slow; sound was written late"),
    WarningCode.REREAD_DIFFERS: mark("The saved file, read back, was not what had been recorded"),
}
_SHOWN_LOOKS = {Shown.NOT_ASKED: "n", Shown.UNASKED: "ok", Shown.WHEN_ASKED: "ok", Shown.REFUSED: "bad"}
_STATE_LOOKS = {
    RecordingState.RUNNING: "warn",
    RecordingState.STOPPED: "ok",
    RecordingState.RECOVERED: "warn",
}


def trouble_text(words: Words, code: str) -> str:
    """What a warning or the cause of a gap means; a code this version doesn't know stays as it is."""
    return words.text(_TROUBLES[code]) if code in _TROUBLES else code


def shown_pill(words: Words, shown: Shown) -> Pill:
    """How a paper came."""
    return Pill(label(words, shown), _SHOWN_LOOKS[shown])


def state_pill(words: Words, state: RecordingState) -> Pill:
    """Where a recording stands."""
    return Pill(label(words, state), _STATE_LOOKS[state])


def verdict_pill(words: Words, verdict: Verdict, status: Status | None) -> Pill:
    """Return a result in the words that fit the pack it comes from; ``None``: the pack is not here."""
    if verdict is Verdict.KEPT:
        return Pill(label(words, verdict), "ok")
    if verdict is Verdict.NOT_SEEN:
        return Pill(label(words, verdict), "n")
    return Pill(result_text(words, verdict, status) if status else label(words, verdict), "bad")
