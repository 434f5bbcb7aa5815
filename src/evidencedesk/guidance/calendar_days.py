"""Counts days, working days, months and years on the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from evidencedesk.domain.rules import Unit

_SATURDAY = 5


def add(day: date, length: int, unit: Unit) -> date:
    """The last day of a period that began with an act on ``day``; that day itself does not count.

    Months and years end on the day of the same number, or on the month's last day where there is none
    (Civil Code 202). Working days are Monday to Friday: public holidays are not known here.
    """
    try:
        match unit:
            case Unit.DAYS:
                return day + timedelta(days=length)
            case Unit.WORKING_DAYS:
                return _add_working_days(day, length)
            case Unit.MONTHS:
                return _add_months(day, length)
            case Unit.YEARS:
                return _add_months(day, 12 * length)
    except (OverflowError, ValueError):
        return date.max


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _add_working_days(day: date, length: int) -> date:
    while length > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            length -= 1
    return day
