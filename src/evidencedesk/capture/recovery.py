"""Finish a recording whose recorder is gone: keep what was found, make it playable beside it."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from evidencedesk.capture.ballast import drop_ballast
from evidencedesk.capture.control import CONTROL_FILE, LOCK_FILE, PLAN_FILE
from evidencedesk.capture.flac_repair import walk
from evidencedesk.capture.repaired_copy import repaired_sound
from evidencedesk.capture.second_recovery import recover_from_second
from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.custody.pulses import Pulses, read_kept_pulses
from evidencedesk.domain.errors import Code, Known, Unreadable, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import (
    PULSE_FILE,
    RECOVERY_FILE,
    SOUND_FILE,
    Copy,
    RecoveredSound,
    SealedSound,
    StopReason,
)
from evidencedesk.system.durable import disk_failure, make_read_only
from evidencedesk.system.lock import FolderLock, is_held

# A recorder process is given 10 s to come up; its folder is left alone for longer than that.
_STARTING_S = 30.0


def recording_folders(library: Path, known: Collection[str] = (), having: str = "") -> tuple[Path, ...]:
    """The folders of all recordings but those ``known`` by name; with ``having`` only those with this file.

    A library has ten thousand of them, and this is asked at each start: hence no paths before the end.
    """
    found = [
        path
        for _, case in _folders(f"{library}/cases")
        for name, path in _folders(f"{case}/recordings")
        if name not in known and (not having or os.path.lexists(f"{path}/{having}"))
    ]
    return tuple(Path(path) for path in sorted(found))


def _folders(place: str) -> list[tuple[str, str]]:
    try:
        with os.scandir(place) as entries:
            return [(entry.name, entry.path) for entry in entries if entry.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []


def unfinished(library: Path, known: Collection[str] = ()) -> tuple[Path, ...]:
    """Folders of recordings that have neither a proper end nor a recovery, and no living recorder.

    ``known`` names recordings that need not be looked at: somebody knows their end.
    """
    return tuple(folder for folder in recording_folders(library, known) if not _finished(folder))


def recover_recording(
    folder: Path, clock: Clock, seals_to: bytes | None = None
) -> RecoveredSound | SealedSound | None:
    """Finish one recording; None when no sound had reached the disk.

    Can be repeated and interrupted at will: nothing is deleted, the file as found is never written to,
    and the result is the same. What is made is sealed with the public key ``seals_to``. Raises
    ALREADY_RECORDING while a recorder is alive, FILE_UNREADABLE for a pulse journal that is none,
    VAULT_LOCKED for sealed files without their key, INPUT_OUTPUT for a folder that is not there, and what
    the disk says.
    """
    if not folder.is_dir():
        # A disk that is away must not be taken for one on which nothing was recorded.
        raise disk_failure(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), folder)
    lock = FolderLock(folder / LOCK_FILE)
    try:
        if not lock.acquire():
            raise WrongUse(Code.ALREADY_RECORDING, recording=folder.name)
        try:
            # The address of a process that is gone; never evidence.
            (folder / CONTROL_FILE).unlink(missing_ok=True)
            return _recover(folder, clock, seals_to)
        finally:
            lock.release()
    except OSError as error:
        raise disk_failure(error, folder) from error


def _finished(folder: Path) -> bool:
    try:
        if is_held(folder / LOCK_FILE) or _starting(folder):
            return True
        if (folder / RECOVERY_FILE).exists():
            return True
        return sealed_sound(folder) is not None
    except (OSError, Known):
        # Whatever is wrong there, ``recover_recording`` names it, without holding up other folders.
        return False


def _starting(folder: Path) -> bool:
    """Whether a recorder was told a moment ago to record here and has not got to it yet."""
    if (folder / PULSE_FILE).exists():
        return False
    try:
        told_s = (folder / PLAN_FILE).stat().st_mtime
    except FileNotFoundError:
        return False
    return abs(time.time() - told_s) < _STARTING_S


def sealed_sound(folder: Path) -> SealedSound | None:
    """What the STOP line of a properly ended recording says; None when there is no such line."""
    pulses = _pulses(folder)
    if pulses is None or pulses.stop is None or not (folder / SOUND_FILE).exists():
        return None
    stop = pulses.stop
    if stop.get("copy") == Copy.ALONE:
        return None  # its sound was finished in the second place; what is here was cut off
    try:
        reason = StopReason(stop["reason"])
    except ValueError:
        return None
    return SealedSound(
        reason=reason,
        samples=stop["samples"],
        file=SOUND_FILE,
        file_bytes=stop["file_bytes"],
        file_sha256=stop["file_sha256"],
        pcm_sha256=stop["pcm_sha256"],
        pulse_sha256=pulses.sha256,
        copy=str(stop.get("copy", "")),
    )


def _pulses(folder: Path) -> Pulses | None:
    path = folder / PULSE_FILE
    if not path.exists():
        return None
    try:
        return read_kept_pulses(path)
    except ValueError as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def _recover(folder: Path, clock: Clock, seals_to: bytes | None) -> RecoveredSound | SealedSound | None:
    sealed = sealed_sound(folder)
    if sealed is not None:
        return sealed
    before = _earlier(folder)
    if before is not None:
        return before[0]
    from_second = recover_from_second(folder, seals_to)
    if from_second is not None:
        drop_ballast(folder)
        _note(folder, clock, dataclasses.asdict(from_second), seals_to)
        return from_second
    if _starting(folder):
        return None  # and nothing is noted: sound may yet come
    drop_ballast(folder)
    pulses = _pulses(folder)
    found = folder / SOUND_FILE
    outcome = None
    if pulses is not None and pulses.start and found.exists():
        make_read_only(folder / PULSE_FILE)
        outcome = repaired_sound(folder, found, pulses, seals_to=seals_to)
    if outcome is None:
        _refuse_to_call_it_nothing(folder, found, pulses)
        _note(folder, clock, None, seals_to)
        return None
    _note(folder, clock, dataclasses.asdict(outcome), seals_to)
    return outcome


def _refuse_to_call_it_nothing(folder: Path, found: Path, pulses: Pulses | None) -> None:
    """Sound that was promised or is there must never be reported as "nothing was recorded"."""
    last = pulses.last_pulse if pulses is not None else None
    if last is not None and last["samples"]:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(found), detail="0 frames")
    if (pulses is None or not pulses.start) and found.exists() and walk(found) is not None:
        path = folder / PULSE_FILE
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail="no start line")


def _earlier(folder: Path) -> tuple[RecoveredSound | None] | None:
    """What an earlier recovery wrote down, in a one-tuple; None when there was none."""
    path = folder / RECOVERY_FILE
    if not path.exists():
        return None
    try:
        noted = json.loads(read_kept(path))["outcome"]
        return (None if noted is None else RecoveredSound(**noted),)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def _note(folder: Path, clock: Clock, outcome: Mapping[str, Any] | None, seals_to: bytes | None) -> None:
    now = clock.now()
    noted = {"v": 1, "utc": now.utc, "offset_minutes": now.offset_minutes, "outcome": outcome}
    path = folder / RECOVERY_FILE
    write_kept(path, canonical_line(noted) + b"\n", seals_to)
    make_read_only(path)
