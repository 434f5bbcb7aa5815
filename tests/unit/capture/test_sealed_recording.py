"""A recording in a locked library: the same bytes and promises, and nothing to be read on the disk."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from evidencedesk.capture.part_folder import second_place
from evidencedesk.capture.process import write_plan
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import sealed_sound, unfinished
from evidencedesk.capture.remote import launch
from evidencedesk.custody.kept import is_sealed, open_kept, read_kept
from evidencedesk.custody.pulses import read_kept_pulses
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import RecorderState, RecordingPlan, RecoveredSound, StopReason
from evidencedesk.system.clock import SystemClock
from fakes.recordings import PATIENCE_S, CommandedSource, Samples, heard, noise, plan_for, recover, until
from fakes.vaults import lock, require_nothing_readable, unlock

pytestmark = pytest.mark.usefixtures("vault_public")

RATE_HZ = 48_000
BLOCK = 4800
SOUND, PULSES = "audio.flac", "pulse.jsonl"
NOISE = np.random.default_rng(6).integers(-9000, 9000, size=RATE_HZ * 60, dtype=np.int16)


def recorded(plan: RecordingPlan, seconds: int = 3) -> LocalRecorder:
    """A recorder that has taken this much and still runs."""
    source = CommandedSource(RATE_HZ)
    recorder = LocalRecorder(plan, SystemClock(), source)
    recorder.start()
    for at in range(0, RATE_HZ * seconds, BLOCK):
        source.give(NOISE[at : at + BLOCK])
    until(lambda: recorder.status().samples == RATE_HZ * seconds, "all is taken")
    return recorder


def ended(recorder: LocalRecorder) -> LocalRecorder:
    recorder.request_stop(StopReason.USER)
    assert recorder.wait(PATIENCE_S)
    assert recorder.status().state is RecorderState.STOPPED
    return recorder


def killed(tmp_path: Path, seconds: int = 3) -> Path:
    """The folder as it lies on the disk of a recorder that is killed: a copy while it runs."""
    plan = plan_for(tmp_path / "running", "commanded")
    recorder = recorded(plan, seconds)
    until(lambda: recorder.status().saved_samples > RATE_HZ * seconds - 2 * 4096, "it is saved")
    left = Path(plan_for(tmp_path / "killed", "commanded").folder)
    for name in (SOUND, PULSES):
        (left / name).write_bytes((Path(plan.folder) / name).read_bytes())
    ended(recorder)
    return left


def test_the_sound_is_byte_for_byte_what_a_library_without_a_lock_would_hold(tmp_path: Path) -> None:
    sealed = plan_for(tmp_path / "sealed", "commanded")
    plain = replace(plan_for(tmp_path / "plain", "commanded"), sealed_to="")

    of_sealed, of_plain = (ended(recorded(plan)).status().sealed for plan in (sealed, plain))

    assert of_sealed is not None
    assert of_plain is not None
    assert is_sealed(Path(sealed.folder) / SOUND)
    assert read_kept(Path(sealed.folder) / SOUND) == (Path(plain.folder) / SOUND).read_bytes()
    assert of_sealed.file_sha256 == of_plain.file_sha256
    assert of_sealed.file_bytes == of_plain.file_bytes == (Path(plain.folder) / SOUND).stat().st_size


def test_the_pulses_name_the_sound_they_name_without_a_lock_and_end_in_the_same_hash(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "commanded")
    recorder = recorded(plan)
    until(lambda: recorder.status().saved_samples > 0, "there is a pulse")
    sealed = ended(recorder).status().sealed
    folder = Path(plan.folder)

    pulses = read_kept_pulses(folder / PULSES)

    assert sealed is not None
    assert pulses.faults == ()
    assert pulses.sha256 == sealed.pulse_sha256 == hashlib.sha256(read_kept(folder / PULSES)).hexdigest()
    assert pulses.last_pulse is not None
    assert 0 < pulses.last_pulse["file_bytes"] <= sealed.file_bytes
    assert sealed_sound(folder) == sealed
    assert [(folder / name).stat().st_mode & 0o222 for name in (SOUND, PULSES)] == [0, 0]


def test_nothing_of_a_recording_can_be_read_while_it_runs_after_its_end_and_after_its_recovery(
    tmp_path: Path,
) -> None:
    plan = replace(plan_for(tmp_path / "library", "commanded"), second_folder=str(tmp_path / "usb"))
    words = (b'"device"', b"pcm_sha256", b"warning")
    recorder = recorded(plan)
    for place in (tmp_path / "library", tmp_path / "usb"):
        require_nothing_readable(place, *words)
    ended(recorder)
    for place in (tmp_path / "library", tmp_path / "usb"):
        require_nothing_readable(place, *words)
    left = killed(tmp_path)
    recover(left)
    require_nothing_readable(left, *words, b"recovered")


def test_both_copies_are_the_same_sound_though_their_seals_differ(tmp_path: Path) -> None:
    plan = replace(plan_for(tmp_path, "commanded"), second_folder=str(tmp_path / "usb"))
    sealed = ended(recorded(plan)).status().sealed

    first, second = Path(plan.folder) / SOUND, second_place(plan) / SOUND

    assert sealed is not None
    assert sealed.copy == "same"
    assert first.read_bytes() != second.read_bytes()
    assert read_kept(first) == read_kept(second)
    assert read_kept(first.with_name(PULSES)) == read_kept(second.with_name(PULSES))


def test_a_recorder_goes_on_and_ends_well_while_the_library_is_locked(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, "commanded")
    lock()

    sealed = ended(recorded(plan)).status().sealed

    assert sealed is not None
    assert sealed.samples == 3 * RATE_HZ
    with pytest.raises(Known) as refusal:
        read_kept(Path(plan.folder) / SOUND)
    assert refusal.value.code is Code.VAULT_LOCKED
    unlock()
    assert (heard(Path(plan.folder) / SOUND)[:, 0] == NOISE[: 3 * RATE_HZ]).all()


def test_a_recorder_process_needs_no_secret_to_read_back_what_it_wrote(tmp_path: Path) -> None:
    sound = tmp_path / "played.wav"
    played = noise(sound, 3.0)
    plan = plan_for(tmp_path / "library", f"file:{sound}")
    assert json.loads(json.dumps(asdict(plan)))["sealed_to"]
    recorder = launch(plan)

    assert recorder.wait(PATIENCE_S)

    status = recorder.status()
    assert status.state is RecorderState.STOPPED
    assert not [warning for warning in status.warnings if "differs" in warning.code]
    assert (heard(Path(plan.folder) / SOUND) == played).all()


def test_a_locked_library_is_recovered_after_it_was_opened(tmp_path: Path) -> None:
    left = killed(tmp_path)
    lock()
    assert unfinished(tmp_path / "killed") == (left,)
    before = sorted(path.name for path in left.iterdir())

    with pytest.raises(Known) as refusal:
        recover(left)

    assert refusal.value.code is Code.VAULT_LOCKED
    assert sorted(path.name for path in left.iterdir() if path.name != "capture.lock") == before
    unlock()
    assert isinstance(recover(left), RecoveredSound)


def test_recovery_brings_back_what_it_would_without_a_lock(tmp_path: Path) -> None:
    left = killed(tmp_path)
    plain = tmp_path / "plain" / "cases" / "c-00000001" / "recordings" / "r-00000001"
    plain.mkdir(parents=True)
    for name in (SOUND, PULSES):
        (plain / name).write_bytes(read_kept(left / name))

    of_sealed = recover(left)
    of_plain = recover(plain)

    assert isinstance(of_sealed, RecoveredSound)
    assert of_sealed == of_plain
    assert of_sealed.agrees_with_pulses
    assert read_kept(left / of_sealed.file) == read_kept(plain / of_sealed.file)
    assert recover(left) == of_sealed


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.55, 0.9, 0.999, 1.0])
def test_a_sound_cut_anywhere_gives_all_that_its_last_whole_seal_holds(tmp_path: Path, share: float) -> None:
    left = killed(tmp_path)
    content = (left / SOUND).read_bytes()
    (left / SOUND).write_bytes(content[: int(share * len(content))])

    require_prefix(left, share)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("harm", [b"\0" * 512, b"\xff" * 64])
def test_damage_in_the_middle_ends_the_sound_before_it(tmp_path: Path, share: float, harm: bytes) -> None:
    left = killed(tmp_path)
    content = (left / SOUND).read_bytes()
    at = int(share * len(content))
    (left / SOUND).write_bytes(content[:at] + harm + content[at + len(harm) :])

    require_prefix(left, share)


@pytest.mark.parametrize("zeros", [7, 4096, 100_000])
def test_zeros_that_a_power_cut_left_behind_the_last_seal_are_no_sound(tmp_path: Path, zeros: int) -> None:
    left = killed(tmp_path)
    for name in (SOUND, PULSES):
        with (left / name).open("ab") as file:
            file.write(bytes(zeros))

    outcome = recover(left)

    assert isinstance(outcome, RecoveredSound)
    assert outcome.agrees_with_pulses
    assert outcome.samples >= outcome.saved_samples > 0
    require_beginning(heard(left / outcome.file))


def test_pulses_cut_anywhere_still_lead_to_the_sound(tmp_path: Path) -> None:
    left = killed(tmp_path)
    content = (left / PULSES).read_bytes()
    whole = (left / SOUND).read_bytes()
    for number, share in enumerate((0.5, 0.8, 0.97)):
        cut = Path(plan_for(tmp_path / "cut", "x", f"r-{number:08}").folder)
        (cut / PULSES).write_bytes(content[: int(share * len(content))])
        (cut / SOUND).write_bytes(whole)
        outcome = recover(cut)
        assert isinstance(outcome, RecoveredSound)
        require_beginning(heard(cut / outcome.file))


def test_a_killed_recording_is_brought_home_from_its_second_copy(tmp_path: Path) -> None:
    plan = replace(plan_for(tmp_path, "commanded"), second_folder=str(tmp_path / "usb"))
    write_plan(plan)
    ended(recorded(plan))
    folder = Path(plan.folder)
    for name in (SOUND, PULSES):  # as a first disk leaves it that refused half way
        content = (folder / name).read_bytes()
        (folder / name).chmod(0o600)
        (folder / name).write_bytes(content[: len(content) // 2])

    outcome = recover(folder)

    assert isinstance(outcome, RecoveredSound)
    assert outcome.from_second
    assert outcome.missing_ms == 0
    assert (heard(folder / outcome.file)[:, 0] == NOISE[: 3 * RATE_HZ]).all()
    assert is_sealed(folder / PULSES)
    assert read_kept(folder / PULSES) == read_kept(second_place(plan) / PULSES)


def require_prefix(left: Path, share: float) -> None:
    """A recovery of what was harmed there gives an exact beginning, about as long as what was left whole."""
    with open_kept(left / SOUND, to_damage=True) if share > 0.01 else (left / SOUND).open("rb") as file:
        whole = len(file.read())
    if whole < 3 * 4096 * 2:
        with pytest.raises(Known) as refusal:
            recover(left)
        assert refusal.value.code is Code.FILE_UNREADABLE  # it was promised, so it is not called nothing
        return
    outcome = recover(left)
    assert isinstance(outcome, RecoveredSound)
    assert outcome.samples * 2 > whole - 3 * 4096 * 2
    require_beginning(heard(left / outcome.file))


def require_beginning(found: Samples) -> None:
    assert len(found)
    assert (found[:, 0] == NOISE[: len(found)]).all()
