"""What a model says when it heard nothing: its own prompt, or the same words over and over."""

from __future__ import annotations

import unicodedata
import zlib

# Whisper's own limit: text that zlib makes this much shorter repeats itself.
_MOST_RATIO = 2.4
# Three different signs or fewer, many times over: too short for zlib to tell.
_FEW_SIGNS, _MANY_TIMES = 3, 12


def is_doubtful(text: str, prompt: str = "") -> bool:
    """Whether a sentence is better left out: empty, an echo of the prompt, or endless repetition."""
    bare = _bare(text)
    if not bare:
        return True
    told = _bare(prompt)
    if told and (bare in told or told in bare) and len(bare) >= min(4, len(told)):
        return True
    if len(bare) >= _MANY_TIMES and len(set(bare)) <= _FEW_SIGNS:
        return True
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) > _MOST_RATIO


def _bare(text: str) -> str:
    """The words without blanks and punctuation."""
    return "".join(sign for sign in text.casefold() if unicodedata.category(sign)[0] in "LN")
