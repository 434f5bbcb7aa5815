"""What the rules say of a case, as the contacts page needs it: only what was passed, by what it is about.

Ten thousand contacts have seventy thousand results, nearly all of them good: they are sorted on the jobs
thread, and only the rest reaches the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidencedesk.domain.case import Contact, Verdict
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import RulePack, Who

_Grouped = Mapping[str, tuple[Judgement, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """By subject. ``advice`` is about what the user did or left undone: no breach of anybody's."""

    breaches: _Grouped = field(default_factory=dict)
    advice: _Grouped = field(default_factory=dict)

    def breached(self, contact: Contact, *, tells: bool) -> tuple[Judgement, ...]:
        """What is said against a contact, and against the recorded encounter that it ``tells`` of."""
        return _about(self.breaches, contact, tells=tells)

    def advised(self, contact: Contact, *, tells: bool) -> tuple[Judgement, ...]:
        """The same for what is advice to the user."""
        return _about(self.advice, contact, tells=tells)


NOTHING = Findings()


def findings(
    judgements: Iterable[Judgement], packs: Sequence[RulePack], before: Findings = NOTHING
) -> Findings:
    """Sort the results; where all is as ``before``, that very object, so that nothing is drawn again."""
    own = {(pack.id, item.id) for pack in packs for item in pack.items if item.who is Who.USER}
    breaches: dict[str, list[Judgement]] = {}
    advice: dict[str, list[Judgement]] = {}
    for one in judgements:
        if one.verdict is Verdict.BREACHED:
            group = advice if (one.pack, one.item) in own else breaches
            group.setdefault(one.subject, []).append(one)
    made = Findings(_closed(breaches), _closed(advice))
    same = (made.breaches, made.advice) == (before.breaches, before.advice)
    return before if same else made


def _closed(groups: Mapping[str, list[Judgement]]) -> _Grouped:
    return {subject: tuple(group) for subject, group in groups.items()}


def _about(groups: _Grouped, contact: Contact, *, tells: bool) -> tuple[Judgement, ...]:
    if contact.withdrawn:
        return ()
    found = groups.get(contact.id, ())
    return (*found, *groups.get(contact.encounter, ())) if tells and contact.encounter else found
