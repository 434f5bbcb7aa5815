"""What the other side did not keep to, as a letter tells it: when, what, which words, by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from evidencedesk.custody.field_checks import is_day
from evidencedesk.domain.case import CaseFile, Note, Tick, Verdict
from evidencedesk.domain.judgement import judgement_of
from evidencedesk.domain.letter import LetterKind
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.pack_lookup import FoundItem, PackLookup
from evidencedesk.domain.rules import RulePack, Status
from evidencedesk.domain.standing import standing_ticks
from evidencedesk.guidance.approaches import local
from evidencedesk.wording.judgements import judgement_text, sources_text
from evidencedesk.wording.language import Words

_WEIGHTS = (Status.LAW, Status.STANDARD, Status.GUIDELINE, Status.ADVICE, Status.REPEALED)
# Notes this near to a mark are what was written down about it.
_NEAR_MS = 15_000
_MOST_QUOTES = 4

_POLICE_GROUPS = frozenset({"police", "criminal"})
_POLICE_MARKERS = frozenset({"threat", "insult", "blocking-door", "entered-without-consent"})
_POLICE_ITEMS = frozenset({"no-threats-or-violence", "consent-before-entering"})
_PRIVACY_MARKERS = frozenset({"told-neighbours"})
_PRIVACY_ITEMS = frozenset(
    {
        *("debtor-only", "contacts-only-if-unreachable", "stops-when-contact-refuses", "debt-not-disclosed"),
        *("no-unrelated-persons", "others-only-when-lost", "no-public-posting", "no-public-disclosure"),
    }
)
_COMPANY_RULES = frozenset({"names-match"})
_COMPANY_ITEMS = frozenset({"licence-valid"})
# A letter about a debt or about messages has no room for how somebody behaved.
WITHOUT_BREACHES = frozenset({LetterKind.REQUEST_PAPERS, LetterKind.PLAN, LetterKind.SPAM})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words written down at the time, and where in the sound."""

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that happened. ``evidence`` are the ids of what shows it; ``position`` where in the sound.

    ``items`` are (status, group, id) of what was not kept to, ``rules`` those of them a letter can name.
    """

    id: str
    begun: datetime
    when: str
    what: str
    quotes: tuple[Quote, ...] = ()
    rules: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    position: str = ""
    rule: str = ""
    marker: str = ""
    items: tuple[tuple[Status, str, str], ...] = field(default=())

    def suits(self, kind: LetterKind) -> bool:
        """Whether this addressee is the right one for it, as a proposal."""
        ids = {one for _, _, one in self.items}
        if kind is LetterKind.POLICE:
            groups = {group for status, group, _ in self.items if status is Status.LAW}
            return bool(groups & _POLICE_GROUPS or ids & _POLICE_ITEMS or self.marker in _POLICE_MARKERS) or (
                self.rule == "entered-home"
            )
        if kind is LetterKind.MARKET:
            return self.rule in _COMPANY_RULES or bool(ids & _COMPANY_ITEMS)
        if kind in (LetterKind.THIRD_PARTIES, LetterKind.PERSONAL_DATA):
            return (
                self.rule == "third-party-contact"
                or bool(ids & _PRIVACY_ITEMS)
                or (self.marker in _PRIVACY_MARKERS)
            )
        return kind is LetterKind.REGULATOR and (bool(self.rules) or bool(self.marker))


def breaches(case_file: CaseFile, packs: Sequence[RulePack], words: Words) -> tuple[Breach, ...]:
    """Everything that stands as not kept to, in the order in which it happened.

    One fact judged by several packs is told once, with all their rules.
    """
    lookup = PackLookup(packs)
    together: dict[tuple[str, ...], list[Tick]] = {}
    for tick in standing_ticks(case_file.ticks):
        if tick.verdict is Verdict.BREACHED:
            together.setdefault(_same_fact(tick), []).append(tick)
    found = [_told(case_file, ticks, lookup, words) for ticks in together.values()]
    return tuple(sorted(found, key=lambda one: (one.begun, one.id)))


def when_text(words: Words, moment: datetime) -> str:
    """A local time as a letter writes it, to the second."""
    if words.language == "zh":
        return f"{moment:%Y}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%Y, %H:%M:%S}"


def day_text(words: Words, moment: datetime) -> str:
    """The day alone."""
    return when_text(words, moment).rsplit(" ", 1)[0].rstrip(",")


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _same_fact(tick: Tick) -> tuple[str, ...]:
    if tick.rule:
        return (tick.encounter or "", tick.rule, tick.subject)
    return (tick.id,)


def _told(case_file: CaseFile, ticks: Sequence[Tick], lookup: PackLookup, words: Words) -> Breach:
    found = sorted(((tick, lookup.find(tick)) for tick in ticks), key=_weight)
    first = found[0][0]
    notes = _notes_near(case_file, first)
    marker = _marker_near(notes, first, lookup)
    begun, said, evidence = _subject(case_file, first)
    at = clock_text(first.at_ms) if first.at_ms is not None else ""
    own = [note for note in notes if marker and note.marker == marker and note.text.strip()]
    written = own or [note for note in notes if note.text.strip()]
    quotes = [Quote(note.text, clock_text(note.at_ms or 0)) for note in written]
    quotes += [Quote(text) for text in said]
    rules = [rule for _, one in found if (rule := _rule_text(words, one))]
    return Breach(
        id=min(tick.id for tick in ticks),
        begun=begun,
        when=day_text(words, begun) if _is_day(first) else when_text(words, begun),
        what=_what(words, first, found[0][1], marker, lookup),
        quotes=tuple(quotes[:_MOST_QUOTES]),
        rules=tuple(dict.fromkeys(rules)),
        evidence=evidence,
        position=at,
        rule=first.rule,
        marker=marker,
        items=tuple((one.pack.status, one.item.group, one.item.id) for _, one in found if one and one.item),
    )


def _weight(judged: tuple[Tick, FoundItem | None]) -> tuple[int, str]:
    """What binds most comes first, and gives the finding its words."""
    tick, found = judged
    return (_WEIGHTS.index(found.pack.status) if found else len(_WEIGHTS), tick.pack)


def _what(words: Words, tick: Tick, found: FoundItem | None, marker: str, lookup: PackLookup) -> str:
    t = words.text
    judgement = judgement_of(tick)
    if judgement is not None and found is not None:
        said = judgement_text(words, judgement, found.pack)
        # The time stands beside it already; only a count of a day has more to say.
        if _is_day(tick) and said.facts:
            return t("{finding} ({facts})", finding=said.headline, facts=said.facts)
        return said.headline
    pressed = lookup.marker(marker)
    if pressed is not None:
        return t("marked at the time: {marker}", marker=pressed.text.in_language(words.language))
    item = found.item.text.in_language(words.language) if found and found.item else tick.item
    return t("marked at the time as not kept: {item}", item=item)


def _rule_text(words: Words, found: FoundItem | None) -> str:
    """Where the rule stands and what weight it has; an article's advice is no rule to name to anybody."""
    if found is None or found.item is None:
        return ""
    t = words.text
    source = sources_text(words, found.item.sources)
    rule = found.item.text.in_language(words.language)
    match found.pack.status:
        case Status.LAW:
            return t("{source} (whether it applies is for the authority to decide)", source=source)
        case Status.STANDARD:
            return t(
                "{source}: “{rule}” (recommended national standard, not binding)", source=source, rule=rule
            )
        case Status.GUIDELINE:
            return t("{source}: “{rule}” (the industry's own guideline)", source=source, rule=rule)
        case _:
            return ""


def _notes_near(case_file: CaseFile, tick: Tick) -> list[Note]:
    if tick.at_ms is None or tick.recording is None:
        return []
    at = tick.at_ms
    return [
        note
        for note in case_file.notes
        if note.recording == tick.recording and note.at_ms is not None and abs(note.at_ms - at) <= _NEAR_MS
    ]


def _marker_near(notes: Iterable[Note], tick: Tick, lookup: PackLookup) -> str:
    """The quick marker that set this mark: pressing it writes both."""
    if tick.automatic:
        return ""
    for note in notes:
        marker = lookup.marker(note.marker)
        if (
            marker is not None
            and marker.item == tick.item
            and abs((note.at_ms or 0) - (tick.at_ms or 0)) <= 2000
        ):
            return marker.id
    return ""


def _subject(case_file: CaseFile, tick: Tick) -> tuple[datetime, tuple[str, ...], tuple[str, ...]]:
    """When it happened, words of a message, and the ids of what shows it."""
    if tick.recording is not None and tick.at_ms is not None:
        return tick.moment.local, (), (tick.recording,)
    for contact in case_file.contacts:
        if contact.id == tick.subject:
            details = contact.details
            files = tuple(one.id for one in case_file.attachments if one.contact == contact.id)
            text = (details.text,) if details.text else ()
            return local(details.begun_utc, details.begun_offset_minutes), text, files
    for person in case_file.collectors:
        if person.id == tick.subject:
            files = tuple(one.id for one in case_file.attachments if one.collector == person.id)
            return person.moment.local, (), files
    for encounter in case_file.encounters:
        if encounter.id == tick.encounter:
            sounds = tuple(one.id for one in case_file.recordings if one.encounter == encounter.id)
            return encounter.opened.local, (), sounds
    if _is_day(tick):
        return datetime.fromisoformat(tick.subject).replace(tzinfo=tick.moment.local.tzinfo), (), ()
    return tick.moment.local, (), ()


def _is_day(tick: Tick) -> bool:
    """Whether it is about a whole day, such as a count of calls."""
    return is_day(tick.subject)


def evidence_text(words: Words, breach: Breach, numbers: Mapping[str, str]) -> str:
    """Numbers of the evidence list, with the second in the sound."""
    known = [numbers[one] for one in breach.evidence if one in numbers]
    said = words.text(", ").join(known)
    if known and breach.position:
        return words.text("{numbers}, at {position} in the sound", numbers=said, position=breach.position)
    return said
