"""Which recorded encounter a contact is about: a call that was recorded is also in the phone's list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evidencedesk.domain.case import (
    CaseFile,
    ContactDetails,
    ContactKind,
    Encounter,
    Mode,
    RecordingState,
)
from evidencedesk.domain.moment import parse_utc

KIND_OF = {Mode.VISIT: ContactKind.VISIT, Mode.CALL: ContactKind.CALL}
# The clock of a phone and that of this computer differ, and a call rings before somebody records it.
NEAR = timedelta(minutes=2)
# An encounter whose end nobody wrote down, or a length that is nonsense, must not swallow a week.
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when an encounter was recorded."""

    encounter: str
    kind: ContactKind
    begun: datetime
    ended: datetime


@dataclass(frozen=True, slots=True, order=True)
class _Fit:
    """How well a contact fits an encounter: the smaller the better."""

    apart: timedelta
    not_shared: timedelta
    begun_apart: timedelta


def spans(case_file: CaseFile) -> tuple[Span, ...]:
    """All encounters, by when they began."""
    found = [_span(encounter, case_file) for encounter in case_file.encounters]
    return tuple(sorted(found, key=lambda span: (span.begun, span.encounter)))


def nearby(details: ContactDetails, known: Sequence[Span], reach: timedelta = NEAR) -> tuple[str, ...]:
    """The encounters of its own kind that a contact touches within ``reach``; the best first."""
    return tuple(span.encounter for _, span in sorted(_fits(details, known, reach), key=_by_fit))


def belonging(contacts: Sequence[ContactDetails], known: Sequence[Span]) -> dict[int, str]:
    """For the contacts of a list, by their place in it: the encounter that each is about.

    An encounter is one contact: of two calls near it only the one that fits best is that call, or the
    other would be counted nowhere.
    """
    pairs = [(fit, place, span) for place, one in enumerate(contacts) for fit, span in _fits(one, known)]
    found: dict[int, str] = {}
    taken: set[str] = set()
    for _, place, span in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[2].encounter)):
        if place not in found and span.encounter not in taken:
            found[place] = span.encounter
            taken.add(span.encounter)
    return found


def _fits(
    details: ContactDetails, known: Sequence[Span], reach: timedelta = NEAR
) -> Iterator[tuple[_Fit, Span]]:
    begun = parse_utc(details.begun_utc)
    ended = begun + min(timedelta(seconds=max(0, details.length_s or 0)), _LONGEST)
    last = bisect_right(known, ended + reach, key=lambda span: span.begun)
    for span in reversed(known[:last]):
        if span.begun < begun - _LONGEST - reach:
            return  # nor do those that began before it
        apart = max(span.begun - ended, begun - span.ended, timedelta())
        if span.kind is details.kind and apart <= reach:
            shared = max(min(ended, span.ended) - max(begun, span.begun), timedelta())
            yield _Fit(apart, _LONGEST - shared, abs(begun - span.begun)), span


def _by_fit(pair: tuple[_Fit, Span]) -> tuple[_Fit, str]:
    return pair[0], pair[1].encounter


def _span(encounter: Encounter, case_file: CaseFile) -> Span:
    begun = parse_utc(encounter.opened.utc)
    ended = max(begun, min(_end(encounter, case_file), begun + _LONGEST))
    return Span(encounter.id, KIND_OF[encounter.mode], begun, ended)


def _end(encounter: Encounter, case_file: CaseFile) -> datetime:
    """When it was over; one that is still recorded has no end yet."""
    begun = parse_utc(encounter.opened.utc)
    if encounter.closed is not None:
        return parse_utc(encounter.closed.utc)
    recordings = [one for one in case_file.recordings if one.encounter == encounter.id]
    if any(one.state is RecordingState.RUNNING for one in recordings):
        return begun + _LONGEST
    return max([begun, *(parse_utc(one.stopped.utc) for one in recordings if one.stopped is not None)])
