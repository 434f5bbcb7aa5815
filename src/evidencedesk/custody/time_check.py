"""Check what outside authorities say about the time: up to when, and from when on, by whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography import x509

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.checkpoint import LINE_LIMIT, Checkpoint
from evidencedesk.custody.cms import SIGNATURE_LIMIT
from evidencedesk.custody.file_hashes import FileHashes
from evidencedesk.custody.journal_check import JOURNAL_FILE, JournalCheck
from evidencedesk.custody.manifests import MANIFEST
from evidencedesk.custody.revocation import Standing, check_revocation
from evidencedesk.custody.signature_files import SIGNATURE_FILE
from evidencedesk.custody.signature_findings import SignatureCheck
from evidencedesk.custody.stamp_beside import Authority, answers, check_beside, read
from evidencedesk.custody.time_bounds import Proof, bounds, contradict, wrong_clocks
from evidencedesk.custody.time_stamp import (
    ANSWER_LIMIT,
    REQUEST_LIMIT,
    StampInvalid,
    TimeStamp,
    read_answer,
    read_request,
)
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.finding import Finding, Layer, Weight
from evidencedesk.domain.stamp import Subject, Trouble

_STAMP_LIMIT = 5000
_SHOWN_LIMIT = 20


@dataclass
class TimeCheck:
    """What was found, and how many stamps hold."""

    findings: list[Finding] = field(default_factory=list)
    stamps: int = 0

    def find(
        self, code: str, subject: str, expected: str = "", found: str = "", weight: Weight = Weight.FAULT
    ) -> None:
        """Note a finding of this layer; of one kind only the first 20 are spelled out."""
        if sum(finding.code == code for finding in self.findings) < _SHOWN_LIMIT:
            self.findings.append(Finding(Layer.TIME, code, subject, expected, found, weight))

    def remark(self, code: str, subject: str, found: str = "") -> None:
        """Note what is no fault."""
        self.find(code, subject, found=found, weight=Weight.REMARK)


def check_time(
    bag: Bag,
    hashes: FileHashes,
    journal: JournalCheck | None,
    case_file: CaseFile | None,
    signatures: SignatureCheck,
    trusted: Sequence[x509.Certificate] = (),
) -> TimeCheck:
    """Check every stamp in the folder, and say what time is proven.

    Stamps count for what ``signatures`` found to hold: a stamped signature that is not this folder's says
    nothing about it. ``trusted`` are the roots that the reader
    brings, and those that the reader's computer knows: a root that only came in the folder proves nothing
    yet, and is named as such.
    """
    check = TimeCheck()
    proofs = _proofs(bag, journal, signatures, trusted, check)
    check.stamps = len(proofs)
    _require_answers(case_file, bag, hashes, check)
    check_beside(bag, check.find)
    proven = [proof for proof in proofs if proof.trusted]
    _claims([proof for proof in proofs if not proof.trusted], check)
    whole = [proof for proof in proven if proof.seq is None and proof.name.startswith(SIGNATURE_FILE)]
    for proof in sorted(whole, key=lambda one: one.stamp.gen_time):
        check.remark("folder-time-proven", SIGNATURE_FILE, said(proof.stamp))
    if journal is not None and not journal.findings:
        if not _signed_journal(bag, hashes):
            # What was stamped with the signature was another journal.
            proven = [proof for proof in proven if proof.seq is not None]
        _entries(journal, proven, check)
    if not any(proof.trusted for proof in proofs):
        check.remark("self-attested", "")
    return check


def said(stamp: TimeStamp) -> str:
    """Time, authority and root of a stamp, for people."""
    accuracy = f" ±{stamp.accuracy_us / 1_000_000:g} s" if stamp.accuracy_us else ""
    return f"{shown_time(stamp.gen_time)}{accuracy}, {stamp.tsa_name} ({stamp.root_name})"


def shown_time(utc: str) -> str:
    """A moment without what nobody reads: ``2026-11-25 09:34:52 UTC``."""
    return f"{utc[:10]} {utc[11:19]} UTC"


def _claims(claimed: Sequence[Proof], check: TimeCheck) -> None:
    """Stamps whose root nobody but this folder vouches for, by that root."""
    by_root: dict[str, list[Proof]] = {}
    for proof in claimed:
        by_root.setdefault(proof.stamp.root_fingerprint, []).append(proof)
    for fingerprint, proofs in sorted(by_root.items()):
        times = sorted(proof.stamp.gen_time for proof in proofs)
        span = shown_time(times[0])
        if times[-1] != times[0]:
            span += f" – {shown_time(times[-1])}"
        check.remark("time-claimed", proofs[0].stamp.root_name, f"{span}; SHA-256 {fingerprint}")


def _proofs(
    bag: Bag,
    journal: JournalCheck | None,
    signatures: SignatureCheck,
    trusted: Sequence[x509.Certificate],
    check: TimeCheck,
) -> list[Proof]:
    proofs = []
    authorities: dict[str, Authority] = {}
    unknown: set[str] = set()
    for count, (name, stamped, authority) in enumerate(answers(bag)):
        if count >= _STAMP_LIMIT:
            check.find("too-many", "stamps", str(_STAMP_LIMIT))
            break
        brought = authorities.setdefault(authority, Authority(bag, authority))
        try:
            proof = _proof(bag, name, stamped, brought, trusted)
        except StampInvalid as error:
            check.find("stamp-invalid", name, found=str(error))
            continue
        revocation = check_revocation(proof.stamp.path, proof.stamp.gen_time, brought.crls)
        if revocation.standing is Standing.REVOKED:
            found = f"{revocation.name}, {shown_time(revocation.since)} {revocation.reason}".strip()
            check.find("stamp-revoked", name, found=found)
            continue
        if revocation.standing is Standing.UNKNOWN and authority not in unknown:
            unknown.add(authority)
            check.remark("revocation-unknown", authority, revocation.name)
        if stamped == SIGNATURE_FILE and not signatures.signer:
            continue  # the signature itself is a finding already
        if stamped != SIGNATURE_FILE:
            seq = _covered(stamped, signatures.checkpoints, journal)
            if seq is None:
                continue  # and so is the checkpoint
            proof = Proof(proof.name, proof.stamp, proof.token_sha256, trusted=proof.trusted, seq=seq)
        proofs.append(proof)
    return proofs


def _proof(
    bag: Bag, name: str, stamped: str, brought: Authority, trusted: Sequence[x509.Certificate]
) -> Proof:
    try:
        content = read(bag, stamped, max(SIGNATURE_LIMIT, LINE_LIMIT))
        question = read(bag, f"{stamped}.{brought.name}.tsq", REQUEST_LIMIT)
        answer = read(bag, name, ANSWER_LIMIT)
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error)
        raise StampInvalid(Trouble.JUNK, str(detail)) from error
    request = read_request(question)
    if request.imprint != hashlib.sha256(content).hexdigest():
        raise StampInvalid(Trouble.WRONG_HASH, request.imprint)
    token = hashlib.sha256(answer).hexdigest()
    try:
        return Proof(name, read_answer(answer, request, trusted, brought.chain), token, trusted=True)
    except StampInvalid as error:
        if error.trouble is not Trouble.UNKNOWN_ROOT or not brought.roots:
            raise
        return Proof(name, read_answer(answer, request, brought.roots, brought.chain), token, trusted=False)


def _covered(stamped: str, checkpoints: Mapping[str, Checkpoint], journal: JournalCheck | None) -> int | None:
    """Up to which entry of this journal a checkpoint reaches; None when it is of another one."""
    checkpoint = checkpoints.get(stamped)
    if checkpoint is None or journal is None or checkpoint.case != journal.case:
        return None
    seq = checkpoint.head.seq
    return seq if journal.hashes.get(seq) == checkpoint.head.hash else None


def _require_answers(case_file: CaseFile | None, bag: Bag, hashes: FileHashes, check: TimeCheck) -> None:
    """Each answer over a checkpoint that the journal tells of must be here; others' belong to other folders.

    One that is here and does not hold is named by its file.
    """
    told = case_file.stamps if case_file is not None else ()
    wanted = [stamp for stamp in told if stamp.subject is Subject.CHECKPOINT]
    here = {hashes.get(name) for name, *_ in answers(bag)} if wanted else set()
    for stamp in wanted:
        if stamp.token_sha256 not in here:
            check.find("stamp-missing", stamp.authority, stamp.token_sha256)


def _signed_journal(bag: Bag, hashes: FileHashes) -> bool:
    """Whether this journal is the one whose hash, by way of both lists, was signed."""
    chain = ((MANIFEST, bag.tags), (JOURNAL_FILE, bag.payload))
    return all(name in promised and hashes.get(name) == promised[name] for name, promised in chain)


def _entries(journal: JournalCheck, proven: Sequence[Proof], check: TimeCheck) -> None:
    found = bounds(journal, proven)
    for bound in found[:_SHOWN_LIMIT]:
        entries = f"{bound.first}-{bound.last}" if bound.last > bound.first else str(bound.first)
        if bound.after is not None and bound.before is not None and contradict(bound.after, bound.before):
            check.find("stamps-contradict", entries, said(bound.before.stamp), said(bound.after.stamp))
        elif bound.after is not None and bound.before is not None:
            between = f"{said(bound.after.stamp)} – {said(bound.before.stamp)}"
            check.remark("time-between", entries, between)
        elif bound.before is not None:
            check.remark("time-proven", entries, said(bound.before.stamp))
        elif bound.after is not None:
            check.remark("time-after", entries, said(bound.after.stamp))
    if len(found) > _SHOWN_LIMIT:
        check.remark("too-many", "time-proven", str(len(found) - _SHOWN_LIMIT))
    for entry, seconds in wrong_clocks(journal, proven)[:_SHOWN_LIMIT]:
        check.remark("clock-off", str(entry), f"{seconds:+d} s")
