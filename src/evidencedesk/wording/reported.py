"""Sources that could not be read in the original say so, once."""

from __future__ import annotations

from evidencedesk.domain.rules import Confidence, Source

_SAID = ("据报道", "as reported")


def must_say_reported(source: Source) -> bool:
    """Whether a source is known from reports only, and its own words in the pack do not tell."""
    texts = (source.place.zh, source.place.en)
    return source.confidence is Confidence.REPORTED and not any(
        said in text for said in _SAID for text in texts
    )
