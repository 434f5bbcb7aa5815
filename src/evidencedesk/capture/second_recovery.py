"""Bring a recording home from its second copy, when that one knows more than the first."""

from __future__ import annotations

import json
import os
from pathlib import Path

from evidencedesk.capture.control import PLAN_FILE
from evidencedesk.capture.part_folder import second_place
from evidencedesk.capture.repaired_copy import repaired_sound
from evidencedesk.custody.kept import open_kept, write_kept
from evidencedesk.custody.pulses import Pulses, read_kept_pulses
from evidencedesk.domain.pulse import (
    PULSE_FILE,
    SOUND_FILE,
    RecordingPlan,
    RecoveredSound,
)
from evidencedesk.system.durable import make_read_only


def recover_from_second(folder: Path, seals_to: bytes | None = None) -> RecoveredSound | None:
    """Copy the sound and complete the pulse journal; None when the first copy is the better one.

    The file as found stays as it is. The pulse journal in ``folder`` is only ever made longer: it must
    be the beginning of the other. A part that was begun in the second place, because the first disk
    refused, has left nothing but its plan here: its file as found is an empty one. Raises OSError.
    """
    second = _place(folder)
    if second is None or not _knows_more(second, folder):
        return None
    pulses = _same_recording(second, folder)
    if pulses is None:
        return None
    if not (folder / SOUND_FILE).exists():
        (folder / SOUND_FILE).touch(0o600)
    sound = repaired_sound(folder, second / SOUND_FILE, pulses, from_second=True, seals_to=seals_to)
    if sound is not None:
        write_kept(folder / PULSE_FILE, _text(second / PULSE_FILE), seals_to)
        make_read_only(folder / PULSE_FILE)
    return sound


def _place(folder: Path) -> Path | None:
    try:
        plan = RecordingPlan(**json.loads((folder / PLAN_FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    if not plan.second_folder:
        return None
    second = second_place(plan)
    there = all((second / name).is_file() for name in (SOUND_FILE, PULSE_FILE))
    return second if there else None


def _knows_more(second: Path, folder: Path) -> bool:
    here = folder / SOUND_FILE
    return _length(second / SOUND_FILE) > (_length(here) if here.exists() else 0)


def _length(path: Path) -> int:
    with open_kept(path, to_damage=True) as file:
        return file.seek(0, os.SEEK_END)


def _text(path: Path) -> bytes:
    with open_kept(path, to_damage=True) as file:
        return file.read()


def _same_recording(second: Path, folder: Path) -> Pulses | None:
    """The second pulse journal, if the first is its beginning."""
    here = folder / PULSE_FILE
    try:
        first_text = _text(here) if here.exists() else b""
        second_text = _text(second / PULSE_FILE)
        pulses = read_kept_pulses(second / PULSE_FILE)
    except (OSError, ValueError):
        return None
    same = second_text.startswith(first_text) and pulses.start.get("recording") == folder.name
    return pulses if pulses.start and same else None
