"""Hear an encounter, or a recording made elsewhere, as one; and what is drawn of it.

Only reads: the originals are played as they are, and what is reckoned of them is kept in ``cache``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.capture.listening_plan import Piece as Stretch
from evidencedesk.capture.listening_plan import Side, Track, runs_of
from evidencedesk.capture.outlines import Progress, kept_outline, read_outline
from evidencedesk.capture.placed_sound import LINE_RATE_HZ, Piece
from evidencedesk.capture.play_engine import PlayPlan
from evidencedesk.capture.time_line import TimeLine, time_line
from evidencedesk.capture.voice_activity import find_speech, joined
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.pulses import read_kept_pulses
from evidencedesk.domain.case import CaseFile, Gap, ImportedSound, Leg, Recording
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.outline import Outline
from evidencedesk.domain.pulse import PULSE_FILE
from evidencedesk.domain.sound_line import Place, SoundLine, Span
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.library_files import CACHE

# A silence shorter than this is part of talking.
_LEAST_SILENCE_MS = 1500
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Playable:
    """An encounter as it is shown, and as it is played."""

    line: SoundLine
    plan: PlayPlan


def playable_encounter(desk: Desk, case_file: CaseFile, encounter: str) -> Playable | None:
    """All finished recordings of an encounter on one line; None when there is nothing to hear."""
    own = [one for one in case_file.recordings if one.encounter == encounter and one.samples]
    far = any(one.leg is Leg.FAR for one in own)
    tracks = _tracks(desk, own, case_file.gaps, far=far)
    if not tracks:
        return None
    origin_ns = min(piece.mono_ns for _, track in tracks for piece in track.pieces)
    names = {str(track.path): recording.id for recording, track in tracks}
    sides = {
        side: [
            Piece(str(s.track.path), s.first_sample, s.samples, s.start, s.end, s.track.true_rate_hz)
            for run in runs_of((t for _, t in tracks if t.side is side), LINE_RATE_HZ, origin_ns)
            for s in run.stretches
        ]
        for side in (Side.BOTH, Side.LEFT, Side.RIGHT)
    }
    near, others = [*sides[Side.BOTH], *sides[Side.LEFT]], sides[Side.RIGHT]
    length = max(piece.end for piece in (*near, *others))
    line = SoundLine(
        tuple(recording.id for recording, _ in tracks),
        frozenset(recording.id for recording, track in tracks if track.side is Side.RIGHT),
        tuple(_place(names[piece.path], piece) for piece in (*near, *others)),
        length * 1000 // LINE_RATE_HZ,
    )
    return Playable(line, PlayPlan(tuple(near), tuple(others), length))


def playable_import(desk: Desk, sound: ImportedSound) -> Playable | None:
    """A recording made elsewhere; None when it can't be read here."""
    if not sound.duration_ms or not sound.rate_hz or not sound.decoder.startswith("libsndfile"):
        return None
    path = sound_path(desk, sound)
    samples = sound.duration_ms * sound.rate_hz // 1000
    length = sound.duration_ms * LINE_RATE_HZ // 1000
    piece = Piece(str(path), 0, samples, 0, length, float(sound.rate_hz))
    line = SoundLine((sound.id,), frozenset(), (_place(sound.id, piece),), sound.duration_ms)
    return Playable(line, PlayPlan((piece,), (), length))


def sound_path(desk: Desk, sound: Recording | ImportedSound) -> Path:
    """The file that is heard: the original, or what was brought back of it."""
    if isinstance(sound, Recording):
        return desk.recording_folder(sound.case, sound.id) / sound.file
    return attachment_file(desk.case_folder(sound.case), sound)


def outline_now(desk: Desk, sound: Recording | ImportedSound) -> Outline | None:
    """The outline, if it was read before; quick."""
    return kept_outline(_cached(desk, sound, "outlines", "peaks"))


def outline(
    desk: Desk, sound: Recording | ImportedSound, progress: Progress, cancelled: Callable[[], bool]
) -> Outline:
    """Read the outline; slow the first time. Raises SOUND_FILE_UNREADABLE, CANCELLED."""
    path = sound_path(desk, sound)
    try:
        cached = _cached(desk, sound, "outlines", "peaks")
        return read_outline(path, cached, progress, cancelled, desk.seals_to)
    except ValueError as error:
        raise Unreadable(Code.SOUND_FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def speech(
    desk: Desk,
    sound: Recording | ImportedSound,
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Span, ...]:
    """Where somebody speaks in a sound; slow the first time. Raises SOUND_FILE_UNREADABLE, CANCELLED."""
    path = sound_path(desk, sound)
    cached = _cached(desk, sound, "speech", "json")
    try:
        return find_speech(path, cached, progress, cancelled, sound.duration_ms or 0, desk.seals_to)
    except ValueError as error:
        raise Unreadable(Code.SOUND_FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def silences(line: SoundLine, speech_of: Mapping[str, tuple[Span, ...]]) -> tuple[Span, ...]:
    """Where nobody speaks on either side, for long enough to be left out."""
    spoken: list[Span] = []
    for place in line.places:
        shift = place.line_ms - place.from_ms
        for begin, end in speech_of.get(place.sound, ()):
            first, last = max(begin, place.from_ms), min(end, place.from_ms + place.length_ms)
            if first < last:
                spoken.append((first + shift, last + shift))
    together = joined(spoken, 0)
    edges = [0, *(edge for span in together for edge in span), line.length_ms]
    quiet = zip(edges[::2], edges[1::2], strict=True)
    return tuple((begin, end) for begin, end in quiet if end - begin >= _LEAST_SILENCE_MS)


def _tracks(
    desk: Desk, recordings: Sequence[Recording], gaps: Sequence[Gap], *, far: bool
) -> list[tuple[Recording, Track]]:
    """Two sides by their own clocks, where all of them have one; otherwise by what the journal says.

    Reading the clocks of three hours takes a second, and one side alone is not heard differently for it.
    """
    lines = _time_lines(desk, recordings) if far else {}
    found = []
    for recording in recordings:
        line = lines.get(recording.id)
        pieces = _pieces(recording, gaps) if line is None else line.pieces
        # How fast a clock ran matters only beside another one.
        ppm = 0.0 if line is None else line.clock.ppm or 0.0
        side = Side.BOTH
        if far:
            side = Side.RIGHT if recording.leg is Leg.FAR else Side.LEFT
        path = sound_path(desk, recording)
        found.append(
            (recording, Track(path, recording.rate_hz, recording.channels, side, tuple(pieces), ppm))
        )
    return found


def _time_lines(desk: Desk, recordings: Sequence[Recording]) -> dict[str, TimeLine]:
    """Empty unless there is one for each of them, all of one boot."""
    lines = {}
    for recording in recordings:
        try:
            pulses = read_kept_pulses(desk.recording_folder(recording.case, recording.id) / PULSE_FILE)
            line = time_line(pulses, recording.samples or 0)
        except (OSError, ValueError, KeyError):
            line = None
        if line is None:
            return {}
        lines[recording.id] = line
    return lines if len({line.boot for line in lines.values()}) == 1 else {}


def _pieces(recording: Recording, gaps: Sequence[Gap]) -> list[Stretch]:
    """The stretches between the gaps of a recording, by the journal."""
    samples = recording.samples or 0
    found, first, lost_ms = [], 0, 0
    for gap in sorted((one for one in gaps if one.recording == recording.id), key=lambda one: one.at_ms):
        edge = min(samples, gap.at_ms * recording.rate_hz // 1000)
        if edge > first:
            found.append(_stretch(recording, first, edge, lost_ms))
            first = edge
        lost_ms += gap.length_ms
    if samples > first:
        found.append(_stretch(recording, first, samples, lost_ms))
    return found


def _stretch(recording: Recording, first: int, end: int, lost_ms: int) -> Stretch:
    at_ns = (recording.begins_ms + lost_ms) * _MILLION + first * 1_000_000_000 // recording.rate_hz
    return Stretch(first, end - first, at_ns)


def _place(sound: str, piece: Piece) -> Place:
    per_ms = LINE_RATE_HZ / 1000
    return Place(
        sound,
        round(piece.first * 1000 / piece.rate_hz),
        round((piece.end - piece.start) / per_ms),
        round(piece.start / per_ms),
    )


def _cached(desk: Desk, sound: Recording | ImportedSound, kind: str, ending: str) -> Path:
    sha256 = sound.file_sha256 if isinstance(sound, Recording) else sound.sha256
    return desk.library / CACHE / kind / f"{sha256}.{ending}"
