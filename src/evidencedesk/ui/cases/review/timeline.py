"""What happened in a case, line by line, in the order of its moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evidencedesk.domain.case import CaseFile, Note, Recording, RecordingState, Tick, Verdict
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pack_lookup import FoundItem, PackLookup
from evidencedesk.domain.rules import Marker, RuleItem, RulePack
from evidencedesk.domain.standing import standing_ticks
from evidencedesk.ui.cases.review.record_lines import contact_lines, step_lines
from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone
from evidencedesk.wording.judgements import result_text
from evidencedesk.wording.kept_judgements import grounds
from evidencedesk.wording.labels import label, stop_reason_text, warning_text
from evidencedesk.wording.language import Words
from evidencedesk.wording.packs import other_version_text
from evidencedesk.wording.stamps import stamp_text


def timeline(case_file: CaseFile, packs: Sequence[RulePack], words: Words) -> tuple[Line, ...]:
    """Return every line of a case in order; what was withdrawn or corrected stays visible."""
    lookup = PackLookup(packs)
    lines = [
        *_tick_lines(case_file, lookup, words),
        *_note_lines(case_file, lookup, words),
        *_sound_lines(case_file, words),
        *_file_lines(case_file, words),
        *_stamp_lines(case_file, words),
        *contact_lines(case_file, words),
        *step_lines(case_file, words),
    ]
    return tuple(sorted(lines, key=lambda line: (line.moment.utc, line.kind.value, line.id)))


def of_encounter(lines: Iterable[Line], encounter: str | None) -> tuple[Line, ...]:
    """Choose the lines of one encounter; all of them for None."""
    return tuple(line for line in lines if encounter is None or line.encounter == encounter)


def breaches(ticks: Iterable[Tick], encounter: str | None = None) -> tuple[Tick, ...]:
    """Choose the standing ticks that say: not kept."""
    return tuple(
        tick
        for tick in standing_ticks(ticks)
        if tick.verdict is Verdict.BREACHED and (encounter is None or tick.encounter == encounter)
    )


def _tick_lines(case_file: CaseFile, packs: PackLookup, words: Words) -> Iterator[Line]:
    standing = {tick.id for tick in standing_ticks(case_file.ticks)}
    for tick in case_file.ticks:
        found = packs.find(tick)
        item = found.item if found is not None else None
        language = words.language
        text = tick.item if item is None else item.text.in_language(language)
        # Only the first source: the law page has them all.
        source = "" if item is None or not item.sources else _source_text(item, language)
        if item is not None and (other := other_version_text(words, found, tick.pack_version)):
            source = " · ".join(part for part in (source, other) if part)
        if tick.automatic and tick.rule:
            text = _with_grounds(text, tick, found, words)
        stands = tick.id in standing
        yield Line(
            Kind.TICK,
            tick.id,
            tick.moment,
            tick.encounter,
            tick.recording,
            tick.at_ms,
            text,
            source,
            _verdict_text(tick, words) if stands else words.text("Taken back"),
            _TONES[tick.verdict] if stands else Tone.PLAIN,
            withdrawn=not stands,
            automatic=tick.automatic,
        )


def _with_grounds(text: str, tick: Tick, found: FoundItem | None, words: Words) -> str:
    """What an automatic mark means by its pack, and what it rests on, below its item."""
    means = result_text(words, tick.verdict, found.pack.status) if found is not None else ""
    lines = (text, means, *grounds(words, tick, found))
    return "\n".join(dict.fromkeys(line for line in lines if line))


_TONES = {Verdict.KEPT: Tone.GOOD, Verdict.BREACHED: Tone.BAD, Verdict.NOT_SEEN: Tone.CAUTION}


def _verdict_text(tick: Tick, words: Words) -> str:
    if tick.automatic:
        return words.text("{verdict} · automatic", verdict=label(words, tick.verdict))
    return label(words, tick.verdict)


def _source_text(item: RuleItem, language: str) -> str:
    first = item.sources[0]
    return f"{first.document.in_language(language)} {first.place.in_language(language)}"


def _note_lines(case_file: CaseFile, packs: PackLookup, words: Words) -> Iterator[Line]:
    for note in case_file.notes:
        yield Line(
            Kind.NOTE,
            note.id,
            note.moment,
            note.encounter,
            note.recording,
            note.at_ms,
            note_text(note, packs.marker(note.marker), words.language),
            verdict=words.text("Corrected") if note.corrected else "",
            tone=Tone.CAUTION if note.corrected else Tone.PLAIN,
            earlier=note.earlier,
        )


def note_text(note: Note, marker: Marker | None, language: str) -> str:
    """What a note says, with the name of its quick marker in front."""
    if note.marker is None:
        return note.text
    name = note.marker if marker is None else marker.text.in_language(language)
    return f"{name} · {note.text}" if note.text and note.text != name else name


def _sound_lines(case_file: CaseFile, words: Words) -> Iterator[Line]:
    encounters = {recording.id: recording.encounter for recording in case_file.recordings}
    for recording in case_file.recordings:
        yield Line(
            Kind.SOUND,
            f"{recording.id}-start",
            recording.started,
            recording.encounter,
            recording.id,
            0,
            words.text("Recording began · {device}", device=recording.device),
            automatic=True,
        )
        if recording.stopped is not None:
            yield _end_line(recording, recording.stopped, words)
    for gap in case_file.gaps:
        yield Line(
            Kind.SOUND,
            f"{gap.recording}-gap-{gap.at_ms}",
            gap.moment,
            encounters.get(gap.recording),
            gap.recording,
            gap.at_ms,
            words.text(
                "{seconds} s not recorded: {cause}",
                seconds=f"{gap.length_ms / 1000:.1f}",
                cause=warning_text(words, gap.cause),
            ),
            verdict=words.text("Gap"),
            tone=Tone.CAUTION,
            automatic=True,
        )
    for warning in case_file.warnings:
        yield Line(
            Kind.SOUND,
            f"{warning.recording}-{warning.code}-{warning.at_ms}",
            warning.moment,
            encounters.get(warning.recording),
            warning.recording,
            warning.at_ms,
            warning_text(words, warning.code),
            verdict=words.text("Warning"),
            tone=Tone.CAUTION,
            automatic=True,
        )


def _end_line(recording: Recording, stopped: Moment, words: Words) -> Line:
    if recording.state is RecordingState.RECOVERED:
        text = words.text("Recording brought back after an interruption")
    else:
        text = words.text(
            "Recording ended · {reason}", reason=stop_reason_text(words, recording.reason or "")
        )
    return Line(
        Kind.SOUND,
        f"{recording.id}-end",
        stopped,
        recording.encounter,
        recording.id,
        recording.duration_ms,
        text,
        automatic=True,
    )


def _file_lines(case_file: CaseFile, words: Words) -> Iterator[Line]:
    for imported in case_file.imported:
        yield Line(
            Kind.FILE,
            imported.id,
            imported.moment,
            imported.encounter,
            None,
            None,
            words.text("Recording made elsewhere taken in: {name}", name=imported.name),
            verdict=words.text("Imported"),
            tone=Tone.CAUTION,
        )
    for attachment in case_file.attachments:
        yield Line(
            Kind.FILE,
            attachment.id,
            attachment.moment,
            attachment.encounter,
            None,
            None,
            words.text("File added: {name}", name=attachment.name),
        )


def _stamp_lines(case_file: CaseFile, words: Words) -> Iterator[Line]:
    for stamp in case_file.stamps:
        yield Line(
            Kind.STAMP,
            stamp.id,
            stamp.moment,
            None,
            None,
            None,
            stamp_text(words, stamp),
            verdict=words.text("Stamped"),
            tone=Tone.GOOD,
            automatic=True,
        )
