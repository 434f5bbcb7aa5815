"""How a call to the lender's hotline is said."""

from __future__ import annotations

from evidencedesk.domain.case import FollowUp
from evidencedesk.domain.moment import parse_utc
from evidencedesk.ui.encounter.people.paper_times import local_clock, short_clock
from evidencedesk.wording.hotline_answers import answer_text
from evidencedesk.wording.language import Words


def call_text(words: Words, call: FollowUp) -> str:
    """When, which number, who answered, what they said."""
    details = call.details
    local = local_clock(parse_utc(details.done_utc), details.done_offset_minutes)
    when = local if call.at_ms is None else short_clock(call.at_ms)
    parts = (when, details.number, details.agent, answer_text(words, details.answer))
    return " · ".join(part for part in parts if part)
