"""A case as lines of text, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencedesk.cli.record_rows import Row, card_lines, contact_row, step_row
from evidencedesk.domain.case import (
    CaseFile,
    Collector,
    Gap,
    Note,
    Recording,
    RecordingState,
    Tick,
)
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.domain.rules import RulePack
from evidencedesk.wording.judgements import result_text
from evidencedesk.wording.kept_judgements import grounds
from evidencedesk.wording.labels import label, stop_reason_text, warning_text
from evidencedesk.wording.language import Words
from evidencedesk.wording.packs import other_version_text
from evidencedesk.wording.records import encounter_facts, shows_text, subject_text
from evidencedesk.wording.stamps import stamp_text


def timeline_lines(words: Words, case_file: CaseFile, packs: Sequence[RulePack]) -> list[str]:
    """The case's names, then one line for each thing that happened."""
    case = case_file.case
    lines = [f"{case.id}  {case.title}"]
    if case.creditor:
        lines.append(words.text("Creditor: {name}", name=case.creditor))
    if case.contract:
        lines.append(words.text("Contract: {name}", name=case.contract))
    lines.append("")
    rows = sorted(_rows(words, case_file, PackLookup(packs)), key=lambda row: row[0].utc)
    return lines + [_line(row) for row in rows]


def _line(row: Row) -> str:
    moment, at_ms, text = row
    position = " " * 8 if at_ms is None else clock_text(at_ms)
    # Lines of a long note stand under its first.
    return f"{moment.local:%Y-%m-%d %H:%M:%S}  {position}  " + text.replace("\n", "\n" + " " * 31)


def _rows(words: Words, case_file: CaseFile, packs: PackLookup) -> Iterator[Row]:
    t = words.text
    yield case_file.case.opened, None, t("Case opened")
    for encounter in case_file.encounters:
        begins = t("{mode} begins", mode=label(words, encounter.mode))
        yield encounter.opened, None, " · ".join((begins, *encounter_facts(words, encounter)))
        if encounter.closed is not None:
            yield encounter.closed, None, t("{mode} ends", mode=label(words, encounter.mode))
    for recording in case_file.recordings:
        yield from _recording_rows(words, recording)
    for gap in case_file.gaps:
        yield gap.moment, gap.at_ms, _gap_text(words, gap)
    for warning in case_file.warnings:
        yield warning.moment, warning.at_ms, warning_text(words, warning.code)
    for note in case_file.notes:
        yield note.moment, note.at_ms, _note_text(words, note, packs)
    for tick in case_file.ticks:
        yield tick.moment, tick.at_ms, _tick_text(words, case_file, tick, packs)
    for collector in case_file.collectors:
        yield collector.moment, None, _collector_text(words, case_file, collector)
    for attachment in case_file.attachments:
        text = t("File {id}: {name}", id=attachment.id, name=attachment.name)
        shows = shows_text(words, case_file, attachment)
        yield attachment.moment, None, f"{text}\n{shows}" if shows else text
    for contact in case_file.contacts:
        yield contact_row(words, contact)
    for step in case_file.follow_ups:
        yield step_row(words, step)
    for imported in case_file.imported:
        yield (
            imported.moment,
            None,
            t("Recording {id} made elsewhere, taken in: {name}", id=imported.id, name=imported.name),
        )
    for stamp in case_file.stamps:
        yield stamp.moment, None, stamp_text(words, stamp)


def _recording_rows(words: Words, recording: Recording) -> Iterator[Row]:
    t = words.text
    begins = t("Recording {id} begins: {device}", id=recording.id, device=recording.device)
    if recording.simulated:
        begins += " · " + t("SIMULATED")
    yield recording.started, 0, begins
    if recording.stopped is None:
        return
    if recording.state is RecordingState.RECOVERED:
        missing = f"{(recording.missing_ms or 0) / 1000:.1f}"
        ends = t("Recovered after an interruption; at most {seconds} s are missing", seconds=missing)
    else:
        ends = stop_reason_text(words, recording.reason or "")
    yield recording.stopped, recording.duration_ms, ends


def _gap_text(words: Words, gap: Gap) -> str:
    seconds, cause = f"{gap.length_ms / 1000:.1f}", warning_text(words, gap.cause)
    return words.text("GAP of {length} s, not recorded: {cause}", length=seconds, cause=cause)


def _note_text(words: Words, note: Note, packs: PackLookup) -> str:
    text = note.text
    marker = packs.marker(note.marker)
    if marker is not None:
        text = ": ".join(part for part in (marker.text.in_language(words.language), text) if part)
    if note.corrected:
        text += " " + words.text("(corrected)")
    return text


def _tick_text(words: Words, case_file: CaseFile, tick: Tick, packs: PackLookup) -> str:
    item, found = tick.item, packs.find(tick)
    if found is not None and found.item is not None:
        item = found.item.text.in_language(words.language)
    parts = [f"[{label(words, tick.verdict)}] {item}"]
    if tick.automatic and not tick.rule:
        parts.append(words.text("(by the clock)"))
    if tick.withdrawn:
        parts.append(words.text("(taken back)"))
    lines = [" ".join(parts)]
    if tick.rule and found is not None:
        lines.append(result_text(words, tick.verdict, found.pack.status))
    lines += [ground for ground in grounds(words, tick, found) if ground != item]
    if about := subject_text(words, case_file, tick.subject):
        lines.append(words.text("About: {subject}", subject=about))
    lines.append(other_version_text(words, found, tick.pack_version))
    return "\n".join(line for line in lines if line)


def _collector_text(words: Words, case_file: CaseFile, collector: Collector) -> str:
    return words.text("Person {id}", id=collector.id) + "".join(
        f"\n{line}" for line in card_lines(words, case_file, collector)
    )
