"""Copies for listening.

An encounter in several files becomes one, on one time line; a recording made elsewhere becomes a file that
every browser plays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from evidencedesk.capture.imported_sound import copy_room_bytes, write_playable_copy
from evidencedesk.capture.listening_copy import RATE_HZ, write_listening_copy
from evidencedesk.capture.listening_plan import Side, Track
from evidencedesk.capture.time_line import TimeLine, time_line
from evidencedesk.custody.kept import hash_kept
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.pulses import Pulses, read_kept_pulses
from evidencedesk.domain.case import CaseFile, Encounter, ImportedSound, Leg, Recording
from evidencedesk.domain.pulse import PULSE_FILE, PulseKind
from evidencedesk.export.case_folder import ImportedCopy, Listening
from evidencedesk.export.papers.material import SoundOrigin
from evidencedesk.system.durable import disk_failure
from evidencedesk.workflows.desk import Desk

# Blocks arrive 10 to 40 ms after their sound, by an amount that differs between two devices.
ALIGNED_WITHIN_MS = 50
_UNFINISHED = ".listening-"
# As the decoder names them. M4A is left out: some systems come without its decoder.
_PLAYED_EVERYWHERE = ("WAV / PCM_", "FLAC / ", "MP3 / ", "OGG / VORBIS", "OGG / OPUS")


@dataclass(frozen=True, slots=True)
class Heard:
    """Where the recordings of a case stand in time, and the copies made of them."""

    origins: dict[str, SoundOrigin]
    time_lines: dict[str, TimeLine]
    copies: tuple[Listening, ...]
    imported: tuple[ImportedCopy, ...]


@contextmanager
def listening_copies(
    desk: Desk, case_file: CaseFile, cancelled: Callable[[], bool] | None = None
) -> Iterator[Heard]:
    """Copies for the length of a ``with`` block, one for each encounter or import that needs it.

    One recording without a gap needs none: it is heard as it is. Recordings of different boots have no
    common clock and get none either, nor does a file that can't be decoded. Raises CANCELLED and what the
    disk says.
    """
    origins: dict[str, SoundOrigin] = {}
    lines: dict[str, TimeLine] = {}
    for recording in case_file.recordings:
        pulses = _pulses(desk, recording)
        line = time_line(pulses, recording.samples or 0) if pulses is not None else None
        if pulses is not None and line is not None:
            lines[recording.id] = line
            origins[recording.id] = _origin(pulses, line)
    try:
        for left in desk.library.glob(f"{_UNFINISHED}*"):  # by an export that was killed
            rmtree(left)
        with TemporaryDirectory(prefix=_UNFINISHED, dir=desk.library) as folder:
            copies = [
                made
                for encounter in case_file.encounters
                if (made := _copy(desk, case_file, encounter, lines, Path(folder))) is not None
            ]
            imported = [
                playable
                for sound in case_file.imported
                if (playable := _imported_copy(desk, sound, Path(folder), cancelled)) is not None
            ]
            yield Heard(origins, lines, tuple(copies), tuple(imported))
    except OSError as error:
        raise disk_failure(error, desk.library) from error


def copies_room_bytes(case_file: CaseFile) -> int:
    """The most that all copies can take: FLAC is never noticeably larger than plain samples."""
    gaps = {gap.recording for gap in case_file.gaps}
    wanted = 0
    for encounter in case_file.encounters:
        own = [one for one in case_file.recordings if one.encounter == encounter.id and one.samples]
        if len(own) < 2 and not any(one.id in gaps for one in own):
            continue
        span_ms = max(one.begins_ms + (one.duration_ms or 0) for one in own)
        span_ms += sum(gap.length_ms for gap in case_file.gaps if gap.recording in {one.id for one in own})
        sides = 2 if any(one.leg is Leg.FAR for one in own) else 1
        wanted += span_ms * RATE_HZ * 2 * sides // 1000
    for sound in case_file.imported:
        if sound.duration_ms is not None and not plays_everywhere(sound):
            wanted += copy_room_bytes(sound.duration_ms, sound.rate_hz or 0, sound.channels or 1)
    return wanted


def _pulses(desk: Desk, recording: Recording) -> Pulses | None:
    if recording.samples:
        path = desk.recording_folder(recording.case, recording.id) / PULSE_FILE
        with suppress(OSError, ValueError):
            return read_kept_pulses(path)
    return None


def _origin(pulses: Pulses, line: TimeLine) -> SoundOrigin:
    promised = sum(one["kind"] == PulseKind.PULSE for one in pulses.lines)
    read_back = None
    if pulses.stop is not None:
        read_back = pulses.stop.get("reread_pcm_sha256") == pulses.stop.get("pcm_sha256")
    return SoundOrigin(str(pulses.start.get("app", "")), promised, read_back, line.clock)


def _copy(
    desk: Desk, case_file: CaseFile, encounter: Encounter, lines: dict[str, TimeLine], folder: Path
) -> Listening | None:
    recordings = [one for one in case_file.recordings if one.encounter == encounter.id and one.id in lines]
    pieces = sum(len(lines[one.id].pieces) for one in recordings)
    if pieces < 2 or len({lines[one.id].boot for one in recordings}) != 1:
        return None
    far = any(one.leg is Leg.FAR for one in recordings)
    tracks = [_track(desk, one, lines[one.id], far=far) for one in recordings]
    target = folder / f"{encounter.id}.flac"
    try:
        made = write_listening_copy(tracks, target, seals_to=desk.seals_to)
    except ValueError:
        return None  # a sound that can't be decoded: verify and the page say so of the original
    sha256, _ = hash_kept(target)
    return Listening(
        source=target,
        encounter=encounter.id,
        sha256=sha256,
        duration_ms=made.samples * 1000 // made.rate_hz,
        two_sides=far,
        made_from=tuple((one.id, one.file_sha256 or "") for one in recordings),
        places=tuple(
            (
                one.id,
                piece.first_sample * 1000 // one.rate_hz,
                (piece.mono_ns - made.start_mono_ns) // 1_000_000,
            )
            for one in recordings
            for piece in lines[one.id].pieces
        ),
        aligned_within_ms=ALIGNED_WITHIN_MS,
    )


def _track(desk: Desk, recording: Recording, line: TimeLine, *, far: bool) -> Track:
    side = Side.BOTH
    if far:
        side = Side.RIGHT if recording.leg is Leg.FAR else Side.LEFT
    return Track(
        path=desk.recording_folder(recording.case, recording.id) / recording.file,
        rate_hz=recording.rate_hz,
        channels=recording.channels,
        side=side,
        pieces=line.pieces,
        ppm=line.clock.ppm or 0.0,
    )


def plays_everywhere(sound: ImportedSound) -> bool:
    """Whether browsers play an imported file as it is."""
    return sound.format.startswith(_PLAYED_EVERYWHERE)


def _imported_copy(
    desk: Desk, sound: ImportedSound, folder: Path, cancelled: Callable[[], bool] | None
) -> ImportedCopy | None:
    if sound.duration_ms is None or plays_everywhere(sound):
        return None
    original = attachment_file(desk.case_folder(sound.case), sound)
    target = folder / f"{sound.id}.flac"
    comment = f"Copy for listening, made by EvidenceDesk from {sound.stored_name}, SHA-256 {sound.sha256}"
    try:
        write_playable_copy(
            original,
            target,
            comment,
            sound.duration_ms,
            cancelled or (lambda: False),
            seals_to=desk.seals_to,
        )
    except ValueError:
        return None  # this computer has no decoder for it any more, or the file has changed: verify says so
    sha256, _ = hash_kept(target)
    return ImportedCopy(target, sound.id, sha256, sound.sha256)
