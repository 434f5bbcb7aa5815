"""The pages of the help, and the places that the rest of the window leads to."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """A page and an ``<a id>`` in it, the same in both languages."""

    START = "start"
    RECORDING = "visit#calm"
    EXPORT = "visit#hand-over"
    KEY = "safety#key"
    TIME_STAMPS = "safety#time-stamps"
    BACKUP = "safety#backup"
    VAULT = "safety#vault"
    CHECK = "safety#check"
    MICROPHONE = "trouble#microphone"
    LOST = "trouble#lost"
    SPEECH = "case#speech"


# In the order of the list on the left.
PAGES = ("start", "visit", "case", "keys", "trouble", "safety", "numbers", "words")
