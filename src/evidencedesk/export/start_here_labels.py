"""The words of START-HERE.html for results and troubles: what happened, looking back."""

from __future__ import annotations

from evidencedesk.domain.case import RecordingState, Shown, Verdict
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.domain.rules import Status
from evidencedesk.export.start_here_view import Pill
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark

# Not the sentences of the recording screen: those tell the user what to do now.
_TROUBLES: dict[str, str] = {
    WarningCode.STALLED: mark("No sound came from the device for a moment"),
    WarningCode.SILENT: mark("The sound was silent"),
    WarningCode.CLIPPED: mark("The sound was too loud for the device and is distorted here"),
    WarningCode.OVERFLOW: mark("The computer was too slow; some sound may be missing here"),
    WarningCode.DISK_NEARLY_FULL: mark("The disk was nearly full"),
    WarningCode.DEVICE_LOST: mark("The sound device went away"),
    WarningCode.CAPTURE_SILENT: mark("The recorder did not report for a moment"),
    WarningCode.NOT_JOURNALED: mark("An entry reached the journal late"),
    WarningCode.BEHIND: mark("The disk was slow; sound was written late"),
    WarningCode.REREAD_DIFFERS: mark("The saved file, read back, was not what had been recorded"),
}
# What a breach means depends on the kind of text; never "illegal" (docs/rule-packs.md).
_BREACHED = {
    Status.ADVICE: mark("Outside the article's advice"),
    Status.GUIDELINE: mark("Outside the guideline"),
    Status.STANDARD: mark("Outside the guideline"),
    Status.LAW: mark("Possible breach: ask the police or a lawyer"),
    Status.REPEALED: mark("Outside a rule that no longer applies"),
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
    return Pill(words.text(_BREACHED[status]) if status else label(words, verdict), "bad")
