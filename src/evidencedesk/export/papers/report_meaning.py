"""Sections 9 to 13 of the report: how it came about, lawfulness, what it shows, what else there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidencedesk.domain.case import Encounter, ImportedSound, TakenIn
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.export.papers.blocks import (
    Blanks,
    Block,
    Bullets,
    Cell,
    Choices,
    Column,
    Facts,
    Paragraph,
    Row,
    Subheading,
    Table,
)
from evidencedesk.export.papers.evidence_items import evidence_groups, numbers_by_id
from evidencedesk.export.papers.report_records import contacts, due_dates, people, steps
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.waves import wave
from evidencedesk.export.start_here_players import time_text
from evidencedesk.export.start_here_view import Fact, RowView
from evidencedesk.wording.labels import label
from evidencedesk.wording.records import encounter_facts, shows_text


def ordinary(telling: Telling) -> tuple[Block, ...]:
    """9: formed in the ordinary course."""
    t = telling.t
    case_file = telling.case_file
    blocks: list[Block] = [
        Bullets(
            tuple(_told(telling, one) for one in case_file.encounters)
            or (t("No encounter was recorded in this case."),)
        )
    ]
    blocks += contacts(telling)
    blocks += people(telling)
    loose = [row for row in telling.rows(None) if not row.by]
    if loose:
        blocks += [
            Subheading(t("Noted outside an encounter")),
            timeline(telling, loose, with_positions=False),
        ]
    blocks.append(Blanks((t("How the visit or call came about (announced by, on, in which words)"),)))
    return tuple(blocks)


def _told(telling: Telling, encounter: Encounter) -> str:
    facts = encounter_facts(telling.words, encounter)
    return " · ".join((label(telling.words, encounter.mode), telling.period(encounter), *facts))


def lawful(telling: Telling) -> tuple[Block, ...]:
    """10: lawfully obtained."""
    t = telling.t
    known = [t("Nothing was recorded in this case.")]
    if telling.case_file.recordings:
        known = [
            t(
                "The sound was recorded through the sound devices of one ordinary computer (section 3); no "
                "other device is operated by the program."
            )
        ]
    if any(one.earlier_ms for one in telling.case_file.recordings):
        known.append(
            t(
                "In some recordings the first seconds are from before the button was pressed: the user had "
                "chosen to keep them in memory."
            )
        )
    if telling.case_file.imported:
        known.append(t("How recordings made elsewhere were obtained is not known to the program."))
    return (
        Bullets(tuple(known)),
        Paragraph(t("The program cannot know the rest. Whoever hands this in ticks what is true:")),
        Choices(
            (
                t("I took part in the talk that was recorded, or it took place at my own door or home."),
                t("I used an ordinary computer, phone or microphone, no special device for eavesdropping."),
                t("I did not enter another's place, and used neither threat nor deceit to have things said."),
                t("I hand the recording only to authorities, courts and those who advise me."),
            )
        ),
        Blanks((t("Remarks"),)),
    )


def relevant(telling: Telling) -> tuple[Block, ...]:
    """11: what it shows, with every note, mark, gap and warning at its second."""
    t = telling.t
    blocks: list[Block] = [
        Blanks((t("Fact to be proved"),)),
        Paragraph(
            t(
                "A mark says what the user saw or what the clock showed. Whether it breaks a law is for the "
                "police, a regulator or a court to say."
            ),
            "quiet",
        ),
    ]
    for encounter in telling.case_file.encounters:
        blocks += _encounter(telling, encounter)
    marks = [row for row in telling.rows(None) if row.by]
    if marks:
        blocks += [
            Subheading(t("Marks outside an encounter")),
            timeline(telling, marks, with_positions=False),
        ]
    packs = PackLookup(telling.material.packs).told(telling.case_file.ticks)
    language = telling.words.language
    if packs:
        blocks += [
            Subheading(t("Where the marks come from")),
            Facts(
                tuple(
                    Fact(
                        f"{pack.title.in_language(language)} · {pack.id} {pack.version}",
                        pack.about.in_language(language),
                    )
                    for pack in packs
                )
            ),
        ]
    return tuple(blocks)


def _encounter(telling: Telling, encounter: Encounter) -> list[Block]:
    t = telling.t
    rows = telling.rows(encounter.id)
    numbers = {place: place + 1 for place in range(len(rows))}
    own = telling.recordings(encounter.id)
    blocks: list[Block] = [
        Subheading(f"{label(telling.words, encounter.mode)} · {telling.period(encounter)}")
    ]
    for recording in own:
        columns = telling.material.waveforms.get(recording.id, ())
        title = telling.titles[recording.id]
        labels = (t("SIMULATED, not evidence"),) if recording.simulated else ()
        if not columns or not recording.duration_ms:
            blocks.append(
                Paragraph(t("{title}: no picture of the sound can be shown.", title=title), "quiet")
            )
            continue
        blocks += [
            Subheading(title, labels),
            wave(
                columns,
                recording.duration_ms,
                recording.id,
                rows,
                numbers,
                telling.words,
                title,
            ),
        ]
    if not own:
        blocks.append(Paragraph(t("Nothing was recorded here."), "quiet"))
    blocks.append(
        timeline(telling, rows)
        if rows
        else Paragraph(t("No note, mark, gap or warning belongs to this encounter."), "quiet")
    )
    return blocks


def timeline(telling: Telling, rows: Sequence[RowView], *, with_positions: bool = True) -> Table:
    """Every row of an encounter, numbered as in the picture of the sound."""
    t = telling.t
    several = len({row.recording for row in rows if row.recording}) > 1
    day = ""
    lines = []
    for number, row in enumerate(rows, start=1):
        new_day, day = row.day != day, row.day
        look = "quiet" if row.void else row.look
        cells = [
            Cell(str(number), look=look),
            Cell(row.time, (row.day,) if new_day else ()),
            Cell(
                row.position or "–",
                (telling.titles.get(row.recording, ""),) if several and row.recording else (),
            ),
            Cell(row.text, row.details),
            Cell(row.source, (row.by,) if row.by else ()),
            Cell("", tuple(pill.text for pill in row.pills), look),
        ]
        if not with_positions:
            del cells[2]
        lines.append(Row(tuple(cells), row.void))
    columns = [
        Column(t("No.")),
        Column(t("Local time"), 5),
        Column(t("Position"), 5),
        Column(t("What"), 14),
        Column(t("Source"), 8),
        Column(t("Mark"), 6),
    ]
    if not with_positions:
        del columns[2]
    return Table(tuple(columns), tuple(lines))


def agrees(telling: Telling) -> tuple[Block, ...]:
    """12: what else there is."""
    t = telling.t
    numbers: Mapping[str, str] = numbers_by_id(evidence_groups(telling))
    blocks: list[Block] = []
    taken_in = telling.case_file.taken_in
    if taken_in:
        columns = (
            Column(t("No. in the evidence list"), 3),
            Column(t("File taken in"), 7),
            Column(t("Taken in on"), 5),
        )
        rows = tuple(
            Row(
                (
                    Cell(numbers.get(kept.id, "–")),
                    Cell(kept.name, _about_file(telling, kept)),
                    Cell(time_text(kept.moment)),
                )
            )
            for kept in taken_in
        )
        blocks.append(Table(columns, rows))
    else:
        blocks.append(Paragraph(t("No other file was taken into this case.")))
    blocks += steps(telling)
    blocks += due_dates(telling)
    blocks += [
        Paragraph(t("Other evidence, to be ticked and added by hand:")),
        Choices(
            (
                t("Call record of the telephone company, or messages on the phone: ________"),
                t("Receipt of a report to the police, or of a complaint: ________"),
                t("Witness (name, how to reach): ________"),
                t("Bill, contract, payment records: ________"),
                t("Other: ________"),
            )
        ),
    ]
    return tuple(blocks)


def _about_file(telling: Telling, kept: TakenIn) -> tuple[str, ...]:
    if isinstance(kept, ImportedSound):
        return (telling.t("Imported, not recorded here"),)
    shows = shows_text(telling.words, telling.case_file, kept)
    return (shows,) if shows else ()


def interest(telling: Telling) -> tuple[Block, ...]:
    """13: interest."""
    t = telling.t
    return (
        Paragraph(
            t(
                "The recordings, notes and marks were made and kept by the person who hands them in, with a "
                "program on their own computer. No neutral third party kept them."
            )
        ),
        Blanks(
            (
                t("Handed in by"),
                t("Part in the case (party, representative, witness)"),
                t("Relation to the other side, interest in the outcome"),
            )
        ),
    )
