"""Check a redacted copy: its statement, and that what it says is muted is silent.

It is never called intact: what was left out can't be seen from it, and only its originals are evidence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

from evidencedesk.custody.bag import Bag
from evidencedesk.custody.file_hashes import FileHashes
from evidencedesk.custody.hashing import open_regular
from evidencedesk.custody.recordings_check import PcmReader
from evidencedesk.custody.signature_check import check_signatures
from evidencedesk.custody.signature_files import SIGNATURE_FILE
from evidencedesk.custody.signature_findings import SignatureCheck
from evidencedesk.custody.strict_json import parse_strict
from evidencedesk.domain.finding import Checked, Finding, Layer, Weight
from evidencedesk.domain.redaction import CASE_FILE, FORMAT, KIND, STATEMENT_FILE

_LIMIT = 16 * 1024 * 1024
_SHOWN_LIMIT = 20
_SHA256 = re.compile("[0-9a-f]{64}")
_SAMPLE_BYTES = 2
_MOST_CHANNELS = 8


def is_redacted_copy(bag: Bag) -> bool:
    """Whether a folder says of itself that it is one. With a journal it is not: then all is checked."""
    return STATEMENT_FILE in bag.sizes and "data/journal.jsonl" not in bag.sizes


def check_redacted(
    bag: Bag, hashes: FileHashes, read_pcm: PcmReader | None, trusted: Collection[str] = ()
) -> tuple[list[Finding], list[Checked]]:
    """Everything that can be said of a redacted copy beside its lists.

    No layer but those of files and signature is called checked: there is no journal to compare anything
    with. ``trusted`` has the fingerprints of certificates that the reader knows.
    """
    signatures = check_signatures(bag, None, trusted)
    checked = [Checked(Layer.SIGNATURE, "signatures", signatures.signatures)]
    findings = [Finding(Layer.ORIGIN, "redacted", "", weight=Weight.REMARK), *signatures.findings]
    try:
        told = read_statement(bag)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        found = str(getattr(error, "strerror", None) or error)
        findings.append(Finding(Layer.FACTS, "redaction-unreadable", STATEMENT_FILE, found=found[:120]))
        return findings, checked
    findings += _promised(told.get("device"), signatures)
    findings += _left_out(told)
    named: set[str] = set()
    for recording in told["recordings"]:
        named.add(recording["file"])
        findings += _recording(bag, hashes, recording, read_pcm)
    for kept in told["files"]:
        named.add(kept["file"])
        findings += _same(hashes, kept["file"], kept["sha256"])
    findings += _strangers(bag, named)
    findings += _case(bag, told["case"])
    return findings, checked


def read_statement(bag: Bag) -> Mapping[str, Any]:
    """The statement of a copy. Raises OSError, ValueError, KeyError, TypeError or AttributeError."""
    told: Mapping[str, Any] = _read(bag, STATEMENT_FILE)
    _require_shape(told)
    return told


def read_case(bag: Bag) -> Mapping[str, Any]:
    """What a copy shows of its case. Raises what ``read_statement`` raises."""
    shown = _read(bag, CASE_FILE)["case_file"]
    if not isinstance(shown, dict):
        raise TypeError("case_file")
    return shown


def _promised(device: Any, signatures: SignatureCheck) -> Iterator[Finding]:
    """The statement says who signed: a signature that was taken out, or another one, is noticed."""
    if not device or (signatures.signer and signatures.signer == device):
        return
    if any(finding.code == "not-signed" for finding in signatures.findings):
        yield Finding(Layer.SIGNATURE, "signature-missing", SIGNATURE_FILE, str(device)[:64])
    elif signatures.signer:
        found = signatures.signer
        yield Finding(Layer.SIGNATURE, "signature-other-key", SIGNATURE_FILE, str(device)[:64], found)


def _read(bag: Bag, name: str) -> Any:
    with os.fdopen(open_regular(bag.root / name), "rb") as file:
        content = file.read(min(bag.sizes[name], _LIMIT) + 1)
    if len(content) > _LIMIT:
        raise ValueError("too large")
    return parse_strict(content)


def _require_shape(told: Any) -> None:
    """Raises ValueError, KeyError, TypeError or AttributeError for anything that we would not write."""
    if told["v"] != FORMAT or told["kind"] != KIND or not isinstance(told["case"], str):
        raise ValueError("kind")
    head = told["original"]["journal"]
    _require(_is_count(head["seq"]) and _is_hash(head["hash"]), "original")
    _require(all(_is_count(count) for count in told["left_out"].values()), "left_out")
    _require(isinstance(told["recordings"], list) and isinstance(told["files"], list), "lists")
    for kept in told["files"]:
        _require(isinstance(kept["file"], str) and _is_hash(kept["sha256"]), "files")
        _require(isinstance(kept["imported"], bool), "imported")
    for one in told["recordings"]:
        _require(isinstance(one["file"], str) and isinstance(one["recording"], str), "recordings")
        _require(_is_hash(one["file_sha256"]) and _is_hash(one["original"]["file_sha256"]), "file_sha256")
        _require(_is_count(one["samples"]) and _is_count(one["rate_hz"]) and one["rate_hz"] > 0, "samples")
        _require(isinstance(one["muted"], list) and isinstance(one["simulated"], bool), "muted")
        places = [0]
        for stretch in one["muted"]:
            places += [stretch["from_sample"], stretch["to_sample"]]
        _require(all(map(_is_count, places)), "muted")
        in_order = all(first <= second for first, second in pairwise(places))
        _require(in_order and places[-1] <= one["samples"], "muted")


def _require(good: bool, what: str) -> None:  # noqa: FBT001 - reads like assert
    if not good:
        raise ValueError(what)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _left_out(told: Mapping[str, Any]) -> Iterator[Finding]:
    """Remarks: what somebody who looks at the copy must know."""
    for kind, count in sorted(told["left_out"].items()):
        if count:
            yield Finding(Layer.ORIGIN, "redacted-left-out", kind, found=str(count), weight=Weight.REMARK)
    for one in told["recordings"]:
        if one["simulated"]:
            yield Finding(Layer.ORIGIN, "simulated", one["recording"], weight=Weight.REMARK)
    for kept in told["files"]:
        if kept["imported"]:
            name = kept["file"].rpartition("/")[2]
            yield Finding(Layer.ORIGIN, "made-elsewhere", name, found=kept["sha256"], weight=Weight.REMARK)
    for one in told["recordings"][:_SHOWN_LIMIT]:
        for stretch in one["muted"][:_SHOWN_LIMIT]:
            seconds = [f"{stretch[key] / one['rate_hz']:.3f}" for key in ("from_sample", "to_sample")]
            found = f"{seconds[0]} – {seconds[1]} s"
            yield Finding(
                Layer.RECORDINGS, "redacted-muted", one["recording"], found=found, weight=Weight.REMARK
            )


def _recording(
    bag: Bag, hashes: FileHashes, told: Mapping[str, Any], read_pcm: PcmReader | None
) -> Iterator[Finding]:
    name = told["file"]
    yield from _same(hashes, name, told["file_sha256"])
    if not told["muted"]:
        # Nothing was done to it, so it must be the original itself.
        if told["file_sha256"] != told["original"]["file_sha256"]:
            expected, found = told["original"]["file_sha256"], told["file_sha256"]
            yield Finding(Layer.RECORDINGS, "recording-changed", name, expected, found)
        return
    if read_pcm is None or name not in bag.sizes or hashes.get(name) is None:
        return
    try:
        problem = _not_silent(read_pcm, bag, told)
    except (ValueError, OSError) as error:
        yield Finding(Layer.RECORDINGS, "recording-not-decoded", name, found=str(error)[:120])
        return
    if problem:
        yield Finding(Layer.RECORDINGS, "redaction-not-silent", name, found=problem)


def _not_silent(read_pcm: PcmReader, bag: Bag, told: Mapping[str, Any]) -> str:
    """The first muted stretch that can be heard, or another length; empty when all is as stated."""
    samples = told["samples"]
    total = sum(len(pcm) for pcm in read_pcm(bag.root / told["file"]))
    frame, rest = divmod(total, samples) if samples else (0, total)
    if rest or frame not in range(_SAMPLE_BYTES, _SAMPLE_BYTES * _MOST_CHANNELS + 1, _SAMPLE_BYTES):
        return f"{total} B / {samples}"
    stretches = [(one["from_sample"] * frame, one["to_sample"] * frame) for one in told["muted"]]
    at = 0
    for pcm in read_pcm(bag.root / told["file"]):
        for begin, end in stretches:
            part = pcm[max(0, begin - at) : max(0, end - at)]
            if part.count(0) != len(part):
                return f"{begin // frame} – {end // frame}"
        at += len(pcm)
    return ""


def _same(hashes: FileHashes, name: str, sha256: str) -> Iterator[Finding]:
    found = hashes.get(name)
    if found is None:
        yield Finding(Layer.FACTS, "file-missing", name, sha256)
    elif found != sha256:
        yield Finding(Layer.FACTS, "file-changed", name, sha256, found)


def _strangers(bag: Bag, named: set[str]) -> Iterator[Finding]:
    """Whatever stands among the sounds and files must be named: else an original could slip in."""
    places = ("data/recordings/", "data/attachments/", "data/listening/")
    strangers = sorted(name for name in bag.sizes if name.startswith(places) and name not in named)
    for name in strangers[:_SHOWN_LIMIT]:
        yield Finding(Layer.FACTS, "redaction-unnamed", name)
    if len(strangers) > _SHOWN_LIMIT:
        more = str(len(strangers) - _SHOWN_LIMIT)
        yield Finding(Layer.FACTS, "too-many", "redaction-unnamed", str(_SHOWN_LIMIT), more)


def _case(bag: Bag, case: str) -> Iterator[Finding]:
    try:
        told = _read(bag, CASE_FILE) if CASE_FILE in bag.sizes else None
        found = told["case_file"]["case"]["id"] if told is not None else ""
        if told is not None and told["redacted"] is not True:
            found = "redacted: false"
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = str(getattr(error, "strerror", None) or error)
    if found != case:
        yield Finding(Layer.FACTS, "facts-disagree", CASE_FILE, case, str(found)[:120])
