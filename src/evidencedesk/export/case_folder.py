"""The case folder: which files of a case go where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.journal import JournalHead
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.shown_text import shown_text
from evidencedesk.custody.signature_files import CHECKPOINT_FILE
from evidencedesk.domain.case import CaseFile, Recording, RecordingState
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.not_made import NotMade
from evidencedesk.domain.pulse import PULSE_FILE, RECOVERY_FILE
from evidencedesk.export.bag_writer import After, BagWriter, Cancelled, Original, Progress, Written
from evidencedesk.export.case_uco import NAME as CASE_UCO
from evidencedesk.export.case_uco import case_jsonld

FORMAT = 1
_DESCRIPTION_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Listening:
    """A copy for listening, made from an encounter's recordings: their ids with their files' SHA-256.

    ``places`` tells where each stretch of a recording is heard: the recording, the stretch's beginning
    in it, and its beginning in the copy, in milliseconds. With ``two_sides`` the microphone is on the
    left and the other side on the right.
    """

    source: Path
    encounter: str
    sha256: str
    duration_ms: int
    two_sides: bool
    made_from: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, int, int], ...]
    aligned_within_ms: int

    @property
    def path(self) -> str:
        """Where it stands in the case folder."""
        return f"data/listening/copy-of-{self.encounter}.flac"

    def position_ms(self, recording: str, at_ms: int) -> int | None:
        """Where a place in a recording is heard in the copy; None for a recording that is not in it."""
        stretches = [place for place in self.places if place[0] == recording]
        before = [place for place in stretches if place[1] <= at_ms] or stretches[:1]
        if not before:
            return None
        _, from_ms, begins_ms = before[-1]
        return max(0, begins_ms + at_ms - from_ms)


@dataclass(frozen=True, slots=True)
class ImportedCopy:
    """A copy for listening of a recording made elsewhere, whose own format not every browser plays."""

    source: Path
    imported: str
    sha256: str
    made_from_sha256: str

    @property
    def path(self) -> str:
        """Where it stands in the case folder."""
        return f"data/listening/copy-of-{self.imported}.flac"


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything that goes into a case folder.

    ``signatures`` are files of ``signatures/`` that the tag manifest names, ``after`` makes those it can't.
    """

    case_file: CaseFile
    journal_lines: Sequence[bytes]
    head: JournalHead
    case_source_folder: Path
    destination: Path
    start_here_html: str
    how_to_check: str
    verify_html: str
    schemas: Sequence[Path]
    language: str
    app_version: str
    exported: Moment
    listening: Sequence[Listening] = ()
    imported_copies: Sequence[ImportedCopy] = ()
    signatures: Sequence[Written] = ()
    after: After | None = None
    papers: Sequence[Written] = ()
    packs: Sequence[Written] = ()
    numbered: Sequence[Original] = ()


@dataclass(frozen=True, slots=True)
class ExportedFolder:
    """A finished case folder; with ``sealed``, ``path`` is the encrypted file that stands in its place.

    ``from_drive``: all of it was read back from the drive itself, not only from the system's memory.
    ``signer`` is the fingerprint that signed it; ``unsigned`` tells why none. ``not_made`` are other parts
    that it has to do without.
    """

    path: Path
    files: int
    payload_bytes: int
    head: JournalHead
    from_drive: bool = False
    sealed: bool = False
    signer: str = ""
    unsigned: Known | None = None
    not_made: tuple[NotMade, ...] = ()


def write_case_folder(
    plan: ExportPlan,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    reading_back: Progress | None = None,
) -> ExportedFolder:
    """Write the folder. The same plan gives the same bytes. Raises what ``BagWriter.write`` raises."""
    writer = BagWriter(plan.destination, progress, cancelled, reading_back)
    facts = writer.write(_originals(plan), _written(plan), _info(plan), plan.after)
    return ExportedFolder(plan.destination, facts.files, facts.payload_bytes, plan.head, facts.from_drive)


def _originals(plan: ExportPlan) -> list[Original]:
    source = plan.case_source_folder
    originals: list[Original] = []
    for recording in plan.case_file.recordings:
        folder = source / "recordings" / recording.id
        originals += [
            Original(folder / name, f"data/recordings/{recording.id}/{name}", sha256)
            for name, sha256 in _sound_files(recording, folder)
        ]
    originals += [
        Original(
            attachment_file(source, kept),
            f"data/attachments/{kept.id}/{kept.stored_name}",
            kept.sha256,
        )
        for kept in plan.case_file.taken_in
    ]
    originals += [Original(copy.source, copy.path, copy.sha256) for copy in plan.listening]
    originals += [Original(copy.source, copy.path, copy.sha256) for copy in plan.imported_copies]
    return [*originals, *plan.numbered]


def _sound_files(recording: Recording, folder: Path) -> list[tuple[str, str | None]]:
    """The files of a recording with the SHA-256 each must have; none when nothing was recorded."""
    if recording.state is RecordingState.RUNNING:
        # Crashed, and beyond repair: handed over as found. Nothing seals it, and ``verify`` says so.
        return [(name, None) for name in (recording.file, PULSE_FILE) if (folder / name).is_file()]
    if not recording.samples:
        return []
    files: list[tuple[str, str | None]] = [
        (recording.file, recording.file_sha256),
        (PULSE_FILE, recording.pulse_sha256),
    ]
    if recording.state is RecordingState.RECOVERED:
        files.append((recording.found_file or "", recording.found_sha256))
        files.append((RECOVERY_FILE, None))
    return files


def _written(plan: ExportPlan) -> list[Written]:
    head = {"seq": plan.head.seq, "hash": plan.head.hash}
    case_json = {
        "v": FORMAT,
        "case_file": case_file_to_json(plan.case_file),
        "journal": head,
        "exported": {"utc": plan.exported.utc, "offset_minutes": plan.exported.offset_minutes},
        "language": plan.language,
        "app": plan.app_version,
    }
    checkpoint = {"v": FORMAT, "case": plan.case_file.case.id, "head": head, "utc": plan.exported.utc}
    pretty = json.dumps(case_json, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return [
        Written("data/case.json", pretty.encode()),
        Written("data/journal.jsonl", b"".join(line + b"\n" for line in plan.journal_lines)),
        *(Written(f"data/schemas/{path.name}", path.read_bytes()) for path in plan.schemas),
        *plan.packs,
        *plan.papers,
        Written("START-HERE.html", plan.start_here_html.encode()),
        Written("HOW-TO-CHECK.txt", plan.how_to_check.encode()),
        Written(CHECKPOINT_FILE, canonical_line(checkpoint) + b"\n"),
        Written("VERIFY.html", plan.verify_html.encode()),
        *_copies(plan),
        Written(CASE_UCO, case_jsonld(plan.case_file, plan.app_version)),
        *plan.signatures,
    ]


def _copies(plan: ExportPlan) -> list[Written]:
    """What the copies for listening are copies of; nothing where there are none."""
    if not plan.listening and not plan.imported_copies:
        return []
    told: list[dict[str, object]] = [
        {
            "file": PurePosixPath(copy.path).name,
            "sha256": copy.sha256,
            "encounter": copy.encounter,
            "made_from": [{"recording": name, "file_sha256": sha256} for name, sha256 in copy.made_from],
            "places": [
                {"recording": name, "from_ms": from_ms, "begins_ms": begins_ms}
                for name, from_ms, begins_ms in copy.places
            ],
            "two_sides": copy.two_sides,
            "aligned_within_ms": copy.aligned_within_ms,
        }
        for copy in plan.listening
    ]
    told += [
        {
            "file": PurePosixPath(copy.path).name,
            "sha256": copy.sha256,
            "made_from": [{"imported": copy.imported, "file_sha256": copy.made_from_sha256}],
        }
        for copy in plan.imported_copies
    ]
    content = json.dumps({"v": FORMAT, "copies": told}, indent=1, sort_keys=True) + "\n"
    return [Written("data/listening/copies.json", content.encode())]


def _info(plan: ExportPlan) -> list[tuple[str, str]]:
    case = plan.case_file.case
    info = [
        ("Bagging-Date", f"{plan.exported.local:%Y-%m-%d}"),
        ("Bag-Software-Agent", f"EvidenceDesk {plan.app_version}"),
        ("External-Identifier", case.id),
    ]
    description = " / ".join(_one_line(part) for part in (case.title, case.creditor, case.contract) if part)
    if description:
        info.append(("External-Description", description))
    info.append(("EvidenceDesk-Journal-Head", f"{plan.head.seq} {plan.head.hash}"))
    return info


def _one_line(text: str) -> str:
    """A line break in a title must not become a line of its own in bag-info.txt."""
    return " ".join(shown_text(part, _DESCRIPTION_LENGTH) for part in text.split())[:_DESCRIPTION_LENGTH]
