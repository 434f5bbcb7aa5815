"""Gather what the papers of a case folder are made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.domain.case import CaseFile, Recording, Stamp, TakenIn
from evidencedesk.domain.debt_sheet import DebtSheet, debt_sheet
from evidencedesk.domain.event import EventType, event_from_json
from evidencedesk.domain.evidence import Paper
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.redaction import MadeCopy
from evidencedesk.domain.stamp import Subject
from evidencedesk.export.papers.material import ArrivalEntry, ExportEntry, PaperMaterial, StampFact
from evidencedesk.export.papers.papers import Papers, make_papers
from evidencedesk.system.machine import system_name
from evidencedesk.wording.language import Words
from evidencedesk.workflows.count_pages import PageCounts
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.listening import Heard
from evidencedesk.workflows.numbered_copies import numbered_ids

_AN_ARRIVAL = b'"case.imported"'
_AN_EXPORT = b'"case.export'
_A_REDACTION = b'"case.redacted"'
# By the content, so for all cases alike.
_PAGES = PageCounts()


def case_papers(
    desk: Desk,
    case_file: CaseFile,
    words: Words,
    exported: Moment,
    heard: Heard,
    waveforms: Mapping[str, Sequence[tuple[float, float]]],
    journal_lines: Iterable[bytes],
    *,
    fingerprint: str = "",
) -> Papers:
    """Report, evidence list and transcript, in the language of ``words``, as far as they can be made."""

    def gather() -> PaperMaterial:
        return _material(desk, case_file, words, exported, heard, waveforms, journal_lines, fingerprint)

    return make_papers(gather, words)


def list_material(desk: Desk, case_file: CaseFile, words: Words) -> PaperMaterial:
    """What the evidence list rests on while nothing is exported; quick."""
    nothing = Heard(copies=(), imported=(), origins={}, time_lines={})
    return _material(desk, case_file, words, desk.clock.now(), nothing, {}, (), "")


def sound_path(recording: Recording) -> str:
    """Where a recording's sound stands inside the case folder."""
    return f"data/recordings/{recording.id}/{recording.file}"


def kept_path(kept: TakenIn) -> str:
    """Where a file that was taken in stands inside the case folder."""
    return f"data/attachments/{kept.id}/{kept.stored_name}"


def _material(
    desk: Desk,
    case_file: CaseFile,
    words: Words,
    exported: Moment,
    heard: Heard,
    waveforms: Mapping[str, Sequence[tuple[float, float]]],
    journal_lines: Iterable[bytes],
    fingerprint: str,
) -> PaperMaterial:
    originals = {
        one.id: str(desk.recording_folder(case_file.case.id, one.id) / one.file)
        for one in case_file.recordings
    }
    originals |= {
        kept.id: str(desk.case_folder(case_file.case.id) / "attachments" / kept.id / kept.stored_name)
        for kept in case_file.taken_in
    }
    recordings = {
        one.id: sound_path(one)
        for one in case_file.recordings
        if one.samples or (desk.recording_folder(case_file.case.id, one.id) / one.file).is_file()
    }
    return PaperMaterial(
        case_file=case_file,
        packs=desk.packs_for(case_file.ticks),
        exported=exported,
        app_version=desk.app_version,
        system=system_name(),
        files=recordings | {kept.id: kept_path(kept) for kept in case_file.taken_in},
        originals=originals,
        waveforms=waveforms,
        sounds=heard.origins,
        listening={copy.encounter: copy for copy in heard.copies},
        imported_copies={copy.imported: copy for copy in heard.imported},
        exports=export_log(journal_lines),
        fingerprint=fingerprint,
        stamps=tuple(_stamp_fact(stamp, words) for stamp in case_file.stamps),
        due=due_dates(desk, case_file),
        pages=_pages(desk, case_file),
        numbered=numbered_ids(case_file),
        debt=sheet_of(case_file, exported),
        arrivals=arrivals(journal_lines),
    )


def _pages(desk: Desk, case_file: CaseFile) -> dict[str, int]:
    """The pages of what can be counted; sound has none."""
    folder = desk.case_folder(case_file.case.id)
    sounds = [one.id for one in case_file.recordings] + [one.id for one in case_file.imported]
    pages = dict.fromkeys([*sounds, Paper.JOURNAL.value], 0)
    files = [(one.sha256, attachment_file(folder, one)) for one in case_file.attachments]
    counts = _PAGES.of(files)
    pages |= {one.id: counts[one.sha256] for one in case_file.attachments if one.sha256 in counts}
    return pages


def sheet_of(case_file: CaseFile, exported: Moment) -> DebtSheet | None:
    """The debt as it stands on a day; None while neither contract nor claim is known."""
    sheet = debt_sheet(case_file, exported.local.date())
    return None if sheet.empty else sheet


def export_log(journal_lines: Iterable[bytes]) -> tuple[ExportEntry, ...]:
    """All exports that a journal tells of, also those that came to nothing."""
    entries: list[ExportEntry] = []
    for line in journal_lines:
        if _AN_EXPORT not in line:
            continue
        event = event_from_json(json.loads(line))
        if event.type is EventType.CASE_EXPORTED:
            entries.append(ExportEntry(event.moment, event.data["folder"]))
        elif event.type is EventType.CASE_EXPORT_FAILED and entries:
            entries[-1] = replace(entries[-1], failed=event.data["code"])
    return tuple(entries)


def arrivals(journal_lines: Iterable[bytes]) -> tuple[ArrivalEntry, ...]:
    """All case folders from another computer that a journal tells of."""
    events = (event_from_json(json.loads(line)) for line in journal_lines if _AN_ARRIVAL in line)
    return tuple(
        ArrivalEntry(
            event.moment, event.data["folder"], event.data["head_before"]["seq"], event.data["device"]
        )
        for event in events
        if event.type is EventType.CASE_IMPORTED
    )


def copies_made(journal_lines: Iterable[bytes]) -> tuple[MadeCopy, ...]:
    """All redacted copies that a journal tells of."""
    events = (event_from_json(json.loads(line)) for line in journal_lines if _A_REDACTION in line)
    return tuple(
        MadeCopy(
            moment=event.moment,
            folder=event.data["folder"],
            notes=event.data["notes"],
            collectors=event.data["collectors"],
            files=event.data["attachments"] + event.data["imported"],
            muted=event.data["muted"],
            contacts=event.data.get("contacts", 0) + event.data.get("follow_ups", 0),
        )
        for event in events
        if event.type is EventType.CASE_REDACTED
    )


def _stamp_fact(stamp: Stamp, words: Words) -> StampFact:
    """A received stamp in the words of the papers."""
    if stamp.subject is Subject.SIGNATURE:
        what = words.text("Signature over an earlier export")
    else:
        what = words.text("Journal up to entry {seq}", seq=stamp.seq or 0)
    received = words.text("received, number {serial}", serial=stamp.serial)
    return StampFact(stamp.authority, what, stamp.gen_time, received)
