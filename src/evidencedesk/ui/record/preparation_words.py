"""What stands under a thing to do. Loaded with the first one of them, which comes after the first paint."""

from __future__ import annotations

from evidencedesk.domain.rules import Who
from evidencedesk.ui.record.state import Preparation
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.suggestions import suggestion_text


def under_text(words: UiWords, one: Preparation) -> str:
    """When it was done and how to undo it; else what is suggested, or what the pack says to it."""
    if one.done_at is not None:
        time = f"{one.done_at.local:%H:%M}"
        if one.item.who is Who.USER:
            return words.text("Done at {time} · press again to undo", time=time)
        return words.text("Marked as kept at {time} · press again to undo", time=time)
    if one.suggestion is not None:
        return suggestion_text(words.words, one.suggestion)
    return one.item.hint.in_language(words.language) if one.item.hint else ""
