"""Take in a case from another computer: its journal as it is, line by line, and its files.

The order makes a crash harmless: files wait in ``imports/`` until one transaction has taken the journal;
``store.pending_imports`` brings them to their places, at once or at the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.journal import JournalHead, line_hash
from evidencedesk.custody.journal_check import JOURNAL_FILE, check_journal
from evidencedesk.custody.kept_place import place_of
from evidencedesk.custody.projection import project
from evidencedesk.custody.verify import verify_folder
from evidencedesk.custody.verify_path import case_folder_at
from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Code, MachineFailure, Unreadable, WrongUse
from evidencedesk.domain.event import Event, EventType
from evidencedesk.domain.finding import Finding, Report
from evidencedesk.domain.identifiers import is_id
from evidencedesk.store.pending_imports import settle, waiting_place
from evidencedesk.system.disk import free_bytes
from evidencedesk.system.durable import disk_failure
from evidencedesk.workflows.decoder import pcm_reader
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_parts import copy_files, is_newer, signer_of, take_packs, wanted_files
from evidencedesk.workflows.own_roots import own_roots
from evidencedesk.workflows.plain_text import one_line

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_ROOM_TO_SPARE = 50_000_000


class NotIntactError(Unreadable):
    """A folder that is not as it was handed over; ``report`` has all that was found."""

    def __init__(self, path: Path, report: Report) -> None:
        first = report.faults[0]
        item = f"{first.subject or first.layer.value} ({first.code})"
        super().__init__(Code.IMPORT_NOT_INTACT, path=str(path), count=len(report.faults), item=item)
        self.report = report


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """What became of a case folder.

    ``new_entries`` is 0 when all of it was here already; ``entries_beyond`` counts what this library has
    besides. ``remarks`` are what verification said about an intact folder.
    """

    case: Case
    known_before: bool
    new_entries: int
    entries_beyond: int
    device: str
    remarks: tuple[Finding, ...]


def import_case(
    desk: Desk, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportedCase:
    """Verify a case folder, or a ZIP of one, and take in what is not here yet.

    Raises IMPORT_NOT_INTACT (``NotIntactError``), IMPORT_REDACTED, IMPORT_NEWER, IMPORT_APART, IMPORT_TAKEN,
    BUSY_RECORDING, CANCELLED, what ``verify`` raises, and what the disk says; then nothing was taken in.
    """
    if running_captures(desk.library):
        raise WrongUse(Code.BUSY_RECORDING)
    source = path.expanduser().absolute()
    settle(desk.library, desk.store)

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise WrongUse(Code.CANCELLED)
        if progress is not None:
            progress(done, total)

    with case_folder_at(source, told) as root:
        newer = is_newer(root)
        if newer:
            raise Unreadable(Code.IMPORT_NEWER, path=str(source), version=newer)
        report = verify_folder(root, pcm_reader(), told, time_roots=own_roots())
        if report.redacted:
            raise Unreadable(Code.IMPORT_REDACTED, path=str(source))
        if report.faults:
            raise NotIntactError(source, report)
        return _take(desk, root, source, report, told)


def _take(desk: Desk, root: Path, source: Path, report: Report, told: Progress) -> ImportedCase:
    try:
        content = (root / JOURNAL_FILE).read_bytes()
    except OSError as error:
        raise Unreadable(Code.FOLDER_UNREADABLE, path=str(source), reason=str(error.strerror)) from error
    check = check_journal(BytesIO(content))
    if check.findings or not check.events or not is_id(check.case):
        raise (
            NotIntactError(source, report)
            if report.faults
            else Unreadable(Code.FOLDER_UNREADABLE, path=str(source), reason="changed")
        )
    lines = content.split(b"\n")[:-1]
    ours, theirs = desk.store.hashes(check.case), tuple(map(line_hash, lines))
    shared = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    if shared is not None:
        raise WrongUse(
            Code.IMPORT_APART,
            case=desk.store.find_case(check.case).title,
            count=shared,
            limit=len(ours) - shared,
            total=len(theirs) - shared,
        )
    device = signer_of(root, report)
    new = lines[len(ours) :]
    if new:
        _store(desk, root, source, check.events, new, report, device, told)
    return ImportedCase(
        case=desk.store.find_case(check.case),
        known_before=bool(ours),
        new_entries=len(new),
        entries_beyond=max(0, len(ours) - len(theirs)),
        device=device,
        remarks=report.findings,
    )


def _store(
    desk: Desk,
    root: Path,
    source: Path,
    events: Sequence[Event],
    new: Sequence[bytes],
    report: Report,
    device: str,
    told: Progress,
) -> None:
    case_id = events[0].case
    head = JournalHead(events[-1].seq, line_hash(new[-1]))
    case_folder = desk.case_folder(case_id)
    wanted = wanted_files(root, project(events))
    files = [one for one in wanted if not place_of(case_folder, one.target).exists()]
    needed = sum((root / one.source).stat().st_size for one in files) + _ROOM_TO_SPARE
    free = free_bytes(desk.library)
    if free < needed:
        raise MachineFailure(Code.DISK_FULL, path=str(desk.library), needed_bytes=needed, free_bytes=free)
    facts = {
        "folder": one_line(source.name)[:255],
        "head_before": {"seq": head.seq, "hash": head.hash},
        "device": device,
        "findings": len(report.findings),
    }
    try:
        copy_files(root, files, waiting_place(desk.library, case_id, head), told, desk.seals_to)
        _append(desk, case_id, source, new, facts)
    except OSError as error:
        raise disk_failure(error, desk.library) from error
    finally:
        # Brings the files in, or away, by what the journal says now.
        settle(desk.library, desk.store)
    take_packs(desk, root)


def _append(desk: Desk, case_id: str, source: Path, new: Sequence[bytes], facts: dict[str, object]) -> None:
    try:
        desk.store.append_lines(case_id, new, [(EventType.CASE_IMPORTED, facts)], desk.clock.now())
    except (ValueError, KeyError) as error:
        # Its own chain is whole; it names a recording or a note of another case here.
        raise WrongUse(Code.IMPORT_TAKEN, path=str(source), detail=str(error)) from error
