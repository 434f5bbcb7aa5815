"""What the rules say of a case, sorted for reading: breaches by pack, advice to the user, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from evidencedesk.domain.case import CaseFile, Verdict
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import RulePack, Who
from evidencedesk.guidance.contact_picture import ATTEMPTS_PER_DAY, CONNECTED_PER_DAY
from evidencedesk.guidance.differences import compared
from evidencedesk.ui.cases.case_words import SEPARATOR
from evidencedesk.wording.judgements import JudgementText, judgement_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words

# What is said of every single contact when all is well: the contacts page draws it.
_EVERY_CONTACT = frozenset(
    {"contact-hours", CONNECTED_PER_DAY, ATTEMPTS_PER_DAY, "calls-in-days", "calls-after-conversation"}
)
# The parameters that are limits, by which packs differ.
_LIMITS = ("limit", "least", "days")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One finding. ``beside`` tells which packs' limits were passed and which not, where they differ."""

    headline: str
    facts: str
    result: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class PackLines:
    """What one pack finds; ``pack`` is its title and version."""

    pack: str
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything found. ``advice`` is about the user's own duties, ``open`` what data do not decide."""

    breaches: tuple[PackLines, ...] = ()
    advice: tuple[PackLines, ...] = ()
    open: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def results_of(
    words: Words, case_file: CaseFile, judgements: Sequence[Judgement], packs: Sequence[RulePack]
) -> Results:
    """Sort and say judgements; one of a pack that is not at hand is left out."""
    known = {(pack.id, pack.version): pack for pack in packs}
    asked = [(one, known[one.pack, one.pack_version]) for one in judgements if _key(one) in known]
    said = _Teller(words, case_file, judgements, known)
    breached = [(one, pack) for one, pack in asked if one.verdict is Verdict.BREACHED]
    undecided = (said.quiet(one, pack) for one, pack in asked if one.verdict is Verdict.NOT_SEEN)
    kept = (
        said.quiet(one, pack)
        for one, pack in asked
        if one.verdict is Verdict.KEPT and one.rule not in _EVERY_CONTACT
    )
    return Results(
        breaches=said.by_pack((one, pack) for one, pack in breached if not _is_own(one, pack)),
        advice=said.by_pack((one, pack) for one, pack in breached if _is_own(one, pack)),
        open=tuple(dict.fromkeys(undecided)),
        kept=tuple(dict.fromkeys(kept)),
    )


class _Teller:
    """Says judgements of one case."""

    def __init__(
        self,
        words: Words,
        case_file: CaseFile,
        judgements: Sequence[Judgement],
        known: dict[tuple[str, str], RulePack],
    ) -> None:
        self._words = words
        self._known = known
        # Compared are those of one rule about one thing only: a case can have thousands.
        self._alike: dict[tuple[str, str], list[Judgement]] = {}
        for one in judgements:
            self._alike.setdefault((one.rule, one.subject), []).append(one)
        self._names = dict(_names(words, case_file))

    def by_pack(self, found: Iterable[tuple[Judgement, RulePack]]) -> tuple[PackLines, ...]:
        """The first finding of each rule comes before its repetitions."""
        lines: dict[str, list[tuple[int, ResultLine]]] = {}
        times: Counter[tuple[str, str]] = Counter()
        for one, pack in found:
            said = judgement_text(self._words, one, pack)
            facts = self._with_name(one, said)
            line = ResultLine(said.headline, facts, said.result, self._beside(one))
            lines.setdefault(said.pack, []).append((times[one.pack, one.rule], line))
            times[one.pack, one.rule] += 1
        return tuple(
            PackLines(pack, tuple(dict.fromkeys(line for _, line in sorted(some, key=itemgetter(0)))))
            for pack, some in lines.items()
        )

    def quiet(self, one: Judgement, pack: RulePack) -> str:
        said = judgement_text(self._words, one, pack)
        return SEPARATOR.join(part for part in (self._name(one), said.headline) if part)

    def _with_name(self, one: Judgement, said: JudgementText) -> str:
        return SEPARATOR.join(part for part in (self._name(one), said.facts) if part)

    def _name(self, one: Judgement) -> str:
        """Of an encounter only where the finding does not say its day itself."""
        said_already = one.subject == one.encounter and "local_day" in dict(one.facts)
        return "" if said_already else self._names.get(one.subject, "")

    def _beside(self, one: Judgement) -> str:
        t = self._words.text
        found = compared(one, self._alike[one.rule, one.subject])
        if {other.pack for other in (*found.passed, *found.kept)} == {one.pack}:
            return ""
        passed = t(", ").join(dict.fromkeys(self._limits(one, found.passed)))
        kept = t(", ").join(dict.fromkeys(self._limits(one, found.kept)))
        told = [t("Passed: {limits}", limits=passed)] if passed else []
        if kept:
            told.append(t("within: {limits}", limits=kept))
        return t("; ").join(told)

    def _limits(self, about: Judgement, judgements: Iterable[Judgement]) -> Iterator[str]:
        for one in judgements:
            pack = self._known.get(_key(one))
            title = one.pack if pack is None else pack.title.in_language(self._words.language)
            facts = dict(one.facts)
            if facts.get("agreed") == "yes":
                yield self._words.text("agreed time ({pack})", pack=title)
                continue
            names = (dict(about.facts).get("passed", ""), *_LIMITS)
            limit = next((facts[name] for name in names if name in facts), "")
            yield self._words.text("{limit} ({pack})", limit=limit, pack=title) if limit else title


def _key(judgement: Judgement) -> tuple[str, str]:
    return judgement.pack, judgement.pack_version


def _is_own(judgement: Judgement, pack: RulePack) -> bool:
    return any(item.id == judgement.item and item.who is Who.USER for item in pack.items)


def _names(words: Words, case_file: CaseFile) -> Iterator[tuple[str, str]]:
    """Whom or what a finding is about, where its own words do not say."""
    for person in case_file.collectors:
        yield person.id, person.card.name or words.text("Name unknown")
    for encounter in case_file.encounters:
        yield encounter.id, f"{label(words, encounter.mode)} {encounter.opened.local:%Y-%m-%d %H:%M}"
