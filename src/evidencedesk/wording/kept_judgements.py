"""What a kept mark rests on, in words."""

from __future__ import annotations

from evidencedesk.domain.case import Tick
from evidencedesk.domain.judgement import judgement_of
from evidencedesk.domain.pack_lookup import FoundItem
from evidencedesk.wording.judgements import judgement_text
from evidencedesk.wording.language import Words


def grounds(words: Words, tick: Tick, found: FoundItem | None) -> tuple[str, ...]:
    """Finding, facts, and the pack with its version; nothing for a mark that keeps no facts.

    Of a pack that is nowhere, facts are shown as the journal has them.
    """
    judgement = judgement_of(tick)
    if judgement is None or not tick.facts:
        return ()
    if found is None:
        return ("; ".join(f"{name}: {value}" for name, value in tick.facts),)
    said = judgement_text(words, judgement, found.pack)
    return tuple(part for part in (said.headline, said.facts, said.pack) if part)
