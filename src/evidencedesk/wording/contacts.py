"""How contacts are said: their kinds, who was reached, and what was not as it should be in a list."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import ContactDetails, ContactKind, Reached
from evidencedesk.wording.language import Words, mark

_KINDS: Mapping[ContactKind, str] = {
    ContactKind.VISIT: mark("Visit at the door"),
    ContactKind.CALL: mark("Answered call"),
    ContactKind.MISSED_CALL: mark("Missed call"),
    ContactKind.SMS: mark("SMS"),
    ContactKind.CHAT: mark("WeChat, chat"),
    ContactKind.LETTER: mark("Letter"),
    ContactKind.OTHER: mark("Other contact"),
}
_REACHED: Mapping[Reached, str] = {
    Reached.DEBTOR: mark("Me, the borrower"),
    Reached.GUARANTOR: mark("A guarantor"),
    Reached.FAMILY: mark("Family"),
    Reached.WORK: mark("Work"),
    Reached.OTHER: mark("Somebody else"),
}
# By the values of ``intake.found.Trouble``.
_TROUBLES: Mapping[str, str] = {
    "no-time": mark("no date with a time"),
    "time-unreadable": mark("the time can't be read"),
    "day-or-month": mark("day or month? Write the date as 2026-11-20"),
    "line-unreadable": mark("the line can't be read"),
    "draft": mark("a draft that was never sent"),
    "cut-here": mark("the list breaks off here"),
    "too-many": mark("the list is longer: take the rest in as another list"),
    "time-twice": mark("the clock was put back: this time came twice, the first is taken"),
    "time-skipped": mark("the clock was put forward: this time never came"),
    "kind-unknown": mark("the list does not say what kind it was"),
    "not-answered": mark("0 seconds: taken as not answered"),
    "length-unreadable": mark("the length can't be read"),
    "text-cut": mark("the text is shortened here; the list itself is kept whole"),
}


def kind_text(words: Words, kind: ContactKind) -> str:
    """The name of a kind."""
    return words.text(_KINDS[kind])


def reached_text(words: Words, reached: Reached) -> str:
    """Who was reached."""
    return words.text(_REACHED[reached])


def trouble_text(words: Words, trouble: str) -> str:
    """What is not as it should be with a line of a list. Raises KeyError."""
    return words.text(_TROUBLES[trouble])


def contact_text(words: Words, details: ContactDetails) -> str:
    """Kind, who, and whom, in one line."""
    who = " ".join(part for part in (details.name, details.party) if part)
    parts = [kind_text(words, details.kind)]
    if who:
        parts.append(words.text("to {who}", who=who) if details.outgoing else who)
    elif details.outgoing:
        parts.append(words.text("outgoing"))
    if details.reached is not Reached.DEBTOR:
        parts.append(reached_text(words, details.reached))
    return " · ".join(parts)


def length_words(words: Words, seconds: int) -> str:
    """How long: ``45 s``, ``1 min 20 s``."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return words.text("{n} s", n=rest)
    return words.text("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
