"""Bring a recording home from its second copy, when that one knows more than the first."""

from __future__ import annotations

import json
from pathlib import Path

from evidencedesk.capture.control import PLAN_FILE
from evidencedesk.capture.part import second_place
from evidencedesk.capture.repaired_copy import copy_whole_frames, last_promise, missing_ms
from evidencedesk.custody.hashing import hash_file
from evidencedesk.custody.pulses import Pulses, read_pulses
from evidencedesk.domain.pulse import (
    PULSE_FILE,
    RECOVERED_FILE,
    SOUND_FILE,
    RecordingPlan,
    RecoveredSound,
)
from evidencedesk.system.durable import make_read_only, write_atomic


def recover_from_second(folder: Path) -> RecoveredSound | None:
    """Copy the sound and complete the pulse journal; None when the first copy is the better one.

    The file as found stays as it is. The pulse journal in ``folder`` is only ever made longer: it must
    be the beginning of the other. Raises OSError.
    """
    second = _place(folder)
    found, target = folder / SOUND_FILE, folder / RECOVERED_FILE
    if second is None or not _knows_more(second, folder):
        return None
    pulses = _same_recording(second, folder)
    if pulses is None:
        return None
    last = last_promise(pulses)
    copied = copy_whole_frames(second / SOUND_FILE, target, last, 2 * int(pulses.start["channels"]))
    if copied is None:
        return None
    walked, hashes = copied
    found_sha256, found_bytes = hash_file(found)
    make_read_only(found)
    write_atomic(folder / PULSE_FILE, (second / PULSE_FILE).read_bytes())
    make_read_only(folder / PULSE_FILE)
    file_sha256, file_bytes = hash_file(target)
    rate_hz = int(pulses.start["rate_hz"])
    whole = pulses.stop is not None and hashes.whole == pulses.stop["pcm_sha256"]
    recovered_ms = walked.samples * 1000 // rate_hz
    return RecoveredSound(
        samples=walked.samples,
        saved_samples=last["samples"],
        rate_hz=rate_hz,
        missing_ms=0 if whole else missing_ms(pulses, last, recovered_ms),
        cut_bytes=(second / SOUND_FILE).stat().st_size - walked.end,
        found_file=SOUND_FILE,
        found_bytes=found_bytes,
        found_sha256=found_sha256,
        file=RECOVERED_FILE,
        file_bytes=file_bytes,
        file_sha256=file_sha256,
        pcm_sha256=hashes.whole,
        pulse_sha256=pulses.sha256,
        agrees_with_pulses=not last["samples"] or hashes.at_pulse == last["pcm_sha256"],
        from_second=True,
    )


def _place(folder: Path) -> Path | None:
    try:
        plan = RecordingPlan(**json.loads((folder / PLAN_FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    if not plan.second_folder:
        return None
    second = second_place(plan)
    there = all((second / name).is_file() for name in (SOUND_FILE, PULSE_FILE))
    return second if there and (folder / SOUND_FILE).exists() else None


def _knows_more(second: Path, folder: Path) -> bool:
    one, other = ((place / SOUND_FILE).stat().st_size for place in (second, folder))
    return one > other


def _same_recording(second: Path, folder: Path) -> Pulses | None:
    """The second pulse journal, if the first is its beginning."""
    try:
        first_text, second_text = ((place / PULSE_FILE).read_bytes() for place in (folder, second))
        pulses = read_pulses(second / PULSE_FILE)
    except (OSError, ValueError):
        return None
    return pulses if pulses.start and second_text.startswith(first_text) else None
