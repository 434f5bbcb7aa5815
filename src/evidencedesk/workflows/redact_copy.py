"""Make a copy for showing around, without what the user wants nobody to see or hear."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidencedesk.capture.muted_copy import write_muted_copy
from evidencedesk.capture.peaks import peaks
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.kept import hash_kept
from evidencedesk.domain.case import CaseFile, Note, Recording, RecordingState
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.redaction import MARK, Choices, Muted, joined
from evidencedesk.export.redacted_folder import (
    CopiedSound,
    LeftOut,
    RedactedPlan,
    left_out_lines,
    write_redacted_folder,
)
from evidencedesk.export.start_here import start_here_html
from evidencedesk.guidance.private_text import find_secrets, mask
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.export_case import WAVEFORM_COLUMNS, require_free_target
from evidencedesk.workflows.export_signing import opened_key
from evidencedesk.workflows.handover_place import private_place
from evidencedesk.workflows.pack_files import pack_files
from evidencedesk.workflows.plain_text import one_line

Progress = Callable[[int, int, str], None]
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class RedactedFolder:
    """A finished copy, and what the user should look at before showing it.

    ``still_named`` counts notes in which the name or number of a person, or the number of a contact, that was
    left out still stands.
    ``also_heard`` names recordings that ran at the same time as a muted stretch and are not muted there.
    ``signer`` is the fingerprint that signed it; ``unsigned`` tells why none.
    """

    path: Path
    files: int
    from_drive: bool
    still_named: int
    also_heard: tuple[str, ...]
    signer: str = ""
    unsigned: Known | None = None


def redact_copy(
    desk: Desk,
    case_id: str,
    destination: Path,
    words: Words,
    choices: Choices,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    reading_back: Progress | None = None,
    passphrase: str = "",
) -> RedactedFolder:
    """Write the copy; its name says REDACTED. The originals stay as they are; the journal tells of the copy.

    It is signed like an export, if the key can be opened.

    Raises NOTHING_TO_REDACT, UNKNOWN_ITEM, MOMENT_OUTSIDE_RECORDING, STILL_RECORDING, ORIGINAL_CHANGED, and
    what an export raises.
    """
    case = desk.store.find_case(case_id)
    target = marked(destination.expanduser().absolute())
    whole = desk.store.case_file(case.id)
    _require_sense(whole, choices)
    require_free_target(desk, target)
    signer, unsigned = opened_key(desk, passphrase)
    head = desk.store.head(case.id)
    with private_place(desk) as place:
        sounds = _sounds(desk, whole, choices, place, cancelled)
        shown = _without(whole, choices, sounds)
        made = desk.clock.now()
        left_out = _left_out(whole, choices)
        plan = RedactedPlan(
            case_file=shown,
            original_head=head,
            left_out=left_out,
            sounds=sounds,
            case_source_folder=desk.case_folder(case.id),
            destination=target,
            page=_page(desk, shown, words, made, sounds, left_out_lines(words, left_out, sounds)),
            statement_texts=(words, Words("en" if words.language == "zh" else "zh", resource("locale"))),
            language=words.language,
            app_version=desk.app_version,
            made=made,
            signer=signer,
            packs=pack_files(desk, shown),
        )
        facts = write_redacted_folder(plan, progress, cancelled, reading_back)
    # Told when it is there: a copy that came to nothing was shown to nobody.
    desk.store.append(case.id, [(EventType.CASE_REDACTED, _event_facts(plan, words))])
    return RedactedFolder(
        path=target,
        files=facts.files,
        from_drive=facts.from_drive,
        still_named=_still_named(whole, choices),
        also_heard=_also_heard(whole, choices),
        signer=signer.fingerprint if signer is not None else "",
        unsigned=unsigned,
    )


def _event_facts(plan: RedactedPlan, words: Words) -> dict[str, Any]:
    """What the journal says of the copy: how much is not in it, not what."""
    facts: dict[str, Any] = {
        "folder": one_line(plan.destination.name),
        "language": words.language,
        "head_before": {"seq": plan.original_head.seq, "hash": plan.original_head.hash},
        **plan.left_out.counts,
        "muted": sum(len(sound.muted) for sound in plan.sounds),
    }
    if plan.signer is not None:
        facts["device"] = plan.signer.fingerprint
    return facts


def marked(target: Path) -> Path:
    """The same place under a name that says what it is."""
    return target if MARK in target.name else target.with_name(f"{target.name}-{MARK}")


def _require_sense(case_file: CaseFile, choices: Choices) -> None:
    has_contacts = bool(case_file.contacts or case_file.follow_ups)
    without_contacts = has_contacts and not choices.with_contacts
    always = (case_file.debt, *case_file.claims, *case_file.transcripts)
    if choices.nothing and not without_contacts and not any(always) and not _masked(case_file, choices):
        raise WrongUse(Code.NOTHING_TO_REDACT)
    _require_known(choices.notes, (note.id for note in case_file.notes))
    _require_known(choices.collectors, (collector.id for collector in case_file.collectors))
    _require_known(choices.files, (kept.id for kept in case_file.taken_in))
    recordings = {one.id: one for one in case_file.recordings}
    _require_known(frozenset(one.recording for one in choices.muted), recordings)
    for one in choices.muted:
        length_ms = recordings[one.recording].duration_ms or 0
        if not 0 <= one.from_ms < one.to_ms or one.from_ms >= length_ms:
            raise WrongUse(Code.MOMENT_OUTSIDE_RECORDING, at_ms=one.from_ms, duration_ms=length_ms)
    for recording in case_file.recordings:
        if recording.state is RecordingState.RUNNING:
            raise WrongUse(Code.STILL_RECORDING, case=case_file.case.id)


def _require_known(wanted: frozenset[str], known: Iterable[str]) -> None:
    for item in sorted(wanted - set(known)):
        raise WrongUse(Code.UNKNOWN_ITEM, item=item)


def _sounds(
    desk: Desk, case_file: CaseFile, choices: Choices, place: Path, cancelled: Callable[[], bool] | None
) -> tuple[CopiedSound, ...]:
    return tuple(
        _sound(desk, recording, choices.muted, place, cancelled)
        for recording in case_file.recordings
        if recording.samples
    )


def _sound(
    desk: Desk,
    recording: Recording,
    muted: tuple[Muted, ...],
    place: Path,
    cancelled: Callable[[], bool] | None,
) -> CopiedSound:
    source = desk.recording_folder(recording.case, recording.id) / recording.file
    samples, original = recording.samples or 0, recording.file_sha256 or ""
    stretches = joined(
        [
            (begin, min(end, samples))
            for begin, end in (
                one.samples(recording.rate_hz) for one in muted if one.recording == recording.id
            )
        ]
    )
    name = Path(recording.file)
    shown = f"{name.stem}-{MARK}{name.suffix}" if stretches else name.name
    path = f"data/recordings/{recording.id}/{shown}"
    pcm_sha256 = recording.pcm_sha256 or ""
    rate_hz, simulated = recording.rate_hz, recording.simulated
    if not stretches:
        return CopiedSound(
            recording.id, source, path, original, samples, rate_hz, original, pcm_sha256, simulated
        )
    try:
        found, _ = hash_kept(source)
    except OSError as error:
        raise MachineFailure(Code.ORIGINAL_CHANGED, path=path, detail=str(error.strerror or error)) from error
    if found != original:
        raise MachineFailure(Code.ORIGINAL_CHANGED, path=path, expected=original, found=found)
    copy = place / f"{recording.id}.flac"
    comment = f"{MARK} copy: parts are muted. Made by EvidenceDesk from a file with SHA-256 {original}"
    try:
        write_muted_copy(source, copy, stretches, comment, cancelled)
        sha256, _ = hash_file(copy)
    except ValueError as error:
        raise MachineFailure(Code.ORIGINAL_CHANGED, path=path, detail=str(error)) from error
    except OSError as error:
        raise disk_failure(error, desk.library) from error
    return CopiedSound(
        recording.id, copy, path, sha256, samples, rate_hz, original, pcm_sha256, simulated, stretches
    )


def _without(case_file: CaseFile, choices: Choices, sounds: tuple[CopiedSound, ...]) -> CaseFile:
    """What may be shown. Files and hashes of recordings are those of the copy."""
    by_recording = {sound.recording: sound for sound in sounds}
    return replace(
        case_file,
        recordings=tuple(_shown(one, by_recording.get(one.id)) for one in case_file.recordings),
        # Earlier wordings were corrected for a reason, and nobody saw them when choosing.
        notes=tuple(
            replace(note, earlier=(), text=_shown_text(note, choices))
            for note in case_file.notes
            if note.id not in choices.notes
        ),
        collectors=tuple(one for one in case_file.collectors if one.id not in choices.collectors),
        # The user's own words about a file may say anything, and nobody saw them when choosing.
        attachments=tuple(
            replace(one, text="") for one in case_file.attachments if one.id not in choices.files
        ),
        imported=tuple(one for one in case_file.imported if one.id not in choices.files),
        # What an automatic mark rests on may name what was left out.
        ticks=tuple(replace(tick, facts=()) for tick in case_file.ticks),
        contacts=case_file.contacts if choices.with_contacts else (),
        follow_ups=case_file.follow_ups if choices.with_contacts else (),
        # Sums and names, a machine's guesses at what is muted, and an order that names what was left out.
        debt=None,
        claims=(),
        transcripts=(),
        evidence=None,
    )


def _shown(recording: Recording, sound: CopiedSound | None) -> Recording:
    """The recording as the copy has it: no pulse journal, no file as found, and other hashes where muted."""
    kept = replace(recording, pulse_sha256=None, found_file=None, found_sha256=None, cut_bytes=None)
    if sound is None or not sound.muted:
        return kept
    return replace(
        kept, file=Path(sound.path).name, file_sha256=sound.sha256, file_bytes=None, pcm_sha256=None
    )


def _left_out(case_file: CaseFile, choices: Choices) -> LeftOut:
    return LeftOut(
        notes=len(choices.notes),
        collectors=len(choices.collectors),
        attachments=sum(one.id in choices.files for one in case_file.attachments),
        imported=sum(one.id in choices.files for one in case_file.imported),
        earlier_wordings=sum(len(note.earlier) for note in case_file.notes if note.id not in choices.notes),
        contacts=0 if choices.with_contacts else len(case_file.contacts),
        follow_ups=0 if choices.with_contacts else len(case_file.follow_ups),
        masked_notes=_masked(case_file, choices),
        debts=int(case_file.debt is not None),
        claims=len(case_file.claims),
        transcripts=len(case_file.transcripts),
    )


def _shown_text(note: Note, choices: Choices) -> str:
    return note.text if choices.with_numbers else mask(note.text)


def _masked(case_file: CaseFile, choices: Choices) -> int:
    """How many notes of the copy have a number that is masked there."""
    if choices.with_numbers:
        return 0
    return sum(bool(find_secrets(note.text)) for note in case_file.notes if note.id not in choices.notes)


def _page(
    desk: Desk,
    shown: CaseFile,
    words: Words,
    made: Moment,
    sounds: tuple[CopiedSound, ...],
    redacted: list[str],
) -> str:
    waveforms = {}
    for sound in sounds:
        with contextlib.suppress(ValueError):
            waveforms[sound.recording] = peaks(sound.source, WAVEFORM_COLUMNS)
    return start_here_html(
        shown,
        desk.packs_for(shown.ticks),
        words.language,
        waveforms,
        {sound.recording: sound.path for sound in sounds},
        {kept.id: f"data/attachments/{kept.id}/{kept.stored_name}" for kept in shown.taken_in},
        words,
        made,
        redacted=redacted,
    )


def _still_named(case_file: CaseFile, choices: Choices) -> int:
    cards = [one.card for one in case_file.collectors if one.id in choices.collectors]
    tell_tale = {
        text.casefold()
        for card in cards
        for text in (card.name, card.staff_number, card.phone, card.plate)
        if len(text) >= _SHORTEST_NAME
    }
    if not choices.with_contacts:
        numbers = (contact.details.party.casefold() for contact in case_file.contacts)
        tell_tale |= {number for number in numbers if len(number) >= _SHORTEST_NAME}
    kept = [_shown_text(note, choices).casefold() for note in case_file.notes if note.id not in choices.notes]
    return sum(any(text in note for text in tell_tale) for note in kept)


def _also_heard(case_file: CaseFile, choices: Choices) -> tuple[str, ...]:
    """Recordings of the same encounter that ran while another was muted, and are not muted there."""
    recordings = {one.id: one for one in case_file.recordings}
    muted = [
        (recordings[one.recording], *_in_encounter(recordings[one.recording], one)) for one in choices.muted
    ]
    heard = []
    for other in case_file.recordings:
        own = joined([(begin, end) for recording, begin, end in muted if recording.id == other.id])
        for recording, begin, end in muted:
            first = max(begin, other.begins_ms)
            last = min(end, other.begins_ms + (other.duration_ms or 0))
            covered = any(from_ms <= first and last <= to_ms for from_ms, to_ms in own)
            if other.encounter == recording.encounter and first < last and not covered:
                heard.append(other.id)
                break
    return tuple(heard)


def _in_encounter(recording: Recording, muted: Muted) -> tuple[int, int]:
    to_ms = min(muted.to_ms, recording.duration_ms or 0)
    return recording.begins_ms + muted.from_ms, recording.begins_ms + to_ms
