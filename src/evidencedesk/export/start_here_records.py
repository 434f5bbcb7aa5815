"""Turns contacts and the user's own steps into what START-HERE.html shows of them."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.case import CaseFile, Contact, Encounter, FollowUp, Progress
from evidencedesk.domain.moment import clock_text, local_text
from evidencedesk.export.start_here_players import file_links
from evidencedesk.export.start_here_view import ContactView, FileLink, Pill, RowView
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words
from evidencedesk.wording.records import contact_remarks, length_text
from evidencedesk.wording.steps import step_facts, step_text


def contact_views(words: Words, case_file: CaseFile, paths: Mapping[str, str]) -> tuple[ContactView, ...]:
    """Every contact by the time it began; corrected and withdrawn ones stay, marked."""
    encounters = {one.id: one for one in case_file.encounters}
    ordered = sorted(case_file.contacts, key=lambda one: (one.details.begun_utc, one.id))
    return tuple(
        _contact(
            words,
            one,
            encounters.get(one.encounter or ""),
            file_links((file for file in case_file.attachments if file.contact == one.id), paths),
        )
        for one in ordered
    )


def step_row(words: Words, one: FollowUp, files: tuple[FileLink, ...] = ()) -> RowView:
    """A line of the timeline for a call for help or a payment, at the time the user gave."""
    t = words.text
    details = one.details
    day, time, zone = _local(details.done_utc, details.done_offset_minutes)
    told = [t("{field}: {value}", field=name, value=value) for name, value in step_facts(words, details)]
    # Where both are the same second, it was noted while it happened.
    if details.done_utc[:19] != one.moment.utc[:19] or zone != _zone(one.moment.offset_minutes):
        told.append(_noted(words, one.moment.utc, one.moment.offset_minutes))
    return RowView(
        key=(details.done_utc, one.at_ms or 0),
        day=day,
        time=time,
        recording=one.recording or "",
        at_ms=one.at_ms,
        position="" if one.at_ms is None else clock_text(one.at_ms),
        text=step_text(words, details),
        details=tuple(told),
        source=t("Written down by the user"),
        by="",
        pills=(
            Pill(label(words, details.step)),
            *([Pill(label(words, Progress.PLANNED), "warn")] if details.progress is Progress.PLANNED else []),
            *_state(words, changed=one.changed, withdrawn=one.withdrawn),
        ),
        look="note",
        void=one.withdrawn,
        files=files,
    )


def step_rows(words: Words, case_file: CaseFile, paths: Mapping[str, str]) -> tuple[RowView, ...]:
    """All steps of the case in the order in which they were taken."""
    rows = [
        step_row(
            words,
            one,
            file_links((file for file in case_file.attachments if file.follow_up == one.id), paths),
        )
        for one in case_file.follow_ups
    ]
    return tuple(sorted(rows, key=lambda row: row.key))


def _contact(
    words: Words, one: Contact, encounter: Encounter | None, files: tuple[FileLink, ...]
) -> ContactView:
    t = words.text
    details = one.details
    day, time, zone = _local(details.begun_utc, details.begun_offset_minutes)
    remarks = list(contact_remarks(words, details))
    length = "" if details.length_s is None else length_text(words, details.length_s)
    pills = [Pill(remark) for remark in remarks if remark != length]
    pills += _state(words, changed=one.changed, withdrawn=one.withdrawn)
    return ContactView(
        day=day,
        time=time,
        zone=zone,
        what=label(words, details.kind),
        length=length,
        name=details.name,
        party=details.party,
        reached=label(words, details.reached),
        text=details.text,
        pills=tuple(pills),
        source=label(words, one.source),
        noted=_noted(words, one.moment.utc, one.moment.offset_minutes),
        encounter_id="" if encounter is None else encounter.id,
        encounter=""
        if encounter is None
        else t(
            "Belongs to: {encounter}",
            encounter=f"{encounter.opened.local:%Y-%m-%d} {label(words, encounter.mode)}",
        ),
        files=files,
        void=one.withdrawn,
    )


def _state(words: Words, *, changed: bool, withdrawn: bool) -> tuple[Pill, ...]:
    pills = []
    if changed:
        pills.append(Pill(words.text("Corrected"), "warn"))
    if withdrawn:
        pills.append(Pill(words.text("Withdrawn"), "n"))
    return tuple(pills)


def _noted(words: Words, utc: str, offset_minutes: int) -> str:
    return words.text("Noted on {time}", time=local_text(utc, offset_minutes))


def _local(utc: str, offset_minutes: int) -> tuple[str, str, str]:
    """Day, time of day and zone."""
    day, time, zone = local_text(utc, offset_minutes).split(" ", 2)
    return day, time, zone


def _zone(offset_minutes: int) -> str:
    return local_text("2000-01-01T00:00:00.000000Z", offset_minutes).split(" ", 2)[2]
