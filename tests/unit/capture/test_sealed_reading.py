"""What is made of sealed sounds is what is made of plain ones, and it is sealed as well."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.imported_sound import SoundFacts, examine, write_playable_copy
from evidencedesk.capture.listening_copy import write_listening_copy
from evidencedesk.capture.listening_plan import Piece, Side, Track
from evidencedesk.capture.muted_copy import write_muted_copy
from evidencedesk.capture.outlines import kept_outline, read_outline
from evidencedesk.capture.pcm import count_frames, read_pcm, read_plain_pcm
from evidencedesk.capture.peaks import peaks
from evidencedesk.capture.placed_sound import Piece as PlacedPiece
from evidencedesk.capture.placed_sound import PlacedSound
from evidencedesk.capture.speech.listener import SpeechPlan, write_down
from evidencedesk.capture.voice_activity import find_speech
from evidencedesk.custody.kept import create_kept, is_sealed, read_kept
from evidencedesk.domain.errors import Code, Known
from fakes.foreign_sounds import made_by_ffmpeg
from fakes.recordings import heard, noise
from fakes.spoken_sounds import spoken
from fakes.vaults import lock, require_nothing_readable

RATE_HZ = 16_000
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def sealed_copy(plain: Path, public: bytes, name: str = "sealed") -> Path:
    """The same file as a locked library holds it, under the name that an attachment has there."""
    folder = plain.parent / "library"
    folder.mkdir(exist_ok=True)
    writer = create_kept(folder / name, public)
    content = plain.read_bytes()
    for at in range(0, len(content), 3000):  # chunks as small as those of a recording
        writer.write(content[at : at + 3000])
        writer.push()
    writer.finish()
    return folder / name


@pytest.fixture
def both(tmp_path: Path, vault_public: bytes) -> tuple[Path, Path]:
    """A FLAC file of five seconds, and the same one sealed."""
    plain = tmp_path / "audio.flac"
    noise(tmp_path / "noise.wav", 5.0, RATE_HZ)
    samples, _ = sf.read(tmp_path / "noise.wav", dtype="int16")
    sf.write(plain, samples, RATE_HZ, subtype="PCM_16", format="FLAC")
    return plain, sealed_copy(plain, vault_public)


def test_samples_and_outline_of_a_sealed_sound_are_those_of_the_plain_one(both: tuple[Path, Path]) -> None:
    plain, sealed = both
    assert b"".join(read_pcm(sealed)) == b"".join(read_pcm(plain))
    assert count_frames(sealed) == count_frames(plain) == 5 * RATE_HZ
    assert peaks(sealed, 50) == peaks(plain, 50)


def test_any_place_of_a_sealed_sound_is_heard_as_of_the_plain_one(both: tuple[Path, Path]) -> None:
    heard_of = []
    for path in both:
        placed = PlacedSound([PlacedPiece(str(path), 0, 5 * RATE_HZ, 0, 240_000, float(RATE_HZ))])
        heard_of.append([placed.read(at, 4800) for at in (200_000, 0, 99_999, 235_200)])
        placed.close()
    assert np.array_equal(heard_of[0], heard_of[1])


def test_whoever_checks_a_folder_never_opens_a_seal_that_others_could_not(both: tuple[Path, Path]) -> None:
    with pytest.raises(ValueError, match="sealed"):
        list(read_plain_pcm(both[1]))


def test_damage_in_a_sealed_sound_is_said_and_not_heard_as_silence(both: tuple[Path, Path]) -> None:
    content = bytearray(both[1].read_bytes())
    content[len(content) // 2] ^= 1
    both[1].write_bytes(content)
    with pytest.raises(ValueError, match="damaged"):
        list(read_pcm(both[1]))
    assert examine(both[1]) == SoundFacts()
    placed = PlacedSound([PlacedPiece(str(both[1]), 0, 5 * RATE_HZ, 0, 80_000, 48_000.0)])
    with pytest.raises(ValueError, match="sealed"):
        [placed.read(at, 8000) for at in range(0, 80_000, 8000)]
    placed.close()


def test_a_locked_ring_opens_no_sound(both: tuple[Path, Path]) -> None:
    lock()
    with pytest.raises(Known) as refusal:
        list(read_pcm(both[1]))
    assert refusal.value.code is Code.VAULT_LOCKED


def test_caches_are_sealed_too_and_of_no_use_to_who_is_locked_out(
    both: tuple[Path, Path], tmp_path: Path, vault_public: bytes
) -> None:
    outlines, speech = tmp_path / "cache" / "a.peaks", tmp_path / "cache" / "a.json"
    outline = read_outline(both[1], outlines, seals_to=vault_public)
    spans = find_speech(both[1], speech, seals_to=vault_public)
    assert (is_sealed(outlines), is_sealed(speech)) == (True, True)
    assert outline == read_outline(both[0], tmp_path / "plain.peaks")
    assert kept_outline(outlines) == outline
    both[1].unlink()
    assert find_speech(both[1], speech, seals_to=vault_public) == spans  # what was kept is taken
    lock()
    assert kept_outline(outlines) is None


@needs_ffmpeg
@pytest.mark.parametrize("name", ["a.mp3", "a.ogg", "a.m4a", "a.mp4", "a.wma"])
def test_a_sealed_import_is_decoded_without_a_plain_byte_on_any_disk(
    tmp_path: Path, vault_public: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = made_by_ffmpeg(tmp_path, name, film=name.endswith("mp4"))
    sealed = sealed_copy(plain, vault_public)
    for number, variable in enumerate(("XDG_RUNTIME_DIR", "TMPDIR")):
        (tmp_path / f"temp-{number}").mkdir()
        monkeypatch.setenv(variable, str(tmp_path / f"temp-{number}"))
    target = sealed.parent / "copy.flac"

    found = examine(sealed)
    assert found == examine(plain)
    assert found.duration_ms
    write_playable_copy(sealed, target, "a copy", found.duration_ms, seals_to=vault_public)

    write_playable_copy(plain, tmp_path / "copy.flac", "a copy", found.duration_ms)
    assert read_kept(target) == (tmp_path / "copy.flac").read_bytes()
    require_nothing_readable(sealed.parent, plain.read_bytes()[:64], plain.read_bytes()[-200:])
    if sys.platform == "linux":
        assert not [path for number in (0, 1) for path in (tmp_path / f"temp-{number}").rglob("*")]


def test_copies_made_in_a_locked_library_are_sealed_and_the_same(
    both: tuple[Path, Path], tmp_path: Path, vault_public: bytes
) -> None:
    plain, sealed = both
    track = Track(plain, RATE_HZ, 1, Side.BOTH, (Piece(0, 5 * RATE_HZ, 0),))
    folder = sealed.parent
    write_listening_copy([track], tmp_path / "listen.flac")
    write_listening_copy([replace(track, path=sealed)], folder / "listen.flac", seals_to=vault_public)
    write_muted_copy(plain, tmp_path / "muted.flac", [(10, 20_000)], "muted")
    write_muted_copy(sealed, folder / "muted.flac", [(10, 20_000)], "muted", seals_to=vault_public)

    for name in ("listen.flac", "muted.flac"):
        assert is_sealed(folder / name)
        assert read_kept(folder / name) == (tmp_path / name).read_bytes()
    assert not heard(folder / "muted.flac")[10:20_000].any()
    require_nothing_readable(folder)


def test_a_sealed_sound_is_written_down_by_a_process_that_gets_its_secret_alone(
    tmp_path: Path, vault_public: bytes
) -> None:
    tiny = pytest.importorskip("fakes.tiny_whisper")
    sealed = sealed_copy(spoken(tmp_path / "call.wav", (2, 2)), vault_public)
    model = tiny.tiny_whisper(tmp_path / "tiny")

    told = write_down(
        SpeechPlan(sealed, 5000, model, "auto"),
        progress=lambda _heard, _whole: None,
        cancelled=lambda: False,
        must_wait=lambda: False,
    )

    assert [one.text for one in told.sentences] == ["请您还款"]
    lock()
    with pytest.raises(Known) as refusal:
        write_down(
            SpeechPlan(sealed, 5000, model, "auto"),
            progress=lambda _heard, _whole: None,
            cancelled=lambda: False,
            must_wait=lambda: False,
        )
    assert refusal.value.code is Code.VAULT_LOCKED
