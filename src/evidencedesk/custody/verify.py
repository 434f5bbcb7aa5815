"""Check a case folder layer by layer and name everything that is not as it was handed over.

Files against the manifests, the journal against itself and its checkpoint, recordings against the journal
and their pulses, facts against the journal, signatures against the lists, the journal and the sounds. It
never stops at the first fault, and it never says only "good": what can't be proved (the time, without an
outside stamp) is a finding too.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography import x509

from evidencedesk.custody.bag import Bag, read_bag
from evidencedesk.custody.facts_check import CASE_FILE, check_facts, count_facts
from evidencedesk.custody.file_hashes import FileHashes, Progress
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.journal_check import JOURNAL_FILE, JournalCheck, check_journal
from evidencedesk.custody.projection import project
from evidencedesk.custody.recordings_check import PcmReader, check_recordings
from evidencedesk.custody.redaction_check import check_redacted, is_redacted_copy
from evidencedesk.custody.shown_text import shown_text
from evidencedesk.custody.signature_check import check_signatures
from evidencedesk.custody.signature_files import CHECKPOINT_FILE
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.custody.time_check import check_time
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.event import Event
from evidencedesk.domain.finding import Checked, Finding, Layer, Report, Weight
from evidencedesk.domain.redaction import STATEMENT_FILE

_JSON_LIMIT = 64 * 1024 * 1024
_SHOWN_LIMIT = 20


def verify_folder(
    root: Path,
    read_pcm: PcmReader | None = None,
    progress: Progress | None = None,
    trusted: Collection[str] = (),
    time_roots: Sequence[x509.Certificate] = (),
) -> Report:
    """Check everything. ``read_pcm`` decodes sound; without it recordings are compared by their bytes.

    ``trusted`` has the fingerprints of certificates that the reader knows, ``time_roots`` the roots of
    time-stamping authorities that the reader or the reader's computer knows.
    ``progress`` gets (bytes done, bytes in all) from worker threads. Raises FOLDER_UNREADABLE.
    """
    bag = read_bag(root)
    hashes = FileHashes(bag, progress)
    hashes.compare()
    if is_redacted_copy(bag):
        found, counts = check_redacted(bag, hashes, read_pcm)
        self_attested = Finding(Layer.TIME, "self-attested", "", weight=Weight.REMARK)
        return _report(bag, hashes, [*found, self_attested], counts)
    findings: list[Finding] = []
    checked: list[Checked] = []
    if STATEMENT_FILE in bag.sizes:
        # A journal tells all that a redacted copy must not: one of the two does not belong here.
        findings.append(Finding(Layer.FACTS, "redaction-unnamed", JOURNAL_FILE))
    journal = _journal(bag, findings)
    if journal is not None:
        findings += journal.findings
        if not journal.lines:
            # Nothing could be compared with it, so that all else would look right.
            findings.append(Finding(Layer.JOURNAL, "journal-missing", JOURNAL_FILE))
        checked.append(Checked(Layer.JOURNAL, "events", journal.lines))
    told = _case_json(bag, findings)
    if journal is not None:
        _heads(bag, journal, told, findings)
    case_file = None
    if journal is not None and journal.events:
        case_file = _project(journal, findings)
        recordings = check_recordings(root, case_file, hashes, read_pcm)
        findings += recordings.findings
        checked.append(Checked(Layer.RECORDINGS, "recordings", recordings.recordings))
        checked.append(Checked(Layer.RECORDINGS, "pulses", recordings.pulses))
        if recordings.recordings and read_pcm is None:
            findings.append(Finding(Layer.RECORDINGS, "sound-not-decoded", "", weight=Weight.REMARK))
        _kept_files(case_file, hashes, findings)
        if told is not None:
            findings += check_facts(case_file, journal.events, told)
            checked.append(Checked(Layer.FACTS, "facts", count_facts(case_file)))
    signatures = check_signatures(bag, journal, trusted)
    findings += signatures.findings
    checked.append(Checked(Layer.SIGNATURE, "signatures", signatures.signatures))
    times = check_time(bag, hashes, journal, case_file, signatures, time_roots)
    findings += times.findings
    checked.append(Checked(Layer.TIME, "stamps", times.stamps))
    return _report(bag, hashes, findings, checked)


def _report(bag: Bag, hashes: FileHashes, findings: list[Finding], checked: list[Checked]) -> Report:
    """All of it in the order of the layers."""
    bag.close_counts()
    findings += bag.findings
    checked.append(Checked(Layer.FILES, "files", hashes.count))
    checked.append(Checked(Layer.FILES, "bytes", hashes.byte_count))
    order = list(Layer)
    findings.sort(key=lambda finding: order.index(finding.layer))
    checked.sort(key=lambda count: order.index(count.layer))
    return Report(str(bag.root), tuple(_harmless(finding) for finding in findings), tuple(checked))


def _harmless(finding: Finding) -> Finding:
    """The same finding without anything that could disturb a terminal."""
    return replace(
        finding,
        subject=shown_text(finding.subject),
        expected=shown_text(finding.expected),
        found=shown_text(finding.found),
    )


def _journal(bag: Bag, findings: list[Finding]) -> JournalCheck | None:
    if JOURNAL_FILE not in bag.sizes:
        findings.append(Finding(Layer.JOURNAL, "journal-missing", JOURNAL_FILE))
        return None
    try:
        with os.fdopen(open_regular(bag.root / JOURNAL_FILE), "rb") as file:
            return check_journal(file)
    except OSError as error:
        findings.append(Finding(Layer.JOURNAL, "journal-missing", JOURNAL_FILE, found=_reason(error)))
        return None


def _json(bag: Bag, name: str) -> Any:
    """The parsed file. Raises OSError, ValueError."""
    with os.fdopen(open_regular(bag.root / name), "rb") as file:
        content = file.read(_JSON_LIMIT + 1)
    if len(content) > _JSON_LIMIT:
        raise ValueError("too large")
    return parse_strict(content)


def _reason(error: Exception) -> str:
    # Without the path: it is this computer's, not the folder's.
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)


def _case_json(bag: Bag, findings: list[Finding]) -> dict[str, Any] | None:
    if CASE_FILE not in bag.sizes:
        findings.append(Finding(Layer.FACTS, "facts-missing", CASE_FILE))
        return None
    try:
        told = _json(bag, CASE_FILE)
    except (OSError, ValueError) as error:
        findings.append(Finding(Layer.FACTS, "facts-unreadable", CASE_FILE, found=_reason(error)))
        return None
    if not isinstance(told, dict):
        findings.append(Finding(Layer.FACTS, "facts-unreadable", CASE_FILE, "{}", type(told).__name__))
        return None
    return told


def _heads(bag: Bag, journal: JournalCheck, told: dict[str, Any] | None, findings: list[Finding]) -> None:
    """A journal whose tail was cut is still a whole chain: only its head, kept elsewhere, tells."""
    actual = {"seq": journal.head.seq, "hash": journal.head.hash}
    claims: list[tuple[str, Any]] = []
    if told is not None:
        claims.append((CASE_FILE, told.get("journal")))
    if CHECKPOINT_FILE in bag.sizes:
        try:
            checkpoint = _json(bag, CHECKPOINT_FILE)
            claims.append((CHECKPOINT_FILE, checkpoint.get("head") if isinstance(checkpoint, dict) else None))
            if isinstance(checkpoint, dict) and checkpoint.get("case") != journal.case:
                found = str(checkpoint.get("case"))
                findings.append(Finding(Layer.JOURNAL, "journal-head", CHECKPOINT_FILE, journal.case, found))
        except (OSError, ValueError) as error:
            claims.append((CHECKPOINT_FILE, _reason(error)))
    else:
        claims.append((CHECKPOINT_FILE, ""))
    findings.extend(
        # What the folder says about its journal is expected, what the journal is was found.
        Finding(Layer.JOURNAL, "journal-head", name, _head(claim), _head(actual))
        for name, claim in claims
        if claim != actual
    )


def _head(claim: Any) -> str:
    if isinstance(claim, dict):
        return f"{claim.get('seq')} {claim.get('hash')}"
    return str(claim)


def _project(journal: JournalCheck, findings: list[Finding]) -> CaseFile:
    """The case as far as the journal tells it; events that make no sense become findings."""
    faults: list[Finding] = []

    def note(event: Event, error: Exception) -> None:
        subject = f"{JOURNAL_FILE} {event.seq}"
        found = f"{event.type.value}: {type(error).__name__}: {error}"
        faults.append(Finding(Layer.FACTS, "facts-unreadable", subject, found=found))

    case_file = project(journal.events, note)
    findings += faults[:_SHOWN_LIMIT]
    if len(faults) > _SHOWN_LIMIT:
        more = str(len(faults) - _SHOWN_LIMIT)
        findings.append(Finding(Layer.FACTS, "too-many", "facts-unreadable", str(_SHOWN_LIMIT), more))
    return case_file


def _kept_files(case_file: CaseFile, hashes: FileHashes, findings: list[Finding]) -> None:
    for kept in case_file.taken_in:
        name = f"data/attachments/{kept.id}/{kept.stored_name}"
        found = hashes.get(name)
        if found is None:
            findings.append(Finding(Layer.FACTS, "file-missing", name, kept.sha256))
        elif found != kept.sha256:
            findings.append(Finding(Layer.FACTS, "file-changed", name, kept.sha256, found))
    findings += [
        Finding(Layer.ORIGIN, "made-elsewhere", imported.name, found=imported.sha256, weight=Weight.REMARK)
        for imported in case_file.imported
    ]
