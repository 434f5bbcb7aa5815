"""The lines of the contact list: what was logged, and what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from evidencedesk.domain.case import CaseFile, Contact, ContactKind, Encounter, Mode, Reached, Verdict
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import parse_utc
from evidencedesk.domain.rules import RulePack, Status
from evidencedesk.guidance.contact_picture import told_of
from evidencedesk.wording.contacts import kind_text, length_words, reached_text
from evidencedesk.wording.judgements import judgement_text, result_text
from evidencedesk.wording.language import Words

_WEIGHT = (Status.LAW, Status.STANDARD, Status.GUIDELINE, Status.ADVICE, Status.REPEALED)
_KINDS = {Mode.VISIT: ContactKind.VISIT, Mode.CALL: ContactKind.CALL}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line, ready to be shown. ``contact`` is None for a recorded encounter."""

    id: str
    local: datetime
    kind: str
    who: str
    said: str
    result: str = ""
    results: tuple[str, ...] = ()
    contact: Contact | None = None
    withdrawn: bool = False


def local_time(utc: str, offset_minutes: int) -> datetime:
    """A moment as it was where it happened."""
    return parse_utc(utc).astimezone(timezone(timedelta(minutes=offset_minutes)))


# The row that was made of a contact, and what it was made from.
Kept = dict[str, tuple[Contact, tuple[Judgement, ...], Words, ContactRow]]


def rows_of(
    case_file: CaseFile,
    judgements: Sequence[Judgement],
    packs: Sequence[RulePack],
    words: Words,
    kept: Kept | None = None,
) -> tuple[ContactRow, ...]:
    """All lines, the latest first. ``kept`` spares those that are as they were."""
    told = told_of(case_file)
    about = _by_subject(judgements)
    # What is said of a recorded encounter belongs to the contact that says more about it.
    for encounter, contact in told.items():
        about.setdefault(contact.id, []).extend(about.get(encounter, ()))
    memory = {} if kept is None else kept
    rows = [_kept_row(one, tuple(about.get(one.id, ())), packs, words, memory) for one in case_file.contacts]
    rows += [_recorded_row(one, about, packs, words) for one in case_file.encounters if one.id not in told]
    return tuple(sorted(rows, key=lambda row: (row.local, row.id), reverse=True))


def breached_days(judgements: Iterable[Judgement]) -> frozenset[str]:
    """The local days (``2026-11-25``) about which a rule says something."""
    return frozenset(one.subject for one in judgements if one.verdict is Verdict.BREACHED)


def judgement_lines(
    judgements: Iterable[Judgement], packs: Sequence[RulePack], words: Words
) -> tuple[str, ...]:
    """What was found, in words: result, what it is, pack, facts."""
    by_id = {(pack.id, pack.version): pack for pack in packs}
    lines = []
    for one in judgements:
        pack = by_id.get((one.pack, one.pack_version))
        if pack is None or one.verdict is not Verdict.BREACHED:
            continue
        said = judgement_text(words, one, pack)
        line = words.text("{result}: {what} ({pack})", result=said.result, what=said.headline, pack=said.pack)
        lines.append(f"{line} · {said.facts}" if said.facts else line)
    return tuple(lines)


def _by_subject(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    about: dict[str, list[Judgement]] = {}
    for one in judgements:
        if one.verdict is Verdict.BREACHED:
            about.setdefault(one.subject, []).append(one)
    return about


def _kept_row(
    contact: Contact, found: tuple[Judgement, ...], packs: Sequence[RulePack], words: Words, kept: Kept
) -> ContactRow:
    before = kept.get(contact.id)
    if before is not None and before[0] == contact and before[1] == found and before[2] is words:
        return before[3]
    row = _contact_row(contact, () if contact.withdrawn else found, packs, words)
    kept[contact.id] = (contact, found, words, row)
    return row


def _contact_row(
    contact: Contact, found: Sequence[Judgement], packs: Sequence[RulePack], words: Words
) -> ContactRow:
    details = contact.details
    who = " ".join(part for part in (details.name, details.party) if part)
    if details.reached is not Reached.DEBTOR:
        reached = reached_text(words, details.reached)
        who = f"{who} → {reached}" if who else f"→ {reached}"
    marks = [words.text("from me")] if details.outgoing else []
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
        _pill(found, packs, words, withdrawn=contact.withdrawn),
        judgement_lines(found, packs, words),
        contact,
        contact.withdrawn,
    )


def _recorded_row(
    encounter: Encounter, about: dict[str, list[Judgement]], packs: Sequence[RulePack], words: Words
) -> ContactRow:
    found = about.get(encounter.id, [])
    return ContactRow(
        encounter.id,
        encounter.opened.local,
        kind_text(words, _KINDS[encounter.mode]),
        "",
        words.text("recorded"),
        _pill(found, packs, words, withdrawn=False),
        judgement_lines(found, packs, words),
    )


def _pill(found: Sequence[Judgement], packs: Sequence[RulePack], words: Words, *, withdrawn: bool) -> str:
    if withdrawn:
        return words.text("Taken back")
    statuses = {(pack.id, pack.version): pack.status for pack in packs}
    named = [
        statuses[one.pack, one.pack_version] for one in found if (one.pack, one.pack_version) in statuses
    ]
    # The one that weighs most; the hint names all of them.
    return result_text(words, Verdict.BREACHED, min(named, key=_WEIGHT.index)) if named else ""
