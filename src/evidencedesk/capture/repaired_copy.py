"""Write a complete FLAC file beside one that lost its writer, and hash what is in it."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencedesk.capture.flac_repair import Walk, repaired, walk
from evidencedesk.capture.pcm import read_pcm_in
from evidencedesk.custody.hashing import BUFFER_BYTES
from evidencedesk.custody.kept import create_kept, hash_kept, open_kept, write_all
from evidencedesk.custody.pulses import Pulses
from evidencedesk.domain.pulse import RECOVERED_FILE, SOUND_FILE, RecoveredSound
from evidencedesk.system.durable import fsync_folder, make_read_only

# A pulse is due every second; with the queue's latency nothing later than this was ever promised.
_UNSEEN_MS = 1250
_CHECK_AGAIN_BYTES = 1_000_000
_NO_PULSE: Mapping[str, Any] = {"samples": 0, "file_bytes": 0, "pcm_sha256": "", "mono_ns": None}


@dataclass(frozen=True, slots=True)
class _Hashes:
    """SHA-256 of all samples of the copy, of those the last pulse had promised, and of the copy itself."""

    whole: str
    at_pulse: str
    file: str


def repaired_sound(
    folder: Path, origin: Path, pulses: Pulses, *, from_second: bool = False, seals_to: bytes | None = None
) -> RecoveredSound | None:
    """Write ``audio.recovered.flac`` in a recording's folder from the sound in ``origin``.

    ``pulses`` were written beside ``origin``. The file found in ``folder`` becomes read-only and stays as
    it is. None when nothing can be decoded. The copy is sealed with ``seals_to``. Raises OSError.
    """
    found, target = folder / SOUND_FILE, folder / RECOVERED_FILE
    found_sha256, found_bytes = _hash_found(found)
    make_read_only(found)
    last = pulses.last_pulse or _NO_PULSE
    copied = _copy_whole_frames(origin, target, last, 2 * int(pulses.start["channels"]), seals_to)
    if copied is None:
        return None
    walked, hashes = copied
    rate_hz = int(pulses.start["rate_hz"])
    whole = pulses.stop is not None and hashes.whole == pulses.stop["pcm_sha256"]
    return RecoveredSound(
        samples=walked.samples,
        saved_samples=last["samples"],
        rate_hz=rate_hz,
        missing_ms=0 if whole else _missing_ms(pulses, last, walked.samples * 1000 // rate_hz),
        cut_bytes=_hash_found(origin)[1] - walked.end,
        found_file=SOUND_FILE,
        found_bytes=found_bytes,
        found_sha256=found_sha256,
        file=RECOVERED_FILE,
        file_bytes=walked.end,
        file_sha256=hashes.file,
        pcm_sha256=hashes.whole,
        pulse_sha256=pulses.sha256,
        agrees_with_pulses=not last["samples"] or hashes.at_pulse == last["pcm_sha256"],
        from_second=from_second,
    )


def _copy_whole_frames(
    found: Path, target: Path, last: Mapping[str, Any], frame_bytes: int, seals_to: bytes | None
) -> tuple[Walk, _Hashes] | None:
    """The longest copy that can be decoded; None when there is none."""
    walked = walk(found, max(0, last["file_bytes"] - _CHECK_AGAIN_BYTES))
    if walked is not None:
        hashes = _write(found, target, walked, last["samples"], frame_bytes, seals_to)
        if hashes is not None and hashes.at_pulse == last["pcm_sha256"]:
            return walked, hashes
    # Damage before the last pulse: look at every frame and keep what is whole from the start. And should
    # the end of the last frame have been taken for another: better one frame less than none.
    for drop_last in (False, True):
        walked = walk(found, drop_last=drop_last)
        if walked is not None:
            hashes = _write(found, target, walked, last["samples"], frame_bytes, seals_to)
            if hashes is not None:
                return walked, hashes
    return None


def _write(
    found: Path, target: Path, walked: Walk, promised: int, frame_bytes: int, seals_to: bytes | None
) -> _Hashes | None:
    """Decode what a repaired copy would hold, write it, and hash its samples; None when that can't be."""
    partial = target.with_name(target.name + ".partial")
    _remove(partial)
    _remove(target)  # ours, from an attempt that was interrupted or did not agree
    pulse_bytes = promised * frame_bytes
    whole, at_pulse, md5 = hashlib.sha256(), "", hashlib.md5(usedforsecurity=False)
    count = 0
    try:
        with repaired(found, walked) as file:
            for pcm in read_pcm_in(file, found.name):
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
    written = hashlib.sha256()
    kept = create_kept(partial, seals_to)
    try:
        with repaired(found, walked, md5.digest()) as file:
            while piece := file.read(BUFFER_BYTES):
                write_all(kept, piece)
                written.update(piece)
        kept.finish()
    finally:
        kept.abandon()
    if hash_kept(partial, secret=kept.secret) != (written.hexdigest(), walked.end):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(partial))
    partial.replace(target)
    make_read_only(target)
    fsync_folder(target.parent)
    return _Hashes(whole.hexdigest(), at_pulse, written.hexdigest())


def _hash_found(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file as found; of a sealed one, of what can be opened up to any damage."""
    digest, count = hashlib.sha256(), 0
    with open_kept(path, to_damage=True) as file:
        while piece := file.read(BUFFER_BYTES):
            digest.update(piece)
            count += len(piece)
    return digest.hexdigest(), count


def _remove(path: Path) -> None:
    if path.exists():
        path.chmod(0o600)  # Windows deletes nothing that is read-only
        path.unlink()


def _missing_ms(pulses: Pulses, last: Mapping[str, Any], recovered_ms: int) -> int:
    """The most that can be missing: up to the moment when the next pulse was due and did not come."""
    began = int(pulses.start["mono_ns"]) - int(pulses.start.get("earlier_ms", 0)) * 1_000_000
    alive = int(last["mono_ns"]) if last["mono_ns"] is not None else began
    return max(0, (alive - began) // 1_000_000 + _UNSEEN_MS - recovered_ms)
