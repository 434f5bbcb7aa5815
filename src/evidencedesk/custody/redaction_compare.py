"""Compare a redacted copy with the case folder that it was made from.

The statement of a copy names originals by their SHA-256; only beside these can be seen that nothing but what
is said was changed. The case folder itself is checked by ``verify`` of that folder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidencedesk.custody.bag import Bag, read_bag
from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.facts_check import as_told
from evidencedesk.custody.hashing import hash_file, open_regular
from evidencedesk.custody.journal_check import JOURNAL_FILE, JournalCheck, check_journal
from evidencedesk.custody.projection import project
from evidencedesk.custody.recordings_check import PcmReader
from evidencedesk.custody.redaction_check import read_case, read_statement
from evidencedesk.domain.event import Event
from evidencedesk.domain.finding import Finding, Layer, Weight
from evidencedesk.domain.redaction import CASE_FILE, MASK, STATEMENT_FILE

_SHOWN_LIMIT = 20
_COUNTED = ("notes", "collectors", "attachments", "imported")
# Left out of the statement while there are none: older copies say nothing of them.
_COUNTED_LATER = ("contacts", "follow_ups", "claims", "transcripts")
# One of each at most; a copy has none of them, and says so of the first only.
_SINGLE = ("debt", "evidence")
_DEBTS = "debts"
_MASKED = "masked_notes"
_BY_ID = ("encounters", "recordings", "ticks", *_COUNTED, *_COUNTED_LATER)
# What a copy has not, or has of its own. Sounds are compared themselves.
_NOT_COPIED: Mapping[str, frozenset[str]] = {
    "notes": frozenset({"earlier"}),
    "ticks": frozenset({"facts"}),
    "attachments": frozenset({"text"}),
    "recordings": frozenset(
        {
            "file",
            "file_bytes",
            "file_sha256",
            "pcm_sha256",
            "pulse_sha256",
            "found_file",
            "found_sha256",
            "cut_bytes",
        }
    ),
}


def compare_with_original(copy: Bag, original: Path, read_pcm: PcmReader | None) -> list[Finding]:
    """Everything in the copy that the case folder does not bear out, and a remark that it was looked at.

    Raises FOLDER_UNREADABLE when there is no case folder. A copy whose statement can't be read is not
    compared; that it can't is said elsewhere.
    """
    whole = read_bag(original)
    if STATEMENT_FILE not in copy.sizes or JOURNAL_FILE not in whole.sizes:
        return [Finding(Layer.FACTS, "original-not-comparable", original.name)]
    try:
        told = read_statement(copy)
        shown = read_case(copy)
        journal = _journal(whole)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [Finding(Layer.FACTS, "original-not-comparable", original.name)]
    findings = [*_recordings(copy, whole, told, read_pcm), *_files(whole, told)]
    findings += _facts(journal, told, shown)
    looked_at = Finding(Layer.FACTS, "original-compared", original.name, weight=Weight.REMARK)
    return [*findings, looked_at]


def _journal(whole: Bag) -> JournalCheck:
    with os.fdopen(open_regular(whole.root / JOURNAL_FILE), "rb") as file:
        return check_journal(file)


def _recordings(
    copy: Bag, whole: Bag, told: Mapping[str, Any], read_pcm: PcmReader | None
) -> Iterator[Finding]:
    for one in told["recordings"]:
        wanted = one["original"]["file_sha256"]
        name = _named_by_hash(whole, f"data/recordings/{one['recording']}/", wanted)
        if name is None:
            yield Finding(Layer.RECORDINGS, "original-missing", one["recording"], wanted)
        elif one["muted"] and read_pcm is not None and one["file"] in copy.sizes:
            yield from _sounds(read_pcm, copy.root / one["file"], whole.root / name, one)


def _files(whole: Bag, told: Mapping[str, Any]) -> Iterator[Finding]:
    for kept in told["files"]:
        place = kept["file"].rpartition("/")[0] + "/"
        if _named_by_hash(whole, place, kept["sha256"]) is None:
            yield Finding(Layer.FACTS, "original-missing", kept["file"], kept["sha256"])


def _named_by_hash(whole: Bag, place: str, sha256: str) -> str | None:
    for name in sorted(whole.sizes):
        if not name.startswith(place):
            continue
        with contextlib.suppress(OSError):
            if hash_file(whole.root / name)[0] == sha256:
                return name
    return None


def _sounds(read_pcm: PcmReader, copy: Path, original: Path, one: Mapping[str, Any]) -> Iterator[Finding]:
    """The first sample outside the muted stretches that is not the original's, or another length."""
    try:
        total = sum(len(pcm) for pcm in read_pcm(original))
        samples = one["samples"]
        if not samples or total % samples:
            yield Finding(Layer.RECORDINGS, "original-sound-differs", one["recording"], str(samples))
            return
        frame = total // samples
        muted = [(part["from_sample"] * frame, part["to_sample"] * frame) for part in one["muted"]]
        at = _first_difference(read_pcm(copy), read_pcm(original), muted)
    except (OSError, ValueError) as error:
        found = str(getattr(error, "strerror", None) or error)[:120]
        yield Finding(Layer.RECORDINGS, "recording-not-decoded", one["recording"], found=found)
        return
    if at is not None:
        seconds = f"{at // frame / one['rate_hz']:.3f} s"
        yield Finding(Layer.RECORDINGS, "original-sound-differs", one["recording"], found=seconds)


def _first_difference(
    copy: Iterator[bytes], original: Iterator[bytes], muted: Sequence[tuple[int, int]]
) -> int | None:
    """The first byte that is neither muted nor the same in both; where one ends earlier, its end."""
    at = 0
    mine, theirs = b"", b""
    while True:
        mine = mine or next(copy, b"")
        theirs = theirs or next(original, b"")
        length = min(len(mine), len(theirs))
        if not length:
            return at if mine or theirs else None
        left, right = bytearray(mine[:length]), bytearray(theirs[:length])
        for begin, end in muted:
            part = slice(min(length, max(0, begin - at)), min(length, max(0, end - at)))
            silence = bytes(part.stop - part.start) if part.stop > part.start else b""
            left[part], right[part] = silence, silence
        if left != right:
            return at + next(place for place in range(length) if left[place] != right[place])
        at += length
        mine, theirs = mine[length:], theirs[length:]


def _facts(journal: JournalCheck, told: Mapping[str, Any], shown: Mapping[str, Any]) -> Iterator[Finding]:
    head = told["original"]["journal"]
    found = journal.hashes.get(head["seq"], "")
    if journal.case != told["case"] or found != head["hash"]:
        expected = f"{told['case']} {head['seq']} {head['hash']}"
        yield Finding(Layer.JOURNAL, "original-other-journal", JOURNAL_FILE, expected, found)
    events = [event for event in journal.events if event.seq <= head["seq"]]
    if not events:
        return
    known = as_told(case_file_to_json(project(events, _passed_over)), shown)
    differing = list(_differing(known, shown))
    for path in differing[:_SHOWN_LIMIT]:
        yield Finding(Layer.FACTS, "original-disagrees", f"{CASE_FILE} {path}")
    if len(differing) > _SHOWN_LIMIT:
        more = str(len(differing) - _SHOWN_LIMIT)
        yield Finding(Layer.FACTS, "too-many", "original-disagrees", str(_SHOWN_LIMIT), more)
    for kind in (*_COUNTED, *_COUNTED_LATER):
        missing = len(known.get(kind, ())) - len(_list(shown, kind))
        stated = told["left_out"].get(kind, 0 if kind in _COUNTED_LATER else None)
        if missing != stated:
            yield Finding(Layer.FACTS, "original-left-out", kind, str(stated), str(missing))
    missing, stated = int("debt" in known) - int("debt" in shown), told["left_out"].get(_DEBTS, 0)
    if missing != stated:
        yield Finding(Layer.FACTS, "original-left-out", _DEBTS, str(stated), str(missing))
    masked, stated = _masked_notes(known, shown), told["left_out"].get(_MASKED, 0)
    if masked != stated:
        yield Finding(Layer.FACTS, "original-left-out", _MASKED, str(stated), str(masked))


def _differing(known: Mapping[str, Any], shown: Mapping[str, Any]) -> Iterator[str]:
    """What the copy shows and the original does not have so."""
    if shown.get("case") != known["case"]:
        yield "case"
    for kind in _BY_ID:
        originals = {item["id"]: item for item in known.get(kind, ())}
        seen: set[str] = set()
        for item in _list(shown, kind):
            name = item.get("id") if isinstance(item, dict) else None
            original = originals.get(name) if isinstance(name, str) else None
            if original is not None and kind == "notes" and _is_masked(item.get("text"), original["text"]):
                item = {**item, "text": original["text"]}  # noqa: PLW2901 - as it would be without the mask
            if kind == "attachments" and isinstance(item, dict) and item.get("text"):
                yield f"{kind} {name}"  # the user's words about a file are in no copy
            elif original is None or name in seen or _comparable(kind, item) != _comparable(kind, original):
                yield f"{kind} {name}"
            else:
                seen.add(str(name))
    for kind in _SINGLE:
        if kind in shown and shown[kind] != known.get(kind):
            yield kind
    for kind in ("gaps", "warnings"):
        if _list(shown, kind) != known.get(kind, []):
            yield kind


def _masked_notes(known: Mapping[str, Any], shown: Mapping[str, Any]) -> int:
    """How many notes of the copy are the original's with characters masked."""
    originals = {note["id"]: note["text"] for note in known["notes"]}
    copies = ((note.get("id"), note.get("text")) for note in _list(shown, "notes") if isinstance(note, dict))
    return sum(
        name in originals and text != originals[name] and _is_masked(text, originals[name])
        for name, text in copies
        if isinstance(name, str)
    )


def _is_masked(text: Any, original: str) -> bool:
    """Whether a text is another one, character by character, but for those that are masked."""
    return (
        isinstance(text, str)
        and len(text) == len(original)
        and all(mine in (theirs, MASK) for mine, theirs in zip(text, original, strict=True))
    )


def _comparable(kind: str, item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in _NOT_COPIED.get(kind, frozenset())}


def _list(shown: Mapping[str, Any], kind: str) -> Sequence[Any]:
    value = shown.get(kind, [])
    return value if isinstance(value, list) else []


def _passed_over(_event: Event, _error: Exception) -> None:
    """An event that makes no sense is named by ``verify`` of the case folder."""
