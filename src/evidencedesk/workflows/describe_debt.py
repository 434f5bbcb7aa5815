"""Write down what the contract says of a debt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.domain.debt import Debt, DebtTerms, Fee, Instalment
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.loan_schedule import MOST_INSTALMENTS
from evidencedesk.domain.money import CHINESE, NOTHING, digits, number
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.given_values import amount, day
from evidencedesk.workflows.plain_text import many_lines, one_line

_MOST_FEES = 100
_CURRENCY_LENGTH = 12
_PERCENT = re.compile(r"\s*%$")
_DAY_PARTS = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def describe_debt(desk: Desk, case_id: str, terms: DebtTerms) -> Debt:
    """Store the terms, whole; what was written before stays in the journal.

    Raises NUMBER_NOT_VALID, TIME_NOT_VALID, TEXT_TOO_LONG, TOO_MANY_INSTALMENTS.
    """
    case = desk.store.find_case(case_id)
    known = desk.store.case_file(case.id).debt
    clean = clean_terms(terms)
    if known is not None and known.terms == clean:
        return known
    moment = desk.clock.now()
    desk.store.append(case.id, [(EventType.DEBT_DESCRIBED, {"terms": plain_json(clean)})], moment)
    return Debt(case.id, clean, moment, changed=known is not None)


def clean_terms(terms: DebtTerms) -> DebtTerms:
    """The terms as they go into a journal: digits, days, instalments by their day. Raises as above."""
    if len(terms.instalments) > MOST_INSTALMENTS or len(terms.fees) > _MOST_FEES:
        raise WrongUse(Code.TOO_MANY_INSTALMENTS, limit=MOST_INSTALMENTS)
    instalments = sorted((_instalment(one) for one in terms.instalments), key=lambda one: one.due)
    return replace(
        terms,
        principal=amount(terms.principal),
        received=amount(terms.received),
        received_on=given_day(terms.received_on),
        currency=one_line(terms.currency).upper()[:_CURRENCY_LENGTH] or CHINESE,
        yearly_rate=percent(terms.yearly_rate),
        overdue_rate=percent(terms.overdue_rate),
        fees=tuple(_fee(one) for one in terms.fees),
        instalments=tuple(instalments),
        remarks=many_lines(terms.remarks, required=False),
    )


def percent(text: str) -> str:
    """A rate in percent as decimal digits, or empty. Raises NUMBER_NOT_VALID."""
    return amount(_PERCENT.sub("", unicodedata.normalize("NFKC", text).strip()))


def given_day(text: str) -> str:
    """A day as people write it (``2026/9/5``, ``2026年9月5日``), or empty. Raises TIME_NOT_VALID."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = _DAY_PARTS.fullmatch(plain)
    if parts is None:
        return day(plain)
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3])).isoformat()
    except ValueError as error:
        raise WrongUse(Code.TIME_NOT_VALID, value=plain) from error


def _instalment(one: Instalment) -> Instalment:
    due = given_day(one.due)
    if not due:
        raise WrongUse(Code.TIME_NOT_VALID, value="")
    parts = [amount(part) for part in (one.principal, one.interest, one.fees)]
    whole = amount(one.amount)
    if not whole and any(parts):
        whole = digits(sum((number(part) or NOTHING for part in parts), Decimal(0)))
    if not whole:
        raise WrongUse(Code.NUMBER_NOT_VALID, value="")
    return Instalment(due, whole, *parts)


def _fee(one: Fee) -> Fee:
    whole = amount(one.amount)
    if not whole:
        raise WrongUse(Code.NUMBER_NOT_VALID, value="")
    return Fee(one_line(one.name), whole, given_day(one.day))
