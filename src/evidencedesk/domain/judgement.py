"""What recorded data say about a rule."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import Tick, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """An automatic result: which rule of which pack, about what, resting on which facts.

    ``subject`` is the id of the contact, encounter, collector or follow-up, or a local day
    (``2026-11-25``). ``encounter`` is the one it happened in, if it did. ``facts`` are sorted by name:
    what was found (``local_time``, ``count``) and the pack's parameters (``closed_from``). Verdict NOT_SEEN
    means that the data do not decide.
    """

    pack: str
    pack_version: str
    item: str
    rule: str
    verdict: Verdict
    subject: str
    facts: tuple[tuple[str, str], ...] = ()
    encounter: str | None = None


def judgement_of(tick: Tick) -> Judgement | None:
    """What an automatic tick kept of its judgement; None for a tick that names no rule."""
    if not tick.rule:
        return None
    return Judgement(
        pack=tick.pack,
        pack_version=tick.pack_version,
        item=tick.item,
        rule=tick.rule,
        verdict=tick.verdict,
        subject=tick.subject or tick.encounter or "",
        facts=tick.facts,
        encounter=tick.encounter,
    )
