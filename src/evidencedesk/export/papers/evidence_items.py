"""What is handed over, numbered as an evidence list numbers it: 1-1, 1-2, 2-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import PurePosixPath

from evidencedesk.domain.case import (
    Attachment,
    ContactSource,
    ImportedSound,
    Progress,
    Recording,
    RecordingState,
)
from evidencedesk.domain.evidence import Paper, by_heading
from evidencedesk.domain.moment import clock_text, parse_utc
from evidencedesk.export.papers.evidence_order import choices
from evidencedesk.export.papers.telling import Telling, clock
from evidencedesk.export.start_here_view import RowView
from evidencedesk.wording.attachment_kinds import form_text
from evidencedesk.wording.records import belongs_text, contact_time
from evidencedesk.wording.steps import step_text

REPORT = "data/report.pdf"
EVIDENCE_LIST = "data/evidence-list.docx"
TRANSCRIPT = "data/transcript.docx"
JOURNAL = "data/journal.jsonl"
DEBT_SHEET = "data/debt-sheet.pdf"
NUMBERED = "data/numbered"
_NAME_LENGTH = 40
_POINTS = 8
_RIGHT_AFTER = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence, by its id or the name of a ``Paper``.

    ``original`` is empty where only the person who hands it in can say, ``pages`` where nobody can count
    them. ``copy`` is the path in the case folder where the file stands a second time, under its number.
    """

    number: str
    id: str
    name: str
    form: str
    source: str
    proves: tuple[str, ...]
    original: str
    remarks: tuple[str, ...]
    pages: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces of one kind."""

    title: str
    items: tuple[Item, ...]


def evidence_groups(telling: Telling) -> tuple[Group, ...]:
    """The headings that have anything under them, numbered from 1."""
    pieces = {item.id: item for item in evidence_pieces(telling)}
    groups: list[Group] = []
    page: int | None = 1
    for title, lines in by_heading(choices(telling)):
        items: list[Item] = []
        for line in lines:
            piece = pieces.get(line.id)
            if piece is None:
                continue  # nothing of it is in this folder
            number = f"{len(groups) + 1}-{len(items) + 1}"
            proves = tuple(line.proves.splitlines()) or piece.proves
            pages, page = _page_numbers(telling, piece, page)
            numbered = replace(piece, number=number, proves=proves, pages=pages)
            items.append(_with_copy(telling, numbered))
        if items:
            groups.append(Group(title, tuple(items)))
    return tuple(groups)


def evidence_pieces(telling: Telling) -> tuple[Item, ...]:
    """Everything that can stand on the list, without numbers."""
    return (
        *(_recording(telling, one) for one in telling.saved),
        *(_imported(telling, one) for one in telling.case_file.imported),
        *_attachments(telling),
        *_records(telling),
        *_papers(telling),
    )


def numbers_by_id(groups: Sequence[Group]) -> dict[str, str]:
    """The number of each piece: recordings, files taken in, and papers by their name."""
    return {item.id: item.number for group in groups for item in group.items}


def _with_copy(telling: Telling, item: Item) -> Item:
    if item.id not in telling.material.numbered:
        return item
    original = PurePosixPath(telling.material.files[item.id])
    stem = item.name.removesuffix(original.suffix)
    copy = f"{NUMBERED}/{item.number} {_file_name(stem)}{original.suffix}"
    said = telling.t("Copy under its number: {path}", path=copy)
    return replace(item, copy=copy, remarks=(*item.remarks, said))


def _file_name(text: str) -> str:
    """A name that every system takes."""
    plain = "".join(c if c.isalnum() or c in "-_()（）." else " " for c in text)
    return " ".join(plain.split())[:_NAME_LENGTH].strip(" .") or "_"


def _page_numbers(telling: Telling, piece: Item, page: int | None) -> tuple[str, int | None]:
    """Its pages in a bundle of everything printed, and where the next one begins.

    Sound has no pages. After a paper whose pages nobody can count, page numbers are left to the hand.
    """
    known = telling.material.pages
    if piece.id not in known:
        return "", None
    count = known[piece.id]
    if page is None:
        return telling.words.plural("{n} page", "{n} pages", count) if count else "–", None
    if not count:
        return "–", page
    last = page + count - 1
    return (str(page) if count == 1 else f"{page}–{last}"), last + 1


def _recording(telling: Telling, recording: Recording) -> Item:
    t = telling.t
    encounter = telling.encounter_titles.get(recording.encounter, "")
    remarks = []
    if recording.simulated:
        remarks.append(t("SIMULATED, not evidence"))
    if recording.state is RecordingState.RECOVERED:
        remarks.append(t("Recovered after an interruption; the file as found lies beside it"))
    remarks += _file_remarks(
        telling,
        telling.material.files.get(recording.id, ""),
        recording.duration_ms,
        recording.file_sha256 or "",
    )
    return Item(
        "",
        recording.id,
        f"{encounter} · {telling.titles[recording.id]}",
        t("Electronic data: sound recording (FLAC file)"),
        t("Recorded by the party with EvidenceDesk on {time}", time=clock(recording.started)),
        _points(telling, recording),
        t("Copy identical with the original; the original carrier is kept and can be shown"),
        tuple(remarks),
    )


def _imported(telling: Telling, sound: ImportedSound) -> Item:
    t = telling.t
    return Item(
        "",
        sound.id,
        sound.name,
        t("Electronic data: sound or film, made elsewhere"),
        t("Made elsewhere, by: ________; taken in on {time}", time=clock(sound.moment)),
        (),
        "",
        (
            t("Imported, not recorded with this program"),
            *_file_remarks(
                telling, telling.material.files.get(sound.id, ""), sound.duration_ms, sound.sha256
            ),
        ),
    )


def _attachments(telling: Telling) -> list[Item]:
    return [
        Item(
            "",
            one.id,
            one.name,
            form_text(telling.words, one.kind),
            _source(telling, one),
            _shown(telling, one),
            "",
            _file_remarks(telling, telling.material.files.get(one.id, ""), None, one.sha256),
        )
        for one in telling.case_file.attachments
    ]


def _source(telling: Telling, one: Attachment) -> str:
    """The user kept what the user said something about; of the rest nobody knows where it comes from."""
    if one.kind is None and not one.text:
        return telling.t("From: ________; taken in on {time}", time=clock(one.moment))
    return telling.t("Kept and handed in by the party; taken in on {time}", time=clock(one.moment))


def _shown(telling: Telling, one: Attachment) -> tuple[str, ...]:
    """The user's own words, what it belongs to, or that contacts were taken from it."""
    belongs = belongs_text(telling.words, telling.case_file, one)
    told = tuple(part for part in (" ".join(one.text.split()), belongs) if part)
    if told:
        return told
    count = _taken_from(telling, one)
    said = telling.words.plural(
        "{n} contact from a list was taken in right after this file",
        "{n} contacts from a list were taken in right after this file",
        count,
    )
    return (said,) if count else ()


def _taken_from(telling: Telling, one: Attachment) -> int:
    """How many contacts of a list came with this file: the journal has them right behind it."""
    files = [file for file in telling.case_file.attachments if file.moment.utc <= one.moment.utc]
    others = [file.moment.utc for file in telling.case_file.attachments if file not in files]
    next_file = min(others, default="~")
    lists = [
        contact.moment.utc
        for contact in telling.case_file.contacts
        if contact.source is ContactSource.LIST and one.moment.utc <= contact.moment.utc < next_file
    ]
    # A list is one entry of the journal after its file, all of it at one moment.
    if not lists or one.encounter is not None:
        return 0
    late = parse_utc(min(lists)) - parse_utc(one.moment.utc) > _RIGHT_AFTER
    return 0 if late else lists.count(min(lists))


def _records(telling: Telling) -> list[Item]:
    """The log of contacts and the user's own steps."""
    t, case_file = telling.t, telling.case_file
    known = [one for one in case_file.contacts if not one.withdrawn]
    # What is only planned proves nothing.
    taken = [
        one
        for one in case_file.follow_ups
        if not one.withdrawn and one.details.progress is not Progress.PLANNED
    ]
    items = []
    if known:
        ordered = sorted(known, key=lambda one: one.details.begun_utc)
        first, last = contact_time(ordered[0]), contact_time(ordered[-1])
        from_lists = sum(one.source is ContactSource.LIST for one in known)
        proves = [
            telling.words.plural("{n} contact", "{n} contacts", len(known)),
            t("From {first} to {last}", first=first, last=last),
        ]
        if from_lists:
            proves.append(t("Of these from lists taken in: {count}", count=from_lists))
        source = t("Written down by the party, or taken from a list that is kept beside it")
        name, place = t("Log of contacts"), t("section 9 of the report")
        items.append(_record(telling, Paper.CONTACTS, name, place, source, proves))
    if taken:
        proves = [step_text(telling.words, one.details) for one in taken[:_POINTS]]
        if len(taken) > _POINTS:
            proves.append(t("{count} more: see section 12 of the report", count=len(taken) - _POINTS))
        place, source = t("section 12 of the report"), t("Written down by the party")
        name = t("Calls, requests, complaints and payments")
        items.append(_record(telling, Paper.STEPS, name, place, source, proves))
    if telling.material.debt is not None:
        items.append(_debt_sheet(telling))
    return items


def _debt_sheet(telling: Telling) -> Item:
    t = telling.t
    return Item(
        "",
        Paper.DEBT.value,
        t("What they claim, what the papers say"),
        t("Electronic data (PDF), can be printed"),
        t("Worked out by EvidenceDesk from what the party entered"),
        (t("How the sums demanded differ from contract and payments"),),
        t("Original"),
        (DEBT_SHEET,),
    )


def _record(
    telling: Telling, paper: Paper, name: str, place: str, source: str, proves: Sequence[str]
) -> Item:
    t = telling.t
    return Item(
        "",
        paper.value,
        name,
        t("Electronic data (entries of the case journal), printed in {place}", place=place),
        source,
        tuple(proves),
        "",
        (JOURNAL, REPORT),
    )


def _papers(telling: Telling) -> list[Item]:
    t = telling.t
    if not telling.saved and not telling.case_file.taken_in:
        return []
    made = t("Made by EvidenceDesk at the export on {time}", time=clock(telling.material.exported))
    papers = [
        Item(
            "",
            Paper.REPORT.value,
            t("Report on how the recordings were made, kept and taken out"),
            t("Electronic data (PDF), can be printed"),
            made,
            (t("That the recordings are whole and unchanged since they were made, and how to check it"),),
            t("Original"),
            (REPORT,),
        ),
        Item(
            "",
            Paper.JOURNAL.value,
            t("Case journal"),
            t("Electronic data (text file)"),
            t("Written by EvidenceDesk while things happened"),
            (t("In which order notes, marks and recordings were made"),),
            t("Copy identical with the original; the original carrier is kept and can be shown"),
            (JOURNAL, t("SHA-256 of the last entry: {head}", head=telling.case_file.head)),
        ),
    ]
    if telling.saved:
        papers.insert(
            1,
            Item(
                "",
                Paper.TRANSCRIPT.value,
                t("Transcript of the recordings"),
                t("Written document"),
                t("Made by: ________, from the recordings"),
                (t("What was said in the recordings"),),
                t("Original"),
                (TRANSCRIPT,),
            ),
        )
    return papers


def _file_remarks(telling: Telling, path: str, duration_ms: int | None, sha256: str) -> tuple[str, ...]:
    t = telling.t
    stamps = [stamp for stamp in telling.material.stamps if stamp.utc]
    remarks = [t("File: {path}", path=path or t("not in this folder"))]
    if duration_ms is not None:
        remarks.append(t("Length: {length}", length=clock_text(duration_ms)))
    if sha256:
        remarks.append(t("SHA-256: {sha256}", sha256=sha256))
    remarks.append(
        t("Time stamps: {count}, see section 8 of the report", count=len(stamps))
        if stamps
        else t("Time stamp no.: none")
    )
    return tuple(remarks)


def _points(telling: Telling, recording: Recording) -> tuple[str, ...]:
    """What the user marked in a recording, as a draft of what it shows."""
    t = telling.t
    mode = telling.encounter_titles.get(recording.encounter, "")
    creditor = telling.case_file.case.creditor
    lead = (
        t("What happened and was said: {encounter} (creditor: {creditor})", encounter=mode, creditor=creditor)
        if creditor
        else t("What happened and was said: {encounter}", encounter=mode)
    )
    marked = [
        row
        for row in telling.rows(recording.encounter)
        if row.recording == recording.id and row.look == "bad" and not row.void
    ]
    points = [_point(row) for row in marked[:_POINTS]]
    if len(marked) > _POINTS:
        points.append(t("{count} more: see section 11 of the report", count=len(marked) - _POINTS))
    return (lead, *points)


def _point(row: RowView) -> str:
    said = " · ".join(pill.text for pill in row.pills)
    return f"{row.position} {row.text}" + (f" – {said}" if said else "")
