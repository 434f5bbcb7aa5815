"""What is drawn on a wave besides its sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.domain.rules import RulePack
from evidencedesk.domain.sound_line import SoundLine
from evidencedesk.domain.standing import standing_ticks
from evidencedesk.ui.cases.review.timeline import breaches, note_text
from evidencedesk.wording.labels import warning_text
from evidencedesk.wording.language import Words
from evidencedesk.wording.steps import step_text


class Mark(StrEnum):
    """What a marker is about; each kind has a shape of its own, colour never speaks alone."""

    BREACH = "breach"
    EMERGENCY = "emergency"
    NOTE = "note"
    GAP = "gap"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the line, in milliseconds, and what is said about it."""

    kind: Mark
    at_ms: int
    text: str
    length_ms: int = 0


def markers(
    case_file: CaseFile, line: SoundLine, packs: tuple[RulePack, ...], words: Words
) -> tuple[Marker, ...]:
    """Everything that has its place on a line, in the order of time."""
    found = (
        *_breaches(case_file, line, packs, words),
        *_notes(case_file, line, packs, words),
        *_calls_for_help(case_file, line, words),
        *_faults(case_file, line, words),
    )
    return tuple(sorted(found, key=lambda marker: marker.at_ms))


def _breaches(
    case_file: CaseFile, line: SoundLine, packs: tuple[RulePack, ...], words: Words
) -> Iterator[Marker]:
    lookup = PackLookup(packs)
    for tick in breaches(standing_ticks(case_file.ticks)):
        at_ms = _place(line, tick.recording, tick.at_ms)
        if at_ms is not None:
            found = lookup.find(tick)
            item = None if found is None else found.item
            text = tick.item if item is None else item.text.in_language(words.language)
            yield Marker(Mark.BREACH, at_ms, text)


def _notes(
    case_file: CaseFile, line: SoundLine, packs: tuple[RulePack, ...], words: Words
) -> Iterator[Marker]:
    lookup = PackLookup(packs)
    for note in case_file.notes:
        at_ms = _place(line, note.recording, note.at_ms)
        if at_ms is not None:
            text = note_text(note, lookup.marker(note.marker), words.language)
            yield Marker(Mark.NOTE, at_ms, text)


def _calls_for_help(case_file: CaseFile, line: SoundLine, words: Words) -> Iterator[Marker]:
    for step in case_file.follow_ups:
        at_ms = _place(line, step.recording, step.at_ms)
        if at_ms is not None and not step.withdrawn:
            yield Marker(Mark.EMERGENCY, at_ms, step_text(words, step.details))


def _faults(case_file: CaseFile, line: SoundLine, words: Words) -> Iterator[Marker]:
    for gap in case_file.gaps:
        at_ms = _place(line, gap.recording, gap.at_ms)
        if at_ms is not None:
            seconds = f"{gap.length_ms / 1000:.1f}"
            cause = warning_text(words, gap.cause)
            text = words.text("{seconds} s not recorded: {cause}", seconds=seconds, cause=cause)
            yield Marker(Mark.GAP, at_ms, text, gap.length_ms)
    for warning in case_file.warnings:
        at_ms = _place(line, warning.recording, warning.at_ms)
        if at_ms is not None:
            yield Marker(Mark.WARNING, at_ms, warning_text(words, warning.code))


def _place(line: SoundLine, sound: str | None, at_ms: int | None) -> int | None:
    return None if sound is None or at_ms is None else line.line_ms(sound, at_ms)
