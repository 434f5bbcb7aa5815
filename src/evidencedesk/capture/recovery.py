"""Finish a recording whose recorder is gone: keep what was found, make it playable beside it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidencedesk.capture.control import CONTROL_FILE, LOCK_FILE, PLAN_FILE
from evidencedesk.capture.flac_repair import Walk, walk, write_md5, write_repaired
from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.pulses import Pulses, read_pulses
from evidencedesk.domain.errors import Code, Known, Unreadable, WrongUse
from evidencedesk.domain.moment import Clock
from evidencedesk.domain.pulse import (
    PULSE_FILE,
    RECOVERED_FILE,
    RECOVERY_FILE,
    SOUND_FILE,
    RecoveredSound,
    SealedSound,
    StopReason,
)
from evidencedesk.system.durable import disk_failure, fsync_folder, make_read_only, write_atomic
from evidencedesk.system.lock import FolderLock, is_held

# A pulse is due every second; with the queue's latency nothing later than this was ever promised.
_UNSEEN_MS = 1250
_CHECK_AGAIN_BYTES = 1_000_000
# A recorder process is given 10 s to come up; its folder is left alone for longer than that.
_STARTING_S = 30.0


def unfinished(library: Path) -> tuple[Path, ...]:
    """Folders of recordings that have neither a proper end nor a recovery, and no living recorder."""
    folders = sorted((library / "cases").glob("*/recordings/*"))
    return tuple(folder for folder in folders if folder.is_dir() and not _finished(folder))


def recover_recording(folder: Path, clock: Clock) -> RecoveredSound | SealedSound | None:
    """Finish one recording; None when no sound had reached the disk.

    Can be repeated and interrupted at will: nothing is deleted, the file as found is never written to,
    and the result is the same. Raises ALREADY_RECORDING while a recorder is alive, FILE_UNREADABLE for
    a pulse journal that is none, and what the disk says.
    """
    lock = FolderLock(folder / LOCK_FILE)
    try:
        if not lock.acquire():
            raise WrongUse(Code.ALREADY_RECORDING, recording=folder.name)
        try:
            # The address of a process that is gone; never evidence.
            (folder / CONTROL_FILE).unlink(missing_ok=True)
            return _recover(folder, clock)
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
    )


def _pulses(folder: Path) -> Pulses | None:
    path = folder / PULSE_FILE
    if not path.exists():
        return None
    try:
        return read_pulses(path)
    except ValueError as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def _recover(folder: Path, clock: Clock) -> RecoveredSound | SealedSound | None:
    sealed = sealed_sound(folder)
    if sealed is not None:
        return sealed
    before = _earlier(folder)
    if before is not None:
        return before[0]
    if _starting(folder):
        return None  # and nothing is noted: sound may yet come
    pulses = _pulses(folder)
    found = folder / SOUND_FILE
    outcome = None
    if pulses is not None and pulses.start and found.exists():
        outcome = _repair(folder, found, pulses)
    if outcome is None:
        _refuse_to_call_it_nothing(folder, found, pulses)
        _note(folder, clock, None)
        return None
    _note(folder, clock, dataclasses.asdict(outcome))
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
        noted = json.loads(path.read_bytes())["outcome"]
        return (None if noted is None else RecoveredSound(**noted),)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(Code.FILE_UNREADABLE, path=str(path), detail=str(error)) from error


def _note(folder: Path, clock: Clock, outcome: Mapping[str, Any] | None) -> None:
    now = clock.now()
    noted = {"v": 1, "utc": now.utc, "offset_minutes": now.offset_minutes, "outcome": outcome}
    path = folder / RECOVERY_FILE
    write_atomic(path, canonical_line(noted) + b"\n")
    make_read_only(path)


def _repair(folder: Path, found: Path, pulses: Pulses) -> RecoveredSound | None:
    found_sha256, found_bytes = hash_file(found)
    make_read_only(found)
    make_read_only(folder / PULSE_FILE)
    last = pulses.last_pulse or {"samples": 0, "file_bytes": 0, "pcm_sha256": "", "mono_ns": None}
    target = folder / RECOVERED_FILE
    copied = _copy_whole_frames(found, target, last, 2 * int(pulses.start["channels"]))
    if copied is None:
        return None
    walked, hashes = copied
    file_sha256, file_bytes = hash_file(target)
    rate_hz = int(pulses.start["rate_hz"])
    return RecoveredSound(
        samples=walked.samples,
        saved_samples=last["samples"],
        rate_hz=rate_hz,
        missing_ms=_missing_ms(pulses, last, walked.samples * 1000 // rate_hz),
        cut_bytes=found_bytes - walked.end,
        found_file=SOUND_FILE,
        found_bytes=found_bytes,
        found_sha256=found_sha256,
        file=RECOVERED_FILE,
        file_bytes=file_bytes,
        file_sha256=file_sha256,
        pcm_sha256=hashes.whole,
        pulse_sha256=pulses.sha256,
        agrees_with_pulses=not last["samples"] or hashes.at_pulse == last["pcm_sha256"],
    )


def _copy_whole_frames(
    found: Path, target: Path, last: Mapping[str, Any], frame_bytes: int
) -> tuple[Walk, _Hashes] | None:
    """The longest copy that can be decoded; None when there is none."""
    walked = walk(found, max(0, last["file_bytes"] - _CHECK_AGAIN_BYTES))
    if walked is not None:
        hashes = _write(found, target, walked, last["samples"], frame_bytes)
        if hashes is not None and hashes.at_pulse == last["pcm_sha256"]:
            return walked, hashes
    # Damage before the last pulse: look at every frame and keep what is whole from the start. And should
    # the end of the last frame have been taken for another: better one frame less than none.
    for drop_last in (False, True):
        walked = walk(found, drop_last=drop_last)
        if walked is not None:
            hashes = _write(found, target, walked, last["samples"], frame_bytes)
            if hashes is not None:
                return walked, hashes
    return None


@dataclasses.dataclass(frozen=True, slots=True)
class _Hashes:
    whole: str
    at_pulse: str


def _write(found: Path, target: Path, walked: Walk, promised: int, frame_bytes: int) -> _Hashes | None:
    """Write the repaired copy and hash its samples; None when it can't be decoded as a whole."""
    pulse_bytes = promised * frame_bytes
    partial = target.with_name(target.name + ".partial")
    _remove(partial)
    _remove(target)  # ours, from an attempt that was interrupted or did not agree
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        write_repaired(found, file, walked)
        file.flush()
        whole, at_pulse, md5 = hashlib.sha256(), "", hashlib.md5(usedforsecurity=False)
        count = 0
        try:
            for pcm in read_pcm(partial):
                if count < pulse_bytes <= count + len(pcm):
                    head = whole.copy()
                    head.update(pcm[: pulse_bytes - count])
                    at_pulse = head.hexdigest()
                whole.update(pcm)
                md5.update(pcm)
                count += len(pcm)
        except ValueError:
            return None
        if count != walked.samples * frame_bytes:
            return None
        write_md5(file, md5.digest())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)
    make_read_only(target)
    fsync_folder(target.parent)
    return _Hashes(whole.hexdigest(), at_pulse)


def _remove(path: Path) -> None:
    if path.exists():
        path.chmod(0o600)  # Windows deletes nothing that is read-only
        path.unlink()


def _missing_ms(pulses: Pulses, last: Mapping[str, Any], recovered_ms: int) -> int:
    """The most that can be missing: up to the moment when the next pulse was due and did not come."""
    began = int(pulses.start["mono_ns"])
    alive = int(last["mono_ns"]) if last["mono_ns"] is not None else began
    return max(0, (alive - began) // 1_000_000 + _UNSEEN_MS - recovered_ms)
