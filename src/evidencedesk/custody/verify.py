"""Check a case folder layer by layer and name everything that is not as it was handed over.

Files against the manifests, the journal against itself and its checkpoint, recordings against the journal
and their pulses, facts against the journal. It never stops at the first fault, and it never says only
"good": what can't be proved (the time, without an outside stamp) is a finding too.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from evidencedesk.custody.bag import Bag, read_bag
from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.hashing import hash_file, open_regular
from evidencedesk.custody.journal_check import JournalCheck, check_journal
from evidencedesk.custody.projection import project
from evidencedesk.custody.recordings_check import PcmReader, check_recordings
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.finding import Checked, Finding, Layer, Report, Weight

CASE_FILE = "data/case.json"
JOURNAL_FILE = "data/journal.jsonl"
CHECKPOINT_FILE = "signatures/checkpoint.json"
HASH_THREADS = 2
_JSON_LIMIT = 256 * 1024 * 1024
_DIFFERENCES = 20

Progress = Callable[[int, int], None]


def verify_folder(root: Path, read_pcm: PcmReader | None = None, progress: Progress | None = None) -> Report:
    """Check everything. ``read_pcm`` decodes sound; without it recordings are compared by their bytes.

    ``progress`` gets (bytes done, bytes in all) from worker threads. Raises FOLDER_UNREADABLE.
    """
    bag = read_bag(root)
    hashes = _hash_all(bag, progress)
    bag.close_counts()
    findings = list(bag.findings)
    checked = [
        Checked(Layer.FILES, "files", len(hashes)),
        Checked(Layer.FILES, "bytes", sum(bag.sizes[name] for name in hashes)),
    ]
    journal = _journal(bag, findings)
    if journal is not None:
        findings += journal.findings
        checked.append(Checked(Layer.JOURNAL, "events", journal.lines))
    told = _case_json(bag, findings)
    _heads(bag, journal, told, findings)
    case_file = _project(journal, findings)
    if case_file is not None:
        recordings = check_recordings(root, case_file, hashes, read_pcm)
        findings += recordings.findings
        checked.append(Checked(Layer.RECORDINGS, "recordings", recordings.recordings))
        checked.append(Checked(Layer.RECORDINGS, "pulses", recordings.pulses))
        _attachments(case_file, hashes, findings)
        if told is not None:
            checked.append(Checked(Layer.FACTS, "facts", _facts(case_file, told, findings)))
    findings.append(Finding(Layer.TIME, "self-attested", "", weight=Weight.REMARK))
    order = list(Layer)
    findings.sort(key=lambda finding: order.index(finding.layer))
    return Report(str(root), tuple(findings), tuple(checked))


def _hash_all(bag: Bag, progress: Progress | None) -> dict[str, str]:
    """SHA-256 of every promised file that is there; two threads, since hashing lets go of the GIL."""
    promised = bag.declared
    total, done = sum(bag.sizes[name] for name in promised), 0

    def add(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    def one(name: str) -> tuple[str, str | OSError]:
        try:
            return name, hash_file(bag.root / name, add)[0]
        except OSError as error:
            return name, error

    hashes: dict[str, str] = {}
    with ThreadPoolExecutor(HASH_THREADS, thread_name_prefix="verify") as pool:
        for name, found in pool.map(one, sorted(promised)):
            if isinstance(found, OSError):
                bag.find("file-changed", name, promised[name], str(found))
                continue
            hashes[name] = found
            if found != promised[name]:
                code = "file-changed" if name in bag.payload else "tag-changed"
                bag.find(code, name, promised[name], found)
    return hashes


def _journal(bag: Bag, findings: list[Finding]) -> JournalCheck | None:
    if JOURNAL_FILE not in bag.sizes:
        findings.append(Finding(Layer.JOURNAL, "journal-missing", JOURNAL_FILE))
        return None
    try:
        with os.fdopen(open_regular(bag.root / JOURNAL_FILE), "rb") as file:
            return check_journal(file)
    except OSError as error:
        findings.append(Finding(Layer.JOURNAL, "journal-missing", JOURNAL_FILE, found=str(error)))
        return None


def _json(bag: Bag, name: str) -> Any:
    """The parsed file. Raises OSError, ValueError."""
    if bag.sizes.get(name, 0) > _JSON_LIMIT:
        raise ValueError("too large")
    with os.fdopen(open_regular(bag.root / name), "rb") as file:
        return parse_strict(file.read())


def _case_json(bag: Bag, findings: list[Finding]) -> dict[str, Any] | None:
    if CASE_FILE not in bag.sizes:
        findings.append(Finding(Layer.FACTS, "facts-missing", CASE_FILE))
        return None
    try:
        told = _json(bag, CASE_FILE)
    except (OSError, ValueError) as error:
        findings.append(Finding(Layer.FACTS, "facts-unreadable", CASE_FILE, found=str(error)))
        return None
    if not isinstance(told, dict) or not isinstance(told.get("case_file"), dict):
        findings.append(Finding(Layer.FACTS, "facts-unreadable", CASE_FILE, "case_file"))
        return None
    return told


def _heads(
    bag: Bag, journal: JournalCheck | None, told: dict[str, Any] | None, findings: list[Finding]
) -> None:
    """A journal whose tail was cut is still a whole chain: only its head, kept elsewhere, tells."""
    if journal is None:
        return
    actual = {"seq": journal.head.seq, "hash": journal.head.hash}
    claims: list[tuple[str, Any]] = []
    if told is not None:
        claims.append((CASE_FILE, told.get("journal")))
    try:
        checkpoint = _json(bag, CHECKPOINT_FILE)
        claims.append((CHECKPOINT_FILE, checkpoint.get("head") if isinstance(checkpoint, dict) else None))
    except (OSError, ValueError) as error:
        findings.append(Finding(Layer.JOURNAL, "journal-head", CHECKPOINT_FILE, _head(actual), str(error)))
    findings.extend(
        Finding(Layer.JOURNAL, "journal-head", name, _head(claim), _head(actual))
        for name, claim in claims
        if claim != actual
    )


def _head(claim: Any) -> str:
    if isinstance(claim, dict):
        return f"{claim.get('seq')} {claim.get('hash')}"
    return str(claim)


def _project(journal: JournalCheck | None, findings: list[Finding]) -> CaseFile | None:
    if journal is None:
        return None
    try:
        return project(journal.events)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"[:120]
        findings.append(Finding(Layer.FACTS, "facts-unreadable", JOURNAL_FILE, found=found))
        return None


def _attachments(case_file: CaseFile, hashes: dict[str, str], findings: list[Finding]) -> None:
    for attachment in case_file.attachments:
        name = f"data/attachments/{attachment.id}/{attachment.stored_name}"
        found = hashes.get(name)
        if found is None:
            findings.append(Finding(Layer.FACTS, "file-missing", name, attachment.sha256))
        elif found != attachment.sha256:
            findings.append(Finding(Layer.FACTS, "file-changed", name, attachment.sha256, found))


def _facts(case_file: CaseFile, told: dict[str, Any], findings: list[Finding]) -> int:
    """Compare case.json field by field with what the journal says; how many fields were compared."""
    expected = _leaves(case_file_to_json(case_file))
    found = _leaves(told["case_file"])
    different = [
        path for path in sorted(expected.keys() | found.keys()) if expected.get(path) != found.get(path)
    ]
    findings.extend(
        Finding(
            Layer.FACTS, "facts-disagree", f"{CASE_FILE} {path}", _text(expected, path), _text(found, path)
        )
        for path in different[:_DIFFERENCES]
    )
    if len(different) > _DIFFERENCES:
        more = str(len(different) - _DIFFERENCES)
        findings.append(Finding(Layer.FACTS, "too-many", "facts-disagree", str(_DIFFERENCES), more))
    return len(expected)


def _text(leaves: dict[str, Any], path: str) -> str:
    return str(leaves[path])[:200] if path in leaves else ""


def _leaves(value: Any) -> dict[str, Any]:
    """Every simple value by its path: ``notes[3].text``."""
    leaves: dict[str, Any] = {}
    waiting = [("", value)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, dict) and part:
            waiting += [(f"{path}.{key}" if path else str(key), inner) for key, inner in part.items()]
        elif isinstance(part, list) and part:
            waiting += [(f"{path}[{index}]", inner) for index, inner in enumerate(part)]
        else:
            leaves[path] = part
    return leaves
