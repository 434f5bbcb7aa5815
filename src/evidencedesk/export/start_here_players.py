"""Turns recordings, collectors and attachments into what START-HERE.html shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import quote

from evidencedesk.domain.case import (
    Attachment,
    CaseFile,
    Collector,
    Document,
    ImportedSound,
    Leg,
    Recording,
    Shown,
)
from evidencedesk.domain.moment import Moment, clock_text, local_text
from evidencedesk.domain.pulse import SoundClock
from evidencedesk.domain.sound_place import place_in_sound
from evidencedesk.export.case_folder import ImportedCopy, Listening
from evidencedesk.export.start_here_labels import shown_pill, state_pill
from evidencedesk.export.start_here_view import (
    AttachmentView,
    CollectorView,
    Fact,
    FileLink,
    MarkerView,
    PaperLink,
    PaperView,
    Pill,
    PlayerView,
    RowView,
)
from evidencedesk.export.waveform import BARS, waveform_path
from evidencedesk.wording.labels import field_label, label, stop_reason_text
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.records import card_fact_text, shows_text

SYNC = {
    "synchronised": mark("kept by network time, as the system says"),
    "unsynchronised": mark("not kept by network time, as the system says"),
    "unknown": mark("the system does not say whether it is kept by network time"),
}
_PAPERS = {
    "report.pdf": (
        mark("Report on the recordings"),
        mark("PDF: how they were made, kept and taken out; every note and mark at its second"),
    ),
    "evidence-list.docx": (mark("Evidence list"), mark("Word: begun; the rest is filled in by hand")),
    "debt-sheet.pdf": (
        mark("What they claim, what the papers say"),
        mark("PDF: each sum that was demanded beside what contract and payments give"),
    ),
    "transcript.docx": (mark("Transcript of a recording"), mark("Word: a form, begun with the notes")),
}
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"})


def time_text(moment: Moment) -> str:
    """Write a moment as the place where it was taken had it."""
    return local_text(moment.utc, moment.offset_minutes)


def player(
    words: Words,
    recording: Recording,
    title: str,
    columns: Sequence[tuple[float, float]],
    sound: str,
    rows: Sequence[RowView],
    clock: SoundClock | None = None,
) -> PlayerView:
    """Return one recording with markers for the rows that belong to it."""
    t = words.text
    duration_ms = recording.duration_ms or 0
    pills = [state_pill(words, recording.state)]
    if recording.simulated:
        pills.insert(0, Pill(t("Simulated"), "bad"))
    found = ""
    if sound and recording.found_file:
        found = quote(str(PurePosixPath(sound).with_name(PurePosixPath(recording.found_file).name)))
    return PlayerView(
        id=recording.id,
        title=title,
        sound=quote(sound),
        found_sound=found,
        wave=waveform_path(columns),
        bars=min(BARS, len(columns)) or 1,
        markers=_markers(recording.id, duration_ms, rows),
        duration_ms=duration_ms,
        duration=clock_text(duration_ms),
        pills=tuple(pills),
        remarks=_remarks(words, recording),
        facts=(*_facts(words, recording), *_clock_facts(words, clock)),
    )


def player_title(words: Words, recording: Recording, number: int, together: Sequence[Recording]) -> str:
    """A recording's number, and which side and part it is where the encounter has several."""
    t = words.text
    title = [t("Recording {number}", number=number)]
    if any(one.leg is Leg.FAR for one in together):
        title.append(label(words, recording.leg))
    if any(one.part > 1 for one in together):
        begins = clock_text(recording.begins_ms)
        title.append(t("part {number}, from {begins}", number=recording.part, begins=begins))
    return " · ".join(title)


def copy_player(
    words: Words, copy: Listening, columns: Sequence[tuple[float, float]], rows: Sequence[RowView]
) -> PlayerView:
    """Return the copy for listening: the whole encounter, with the markers of all its recordings."""
    t = words.text
    moved = [
        replace(row, recording=copy.encounter, at_ms=place)
        for row in rows
        if row.at_ms is not None and (place := copy.position_ms(row.recording, row.at_ms)) is not None
    ]
    remarks = [t("A copy for listening, made from the recordings below. Evidence are the originals.")]
    if copy.two_sides:
        remarks.append(
            t(
                "Left: the microphone. Right: the other side. Both are set to one clock, to within about "
                "{count} thousandths of a second.",
                count=copy.aligned_within_ms,
            )
        )
    return PlayerView(
        id=copy.encounter,
        title=t("The whole encounter"),
        sound=quote(copy.path),
        found_sound="",
        wave=waveform_path(columns),
        bars=min(BARS, len(columns)) or 1,
        markers=_markers(copy.encounter, copy.duration_ms, moved),
        duration_ms=copy.duration_ms,
        duration=clock_text(copy.duration_ms),
        pills=(Pill(t("Copy for listening"), "n"),),
        remarks=tuple(remarks),
        facts=(
            Fact(t("File"), copy.path, mono=True),
            Fact(t("SHA-256 of the file"), copy.sha256, mono=True),
            *(Fact(t("Made from"), f"{name}  {sha256}", mono=True) for name, sha256 in copy.made_from),
        ),
    )


def imported_player(
    words: Words,
    sound: ImportedSound,
    columns: Sequence[tuple[float, float]],
    path: str,
    copy: ImportedCopy | None,
) -> PlayerView:
    """Return a recording made elsewhere, to be heard from itself or from its copy for listening."""
    t = words.text
    offset = sound.moment.offset_minutes
    changed = "" if sound.file_modified_utc is None else local_text(sound.file_modified_utc, offset)
    remarks = [
        t(
            "Made elsewhere and taken in on {time}. The file is kept bit for bit; how, when and by what it "
            "was made is not known here.",
            time=time_text(sound.moment),
        )
    ]
    if copy is not None:
        remarks.append(t("Heard here is a copy for listening. Evidence is the file as it was taken in."))
    duration_ms = sound.duration_ms or 0
    facts = [
        Fact(t("File"), path, mono=True),
        Fact(t("Size"), t("{count} bytes", count=f"{sound.file_bytes:,}")),
        Fact(t("SHA-256 of the file"), sound.sha256, mono=True),
        Fact(t("Taken in"), time_text(sound.moment)),
        Fact(t("Last change, as the file said"), changed),
        Fact(t("Format"), sound.format),
        Fact(t("Length"), _exact(duration_ms) if duration_ms else ""),
        Fact(t("Sampling rate"), "" if sound.rate_hz is None else f"{sound.rate_hz:,} Hz"),
        Fact(t("Channels"), "" if sound.channels is None else str(sound.channels)),
        Fact(t("Read by"), sound.decoder),
        Fact(t("Copy for listening"), copy.path if copy else "", mono=True),
    ]
    heard = copy.path if copy else path if sound.duration_ms is not None else ""
    return PlayerView(
        id=sound.id,
        title=t("Recording made elsewhere: {name}", name=sound.name),
        sound=quote(heard),
        found_sound="",
        wave=waveform_path(columns),
        bars=min(BARS, len(columns)) or 1,
        markers=(),
        duration_ms=duration_ms,
        duration=clock_text(duration_ms),
        pills=(Pill(t("Imported, not recorded here"), "warn"),),
        remarks=tuple(remarks),
        facts=tuple(fact for fact in facts if fact.value),
        original=quote(path) if heard != path else "",
        missing=t("No decoder on the exporting computer could play this file. Open it in another player."),
    )


def collector(
    words: Words, one: Collector, case_file: CaseFile, paths: Mapping[str, str] = MappingProxyType({})
) -> CollectorView:
    """Return a person's card; fields nobody filled in are left out."""
    card = one.card
    files = [file for file in case_file.attachments if file.collector == one.id]
    named = (
        ("staff_number", card.staff_number),
        ("organisation", card.organisation),
        ("lender", card.lender),
        ("phone", card.phone),
        ("plate", card.plate),
        ("description", card.description),
        ("credit_code", card.credit_code),
        ("letter_until", card.letter_until),
        ("listed", label(words, card.listed) if card.listed else ""),
    )
    # A paper whose name was written down may not be in the list of those that were shown.
    papers = dict.fromkeys([paper for paper, _ in card.documents] + [paper for paper, _ in card.names_on])
    return CollectorView(
        name=card.name or words.text("Name not given"),
        facts=tuple(Fact(field_label(words, name), value) for name, value in named if value),
        papers=tuple(_paper(words, one, paper, case_file, files, paths) for paper in papers),
        files=file_links((file for file in files if file.document not in papers), paths),
    )


def _paper(
    words: Words,
    one: Collector,
    paper: Document,
    case_file: CaseFile,
    files: Sequence[Attachment],
    paths: Mapping[str, str],
) -> PaperView:
    shown = dict(one.card.documents).get(paper, Shown.NOT_ASKED)
    name_on = dict(one.card.names_on).get(paper)
    moment = dict(one.document_moments).get(paper)
    # That nobody asked for it did not happen at any moment.
    told = moment if shown is not Shown.NOT_ASKED else None
    place = place_in_sound(case_file, one.encounter, told) if told else None
    return PaperView(
        name=label(words, paper),
        pill=shown_pill(words, shown),
        when="" if told is None else f"{told.local:%Y-%m-%d %H:%M:%S}",
        recording="" if place is None else place.recording,
        at_ms=None if place is None else place.at_ms,
        position="" if place is None else clock_text(place.at_ms),
        remarks=() if name_on is None else (card_fact_text(words, "names_on", name_on),),
        files=file_links((file for file in files if file.document is paper), paths),
    )


def attachment(
    words: Words, one: Attachment, paths: Mapping[str, str], case_file: CaseFile
) -> AttachmentView:
    """Return a file with its link, or without one when it is not in the folder."""
    return AttachmentView(
        name=one.name,
        link=quote(paths.get(one.id, "")),
        is_picture=PurePosixPath(one.stored_name).suffix.lower() in _PICTURES,
        size=words.text("{count} bytes", count=f"{one.file_bytes:,}"),
        sha256=one.sha256,
        added=time_text(one.moment),
        shows=shows_text(words, case_file, one),
    )


def file_links(files: Iterable[Attachment], paths: Mapping[str, str]) -> tuple[FileLink, ...]:
    """Names of files with their place; without one where a file is not in the folder."""
    return tuple(FileLink(one.name, quote(paths.get(one.id, ""))) for one in files)


def paper_links(words: Words, paths: Sequence[str]) -> tuple[PaperLink, ...]:
    """The papers in the folder; one without a name here is called by its file."""
    links = []
    for path in paths:
        name, about = _PAPERS.get(PurePosixPath(path).name, (PurePosixPath(path).name, ""))
        links.append(PaperLink(words.text(name), quote(path), words.text(about)))
    return tuple(links)


def _markers(recording: str, duration_ms: int, rows: Sequence[RowView]) -> tuple[MarkerView, ...]:
    if not duration_ms:
        return ()
    return tuple(
        MarkerView(
            kind=row.look,
            at_ms=row.at_ms,
            percent=f"{min(100.0, row.at_ms * 100 / duration_ms):.3f}%",
            label=f"{row.position} · {row.text or ' · '.join(pill.text for pill in row.pills)}",
        )
        for row in rows
        if row.recording == recording and row.at_ms is not None and not row.void and row.look != "quiet"
    )


def _remarks(words: Words, recording: Recording) -> tuple[str, ...]:
    t = words.text
    remarks = []
    if recording.earlier_ms:
        remarks.append(
            t(
                "The first {seconds} seconds are from before the button was pressed: the user had chosen to "
                "keep them in memory.",
                seconds=f"{recording.earlier_ms / 1000:.1f}",
            )
        )
    if recording.missing_ms is not None:
        remarks.append(
            t(
                "The recording was cut off. What was safe on the disk was repaired into a second file; "
                "the file as it was found is kept beside it. "
                "At most {seconds} seconds can be missing at the end.",
                seconds=f"{-(-recording.missing_ms // 100) / 10:.1f}",  # "at most": upwards
            )
        )
    return tuple(remarks)


def _facts(words: Words, recording: Recording) -> tuple[Fact, ...]:
    t = words.text
    facts = [
        Fact(t("Recording"), recording.id, mono=True),
        Fact(t("State"), label(words, recording.state)),
        Fact(t("Started"), time_text(recording.started)),
        Fact(t("Ended"), time_text(recording.stopped) if recording.stopped else ""),
        Fact(t("Why it ended"), stop_reason_text(words, recording.reason or "")),
        Fact(t("Device"), recording.device),
        Fact(t("Sampling rate"), f"{recording.rate_hz:,} Hz"),
        Fact(t("Channels"), str(recording.channels)),
        Fact(t("Samples per channel"), "" if recording.samples is None else f"{recording.samples:,}"),
        Fact(t("Length"), "" if recording.duration_ms is None else _exact(recording.duration_ms)),
        Fact(t("File"), recording.file, mono=True),
        Fact(
            t("Size"),
            "" if recording.file_bytes is None else t("{count} bytes", count=f"{recording.file_bytes:,}"),
        ),
        Fact(t("SHA-256 of the file"), recording.file_sha256 or "", mono=True),
        Fact(t("SHA-256 of the sound"), recording.pcm_sha256 or "", mono=True),
        Fact(t("SHA-256 of the pulse journal"), recording.pulse_sha256 or "", mono=True),
        Fact(t("File as found"), recording.found_file or "", mono=True),
        Fact(t("SHA-256 as found"), recording.found_sha256 or "", mono=True),
    ]
    return tuple(fact for fact in facts if fact.value)


def _clock_facts(words: Words, clock: SoundClock | None) -> tuple[Fact, ...]:
    t = words.text
    if clock is None:
        return ()
    facts = [Fact(t("Clock of the computer at the start"), t(SYNC.get(clock.sync, SYNC["unknown"])))]
    if clock.ppm is not None and clock.ppm_uncertainty is not None:
        drift = t(
            "{ppm} millionths, certain to {uncertainty}",
            ppm=f"{clock.ppm:+.1f}",
            uncertainty=f"{clock.ppm_uncertainty:.1f}",
        )
        facts.append(Fact(t("Sound device against the steady clock"), drift))
    return tuple(facts)


def _exact(milliseconds: int) -> str:
    return f"{clock_text(milliseconds)}.{milliseconds % 1000:03}"
