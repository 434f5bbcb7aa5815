"""Samples and outlines of files that have no end yet, and of those that are no sound at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.pcm import count_frames, read_pcm
from evidencedesk.capture.peaks import peaks
from evidencedesk.capture.sound_file import SoundFile
from fakes.recordings import noise


@pytest.mark.parametrize("channels", [1, 2])
def test_an_unfinished_file_gives_all_but_a_moment(tmp_path: Path, channels: int) -> None:
    played = noise(tmp_path / "played.wav", 3.0, 48_000, channels)
    writer = SoundFile(tmp_path / "audio.flac", 48_000, channels)
    writer.write(played.tobytes())
    writer.flush()
    heard = b"".join(read_pcm(tmp_path / "audio.flac"))
    assert len(heard) >= (writer.durable_frames - 1024) * 2 * channels
    assert played.tobytes().startswith(heard)
    assert count_frames(tmp_path / "audio.flac") == len(heard) // (2 * channels)
    outline = peaks(tmp_path / "audio.flac", 50)
    writer.close()
    assert len(outline) == 50
    assert all(low < -20 and high > 20 for low, high in outline)


def test_an_outline_has_the_extremes_of_the_first_channel_at_their_place(tmp_path: Path) -> None:
    samples = np.zeros((1000, 2), dtype=np.int16)
    samples[250] = (32767, 0)
    samples[750] = (-32768, 32767)
    sf.write(tmp_path / "a.flac", samples, 8000, subtype="PCM_16")
    assert peaks(tmp_path / "a.flac", 4) == [(0, 0), (0, 126), (0, 0), (-127, 0)]


def test_a_short_file_has_no_more_columns_than_samples(tmp_path: Path) -> None:
    sf.write(tmp_path / "a.flac", np.ones(3, dtype=np.int16), 8000, subtype="PCM_16")
    assert len(peaks(tmp_path / "a.flac", 100)) == 3


@pytest.mark.parametrize("content", [b"", b"no sound"])
def test_what_is_no_sound_is_a_value_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.flac").write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.flac"):
        list(read_pcm(tmp_path / "a.flac"))
    with pytest.raises(ValueError, match=r"a\.flac"):
        peaks(tmp_path / "a.flac", 10)
