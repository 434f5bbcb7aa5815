"""Hand a case over: a folder that a stranger can open, read and check."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidencedesk.capture.peaks import peaks
from evidencedesk.custody.journal import JournalHead
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.projection import project
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.case import CaseFile, RecordingState
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.event import EventType, event_from_json
from evidencedesk.domain.not_made import NotMade, Part
from evidencedesk.export.age_file import read_recipients
from evidencedesk.export.bag_writer import Original
from evidencedesk.export.case_folder import ExportedFolder, ExportPlan, write_case_folder
from evidencedesk.export.how_to_check import how_to_check
from evidencedesk.export.papers.evidence_items import evidence_groups
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.start_here import start_here_html
from evidencedesk.export.verify_page import verify_page_html
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.resources import resource
from evidencedesk.wording.handover import not_made_line
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.export_signing import mark_export, opened_key, signed_parts, want_stamp_of
from evidencedesk.workflows.handover_place import (
    private_place,
    require_free_file,
    seal,
    sealed_path,
    zip_it,
    zip_path,
)
from evidencedesk.workflows.judge_case import keep_judgements
from evidencedesk.workflows.listening import Heard, copies_room_bytes, listening_copies
from evidencedesk.workflows.numbered_copies import numbered_bytes, numbered_copies
from evidencedesk.workflows.pack_files import pack_files
from evidencedesk.workflows.papers import case_papers, copies_made, kept_path, list_material, sound_path
from evidencedesk.workflows.plain_text import one_line
from evidencedesk.workflows.recover_recordings import recover_all
from evidencedesk.workflows.stamp_export import authorities_named

WAVEFORM_COLUMNS = 600
SCHEMAS = ("case.schema.json", "event.schema.json")
_ROOM_TO_SPARE = 50_000_000

Progress = Callable[[int, int, str], None]
Waveform = Sequence[tuple[float, float]]


def export_case(
    desk: Desk,
    case_id: str,
    destination: Path,
    words: Words,
    *,
    zip_too: bool = False,
    passphrase: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    encrypt_to: Sequence[str] = (),
    reading_back: Progress | None = None,
) -> ExportedFolder:
    """Write a case folder in the language of ``words``, check each original on the way, and read it back.

    With ``encrypt_to`` (public keys of age) only DEST.zip.age is written: nothing readable comes near it.

    The export is an event of the case and stands in its own exported journal; one that fails or is
    cancelled leaves an event too, and no folder. Neither the key nor the checkpoints, time stamps or papers
    keep anybody from handing over: what could not be made is told, in the folder too. After ZIP_NOT_WRITTEN
    the folder stands. Raises TARGET_INSIDE_LIBRARY, TARGET_NOT_EMPTY,
    STILL_RECORDING, BAD_RECIPIENT, ORIGINAL_CHANGED, READ_BACK_DIFFERS, TARGET_FULL, TARGET_LOST,
    ZIP_NOT_WRITTEN, CANCELLED and what the disk says.
    """
    recipients = read_recipients(encrypt_to)
    case = desk.store.find_case(case_id)
    target = destination.expanduser().absolute()
    before = desk.store.case_file(case.id)
    require_free_target(desk, target)
    if recipients:
        require_free_file(sealed_path(target))
    elif zip_too:
        require_free_file(zip_path(target))
    _require_finished(desk, before)
    _require_room(desk, before, target, zip_too=zip_too and not recipients, sealed=bool(recipients))
    keep_judgements(desk, case.id)
    head = desk.store.head(case.id)
    facts: dict[str, Any] = {
        "folder": one_line(target.name),
        "language": words.language,
        "head_before": {"seq": head.seq, "hash": head.hash},
    }
    signer, unsigned = opened_key(desk, passphrase)
    if signer is not None:
        facts["device"] = signer.fingerprint
    elif unsigned is not None:
        facts["unsigned"] = unsigned.code.value
    exported = desk.clock.now()
    desk.store.append(case.id, [(EventType.CASE_EXPORTED, facts)], exported)
    lacks = [NotMade(Part.SIGNATURE, unsigned)] if unsigned is not None else []
    try:
        lacks += mark_export(desk, case.id)
        # All from the same lines: a time stamp that arrives meanwhile adds an entry to the journal.
        journal_lines = tuple(desk.store.journal_lines(case.id))
        case_file = project(event_from_json(parse_strict(line)) for line in journal_lines)
        with contextlib.ExitStack() as stack:
            heard = stack.enter_context(listening_copies(desk, case_file, cancelled))
            place = stack.enter_context(private_place(desk)) / target.name if recipients else target
            waveforms = _waveforms(desk, case_file, heard)
            papers = case_papers(
                desk,
                case_file,
                words,
                exported,
                heard,
                waveforms,
                journal_lines,
                fingerprint=signer.fingerprint if signer is not None else "",
            )
            signed = signed_parts(desk, case_file, signer, exported)
            lacks += [*papers.not_made, *signed.not_made]
            plan = ExportPlan(
                case_file=case_file,
                journal_lines=journal_lines,
                head=JournalHead(case_file.events, case_file.head),
                case_source_folder=desk.case_folder(case.id),
                destination=place,
                start_here_html=start_here_html(
                    case_file,
                    desk.packs_for(case_file.ticks),
                    words.language,
                    waveforms,
                    {one.id: sound_path(one) for one in case_file.recordings if one.samples},
                    {kept.id: kept_path(kept) for kept in case_file.taken_in},
                    words,
                    exported,
                    listening={copy.encounter: copy for copy in heard.copies},
                    imported_copies={copy.imported: copy for copy in heard.imported},
                    sound_clocks={name: line.clock for name, line in heard.time_lines.items()},
                    papers=[paper.name for paper in papers.written],
                    copies_made=copies_made(journal_lines),
                    not_made=[not_made_line(words, lack.part) for lack in lacks],
                    due=due_dates(desk, case_file),
                ),
                how_to_check=how_to_check(words, authorities_named(desk, case_file)),
                verify_html=verify_page_html(words.language),
                schemas=tuple(resource("schemas", name) for name in SCHEMAS),
                language=words.language,
                app_version=desk.app_version,
                exported=exported,
                listening=heard.copies,
                imported_copies=heard.imported,
                signatures=signed.files,
                after=signed.after,
                papers=papers.written,
                packs=pack_files(desk, case_file),
                numbered=_numbered(desk, case_file, words),
            )
            folder = write_case_folder(plan, progress, cancelled, reading_back)
            if recipients:
                sealed = sealed_path(target)
                from_drive = seal(folder.path, sealed, recipients, cancelled, reading_back)
                if signer is not None:
                    lacks += want_stamp_of(desk, case.id, folder.path, stays=False)
                folder = replace(folder, path=sealed, from_drive=from_drive, sealed=True)
    except BaseException as error:
        _tell_failure(desk, case.id, facts["folder"], error)
        raise
    # What follows can fail and the folder still stands: the journal must not say that it failed.
    if signer is not None and not recipients:
        lacks += want_stamp_of(desk, case.id, folder.path, stays=True)
    if zip_too and not recipients:
        from_drive = zip_it(folder.path, cancelled, reading_back)
        folder = replace(folder, from_drive=folder.from_drive and from_drive)
    return replace(
        folder,
        signer=signer.fingerprint if signer is not None else "",
        unsigned=unsigned,
        not_made=tuple(lack for lack in lacks if lack.part is not Part.SIGNATURE),
    )


def folder_name(case_title: str, exported_local: str) -> str:
    """A safe name for the folder a window proposes: ``取证-来分期-20261123-2205``."""
    kept = "".join(c if c.isalnum() else "-" for c in case_title)[:40].strip("-") or "case"
    return f"EvidenceDesk-{kept}-{exported_local}"


def require_free_target(desk: Desk, target: Path) -> None:
    """Refuse a target in or around the library, or with something in it."""
    library = desk.library.resolve()
    resolved = target.resolve()
    if resolved == library or library in resolved.parents or resolved in library.parents:
        raise WrongUse(Code.TARGET_INSIDE_LIBRARY, path=str(target))
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))
    if target.is_dir() and any(target.iterdir()):
        raise WrongUse(Code.TARGET_NOT_EMPTY, path=str(target))


def _tell_failure(desk: Desk, case_id: str, folder: str, error: BaseException) -> None:
    """The journal says that nothing came of it, whatever the reason was."""
    code = error.code if isinstance(error, Known) else Code.PROGRAM_ERROR
    if isinstance(error, KeyboardInterrupt):
        code = Code.CANCELLED
    with contextlib.suppress(Known):  # the first error is the one to tell
        desk.store.append(case_id, [(EventType.CASE_EXPORT_FAILED, {"folder": folder, "code": code.value})])


def _waveforms(desk: Desk, case_file: CaseFile, heard: Heard) -> dict[str, Waveform]:
    """The pictures of all sounds; what can't be decoded has none, and the export says what is wrong."""
    sounds: dict[str, Path] = {
        recording.id: desk.recording_folder(case_file.case.id, recording.id) / recording.file
        for recording in case_file.recordings
        if recording.samples
    }
    sounds |= {copy.encounter: copy.source for copy in heard.copies}
    playable = {copy.imported: copy.source for copy in heard.imported}
    for imported in case_file.imported:
        original = attachment_file(desk.case_folder(imported.case), imported)
        sounds[imported.id] = playable.get(imported.id, original)
    waveforms: dict[str, Waveform] = {}
    for name, sound in sounds.items():
        with contextlib.suppress(ValueError):
            waveforms[name] = peaks(sound, WAVEFORM_COLUMNS)
    return waveforms


def _numbered(desk: Desk, case_file: CaseFile, words: Words) -> tuple[Original, ...]:
    groups = evidence_groups(Telling(list_material(desk, case_file, words), words))
    return numbered_copies(desk, case_file, (item for group in groups for item in group.items))


def _require_finished(desk: Desk, case_file: CaseFile) -> None:
    """Refuse while sound is still coming in, or while recovery could still finish a recording."""
    beyond_repair = {r.recording for r in recover_all(desk) if r.failed is not None}
    for recording in desk.store.case_file(case_file.case.id).recordings:
        if recording.state is RecordingState.RUNNING and recording.id not in beyond_repair:
            raise WrongUse(Code.STILL_RECORDING, case=case_file.case.id)


def _require_room(desk: Desk, case_file: CaseFile, target: Path, *, zip_too: bool, sealed: bool) -> None:
    source = desk.case_folder(case_file.case.id)
    copies = copies_room_bytes(case_file) + numbered_bytes(case_file)
    wanted = copies + sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
    place = target
    while not place.exists():
        place = place.parent
    # Copies for listening are made in the library first, and so is what will be encrypted.
    in_library = copies + wanted if sealed else copies
    for where, needed in ((place, wanted * (2 if zip_too else 1)), (desk.library, in_library)):
        free = free_bytes(where)
        if free < needed + _ROOM_TO_SPARE:
            needed_bytes = needed + _ROOM_TO_SPARE
            raise WrongUse(Code.DISK_FULL, path=str(where), needed_bytes=needed_bytes, free_bytes=free)
