"""Write a complete FLAC file beside one that lost its writer, and hash what is in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencedesk.capture.flac_repair import Walk, walk, write_md5, write_repaired
from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.pulses import Pulses
from evidencedesk.domain.pulse import RECOVERED_FILE, SOUND_FILE, RecoveredSound
from evidencedesk.system.durable import force, fsync_folder, make_read_only
from evidencedesk.system.read_only import make_removable

# A pulse is due every second; with the queue's latency nothing later than this was ever promised.
_UNSEEN_MS = 1250
_CHECK_AGAIN_BYTES = 1_000_000
_NO_PULSE: Mapping[str, Any] = {"samples": 0, "file_bytes": 0, "pcm_sha256": "", "mono_ns": None}


@dataclass(frozen=True, slots=True)
class _Hashes:
    """SHA-256 of all samples of the copy, and of those the last pulse had promised."""

    whole: str
    at_pulse: str


def repaired_sound(
    folder: Path, origin: Path, pulses: Pulses, *, from_second: bool = False
) -> RecoveredSound | None:
    """Write ``audio.recovered.flac`` in a recording's folder from the sound in ``origin``.

    ``pulses`` were written beside ``origin``. The file found in ``folder`` becomes read-only and stays as
    it is. None when nothing can be decoded. Raises OSError.
    """
    found, target = folder / SOUND_FILE, folder / RECOVERED_FILE
    found_sha256, found_bytes = hash_file(found)
    make_read_only(found)
    last = pulses.last_pulse or _NO_PULSE
    copied = _copy_whole_frames(origin, target, last, 2 * int(pulses.start["channels"]))
    if copied is None:
        return None
    walked, hashes = copied
    file_sha256, file_bytes = hash_file(target)
    rate_hz = int(pulses.start["rate_hz"])
    whole = pulses.stop is not None and hashes.whole == pulses.stop["pcm_sha256"]
    return RecoveredSound(
        samples=walked.samples,
        saved_samples=last["samples"],
        rate_hz=rate_hz,
        missing_ms=0 if whole else _missing_ms(pulses, last, walked.samples * 1000 // rate_hz),
        cut_bytes=origin.stat().st_size - walked.end,
        found_file=SOUND_FILE,
        found_bytes=found_bytes,
        found_sha256=found_sha256,
        file=RECOVERED_FILE,
        file_bytes=file_bytes,
        file_sha256=file_sha256,
        pcm_sha256=hashes.whole,
        pulse_sha256=pulses.sha256,
        agrees_with_pulses=not last["samples"] or hashes.at_pulse == last["pcm_sha256"],
        from_second=from_second,
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
        force(file.fileno())
    partial.replace(target)
    make_read_only(target)
    fsync_folder(target.parent)
    return _Hashes(whole.hexdigest(), at_pulse)


def _remove(path: Path) -> None:
    if path.exists():
        make_removable(path)
        path.unlink()


def _missing_ms(pulses: Pulses, last: Mapping[str, Any], recovered_ms: int) -> int:
    """The most that can be missing: up to the moment when the next pulse was due and did not come."""
    began = int(pulses.start["mono_ns"]) - int(pulses.start.get("earlier_ms", 0)) * 1_000_000
    alive = int(last["mono_ns"]) if last["mono_ns"] is not None else began
    return max(0, (alive - began) // 1_000_000 + _UNSEEN_MS - recovered_ms)
