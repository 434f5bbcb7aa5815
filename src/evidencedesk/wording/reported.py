"""Sources that could not be read in the original say so, once."""

from __future__ import annotations

from evidencedesk.domain.rules import Confidence, Source, Text

_SAID = ("据报道", "as reported")


def must_say_reported(source: Source) -> bool:
    """Whether a source is known from reports only, and its own words in the pack do not tell."""
    return source.confidence is Confidence.REPORTED and not says_reported(source.place)


def says_reported(text: Text) -> bool:
    """Whether a text tells by itself that it is known from reports."""
    return any(said in words.casefold() for said in _SAID for words in (text.zh, text.en))
