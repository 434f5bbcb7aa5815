"""What went wrong with a debt or a bill, in three sentences each; part of ``wording/errors.py``."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_UNTOUCHED = mark("Nothing was changed. Your recordings are safe.")

DEBT_SENTENCES: Mapping[Code, tuple[str, str, str]] = {
    Code.TOO_MANY_INSTALMENTS: (
        mark("These are more instalments than a loan has: at most {limit} can be kept."),
        _UNTOUCHED,
        mark("Check the number of instalments. Two loans are two cases."),
    ),
    Code.BILL_TOO_LARGE: (
        mark("The bill “{path}” is too large: at most {limit} lines and {length} MB can be looked through."),
        _UNTOUCHED,
        mark(
            "Keep only the lines of this loan and try again. The file itself can be kept with the documents "
            "as it is."
        ),
    ),
    Code.BILL_UNREADABLE: (
        mark("“{path}” is not a table that can be read here."),
        _UNTOUCHED,
        mark(
            "Save it as CSV or XLSX and try again, or enter the instalments by hand. The file itself can be "
            "kept with the documents as it is."
        ),
    ),
    Code.BILL_LOCKED: (
        mark("The bill “{path}” is locked with a password."),
        _UNTOUCHED,
        mark("Open it with its program, save it without a password, and try again."),
    ),
    Code.BILL_NOTHING_FOUND: (
        mark("No instalment was understood in “{path}”."),
        _UNTOUCHED,
        mark("Say which column is the due day and which the amount, or enter the instalments by hand."),
    ),
    Code.NOTHING_ABOUT_DEBT: (
        mark("There is nothing about the debt in “{case}” yet."),
        _UNTOUCHED,
        mark("Enter the contract, take in a bill, or write down what they claim."),
    ),
}
