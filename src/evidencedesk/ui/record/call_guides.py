"""How to get both sides of a call into the recording, beside the place where that is chosen."""

from __future__ import annotations

from evidencedesk.domain.mode import Mode
from evidencedesk.system.kind import MAC
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords


def speaker_guide(words: UiWords, state: RecordState) -> str:
    """A call on a phone: the microphone has to hear both."""
    if state.mode is not Mode.CALL or state.far is not None:
        return ""
    return words.text(
        "Put the phone on speaker, a hand's breadth from the microphone, at full volume. Say a "
        "word and let the other side say one: both must move the level above."
    )


def computer_guide(words: UiWords, state: RecordState, platform: str) -> str:
    """A call on this computer. ``platform`` is named as in ``sys.platform``."""
    if state.mode is not Mode.CALL:
        return ""
    if state.far is not None:
        return words.text(
            "Your voice and the other side are recorded as two separate tracks. With headphones "
            "they stay cleanly apart."
        )
    if platform != MAC:
        return ""
    return words.text(
        "A call on this Mac: macOS gives no program the computer's own sound. Install a virtual sound device "
        "(such as BlackHole, free of charge). In “Audio MIDI Setup”, make a multi-output device of it and "
        "your headphones, and choose that as the sound output. Then choose the virtual device above, as the "
        "place where the other side is heard, and test it."
    )
