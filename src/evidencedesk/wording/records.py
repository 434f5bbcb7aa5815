"""Contacts, encounters, marks and files as they are told looking back: on pages, papers, timelines."""

from __future__ import annotations

from evidencedesk.domain.case import (
    Attachment,
    CaseFile,
    Contact,
    ContactDetails,
    Encounter,
    Mode,
    Reached,
)
from evidencedesk.domain.moment import local_text
from evidencedesk.wording.attachment_kinds import kind_text
from evidencedesk.wording.labels import field_label, label
from evidencedesk.wording.language import Words
from evidencedesk.wording.steps import step_text

_BETWEEN = " · "


def party_text(details: ContactDetails) -> str:
    """Who got in touch, as they said and as the number was shown; empty when neither is known."""
    return _BETWEEN.join(part for part in (details.name, details.party) if part)


def length_text(words: Words, seconds: int) -> str:
    """How long: ``45 s``, ``1 min 20 s``."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return words.text("{n} s", n=rest)
    return words.text("{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def contact_text(words: Words, details: ContactDetails) -> str:
    """Kind, who, and whom it reached, in one line."""
    parts = [label(words, details.kind), party_text(details)]
    if details.reached is not Reached.DEBTOR:
        parts.append(words.text("reached: {whom}", whom=label(words, details.reached)))
    return _BETWEEN.join(part for part in parts if part)


def contact_remarks(words: Words, details: ContactDetails) -> tuple[str, ...]:
    """What else was ticked about it, and how long it was."""
    t = words.text
    remarks = []
    if details.length_s is not None:
        remarks.append(length_text(words, details.length_s))
    if details.outgoing:
        remarks.append(t("From the user"))
    if details.announces:
        remarks.append(t("Announced a visit"))
    if details.agreed:
        remarks.append(t("At a time agreed before"))
    return tuple(remarks)


def contact_time(contact: Contact) -> str:
    """When it began, by the clock of the place where it reached somebody."""
    return local_text(contact.details.begun_utc, contact.details.begun_offset_minutes)


def encounter_facts(words: Words, encounter: Encounter) -> tuple[str, ...]:
    """How many came, and whether the user had agreed to the time; empty while nobody said."""
    t = words.text
    facts = []
    if encounter.present is not None:
        if encounter.mode is Mode.VISIT:
            came = words.plural("{n} person came", "{n} people came", encounter.present)
        else:
            came = words.plural("{n} person on the line", "{n} people on the line", encounter.present)
        facts.append(came)
    if encounter.agreed is not None:
        facts.append(t("At a time agreed before") if encounter.agreed else t("Not at a time agreed before"))
    return tuple(facts)


def subject_text(words: Words, case_file: CaseFile, subject: str) -> str:
    """Whom or what a mark is about; empty for a day, an encounter, or what is not in this case file."""
    for person in case_file.collectors:
        if person.id == subject:
            return person.card.name or person.card.organisation or words.text("Name not given")
    for contact in case_file.contacts:
        if contact.id == subject:
            return _BETWEEN.join((contact_time(contact), contact_text(words, contact.details)))
    for step in case_file.follow_ups:
        if step.id == subject:
            return step_text(words, step.details)
    return ""


def shows_text(words: Words, case_file: CaseFile, one: Attachment) -> str:
    """What a file is, what it belongs to, and the user's own words for it; empty where nobody said."""
    kind = "" if one.kind is None else kind_text(words, one.kind)
    said = " ".join(one.text.split())
    return _BETWEEN.join(part for part in (kind, belongs_text(words, case_file, one), said) if part)


def belongs_text(words: Words, case_file: CaseFile, one: Attachment) -> str:
    """What a file belongs to; empty where nobody said, or where that is not in this case file."""
    parts = [_belongs(words, case_file, one), words.text("About the debt") if one.debt else ""]
    return _BETWEEN.join(part for part in parts if part)


def _belongs(words: Words, case_file: CaseFile, one: Attachment) -> str:
    t = words.text
    person, contact, step = (
        subject_text(words, case_file, subject or "")
        for subject in (one.collector, one.contact, one.follow_up)
    )
    parts = []
    if one.document is not None:
        paper = label(words, one.document)
        parts.append(t("{paper} of {person}", paper=paper, person=person) if person else paper)
    elif person:
        parts.append(t("Picture of {person}", person=person))
    if contact:
        parts.append(t("Belongs to the contact: {contact}", contact=contact))
    if step:
        parts.append(t("Belongs to: {step}", step=step))
    return _BETWEEN.join(parts)


def card_fact_text(words: Words, name: str, value: str) -> str:
    """One field of a card in one line."""
    return words.text("{field}: {value}", field=field_label(words, name), value=value)
