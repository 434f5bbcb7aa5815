"""A FLAC file that lost its writer is made whole without touching one stored frame."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import soundfile as sf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencedesk.capture.flac_repair import crc8, crc16, repaired, walk
from evidencedesk.capture.sound_file import SoundFile
from fakes.recordings import Samples, noise


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Samples]:
    """What is on the disk of a running recording, and what was played."""
    folder = tmp_path_factory.mktemp("flac")
    played = noise(folder / "played.wav", 2.0, 16_000)
    writer = SoundFile(folder / "audio.flac", 16_000, 1)
    writer.write(played.tobytes())
    writer.flush()
    content = (folder / "audio.flac").read_bytes()
    writer.close()
    return content, played


def repair(folder: Path, content: bytes) -> Samples | None:
    """The samples of the repaired file, after ``flac -t`` has accepted it."""
    found = folder / "found.flac"
    found.write_bytes(content)
    walked = walk(found)
    if walked is None:
        return None
    target = folder / "repaired.flac"
    with repaired(found, walked) as file:
        kept = file.read()
    target.write_bytes(kept)
    assert kept[42:] == content[42 : len(kept)], "frames keep their bytes"
    done = subprocess.run(["flac", "-t", "-s", str(target)], capture_output=True, check=False)
    assert b"ERROR" not in done.stderr, done.stderr
    samples: Samples = sf.read(target, dtype="int16", always_2d=True)[0]
    assert len(samples) == walked.samples
    return samples


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1))
def test_a_file_cut_anywhere_keeps_all_its_whole_frames(
    unfinished: tuple[bytes, Samples], tmp_path: Path, where: float
) -> None:
    content, played = unfinished
    cut = int(where * len(content))
    samples = repair(tmp_path, content[:cut])
    if samples is None:
        assert cut < 16_000, "only a file without one whole frame is given up"
        return
    assert (samples == played[: len(samples)]).all()


@pytest.mark.parametrize("zeros", [3, 4096, 100_000])
def test_zeros_behind_the_last_frame_are_cut(
    unfinished: tuple[bytes, Samples], tmp_path: Path, zeros: int
) -> None:
    content, played = unfinished
    samples = repair(tmp_path, content + bytes(zeros))
    assert samples is not None
    assert len(samples) == len(played) // 4096 * 4096
    assert (samples == played[: len(samples)]).all()


@pytest.fixture(scope="module")
def ending_in_zero(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file whose last frame's own CRC happens to end in a zero byte: one in 256 does."""
    folder = tmp_path_factory.mktemp("zero")
    for seed in range(3000):
        played = noise(folder / "played.wav", 0.6, 8000, seed=seed)
        writer = SoundFile(folder / f"{seed}.flac", 8000, 1)
        writer.write(played.tobytes())
        content = (folder / f"{seed}.flac").read_bytes()
        writer.close()
        if content.endswith(b"\0"):
            return content
    raise AssertionError("no such file among 3000")


def test_a_checksum_that_ends_in_zero_belongs_to_its_frame(ending_in_zero: bytes, tmp_path: Path) -> None:
    samples = repair(tmp_path, ending_in_zero)
    assert samples is not None
    assert len(samples) == 4096


def test_one_frame_can_be_given_up_when_zeros_hide_its_end(ending_in_zero: bytes, tmp_path: Path) -> None:
    (tmp_path / "found.flac").write_bytes(ending_in_zero + bytes(4096))
    assert walk(tmp_path / "found.flac", drop_last=True) is None


def test_a_zeroed_page_in_the_middle_ends_the_file_before_it(
    unfinished: tuple[bytes, Samples], tmp_path: Path
) -> None:
    content, played = unfinished
    middle = len(content) // 2
    samples = repair(tmp_path, content[:middle] + bytes(512) + content[middle + 512 :])
    assert samples is not None
    assert 0 < len(samples) < len(played)
    assert (samples == played[: len(samples)]).all()


@pytest.mark.parametrize("content", [b"", b"fLaC", b"RIFF" * 100, b"fLaC" + bytes(5000)])
def test_what_is_no_flac_has_no_frames(tmp_path: Path, content: bytes) -> None:
    assert repair(tmp_path, content) is None


def test_the_checksums_are_the_standards() -> None:
    """CRC-8 and CRC-16 of "123456789" as catalogued (CRC-8/SMBUS, CRC-16/UMTS)."""
    assert crc8(b"123456789") == 0xF4
    assert crc16(b"123456789") == 0xFEE8
