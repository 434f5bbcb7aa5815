"""The lines of the contact list: what was logged, and what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from evidencedesk.domain.belonging import KIND_OF
from evidencedesk.domain.case import CaseFile, Contact, Encounter, Reached, Verdict
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.rules import RulePack, Status
from evidencedesk.guidance.approaches import told_of
from evidencedesk.ui.contacts.findings import Findings
from evidencedesk.wording.contacts import kind_text, length_words, reached_text
from evidencedesk.wording.judgements import judgement_text, result_text
from evidencedesk.wording.language import Words

# The text that weighs most decides what a row is called.
_WEIGHT = (Status.LAW, Status.STANDARD, Status.GUIDELINE, Status.ADVICE, Status.REPEALED)


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say of one row; put into words only when somebody looks."""

    breaches: tuple[Judgement, ...]
    advice: tuple[Judgement, ...]
    packs: tuple[RulePack, ...]
    words: Words

    @property
    def results(self) -> tuple[str, ...]:
        """What did not keep to the rules."""
        return judgement_lines(self.breaches, self.packs, self.words)

    @property
    def hints(self) -> tuple[str, ...]:
        """What is advice to the user."""
        return advice_lines(self.advice, self.packs, self.words)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line, ready to be shown. ``contact`` is None for a recorded encounter."""

    id: str
    local: datetime
    kind: str
    who: str
    said: str
    result: str
    rules: Said
    contact: Contact | None = None
    withdrawn: bool = False

    @property
    def results(self) -> tuple[str, ...]:
        """What did not keep to the rules, in words."""
        return self.rules.results


def local_time(utc: str, offset_minutes: int) -> datetime:
    """A moment as it was where it happened."""
    return parse_utc(utc).astimezone(timezone(timedelta(minutes=offset_minutes)))


# The row that was made of a contact, and what it was made from.
Kept = dict[str, tuple[Contact, Said, ContactRow]]


def rows_of(
    case_file: CaseFile,
    found: Findings,
    packs: Sequence[RulePack],
    words: Words,
    kept: Kept | None = None,
) -> tuple[ContactRow, ...]:
    """All lines, the latest first. ``kept`` spares those that are as they were."""
    told = told_of(case_file)
    telling = {contact.id for contacts in told.values() for contact in contacts}
    memory = {} if kept is None else kept
    used = tuple(packs)
    rows = []
    for contact in case_file.contacts:
        tells = contact.id in telling
        breaches, advice = found.breached(contact, tells=tells), found.advised(contact, tells=tells)
        rows.append(_kept_row(contact, Said(breaches, advice, used, words), memory, recorded=tells))
    for encounter in case_file.encounters:
        if encounter.id not in told:
            breaches, advice = found.breaches.get(encounter.id, ()), found.advice.get(encounter.id, ())
            rows.append(_recorded_row(encounter, Said(breaches, advice, used, words)))
    return tuple(sorted(rows, key=lambda row: (row.local, row.id), reverse=True))


def judgement_lines(
    judgements: Iterable[Judgement], packs: Sequence[RulePack], words: Words
) -> tuple[str, ...]:
    """What was found, in words: result, what it is, pack, facts."""
    lines = []
    for one, pack in _with_packs(judgements, packs):
        said = judgement_text(words, one, pack)
        line = words.text("{result}: {what} ({pack})", result=said.result, what=said.headline, pack=said.pack)
        lines.append(f"{line} · {said.facts}" if said.facts else line)
    return tuple(lines)


def advice_lines(judgements: Iterable[Judgement], packs: Sequence[RulePack], words: Words) -> tuple[str, ...]:
    """What the user could do better: it is said, and held against nobody."""
    lines = []
    for one, pack in _with_packs(judgements, packs):
        said = judgement_text(words, one, pack)
        lines.append(words.text("Advice to you: {what} ({pack})", what=said.headline, pack=said.pack))
    return tuple(lines)


def _with_packs(
    judgements: Iterable[Judgement], packs: Sequence[RulePack]
) -> list[tuple[Judgement, RulePack]]:
    by_id = {(pack.id, pack.version): pack for pack in packs}
    return [
        (one, by_id[one.pack, one.pack_version])
        for one in judgements
        if (one.pack, one.pack_version) in by_id
    ]


def _kept_row(contact: Contact, rules: Said, kept: Kept, *, recorded: bool) -> ContactRow:
    before = kept.get(contact.id)
    if before is not None and _same(before, contact, rules):
        return before[2]
    row = _contact_row(contact, rules, recorded=recorded)
    kept[contact.id] = (contact, rules, row)
    return row


def _same(before: tuple[Contact, Said, ContactRow], contact: Contact, rules: Said) -> bool:
    """Packs are left out: the memory is emptied with them, and to compare them so often would be felt."""
    known, was, _ = before
    return (
        (known is contact or known == contact)
        and was.words is rules.words
        and was.breaches == rules.breaches
        and was.advice == rules.advice
    )


def _contact_row(contact: Contact, rules: Said, *, recorded: bool) -> ContactRow:
    details, words = contact.details, rules.words
    who = " ".join(part for part in (details.name, details.party) if part)
    if details.reached is not Reached.DEBTOR:
        reached = reached_text(words, details.reached)
        who = f"{who} → {reached}" if who else f"→ {reached}"
    marks = [words.text("recorded")] if recorded else []
    if details.outgoing:
        marks.append(words.text("from me"))
    if details.announces:
        marks.append(words.text("announces a visit"))
    if details.length_s is not None:
        marks.append(length_words(words, details.length_s))
    said = " · ".join((*marks, *([" ".join(details.text.split())] if details.text else [])))
    return ContactRow(
        contact.id,
        local_time(details.begun_utc, details.begun_offset_minutes),
        kind_text(words, details.kind),
        who,
        said,
        words.text("Taken back") if contact.withdrawn else _pill(rules),
        rules,
        contact,
        contact.withdrawn,
    )


def _recorded_row(encounter: Encounter, rules: Said) -> ContactRow:
    return ContactRow(
        encounter.id,
        encounter.opened.local,
        kind_text(rules.words, KIND_OF[encounter.mode]),
        "",
        rules.words.text("recorded"),
        _pill(rules),
        rules,
    )


def _pill(rules: Said) -> str:
    """The one that weighs most; the hint names all of them."""
    statuses = [pack.status for _, pack in _with_packs(rules.breaches, rules.packs)] if rules.breaches else []
    if not statuses:
        return ""
    return result_text(rules.words, Verdict.BREACHED, min(statuses, key=_WEIGHT.index))
