"""Silence exactly where it was asked for, and every other sample as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.muted_copy import write_muted_copy
from evidencedesk.domain.errors import Code, Known
from fakes.small_disk import small_disk

FRAMES = 200_000
RATE_HZ = 8000


@pytest.fixture(params=[1, 2], ids=["mono", "stereo"])
def sound(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    samples = np.random.default_rng(3).integers(1, 9000, size=(FRAMES, request.param), dtype=np.int16)
    sf.write(tmp_path / "audio.flac", samples, RATE_HZ, subtype="PCM_16", format="FLAC")
    return tmp_path / "audio.flac"


@pytest.mark.parametrize(
    "stretches",
    [
        [(0, 1)],
        [(FRAMES - 1, FRAMES)],
        [(0, FRAMES)],
        [(65_530, 65_540)],  # across the edge of a block
        [(10, 20), (131_000, 140_000), (199_000, FRAMES)],
    ],
)
def test_only_the_stretches_are_silent(sound: Path, tmp_path: Path, stretches: list[tuple[int, int]]) -> None:
    write_muted_copy(sound, tmp_path / "copy.flac", stretches, "REDACTED copy")
    expected, rate_hz = sf.read(sound, dtype="int16", always_2d=True)
    for begin, end in stretches:
        expected[begin:end] = 0
    found, found_rate_hz = sf.read(tmp_path / "copy.flac", dtype="int16", always_2d=True)
    assert found_rate_hz == rate_hz
    assert np.array_equal(found, expected)


def test_the_copy_says_what_it_is_and_the_original_stays(sound: Path, tmp_path: Path) -> None:
    before = sound.read_bytes()
    write_muted_copy(sound, tmp_path / "copy.flac", [(0, 10)], "REDACTED copy: parts are muted")
    with sf.SoundFile(tmp_path / "copy.flac") as file:
        assert file.comment == "REDACTED copy: parts are muted"
    assert sound.read_bytes() == before


def test_a_sound_that_can_t_be_decoded_is_told(tmp_path: Path) -> None:
    whole = np.zeros((FRAMES, 1), dtype=np.int16)
    sf.write(tmp_path / "audio.flac", whole + 7, RATE_HZ, subtype="PCM_16", format="FLAC")
    content = bytearray((tmp_path / "audio.flac").read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    (tmp_path / "audio.flac").write_bytes(content)
    with pytest.raises(ValueError, match="audio"):
        write_muted_copy(tmp_path / "audio.flac", tmp_path / "copy.flac", [(0, 10)], "x")


def test_muting_can_be_cancelled(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(Known) as raised:
        write_muted_copy(sound, tmp_path / "copy.flac", [(0, 10)], "x", lambda: True)
    assert raised.value.code is Code.CANCELLED


def test_a_full_disk_is_an_error_of_the_disk(sound: Path, tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "small", "100k") as place,
        pytest.raises(OSError, match=r"No space|Input/output"),
    ):
        write_muted_copy(sound, place / "copy.flac", [(0, 10)], "x")
