"""What of a case can be found by its words, and what a search brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    Collector,
    Contact,
    FollowUp,
    ImportedSound,
    Note,
    Recording,
)
from evidencedesk.domain.debt import Claim, Debt
from evidencedesk.domain.search_text import Snippet
from evidencedesk.domain.transcript import Transcript


class SearchKind(StrEnum):
    """What a hit is."""

    CASE = "case"
    PERSON = "person"
    NOTE = "note"
    SENTENCE = "sentence"
    CONTACT = "contact"
    FILE = "file"
    STEP = "step"
    CLAIM = "claim"
    DEBT = "debt"


# Names rather than words: somebody who types a name looks for these first.
NAMES = frozenset({SearchKind.CASE, SearchKind.PERSON})

Sounds = Mapping[str, Recording | ImportedSound]


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing with words; ``part`` counts the sentences of a transcript, whose name is ``id``.

    ``utc`` and ``offset_minutes`` are when it happened: when a contact began, when a step was done.
    """

    case: str
    kind: SearchKind
    id: str
    part: int
    encounter: str | None
    recording: str | None
    at_ms: int | None
    utc: str
    offset_minutes: int
    text: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something that holds all words that were asked for."""

    found: Findable
    case: Case
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The best hits, and how many there are altogether."""

    query: str = ""
    count: int = 0
    hits: tuple[SearchHit, ...] = ()


def findable_in(case_file: CaseFile) -> Iterator[Findable]:
    """Everything that can be found in a case. What was withdrawn, or says nothing, can't."""
    sounds: dict[str, Recording | ImportedSound] = {one.id: one for one in case_file.recordings}
    sounds |= {one.id: one for one in case_file.imported}
    told = [
        findable_case(case_file.case),
        *(findable_person(one) for one in case_file.collectors),
        *(findable_note(one) for one in case_file.notes),
        *(findable_contact(one) for one in case_file.contacts),
        *(findable_file(one) for one in case_file.taken_in),
        *(findable_step(one) for one in case_file.follow_ups),
        *(findable_claim(one) for one in case_file.claims if not one.withdrawn),
    ]
    if case_file.debt is not None:
        told.append(findable_debt(case_file.debt))
    yield from (one for one in told if one is not None and one.text)
    yield from findable_sentences(case_file.transcripts, sounds)


def findable_case(case: Case) -> Findable:
    """Its names."""
    text = _lines(case.title, case.creditor, case.contract, case.hotline)
    return _of(case.id, SearchKind.CASE, case.id, text, case.opened.utc, case.opened.offset_minutes)


def findable_person(person: Collector) -> Findable:
    """Everything that is written on the card."""
    card, moment = person.card, person.moment
    text = _lines(
        card.name,
        card.staff_number,
        card.organisation,
        card.lender,
        card.phone,
        card.plate,
        card.description,
        card.credit_code,
        *(name for _, name in card.names_on),
    )
    return _of(
        person.case,
        SearchKind.PERSON,
        person.id,
        text,
        moment.utc,
        moment.offset_minutes,
        encounter=person.encounter,
    )


def findable_note(note: Note) -> Findable:
    """Its words as they stand now."""
    return _of(
        note.case,
        SearchKind.NOTE,
        note.id,
        _lines(note.text),
        note.moment.utc,
        note.moment.offset_minutes,
        encounter=note.encounter,
        recording=note.recording,
        at_ms=note.at_ms,
    )


def findable_contact(contact: Contact) -> Findable | None:
    """Number or sender, the name that was said, and the words."""
    details = contact.details
    if contact.withdrawn:
        return None
    return _of(
        contact.case,
        SearchKind.CONTACT,
        contact.id,
        _lines(details.party, details.name, details.text),
        details.begun_utc,
        details.begun_offset_minutes,
        encounter=contact.encounter,
    )


def findable_file(file: Attachment | ImportedSound) -> Findable:
    """Its name, and the user's words for it."""
    text = _lines(file.name, file.text if isinstance(file, Attachment) else "")
    moment = file.moment
    return _of(
        file.case,
        SearchKind.FILE,
        file.id,
        text,
        moment.utc,
        moment.offset_minutes,
        encounter=file.encounter,
    )


def findable_step(step: FollowUp) -> Findable | None:
    """Whom, by which number, what was said, and what came of it."""
    details = step.details
    if step.withdrawn:
        return None
    text = _lines(
        details.whom,
        details.agent,
        details.number,
        details.receipt,
        details.amount,
        details.answer,
        details.outcome,
    )
    return _of(
        step.case,
        SearchKind.STEP,
        step.id,
        text,
        details.done_utc,
        details.done_offset_minutes,
        encounter=step.encounter,
        recording=step.recording,
        at_ms=step.at_ms,
    )


def findable_claim(claim: Claim) -> Findable | None:
    """Who demanded how much, in which words."""
    details = claim.details
    if claim.withdrawn:
        return None
    return _of(
        claim.case,
        SearchKind.CLAIM,
        claim.id,
        _lines(details.by, details.amount, details.text),
        details.claimed_utc,
        details.claimed_offset_minutes,
        encounter=claim.encounter,
    )


def findable_debt(debt: Debt) -> Findable:
    """What the user remarked about the contract, and the names of its charges."""
    text = _lines(debt.terms.remarks, *(fee.name for fee in debt.terms.fees))
    return _of(debt.case, SearchKind.DEBT, debt.case, text, debt.moment.utc, debt.moment.offset_minutes)


def findable_sentences(transcripts: tuple[Transcript, ...], sounds: Sounds) -> Iterator[Findable]:
    """The sentences of the latest draft of each recording, as they were corrected."""
    latest = {one.recording: one for one in transcripts}
    for transcript in latest.values():
        sound = sounds.get(transcript.recording)
        moment = transcript.moment
        if sound is not None:
            moment = sound.started if isinstance(sound, Recording) else sound.moment
        for part, sentence in enumerate(transcript.sentences):
            text = _lines(sentence.text)
            if text:
                yield Findable(
                    transcript.case,
                    SearchKind.SENTENCE,
                    transcript.id,
                    part,
                    None if sound is None else sound.encounter,
                    transcript.recording,
                    sentence.at_ms,
                    moment.utc,
                    moment.offset_minutes,
                    text,
                )


def _of(
    case: str,
    kind: SearchKind,
    name: str,
    text: str,
    utc: str,
    offset_minutes: int,
    *,
    encounter: str | None = None,
    recording: str | None = None,
    at_ms: int | None = None,
) -> Findable:
    return Findable(case, kind, name, 0, encounter, recording, at_ms, utc, offset_minutes, text)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text.strip())
