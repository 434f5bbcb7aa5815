"""The sentence for an alarm: whose sound is missing, and what goes on all the same."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import Leg
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.ui.encounter.alarms import ENDED, Alarm
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import warning_text
from evidencedesk.wording.language import mark

_NEAR_ENDED = mark("Your microphone is no longer recorded; the other side still is")
_FAR: Mapping[str, str] = {
    ENDED: mark("The other side is no longer recorded; your microphone still is"),
    WarningCode.CAPTURE_SILENT: mark(
        "The recorder of the other side does not answer; your microphone is still recorded"
    ),
    WarningCode.STALLED: mark("No sound arrives from the other side; your microphone is still recorded"),
    WarningCode.DEVICE_LOST: mark(
        "The other side is not recorded: this computer's sound output is gone; your microphone still is"
    ),
    WarningCode.MOVED: mark(
        "The other side is not recorded: the sound moved to another output; your microphone still is"
    ),
    WarningCode.MUTED: mark("The output on which the other side is heard was muted"),
    WarningCode.CLIPPED: mark("The other side is too loud: turn its volume down a little"),
    WarningCode.OVERFLOW: mark("The computer was too busy and a moment of the other side is missing"),
    WarningCode.REOPENED: mark("The other side's sound is back and is recorded again"),
    WarningCode.OUTPUT_CHANGED: mark(
        "The other side is now heard through another device than the one being recorded"
    ),
    WarningCode.DEVICE_CHANGED: mark("The other side is recorded from another output, in a new part"),
}
# These two name the other side themselves.
_PLAIN = (WarningCode.NO_FAR_SOUND, WarningCode.FAR_MISSING)


def alarm_text(words: UiWords, alarm: Alarm) -> str:
    """One sentence for the red bar."""
    if alarm.leg is Leg.NEAR:
        return words.text(_NEAR_ENDED) if alarm.code == ENDED else warning_text(words.words, alarm.code)
    if alarm.code in _FAR:
        return words.text(_FAR[alarm.code])
    said = warning_text(words.words, alarm.code)
    return said if alarm.code in _PLAIN else words.text("The other side: {said}", said=said)
