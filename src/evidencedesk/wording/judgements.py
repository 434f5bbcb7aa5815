"""An automatic result and a due date, as people say them."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from evidencedesk.domain.case import Document, Verdict
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.rules import RulePack, Source, Status, Unit
from evidencedesk.wording import judgement_tables as tables
from evidencedesk.wording.labels import field_label, label
from evidencedesk.wording.language import Words
from evidencedesk.wording.reported import must_say_reported


class JudgementText(NamedTuple):
    """What was found, what it rests on, what that means, and where the rule stands."""

    headline: str
    facts: str
    result: str
    pack: str


class DeadlineText(NamedTuple):
    """What is due, when, from when and how it was counted, and where that stands; ``note`` may be empty."""

    headline: str
    due: str
    began: str
    note: str
    source: str


def judgement_text(words: Words, judgement: Judgement, pack: RulePack) -> JudgementText:
    """Say a judgement. ``pack`` is the one it names; a rule of another version is said by its item."""
    return JudgementText(
        headline=_headline(words, judgement, pack),
        facts=_facts(words, judgement),
        result=result_text(words, judgement.verdict, pack.status),
        pack=pack_text(words, pack, judgement.pack_version),
    )


def result_text(words: Words, verdict: Verdict, status: Status) -> str:
    """What a verdict means by a text of this kind; never "illegal"."""
    if verdict is Verdict.BREACHED:
        return words.text(tables.OUTSIDE[status])
    return label(words, verdict)


def pack_text(words: Words, pack: RulePack, version: str) -> str:
    """Title and version of a pack."""
    title = pack.title.in_language(words.language)
    return words.text("{title}, version {version}", title=title, version=version)


def deadline_text(words: Words, due: DueDate, today: date) -> DeadlineText:
    """Say a due date, with the days that are left."""
    deadline = due.deadline
    left = due.days_left(today)
    if left > 0:
        said = words.plural("{day}, {n} day left", "{day}, {n} days left", left, day=due.due.isoformat())
    elif left == 0:
        said = words.text("{day}, today", day=due.due.isoformat())
    else:
        said = words.plural("{day}, {n} day ago", "{day}, {n} days ago", -left, day=due.due.isoformat())
    notes = []
    if due.counted is not None:
        by_rule = due.counted.isoformat()
        notes.append(words.text("This is the day on the paper; by the rule it would be {day}", day=by_rule))
    if deadline.unit is Unit.WORKING_DAYS:
        notes.append(
            words.text("Working days are counted as Monday to Friday; public holidays are not known here")
        )
    return DeadlineText(
        headline=deadline.text.in_language(words.language),
        due=said,
        began=_counted(words, due),
        note=words.text("; ").join(notes),
        source=sources_text(words, deadline.sources),
    )


def _counted(words: Words, due: DueDate) -> str:
    began = words.text(tables.BEGAN[due.deadline.begins], day=due.began.isoformat())
    length = words.plural(*tables.LENGTHS[due.deadline.unit], due.deadline.length)
    return words.text("{began}: {length}, that day not counted", began=began, length=length)


def sources_text(words: Words, sources: Iterable[Source]) -> str:
    """Documents and places; what was only reported says so."""
    return words.text("; ").join(_source(words, source) for source in sources)


def _source(words: Words, source: Source) -> str:
    document = source.document.in_language(words.language)
    place = source.place.in_language(words.language)
    if must_say_reported(source):
        return words.text("{document}, {place} (as reported)", document=document, place=place)
    return words.text("{document}, {place}", document=document, place=place)


def _headline(words: Words, judgement: Judgement, pack: RulePack) -> str:
    """What was found; a rule without a sentence, or facts too few for one, are said by their item."""
    facts = dict(judgement.facts)
    msgid = tables.HEADLINES.get(judgement.rule, {}).get(judgement.verdict, "")
    if judgement.rule == "contact-hours" and facts.get("passed") == "closed_until":
        msgid = tables.TOO_EARLY
    if judgement.rule == "contact-hours" and facts.get("agreed") == "yes":
        msgid = tables.AGREED
    if not msgid or not _tells(facts, msgid):
        known = {item.id: item.text.in_language(words.language) for item in pack.items}
        return known.get(judgement.item, judgement.item)
    return _filled(words, msgid, facts)


def _facts(words: Words, judgement: Judgement) -> str:
    facts = dict(judgement.facts)
    if judgement.rule == "names-match":
        return words.text("; ").join(_names(words, facts))
    msgid = tables.FACTS.get(judgement.rule)
    if msgid is None:
        return words.text("; ").join(f"{name}={value}" for name, value in judgement.facts)
    if judgement.rule == "call-attempts-per-day" and facts.get("number") == "unknown":
        msgid = tables.WITHHELD
    if not _tells(facts, msgid):
        msgid = tables.FEWER_FACTS.get(judgement.rule, "")
    if facts.get("passed_at") == facts.get("local_time") or "ended_time" in facts:
        # Beginning or end tell as much.
        facts.pop("passed_at", None)
    more = tables.MORE_FACTS.get(judgement.rule, {})
    said = [msgid, *(sentence for name, sentence in more.items() if name in facts)]
    return words.text("; ").join(_filled(words, one, facts) for one in said if one and _tells(facts, one))


def _names(words: Words, facts: Mapping[str, str]) -> Iterator[str]:
    for place, name in facts.items():
        where = (
            label(words, Document(place)) if place in set(Document) else field_label(words, "organisation")
        )
        yield words.text("{where}: {name}", where=where, name=name)


def _tells(facts: Mapping[str, str], msgid: str) -> bool:
    """Whether the facts have everything that a sentence says; an older tick may have kept fewer."""
    return all(name in facts for name in _named(msgid))


def _filled(words: Words, msgid: str, facts: Mapping[str, str]) -> str:
    values = {name: facts[name] for name in _named(msgid)}
    for name, table in (("kind", tables.KINDS), ("reached", tables.REACHED)):
        if values.get(name) in table:
            values[name] = words.text(table[values[name]])
    return words.text(msgid, **values)


def _named(msgid: str) -> Iterator[str]:
    return (name for _, name, _, _ in string.Formatter().parse(msgid) if name)
