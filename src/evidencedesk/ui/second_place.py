"""What is to be said about the folder for the second copy."""

from __future__ import annotations

from enum import StrEnum

from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark


class SecondPlace(StrEnum):
    """How the folder for the second copy stands."""

    NONE = "none"
    READY = "ready"
    SAME_DRIVE = "same-drive"
    NOT_THERE = "not-there"


_SENTENCES = {
    SecondPlace.SAME_DRIVE: mark(
        "The folder for the second copy is on the same drive as the library, or its own drive is not plugged "
        "in. A second copy only helps on another drive, such as a USB stick."
    ),
    SecondPlace.NOT_THERE: mark(
        "The folder for the second copy is not there at the moment. Plug in its drive; without it, only one "
        "copy is written."
    ),
}


def second_text(words: UiWords, place: SecondPlace) -> str:
    """A warning, or nothing when all is well or no second copy is wanted."""
    return words.text(_SENTENCES[place]) if place in _SENTENCES else ""
