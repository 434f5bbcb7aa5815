"""Contacts, steps and people as tables of the report."""

from __future__ import annotations

from collections.abc import Callable

from evidencedesk.domain.case import Contact, FollowUp, Progress, Step
from evidencedesk.domain.moment import clock_text, local_text
from evidencedesk.export.due_view import due_notice, due_views
from evidencedesk.export.papers.blocks import Block, Cell, Column, Paragraph, Row, Subheading, Table
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.start_here_players import collector
from evidencedesk.export.start_here_view import PaperView
from evidencedesk.wording.labels import label
from evidencedesk.wording.records import contact_remarks, contact_time
from evidencedesk.wording.steps import step_facts, step_text


def contacts(telling: Telling) -> list[Block]:
    """Contacts before the first encounter, and since; nothing where none was written down."""
    t = telling.t
    known = sorted(telling.case_file.contacts, key=lambda one: (one.details.begun_utc, one.id))
    if not known:
        return []
    first = min((one.opened.utc for one in telling.case_file.encounters), default="")
    before = [one for one in known if first and one.details.begun_utc < first]
    since = known[len(before) :]
    blocks: list[Block] = []
    if before:
        blocks += [Subheading(t("Contacts before the first encounter")), _contact_table(telling, before)]
    if since:
        title = t("Contacts from the first encounter on") if first else t("Contacts")
        blocks += [Subheading(title), _contact_table(telling, since)]
    blocks.append(
        Paragraph(
            t(
                "Times of contacts are what the user wrote down or what a list said; when each was written "
                "down here stands in the journal."
            ),
            "quiet",
        )
    )
    return blocks


def steps(telling: Telling) -> list[Block]:
    """What the user did about it; nothing where nothing was written down."""
    t = telling.t
    blocks: list[Block] = []
    when, came = Column(t("Local time"), 5), Column(t("What came of it"), 8)
    ordered = sorted(telling.case_file.follow_ups, key=lambda one: (one.details.done_utc, one.id))
    planned = [one for one in ordered if one.details.progress is Progress.PLANNED]
    taken = [one for one in ordered if one.details.progress is not Progress.PLANNED]
    for found, title, what in (
        (
            [one for one in taken if one.details.step is Step.CALL],
            t("Calls for help, and what was answered"),
            t("Called"),
        ),
        (
            [one for one in taken if one.details.step not in (Step.CALL, Step.PAYMENT)],
            t("Requests, complaints, reports and plans"),
            t("Step"),
        ),
        (
            [one for one in taken if one.details.step is Step.PAYMENT],
            t("Payments and their receipts"),
            t("Paid"),
        ),
    ):
        if found:
            columns = (when, Column(what, 6), came)
            blocks += [Subheading(title), Table(columns, tuple(_step(telling, one) for one in found))]
    if planned:
        columns = (Column(t("Planned for"), 5), Column(t("Step"), 6), Column(t("What is known"), 8))
        rows = tuple(_step(telling, one) for one in planned)
        blocks += [Subheading(t("Planned, not done yet")), Table(columns, rows)]
    return blocks


def due_dates(telling: Telling) -> list[Block]:
    """The days by which something is due; nothing where nothing is."""
    t = telling.t
    told = due_views(telling.words, telling.material.due, telling.material.exported)
    if not told:
        return []
    columns = (Column(t("Last day"), 4), Column(t("What"), 9), Column(t("Source"), 7))
    rows = tuple(
        Row(
            (
                Cell(one.day),
                Cell(one.what, tuple(line for line in (one.began, one.note) if line)),
                Cell(one.source),
            )
        )
        for one in told
    )
    return [
        Subheading(t("Deadlines")),
        Paragraph(due_notice(telling.words), "quiet"),
        Table(columns, rows),
    ]


def people(telling: Telling) -> list[Block]:
    """Who came or called, with each paper, when it was shown or refused, and where in the sound."""
    t = telling.t
    told = [collector(telling.words, one, telling.case_file) for one in telling.case_file.collectors]
    if not told:
        return []
    columns = (
        Column(t("Person, as noted by the user"), 4),
        Column(t("What was noted"), 6),
        Column(t("Papers"), 6),
    )
    rows = tuple(
        Row(
            (
                Cell(person.name),
                Cell("", tuple(_named(telling, fact.name, fact.value) for fact in person.facts)),
                Cell("", tuple(line for paper in person.papers for line in _paper(telling, paper))),
            )
        )
        for person in told
    )
    return [Subheading(t("People who came or called")), Table(columns, rows)]


def _paper(telling: Telling, paper: PaperView) -> tuple[str, ...]:
    lines = [_named(telling, paper.name, paper.pill.text)]
    if paper.when:
        place = f" · {telling.titles[paper.recording]} {paper.position}" if paper.position else ""
        lines.append(f"{paper.when}{place}")
    return (*lines, *paper.remarks)


def _contact_table(telling: Telling, told: list[Contact]) -> Table:
    t = telling.t
    columns = (
        Column(t("Local time"), 5),
        Column(t("What"), 5),
        Column(t("Number and name"), 5),
        Column(t("Reached"), 3),
        Column(t("Words"), 8),
        Column(t("Source"), 5),
    )
    return Table(columns, tuple(_contact(telling, one) for one in told))


def _contact(telling: Telling, one: Contact) -> Row:
    words, details = telling.words, one.details
    remarks = contact_remarks(words, details)
    belongs = telling.encounter_titles.get(one.encounter or "", "")
    source = [telling.t("Belongs to: {encounter}", encounter=belongs)] if belongs else []
    return Row(
        (
            Cell(*_time(contact_time(one))),
            Cell(label(words, details.kind), (*remarks, *_state(telling, one))),
            Cell(
                details.party or details.name or "–",
                (details.name,) if details.party and details.name else (),
            ),
            Cell(label(words, details.reached)),
            Cell(details.text or "–"),
            Cell(label(words, one.source), tuple(source)),
        ),
        one.withdrawn,
    )


def _step(telling: Telling, one: FollowUp) -> Row:
    t = telling.t
    details = one.details
    day, zone = _time(local_text(details.done_utc, details.done_offset_minutes))
    place: tuple[str, ...] = ()
    if one.at_ms is not None and one.recording in telling.titles:
        place = (f"{telling.titles[one.recording]} {clock_text(one.at_ms)}",)
    about = {person.id: person.card for person in telling.case_file.collectors}.get(one.collector or "")
    results = [_named(telling, name, value) for name, value in step_facts(telling.words, details)]
    if about is not None and (about.name or about.organisation):
        results.append(t("About: {subject}", subject=about.name or about.organisation))
    files = [file for file in telling.case_file.attachments if file.follow_up == one.id]
    results += [t("File: {path}", path=file.name) for file in files]
    if details.step is Step.PAYMENT and details.progress is not Progress.PLANNED and not files:
        results.append(t("No receipt was taken in"))
    return Row(
        (
            Cell(day, (*zone, *place)),
            Cell(step_text(telling.words, details), _state(telling, one)),
            Cell(results[0] if results else "–", tuple(results[1:])),
        ),
        one.withdrawn,
    )


def _named(telling: Telling, name: str, value: str) -> str:
    return telling.t("{field}: {value}", field=name, value=value)


def _state(telling: Telling, one: Contact | FollowUp) -> tuple[str, ...]:
    said: tuple[tuple[bool, Callable[[], str]], ...] = (
        (one.changed, lambda: telling.t("Corrected")),
        (one.withdrawn, lambda: telling.t("Withdrawn")),
    )
    return tuple(word() for holds, word in said if holds)


def _time(text: str) -> tuple[str, tuple[str, ...]]:
    """Day and second, and the zone under it."""
    moment, _, zone = text.partition(" (")
    return moment, (zone.rstrip(")"),)
