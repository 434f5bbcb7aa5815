"""Outlines are read once and kept; a cache that is damaged or gone is made anew."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture.outlines import keep_outline, kept_outline, read_outline
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.outline import Outline, coarser


def clicks(path: Path, seconds: int, at: tuple[int, ...], rate_hz: int = 44_100) -> None:
    """Silence with one loud sample at the beginning of some seconds."""
    sound = np.zeros(seconds * rate_hz, dtype=np.int16)
    for second in at:
        sound[second * rate_hz] = 32_000
    sf.write(path, sound, rate_hz, subtype="PCM_16")


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000])
def test_a_single_loud_sample_is_seen_at_its_place_at_every_zoom(tmp_path: Path, rate_hz: int) -> None:
    clicks(tmp_path / "a.flac", 30, (0, 7, 29), rate_hz)
    outline = read_outline(tmp_path / "a.flac", tmp_path / "cache" / "a.peaks")
    assert abs(len(outline.levels[0]) - 3000) <= 1
    assert [i for i, height in enumerate(outline.heights(0, 30_000, 30)) if height] == [0, 7, 29]
    close = outline.heights(6_900, 7_100, 20)
    assert [i for i, height in enumerate(close) if height] == [10]
    assert outline.heights(-1000, 0, 5) == [0] * 5
    assert outline.heights(40_000, 50_000, 5) == [0] * 5


def test_what_was_read_once_is_not_read_again(tmp_path: Path) -> None:
    sound, cached = tmp_path / "a.flac", tmp_path / "cache" / "a.peaks"
    clicks(sound, 10, (3,))
    first = read_outline(sound, cached)
    sound.unlink()
    assert read_outline(sound, cached) == first
    assert kept_outline(cached) == first


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "foreign"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: str) -> None:
    sound, cached = tmp_path / "a.flac", tmp_path / "cache" / "a.peaks"
    clicks(sound, 10, (3,))
    first = read_outline(sound, cached)
    whole = cached.read_bytes()
    changed = whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:]
    cached.chmod(0o600)
    cached.write_bytes({"cut": whole[:-1], "changed": changed, "empty": b"", "foreign": b"RIFF"}[damage])
    assert kept_outline(cached) is None
    assert read_outline(sound, cached) == first
    assert cached.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    clicks(tmp_path / "a.flac", 2, (1,))
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert read_outline(tmp_path / "a.flac", tmp_path / "cache" / "a.peaks").levels[0][100] == 124


def test_what_is_known_so_far_is_told_and_it_can_be_called_off(tmp_path: Path) -> None:
    clicks(tmp_path / "a.flac", 60, (1,))
    told: list[tuple[float, Outline]] = []
    with pytest.raises(Known) as raised:
        read_outline(
            tmp_path / "a.flac",
            tmp_path / "a.peaks",
            lambda share, outline: told.append((share, outline)),
            lambda: len(told) >= 3,
        )
    assert raised.value.code is Code.CANCELLED
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert not (tmp_path / "a.peaks").exists()


def test_three_hours_open_at_once_from_the_cache(tmp_path: Path) -> None:
    three_hours = 3 * 3600 * 100
    outline = Outline(coarser(bytes(i * 7919 % 128 for i in range(three_hours))))
    clicks(tmp_path / "a.flac", 1, (0,))
    keep_outline(tmp_path / "a.peaks", outline)
    began = time.perf_counter()
    found = kept_outline(tmp_path / "a.peaks")
    assert found is not None
    opened_s = time.perf_counter() - began
    began = time.perf_counter()
    for zoom in range(20):
        span = 10_800_000 / 1.5**zoom
        assert len(found.heights(5_000_000, 5_000_000 + span, 300)) == 300
    drawn_s = (time.perf_counter() - began) / 20
    # A fifth of a second is what people take for "at once"; a frame of 60 Hz takes 0.016 s.
    assert opened_s < 0.2
    assert drawn_s < 0.016
