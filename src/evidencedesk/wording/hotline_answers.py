"""What a lender's hotline said about a collector."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.wording.language import Words, mark

_ANSWERS: Mapping[str, str] = {
    "sent-by-them": mark("They say: sent by us"),
    "not-sent-by-them": mark("They say: not sent by us"),
    "no-answer": mark("Nobody answered"),
}


def answer_text(words: Words, answer: str) -> str:
    """The answer as people read it. What somebody wrote in their own words is shown as it is."""
    return words.text(_ANSWERS[answer]) if answer in _ANSWERS else answer
