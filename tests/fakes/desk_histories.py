"""Random facts of the case desk, for random histories."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from evidencedesk.domain.case import AttachmentKind, Document, Progress
from evidencedesk.domain.event import EventType

Facts = st.SearchStrategy[dict[str, Any]]
Of = Callable[[str], st.SearchStrategy[str]]

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_COUNT = st.integers(0, 2**40)
_SHA256 = st.text("0123456789abcdef", min_size=64, max_size=64)


def _word(kind: type[StrEnum]) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in kind])


def _texts(names: str) -> dict[str, st.SearchStrategy[Any]]:
    return dict.fromkeys(names.split(), _TEXT)


_INSTALMENT: Facts = st.fixed_dictionaries(_texts("due amount principal interest fees"))
_TERMS: Facts = st.fixed_dictionaries(
    {
        **_texts("principal received received_on currency yearly_rate overdue_rate remarks"),
        "fees": st.lists(st.fixed_dictionaries(_texts("name amount day")), max_size=2),
        "instalments": st.lists(_INSTALMENT, max_size=2),
    }
)
_CLAIM: Facts = st.fixed_dictionaries(
    {
        **_texts("amount claimed_utc by principal interest fees penalty text"),
        "claimed_offset_minutes": st.integers(-720, 840),
    }
)
FOLLOW_UP_LATER: dict[str, st.SearchStrategy[Any]] = {
    "progress": _word(Progress),
    **_texts("due remind outcome"),
    "plan": st.lists(_INSTALMENT, max_size=2),
}


def shown_by_file(of: Of) -> dict[str, st.SearchStrategy[Any]]:
    """What a file shows, in full."""
    return {
        "collector": st.none() | of("collector"),
        "document": st.none() | _word(Document),
        "contact": st.none() | of("contact"),
        "follow_up": st.none() | of("follow_up"),
        "kind": st.none() | _word(AttachmentKind),
        "text": _TEXT,
        "debt": st.booleans(),
    }


def desk_facts(of: Of) -> dict[EventType, tuple[str | None, Facts]]:
    """Data for each kind of event, and what must be known before."""
    encounter = st.none() | of("encounter")
    sentence = st.fixed_dictionaries({"at_ms": _COUNT, "length_ms": _COUNT, "text": _TEXT})
    item = st.fixed_dictionaries(_texts("id group proves"))
    links = {"collector": st.none() | of("collector"), "contact": st.none() | of("contact")}
    return {
        EventType.CASE_ARCHIVED: (None, st.fixed_dictionaries({"archived": st.booleans()})),
        EventType.CASE_IMPORTED: (None, st.fixed_dictionaries({"folder": _TEXT})),
        EventType.ATTACHMENT_DESCRIBED: (
            "attachment",
            st.fixed_dictionaries(
                {"attachment": of("attachment"), "encounter": encounter, **shown_by_file(of)}
            ),
        ),
        EventType.DEBT_DESCRIBED: (None, st.fixed_dictionaries({"terms": _TERMS})),
        EventType.CLAIM_LOGGED: (
            None,
            st.fixed_dictionaries(
                {
                    "encounter": encounter,
                    **links,
                    "attachment": st.none() | of("attachment"),
                    "details": _CLAIM,
                }
            ),
        ),
        EventType.CLAIM_CHANGED: (
            "claim",
            st.fixed_dictionaries({"claim": of("claim"), "details": _CLAIM}),
        ),
        EventType.CLAIM_WITHDRAWN: ("claim", st.fixed_dictionaries({"claim": of("claim")})),
        EventType.EVIDENCE_ARRANGED: (
            None,
            st.fixed_dictionaries({"items": st.lists(item, max_size=3)}),
        ),
        EventType.TRANSCRIPT_DRAFTED: (
            None,
            st.fixed_dictionaries(
                {"recording": of("recording"), **_texts("model program language"), "model_sha256": _SHA256}
            ),
        ),
        EventType.TRANSCRIPT_HEARD: (
            "transcript",
            st.fixed_dictionaries(
                {"transcript": of("transcript"), "sentences": st.lists(sentence, min_size=1, max_size=3)}
            ),
        ),
        # Each draft of a history has heard a sentence before one is corrected.
        EventType.TRANSCRIPT_CORRECTED: (
            "heard",
            st.fixed_dictionaries({"transcript": of("heard"), "sentence": st.just(0), "text": _TEXT}),
        ),
    }
