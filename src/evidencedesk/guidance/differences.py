"""Where the packs in use do not say the same, and which limits a judgement passed and which it did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import RulePack, Source
from evidencedesk.guidance.judge import automatic_rules

# A parameter that a pack can leave out, and what that says.
_UNSAID = {"unless_agreed": "no"}


@dataclass(frozen=True, slots=True)
class Position:
    """What one pack says about it, and where it has it from."""

    pack: str
    pack_version: str
    item: str
    value: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One parameter (``closed_from``) of one rule on which packs differ, in the order of the packs."""

    rule: str
    parameter: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Judgements of all packs about one thing, by one rule: those whose limit was passed, and the others."""

    passed: tuple[Judgement, ...]
    kept: tuple[Judgement, ...]


def differences(packs: Iterable[RulePack]) -> tuple[Difference, ...]:
    """Return every parameter of a rule that two packs put differently."""
    said: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for pack in packs:
        for item in pack.items:
            for asked in automatic_rules(item.check):
                parameters = dict(asked.parameters)
                if "closed_from" in parameters:
                    parameters = _UNSAID | parameters
                for name, value in parameters.items():
                    position = Position(pack.id, pack.version, item.id, value, item.sources)
                    said[asked.rule, name].append(position)
    return tuple(
        Difference(rule, name, tuple(positions))
        for (rule, name), positions in said.items()
        if _differ(positions)
    )


def compared(one: Judgement, judgements: Iterable[Judgement]) -> Compared:
    """Put beside a judgement what all packs say about the same thing, itself included.

    Of hours, only items about the same limit are compared: not after 21:00 and not after 22:00.
    """
    passed = dict(one.facts).get("passed")
    names = {passed} if passed else _all_limits(one)
    same = [
        other
        for other in judgements
        if (other.rule, other.subject) == (one.rule, one.subject) and names & _all_limits(other)
    ]
    return Compared(
        passed=tuple(other for other in same if other.verdict is Verdict.BREACHED),
        kept=tuple(other for other in same if other.verdict is Verdict.KEPT),
    )


def _differ(positions: list[Position]) -> bool:
    return len({position.pack for position in positions}) > 1 and len({p.value for p in positions}) > 1


def _all_limits(judgement: Judgement) -> set[str]:
    """The limits an item about hours has; of other rules the rule as a whole."""
    facts = dict(judgement.facts)
    return {name for name in ("closed_from", "closed_until") if name in facts} or {judgement.rule}
