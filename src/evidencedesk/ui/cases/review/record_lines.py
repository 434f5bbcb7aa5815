"""Contacts and steps as lines of the timeline, at the time at which they took place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidencedesk.domain.case import CaseFile, Contact, FollowUp
from evidencedesk.domain.moment import Moment
from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words
from evidencedesk.wording.records import contact_remarks, contact_text
from evidencedesk.wording.steps import step_facts, step_text


def contact_lines(case_file: CaseFile, words: Words) -> Iterator[Line]:
    """One line for each time somebody got in touch."""
    for contact in case_file.contacts:
        details = contact.details
        remarks = contact_remarks(words, details)
        yield Line(
            Kind.CONTACT,
            contact.id,
            _at(contact.moment, details.begun_utc, details.begun_offset_minutes),
            contact.encounter,
            None,
            None,
            "\n".join(
                part for part in (contact_text(words, details), details.text, " · ".join(remarks)) if part
            ),
            label(words, contact.source),
            *_state(words, contact),
            withdrawn=contact.withdrawn,
        )


def step_lines(case_file: CaseFile, words: Words) -> Iterator[Line]:
    """One line for each thing the user did."""
    for step in case_file.follow_ups:
        details = step.details
        facts = (
            words.text("{field}: {value}", field=name, value=value)
            for name, value in step_facts(words, details)
        )
        yield Line(
            Kind.STEP,
            step.id,
            _at(step.moment, details.done_utc, details.done_offset_minutes),
            step.encounter,
            step.recording,
            step.at_ms,
            "\n".join((step_text(words, details), *facts)),
            words.text("Written down by the user"),
            *_state(words, step),
            withdrawn=step.withdrawn,
        )


def _at(noted: Moment, utc: str, offset_minutes: int) -> Moment:
    """When it took place; the steady clock knows only when it was noted."""
    return replace(noted, utc=utc, offset_minutes=offset_minutes)


def _state(words: Words, one: Contact | FollowUp) -> tuple[str, Tone]:
    if one.withdrawn:
        return words.text("Taken back"), Tone.PLAIN
    if one.changed:
        return words.text("Corrected"), Tone.CAUTION
    return "", Tone.PLAIN
