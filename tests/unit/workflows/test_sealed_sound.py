"""A visit in a locked library: recorded, crashed, recovered, played; and nothing to be read on the disk."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.placed_sound import LINE_RATE_HZ, PlacedSound
from evidencedesk.capture.remote import running_captures
from evidencedesk.custody.kept import hash_kept, is_sealed, read_kept, write_kept
from evidencedesk.custody.kept_place import SEALED_NAME
from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.case import Case, ImportedSound, Mode, RecordingState
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.secret_store import SystemKeyring
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.encounter_marks import sound_mark
from evidencedesk.workflows.import_recording import import_recording
from evidencedesk.workflows.library_files import CACHE
from evidencedesk.workflows.listening import listening_copies
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.play_encounter import (
    outline,
    outline_now,
    playable_encounter,
    playable_import,
    speech,
)
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.recover_recordings import recover_all
from fakes.foreign_sounds import made_by_ffmpeg
from fakes.recordings import until
from fakes.sounds import read_mono
from fakes.vaults import require_nothing_readable


@pytest.fixture
def keys(tmp_path: Path) -> VaultKeys:
    library = tmp_path / "library"
    library.mkdir()
    made, _ = Vault(library, SystemKeyring()).create("the words of this test")
    return made


@pytest.fixture
def desk(tmp_path: Path, keys: VaultKeys) -> Iterator[Desk]:
    """A library that is locked, and open."""
    with open_desk(tmp_path / "library", SystemClock(), keys=keys) as opened:
        yield opened


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(desk, "来分期")


def finish(encounter: RecordEncounter) -> str:
    until(lambda: (encounter.poll(), encounter.finished)[1], "it is finished")
    return encounter.encounter


def recorded(desk: Desk, case: Case, sound: Path) -> str:
    return finish(RecordEncounter.begin(desk, Mode.VISIT, f"file:{sound}", case.id))


def require_only_seals(desk: Desk) -> None:
    """All sound, pulses, caches and copies of a library; its database is not meant here."""
    for name in ("cases", CACHE, *(path.name for path in desk.library.glob(".*/"))):
        require_nothing_readable(desk.library / name, b"pcm_sha256", b'"speech"', b"EDOUTL1")


def test_a_visit_is_recorded_played_and_looked_at_as_without_a_lock(
    desk: Desk, case: Case, short_sound: Path
) -> None:
    encounter = recorded(desk, case, short_sound)
    case_file = desk.store.case_file(case.id)
    (recording,) = case_file.recordings
    assert recording.state is RecordingState.STOPPED
    assert is_sealed(desk.recording_folder(case.id, recording.id) / recording.file)

    playable = playable_encounter(desk, case_file, encounter)
    assert playable is not None
    heard = PlacedSound(playable.plan.near).read(0, LINE_RATE_HZ)
    assert float(np.corrcoef(heard, read_mono(short_sound)[:LINE_RATE_HZ])[0, 1]) > 0.999

    made = outline(desk, recording, lambda _share, _outline: None, lambda: False)
    spans = speech(desk, recording)
    assert outline_now(desk, recording) == made
    assert speech(desk, recording) == spans
    require_only_seals(desk)


def test_a_recorder_is_killed_while_the_library_is_closed_and_recovered_when_it_is_open_again(
    tmp_path: Path, keys: VaultKeys
) -> None:
    samples = np.random.default_rng(9).integers(-9000, 9000, size=(8000 * 30, 1), dtype=np.int16)
    sf.write(tmp_path / "long.wav", samples, 8000, subtype="PCM_16")
    with open_desk(tmp_path / "library", SystemClock(), keys=keys) as desk:
        case = open_case(desk, "来分期")
        encounter = RecordEncounter.begin(desk, Mode.VISIT, f"file:{tmp_path / 'long.wav'}", case.id)
        until(lambda: encounter.poll().saved_samples > 0, "something is saved")
        (part,) = encounter.poll().parts
        mark = sound_mark(part)
    assert mark is not None
    assert mark.line >= 2
    assert sound_mark(part) is None  # nobody can read it now
    (running,) = running_captures(tmp_path / "library")
    folder = Path(running.plan.folder)
    size = (folder / "audio.flac").stat().st_size
    until(lambda: (folder / "audio.flac").stat().st_size > size, "it records on without any key")
    os.kill(running.pid, signal.SIGKILL)
    until(lambda: not running_captures(tmp_path / "library"), "the recorder is gone")

    with open_desk(tmp_path / "library", SystemClock(), keys=keys) as desk:
        (recovery,) = recover_all(desk)
        assert recovery.recovered is not None
        assert recovery.recovered.agrees_with_pulses
        (recording,) = desk.store.case_file(case.id).recordings
        assert recording.state is RecordingState.RECOVERED
        path = desk.recording_folder(case.id, recording.id) / recording.file
        (tmp_path / "opened.flac").write_bytes(read_kept(path))
        found = sf.read(tmp_path / "opened.flac", dtype="int16", always_2d=True)[0]
        assert (found == samples[: len(found)]).all()
        assert recover_all(desk) == ()
        require_only_seals(desk)


def imported_and_sealed(desk: Desk, case: Case, path: Path) -> ImportedSound:
    """A recording made elsewhere, as a locked library holds it."""
    imported = import_recording(desk, case.id, path)
    folder = desk.case_folder(case.id) / "attachments" / imported.id
    plain = folder / imported.stored_name
    if plain.exists():
        content = plain.read_bytes()
        plain.unlink()
        write_kept(folder / SEALED_NAME, content, desk.seals_to)
    return imported


def test_an_import_that_is_sealed_is_heard_and_looked_at(desk: Desk, case: Case, short_sound: Path) -> None:
    imported = imported_and_sealed(desk, case, short_sound)
    playable = playable_import(desk, imported)
    assert playable is not None
    heard = PlacedSound(playable.plan.near).read(0, LINE_RATE_HZ)
    assert float(np.corrcoef(heard, read_mono(short_sound)[:LINE_RATE_HZ])[0, 1]) > 0.999
    assert outline(desk, imported, lambda _share, _outline: None, lambda: False).levels
    require_only_seals(desk)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_copy_for_listening_is_sealed_while_it_is_there(desk: Desk, case: Case, tmp_path: Path) -> None:
    imported_and_sealed(desk, case, made_by_ffmpeg(tmp_path, "call.m4a"))
    with listening_copies(desk, desk.store.case_file(case.id)) as heard:
        (copy,) = heard.imported
        assert is_sealed(copy.source)
        assert hash_kept(copy.source)[0] == copy.sha256
        require_only_seals(desk)
    assert not list(desk.library.rglob("*.flac"))
