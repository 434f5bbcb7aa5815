"""What is wrong with a rule pack, in words for its author."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.wording.language import Words, mark

_SENTENCES: Mapping[str, str] = {
    "missing": mark("{where} is missing"),
    "unknown-key": mark("{where} is a key that packs do not have"),
    "wrong-type": mark("{where} is not the kind of value that belongs there"),
    "empty": mark("{where} is empty"),
    "not-one-line": mark("{where} has line breaks or invisible characters"),
    "out-of-range": mark("{where} must be a whole number from 1 on"),
    "bad-date": mark("{where} must be a date like 2026-11-23, without quotes"),
    "bad-value": mark("{where} is not written as it should be"),
    "unknown-value": mark("{where} is not one of the values that can stand there"),
    "duplicate": mark("{where} stands twice"),
    "any-stands-alone": mark("{where} has “any” beside other phases"),
    "tick-needs-no-rule": mark("{where} is a tick, and a tick has no rule"),
    "unknown-rule": mark("{where} is not a rule of this kind"),
    "own-needs-no-item": mark("{where} is the user's own deed, so it has no “item”"),
    "numbers-need-complaint": mark("{where} has “numbers”, but does not begin with a complaint"),
    "not-after-reviewed": mark("{where} must be later than “reviewed”"),
    "too-large": mark("the file is larger than 1 MB"),
    "not-utf-8": mark("the file is not UTF-8 (byte {where})"),
    "not-toml": mark("the file is not TOML: {where}"),
    "unreadable": mark("the file can't be read: {where}"),
    "not-a-file": mark("this is not a file"),
    "file-name": mark("the file must be called {where}"),
}


def mistake_text(words: Words, reason: str, where: str) -> str:
    """One clause for a mistake; a reason nobody foresaw is shown as it is."""
    sentence = _SENTENCES.get(reason)
    return words.text(sentence, where=where) if sentence else f"{reason}: {where}"


def told_mistake(words: Words, told: str) -> str:
    """The same for a reason and place in one text, as an error carries them."""
    reason, _, where = told.partition(": ")
    return mistake_text(words, reason, where)
