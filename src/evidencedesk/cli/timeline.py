"""A case as lines of text, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencedesk.domain.case import (
    CaseFile,
    Collector,
    CollectorCard,
    Document,
    Gap,
    Note,
    Recording,
    RecordingState,
    Tick,
)
from evidencedesk.domain.moment import Moment, clock_text
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.domain.rules import RulePack
from evidencedesk.wording.labels import field_label, label, stop_reason_text, warning_text
from evidencedesk.wording.language import Words
from evidencedesk.wording.packs import other_version_text
from evidencedesk.wording.stamps import stamp_text

_CARD_FIELDS = ("name", "staff_number", "organisation", "lender", "phone", "plate", "description")

Row = tuple[Moment, int | None, str]


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
        yield encounter.opened, None, t("{mode} begins", mode=label(words, encounter.mode))
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
        yield tick.moment, tick.at_ms, _tick_text(words, tick, packs)
    for collector in case_file.collectors:
        yield collector.moment, None, _collector_text(words, collector)
    for attachment in case_file.attachments:
        yield attachment.moment, None, t("File {id}: {name}", id=attachment.id, name=attachment.name)
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


def _tick_text(words: Words, tick: Tick, packs: PackLookup) -> str:
    item, found = tick.item, packs.find(tick)
    if found is not None and found.item is not None:
        item = found.item.text.in_language(words.language)
    parts = [f"[{label(words, tick.verdict)}] {item}"]
    if tick.automatic:
        parts.append(words.text("(by the clock)"))
    if tick.withdrawn:
        parts.append(words.text("(taken back)"))
    other = other_version_text(words, found, tick.pack_version)
    return " ".join(parts) + (f"\n{other}" if other else "")


def _collector_text(words: Words, collector: Collector) -> str:
    return words.text("Person {id}", id=collector.id) + "".join(
        f"\n{line}" for line in _card_lines(words, collector.card)
    )


def _card_lines(words: Words, card: CollectorCard) -> Iterator[str]:
    for name in _CARD_FIELDS:
        value = getattr(card, name)
        if value:
            yield words.text("{field}: {value}", field=field_label(words, name), value=value)
    for document, shown in card.documents:
        yield words.text(
            "{field}: {value}", field=label(words, Document(document)), value=label(words, shown)
        )
