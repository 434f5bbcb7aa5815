"""Random facts of contacts, steps and what was added to older events, for random histories."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from evidencedesk.domain.case import ContactKind, ContactSource, Document, Listed, Reached, Step
from evidencedesk.domain.event import EventType
from fakes.desk_histories import FOLLOW_UP_LATER, shown_by_file

Facts = st.SearchStrategy[dict[str, Any]]

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_COUNT = st.integers(0, 2**40)
_OFFSET = st.integers(-720, 840)


def _word(kind: type[StrEnum]) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in kind])


# Left out by older versions, and while they say nothing.
CARD_LATER: dict[str, st.SearchStrategy[Any]] = {
    "credit_code": _TEXT,
    "names_on": st.dictionaries(_word(Document), _TEXT),
    "letter_until": st.sampled_from(["2026-11-25", "2027-01-01"]),
    "listed": _word(Listed),
}
TICK_LATER: dict[str, st.SearchStrategy[Any]] = {
    "rule": _TEXT,
    "facts": st.dictionaries(_TEXT, _TEXT, max_size=3),
    "subject": st.sampled_from(["", "2026-11-25", "k-00000001"]),
}

_CONTACT: Facts = st.fixed_dictionaries(
    {
        "kind": _word(ContactKind),
        "begun_utc": _TEXT,
        "begun_offset_minutes": _OFFSET,
        "reached": _word(Reached),
        "length_s": st.none() | _COUNT,
        "party": _TEXT,
        "name": _TEXT,
        "text": _TEXT,
        "outgoing": st.booleans(),
        "announces": st.booleans(),
        "agreed": st.booleans(),
    }
)
_FOLLOW_UP: Facts = st.fixed_dictionaries(
    {
        "step": _word(Step),
        "done_utc": _TEXT,
        "done_offset_minutes": _OFFSET,
        **dict.fromkeys(("item", "number", "whom", "agent", "receipt", "answer", "amount"), _TEXT),
    },
    optional=FOLLOW_UP_LATER,
)


def attachment_later(of: Callable[[str], st.SearchStrategy[str]]) -> dict[str, st.SearchStrategy[Any]]:
    """What a file may show."""
    return {**shown_by_file(of), "template": _TEXT}


def law_facts(
    of: Callable[[str], st.SearchStrategy[str]], place: dict[str, st.SearchStrategy[Any]]
) -> dict[EventType, tuple[str | None, Facts]]:
    """Data for each kind of event, and what must be known before."""
    encounter = place["encounter"]
    return {
        EventType.ENCOUNTER_DESCRIBED: (
            "encounter",
            st.fixed_dictionaries(
                {
                    "encounter": of("encounter"),
                    "present": st.none() | st.integers(0, 9),
                    "agreed": st.none() | st.booleans(),
                }
            ),
        ),
        EventType.CONTACT_LOGGED: (
            None,
            st.fixed_dictionaries(
                {"encounter": encounter, "source": _word(ContactSource), "details": _CONTACT}
            ),
        ),
        EventType.CONTACT_CHANGED: (
            "contact",
            st.fixed_dictionaries(
                {"contact": of("contact"), "details": _CONTACT}, optional={"encounter": encounter}
            ),
        ),
        EventType.CONTACT_WITHDRAWN: ("contact", st.fixed_dictionaries({"contact": of("contact")})),
        EventType.FOLLOW_UP_LOGGED: (
            None,
            st.fixed_dictionaries({**place, "collector": st.none() | of("collector"), "details": _FOLLOW_UP}),
        ),
        EventType.FOLLOW_UP_CHANGED: (
            "follow_up",
            st.fixed_dictionaries({"follow_up": of("follow_up"), "details": _FOLLOW_UP}),
        ),
        EventType.FOLLOW_UP_WITHDRAWN: ("follow_up", st.fixed_dictionaries({"follow_up": of("follow_up")})),
    }
