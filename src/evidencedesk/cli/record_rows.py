"""Contacts, steps and people as rows of a case's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidencedesk.domain.case import CaseFile, Collector, Contact, FollowUp
from evidencedesk.domain.moment import Moment, clock_text
from evidencedesk.domain.sound_place import place_in_sound
from evidencedesk.wording.labels import field_label, label
from evidencedesk.wording.language import Words
from evidencedesk.wording.records import card_fact_text, contact_remarks, contact_text
from evidencedesk.wording.steps import step_facts, step_text

Row = tuple[Moment, int | None, str]

_CARD_FIELDS = (
    *("name", "staff_number", "organisation", "lender", "phone", "plate", "description"),
    *("credit_code", "letter_until"),
)


def contact_row(words: Words, contact: Contact) -> Row:
    """A contact, at the time at which it began."""
    details = contact.details
    source = label(words, contact.source)
    lines = [contact_text(words, details) + _state(words, contact)]
    lines += [details.text, " · ".join((*contact_remarks(words, details), source))]
    begun = replace(contact.moment, utc=details.begun_utc, offset_minutes=details.begun_offset_minutes)
    return begun, None, "\n".join(line for line in lines if line)


def step_row(words: Words, step: FollowUp) -> Row:
    """What the user did, at the time they gave."""
    details = step.details
    lines = [step_text(words, details) + _state(words, step)]
    lines += [
        words.text("{field}: {value}", field=name, value=value) for name, value in step_facts(words, details)
    ]
    done = replace(step.moment, utc=details.done_utc, offset_minutes=details.done_offset_minutes)
    return done, step.at_ms, "\n".join(lines)


def card_lines(words: Words, case_file: CaseFile, collector: Collector) -> Iterator[str]:
    """What is known of a person, and how each paper came."""
    card = collector.card
    for name in _CARD_FIELDS:
        value = getattr(card, name)
        if value:
            yield card_fact_text(words, name, value)
    if card.listed is not None:
        yield card_fact_text(words, "listed", label(words, card.listed))
    moments = dict(collector.document_moments)
    for document, shown in card.documents:
        line = words.text("{field}: {value}", field=label(words, document), value=label(words, shown))
        moment = moments.get(document)
        if moment is not None:
            place = place_in_sound(case_file, collector.encounter, moment)
            line += f" · {moment.local:%Y-%m-%d %H:%M:%S}"
            line += "" if place is None else f" · {clock_text(place.at_ms)}"
        yield line
    for document, name_on in card.names_on:
        yield f"{label(words, document)} · " + words.text(
            "{field}: {value}", field=field_label(words, "names_on"), value=name_on
        )


def _state(words: Words, one: Contact | FollowUp) -> str:
    said = [words.text("(corrected)")] if one.changed else []
    said += [words.text("(taken back)")] if one.withdrawn else []
    return "".join(f" {word}" for word in said)
