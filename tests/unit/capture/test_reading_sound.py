"""Reading sound files: samples in blocks, outlines for pictures, levels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.loudness import Columns, peak_and_rms
from evidencedesk.capture.pcm import count_frames, read_pcm
from evidencedesk.capture.peaks import peaks
from fakes.recordings import noise


@pytest.mark.parametrize("channels", [1, 2])
def test_all_samples_are_given_in_their_order(tmp_path: Path, channels: int) -> None:
    # Longer than one block of reading, and no multiple of it.
    played = noise(tmp_path / "a.flac", 9.0, 16_000, channels)
    assert b"".join(read_pcm(tmp_path / "a.flac")) == played.tobytes()
    assert count_frames(tmp_path / "a.flac") == len(played)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none\.flac"):
        list(read_pcm(tmp_path / "none.flac"))


def test_an_outline_sees_a_single_loud_sample_at_any_count(tmp_path: Path) -> None:
    sound = np.zeros((200_001, 1), dtype=np.int16)
    sound[131_071, 0] = 32_767  # the last sample of a block of reading
    sf.write(tmp_path / "a.flac", sound, 48_000, subtype="PCM_16")
    for count in (1, 3, 1000, 65_537):
        outline = peaks(tmp_path / "a.flac", count)
        assert len(outline) == count
        assert max(high for _, high in outline) == 126


def test_levels_are_thousandths_of_full_scale() -> None:
    assert peak_and_rms(b"") == (0, 0)
    assert peak_and_rms(np.zeros(100, dtype="<i2").tobytes()) == (0, 0)
    assert peak_and_rms(np.full(100, -32_768, dtype="<i2").tobytes()) == (1000, 1000)
    peak, rms = peak_and_rms((16_384 * np.sin(np.arange(48_000) / 7)).astype("<i2").tobytes())
    assert abs(peak - 500) <= 1
    assert abs(rms - 354) <= 1


def test_columns_do_not_depend_on_how_sound_is_cut_into_blocks() -> None:
    sound = np.random.default_rng(5).integers(-32_768, 32_767, size=(8000, 2), dtype=np.int16)
    whole, pieces = Columns(), Columns()
    for columns in (whole, pieces):
        columns.format(8000, 2)
    whole.add(sound.tobytes())
    for start in range(0, 8000, 333):
        pieces.add(sound[start : start + 333].tobytes())
    assert len(whole.since(0)) == 20
    assert pieces.since(0) == whole.since(0)
    assert pieces.since(15) == whole.since(0)[15:]
    assert pieces.since(1000) == ()
