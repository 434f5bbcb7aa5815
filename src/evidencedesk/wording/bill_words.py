"""Columns of a bill, and why a line of it was not taken."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.wording.language import Words, mark

_COLUMNS: Mapping[str, str] = {
    "none": mark("not used"),
    "count": mark("number of the instalment"),
    "due": mark("due day"),
    "amount": mark("amount to pay"),
    "principal": mark("principal"),
    "interest": mark("interest"),
    "fees": mark("fees (added up)"),
    "paid": mark("amount paid"),
    "paid_on": mark("day it was paid"),
}
_TROUBLES: Mapping[str, str] = {
    "no_day": mark("no day that can be understood without guessing"),
    "no_sum": mark("no sum"),
    "sum_unreadable": mark("a sum that can't be understood"),
    "totals": mark("a line of totals"),
}


def column_text(words: Words, column: str) -> str:
    """What a column holds."""
    return words.text(_COLUMNS[column])


def trouble_text(words: Words, trouble: str) -> str:
    """Why a line was not taken."""
    return words.text(_TROUBLES[trouble])
