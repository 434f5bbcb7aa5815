"""Sounds made elsewhere are looked into without trusting them."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.imported_sound import SoundFacts, copy_room_bytes, examine, write_playable_copy
from evidencedesk.domain.errors import Code, Known
from fakes.foreign_sounds import RATE_HZ, SECONDS, TONE_HZ, amr_file, made_by_ffmpeg, tone_file

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")

Make = Callable[[Path], Path]
FORMATS: dict[str, tuple[Make, str]] = {
    "wav": (tone_file, "WAV / PCM_16"),
    "flac": (lambda folder: made_by_ffmpeg(folder, "a.flac"), "FLAC / PCM_16"),
    "mp3": (lambda folder: made_by_ffmpeg(folder, "a.mp3"), "MP3 / MPEG_LAYER_III"),
    "ogg": (lambda folder: made_by_ffmpeg(folder, "a.ogg", "-c:a", "libvorbis"), "OGG / VORBIS"),
    "opus": (lambda folder: made_by_ffmpeg(folder, "a.opus"), "OGG / OPUS"),
    "m4a": (lambda folder: made_by_ffmpeg(folder, "a.m4a"), "mov,mp4,m4a,3gp,3g2,mj2 / aac"),
    "mp4": (lambda folder: made_by_ffmpeg(folder, "a.mp4", film=True), "mov,mp4,m4a,3gp,3g2,mj2 / aac"),
    "mkv": (lambda folder: made_by_ffmpeg(folder, "a.mkv", film=True), "matroska,webm / vorbis"),
    "wma": (lambda folder: made_by_ffmpeg(folder, "a.wma"), "asf / wmav2"),
    "amr": (amr_file, "amr / amr_nb"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_phones_make_is_read_to_its_end(tmp_path: Path, name: str) -> None:
    make, known_as = FORMATS[name]
    found = examine(make(tmp_path))
    assert found.format == known_as
    assert found.duration_ms == pytest.approx(1000 * SECONDS, abs=120)
    assert found.rate_hz == (8000 if name == "amr" else RATE_HZ)
    assert found.channels == 1
    assert found.decoder.startswith(("libsndfile", "ffmpeg "))


@pytest.mark.parametrize("name", ["m4a", "mp4", "wma"])
def test_a_copy_for_listening_sounds_the_same(tmp_path: Path, name: str) -> None:
    path = FORMATS[name][0](tmp_path)
    target = tmp_path / "copy.flac"
    found = examine(path)
    assert found.duration_ms is not None
    write_playable_copy(path, target, "from elsewhere", found.duration_ms)
    samples, rate_hz = sf.read(target)
    spectrum = np.abs(np.fft.rfft(samples))
    loudest_hz = np.argmax(spectrum) * rate_hz / len(samples)
    assert loudest_hz == pytest.approx(TONE_HZ, abs=2)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)
    assert target.stat().st_size < copy_room_bytes(found.duration_ms, RATE_HZ, 1) + 10_000
    again = tmp_path / "again.flac"
    write_playable_copy(path, again, "from elsewhere", found.duration_ms)
    assert again.read_bytes() == target.read_bytes(), "the same file gives the same copy"


def _cut_off(folder: Path) -> Path:
    whole = made_by_ffmpeg(folder, "whole.m4a").read_bytes()
    (folder / "cut.m4a").write_bytes(whole[: len(whole) // 2])
    return folder / "cut.m4a"


def _playlist(folder: Path) -> Path:
    # ffmpeg would follow it to other files, and to the network, if it were let.
    tone = tone_file(folder)
    path = folder / "list.mp4"
    path.write_text(f"#EXTM3U\n#EXTINF:2,\n{tone}\n#EXT-X-ENDLIST\n", encoding="ascii")
    return path


def _script(folder: Path) -> Path:
    path = folder / "script.mp4"
    path.write_text(f"ffconcat version 1.0\nfile {tone_file(folder)}\n", encoding="ascii")
    return path


def _impossible_header(folder: Path) -> Path:
    path = folder / "claims.wav"
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 0xFFFF, 0xFFFFFFFF, 0, 0xFFFF, 16)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", 0xFFFFFFF0)
    path.write_bytes(b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + body)
    return path


def _noise(folder: Path) -> Path:
    path = folder / "noise.amr"
    path.write_bytes(np.random.default_rng(1).bytes(100_000))
    return path


def _empty(folder: Path) -> Path:
    path = folder / "empty.mp3"
    path.touch()
    return path


@pytest.mark.parametrize(
    "make",
    [_cut_off, _playlist, _script, _impossible_header, _empty, _noise],
    ids=["cut off", "playlist", "script", "impossible header", "empty", "noise"],
)
def test_what_cannot_be_read_has_no_facts(tmp_path: Path, make: Make) -> None:
    assert examine(make(tmp_path)) == SoundFacts()


@pytest.mark.parametrize("name", ["m4a", "wav"])
def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, name: str) -> None:
    assert examine(FORMATS[name][0](tmp_path), seconds=0.0) == SoundFacts()


def test_a_file_that_became_longer_gets_no_copy(tmp_path: Path) -> None:
    target = tmp_path / "copy.flac"
    with pytest.raises(ValueError, match="more sound"):
        write_playable_copy(FORMATS["m4a"][0](tmp_path), target, "from elsewhere", 500)
    assert not target.exists()


def test_a_cancelled_copy_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "copy.flac"
    with pytest.raises(Known) as raised:
        write_playable_copy(tone_file(tmp_path), target, "from elsewhere", 2000, cancelled=lambda: True)
    assert raised.value.code is Code.CANCELLED
    assert not target.exists()
