"""A copy for showing around: which files it has, and the statement of what it has not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evidencedesk.custody.casefile_json import case_file_to_json
from evidencedesk.custody.device_certificate import printed_fingerprint
from evidencedesk.custody.device_key import Signer
from evidencedesk.custody.journal import JournalHead
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.shown_text import shown_text
from evidencedesk.domain.case import CaseFile, ImportedSound
from evidencedesk.domain.moment import Moment, clock_text
from evidencedesk.domain.redaction import CASE_FILE, FORMAT, KIND, MARK, STATEMENT_FILE
from evidencedesk.export.bag_writer import BagFacts, BagWriter, Cancelled, Original, Progress, Written
from evidencedesk.export.signed_folder import checkpoint_files, folder_signature
from evidencedesk.wording.language import Words, mark_plural

PAGE = f"START-HERE-{MARK}.html"
STATEMENT_PAGE = f"{MARK}.txt"
_NOTES = mark_plural("{n} note was left out.", "{n} notes were left out.")
_PERSONS = mark_plural("{n} person was left out.", "{n} persons were left out.")
_FILES = mark_plural("{n} file was left out.", "{n} files were left out.")
_EARLIER = mark_plural(
    "{n} earlier wording of a corrected note was left out.",
    "{n} earlier wordings of corrected notes were left out.",
)
_CONTACTS = mark_plural(
    "{n} entry of contacts and of steps taken was left out.",
    "{n} entries of contacts and of steps taken were left out.",
)
_MASKED = mark_plural(
    "ID, bank card or phone numbers in {n} note are masked.",
    "ID, bank card or phone numbers in {n} notes are masked.",
)
_DEBTS = mark_plural(
    "The contract terms of {n} debt were left out.", "The contract terms of {n} debts were left out."
)
_CLAIMS = mark_plural("{n} sum that was claimed was left out.", "{n} sums that were claimed were left out.")
_TRANSCRIPTS = mark_plural(
    "{n} transcript written by a machine was left out.", "{n} transcripts written by a machine were left out."
)


@dataclass(frozen=True, slots=True)
class CopiedSound:
    """The sound of one recording in the copy, with the SHA-256 of what it was made from."""

    recording: str
    source: Path
    path: str
    sha256: str
    samples: int
    rate_hz: int
    original_sha256: str
    original_pcm_sha256: str
    simulated: bool
    muted: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What the statement says of it; positions in samples, and in milliseconds for people."""
        return {
            "recording": self.recording,
            "file": self.path,
            "file_sha256": self.sha256,
            "samples": self.samples,
            "rate_hz": self.rate_hz,
            "simulated": self.simulated,
            "original": {"file_sha256": self.original_sha256, "pcm_sha256": self.original_pcm_sha256},
            "muted": [{"from_sample": begin, "to_sample": end} for begin, end in self.muted],
        }


_COUNTED_LATER = frozenset({"contacts", "follow_ups", "masked_notes", "debts", "claims", "transcripts"})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much was left out, by kind. Not what: a hash of a short text could be guessed."""

    notes: int
    collectors: int
    attachments: int
    imported: int
    earlier_wordings: int
    contacts: int = 0
    follow_ups: int = 0
    masked_notes: int = 0
    debts: int = 0
    claims: int = 0
    transcripts: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """As statement and journal say it; what came later only where there is some."""
        return {kind: count for kind, count in asdict(self).items() if count or kind not in _COUNTED_LATER}


@dataclass(frozen=True, slots=True)
class RedactedPlan:
    """Everything that goes into the copy. ``case_file`` has only what may be shown."""

    case_file: CaseFile
    original_head: JournalHead
    left_out: LeftOut
    sounds: Sequence[CopiedSound]
    case_source_folder: Path
    destination: Path
    page: str
    statement_texts: Sequence[Words]
    language: str
    app_version: str
    made: Moment
    signer: Signer | None = None
    packs: Sequence[Written] = ()


def write_redacted_folder(
    plan: RedactedPlan,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    reading_back: Progress | None = None,
) -> BagFacts:
    """Write it, as a bag of its own. Raises what ``BagWriter.write`` raises."""
    kept = [
        Original(
            attachment_file(plan.case_source_folder, one),
            f"data/attachments/{one.id}/{one.stored_name}",
            one.sha256,
        )
        for one in plan.case_file.taken_in
    ]
    sounds = [Original(sound.source, sound.path, sound.sha256) for sound in plan.sounds]
    case_json = {"v": FORMAT, "redacted": True, "case_file": case_file_to_json(plan.case_file)}
    written = [
        Written(STATEMENT_FILE, _pretty(statement(plan))),
        Written(CASE_FILE, _pretty(case_json)),
        *plan.packs,
        Written(PAGE, plan.page.encode()),
        Written(STATEMENT_PAGE, _statement_page(plan).encode()),
        *checkpoint_files([], {}, plan.signer),
    ]
    writer = BagWriter(plan.destination, progress, cancelled, reading_back)
    return writer.write([*sounds, *kept], written, _info(plan), folder_signature(plan.signer, plan.made))


def statement(plan: RedactedPlan) -> dict[str, Any]:
    """What was left out and how much, and the SHA-256 of the originals."""
    return {
        "v": FORMAT,
        "kind": KIND,
        "case": plan.case_file.case.id,
        "made": {"utc": plan.made.utc, "offset_minutes": plan.made.offset_minutes},
        "app": plan.app_version,
        "language": plan.language,
        "device": plan.signer.fingerprint if plan.signer is not None else None,
        "original": {"journal": {"seq": plan.original_head.seq, "hash": plan.original_head.hash}},
        "left_out": plan.left_out.counts,
        "recordings": [sound.as_json() for sound in plan.sounds],
        "files": [
            {
                "id": one.id,
                "file": f"data/attachments/{one.id}/{one.stored_name}",
                "sha256": one.sha256,
                "imported": isinstance(one, ImportedSound),
            }
            for one in plan.case_file.taken_in
        ],
    }


def left_out_lines(words: Words, left: LeftOut, sounds: Sequence[CopiedSound]) -> list[str]:
    """One line for each kind of thing that is not in the copy."""
    counted = (
        (left.notes, _NOTES),
        (left.collectors, _PERSONS),
        (left.attachments + left.imported, _FILES),
        (left.earlier_wordings, _EARLIER),
        (left.contacts + left.follow_ups, _CONTACTS),
        (left.masked_notes, _MASKED),
        (left.debts, _DEBTS),
        (left.claims, _CLAIMS),
        (left.transcripts, _TRANSCRIPTS),
    )
    lines = [words.plural(*forms, count) for count, forms in counted if count]
    for sound in sounds:
        for begin, end in sound.muted:
            facts = {
                "recording": sound.recording,
                "begin": clock_text(begin * 1000 // sound.rate_hz),
                # To the second after it: no less is muted than is said.
                "end": clock_text(-(-end // sound.rate_hz) * 1000),
            }
            lines.append(words.text("Recording {recording} is muted from {begin} to {end}.", **facts))
    lines.append(
        words.text(
            "The order of the evidence list and what was written about files are not part of this copy."
        )
    )
    lines.append(
        words.text("The journal and the pulse journals are not part of this copy: they would tell it all.")
    )
    return lines


def _statement_page(plan: RedactedPlan) -> str:
    return f"\n{'=' * 72}\n\n".join(_statement_text(plan, words) for words in plan.statement_texts)


def _statement_text(plan: RedactedPlan, words: Words) -> str:
    t = words.text
    head = plan.original_head
    lines = [
        t("REDACTED COPY"),
        "",
        t(
            "This is a copy for showing around. Parts were left out or muted on purpose. It is no original "
            "and no evidence by itself: ask for the whole case folder."
        ),
        "",
        *(f"- {line}" for line in left_out_lines(words, plan.left_out, plan.sounds)),
        "",
        t("The original this copy was made from:"),
        t("  journal: {seq} entries, SHA-256 of the last: {hash}", seq=head.seq, hash=head.hash),
    ]
    for sound in plan.sounds:
        facts = {"recording": sound.recording, "hash": sound.original_sha256}
        lines.append(t("  recording {recording}: SHA-256 {hash}", **facts))
    lines += [
        "",
        t("Whether this copy is unchanged since it was made (Linux, macOS, with EvidenceDesk):"),
        "  sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt",
        "  shasum -a 256 -c tagmanifest-sha256.txt manifest-sha256.txt",
        "  evidencedesk verify .",
        "",
        t("Whether it agrees with the whole case folder (with EvidenceDesk):"),
        t("  evidencedesk verify . --original FOLDER"),
        "",
    ]
    if plan.signer is not None:
        shown = printed_fingerprint(plan.signer.fingerprint)
        lines += [t("Signed with the key {fingerprint}", fingerprint=shown), ""]
    return "\n".join(lines)


def _info(plan: RedactedPlan) -> list[tuple[str, str]]:
    case = plan.case_file.case
    described = " / ".join(part for part in (f"{MARK} COPY", case.title, case.creditor) if part)
    return [
        ("Bagging-Date", f"{plan.made.local:%Y-%m-%d}"),
        ("Bag-Software-Agent", f"EvidenceDesk {plan.app_version}"),
        ("External-Identifier", f"{case.id}-{MARK}"),
        ("External-Description", shown_text(" ".join(described.split()), 300)),
        (f"EvidenceDesk-{MARK.title()}-Copy-Of", f"{plan.original_head.seq} {plan.original_head.hash}"),
    ]


def _pretty(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
