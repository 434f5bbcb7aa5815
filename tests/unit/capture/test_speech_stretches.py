from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evidencedesk.capture.speech.sixteen import open_sixteen
from evidencedesk.capture.speech.stretches import RATE_HZ, WINDOW, Stretch, StretchCutter
from evidencedesk.capture.speech.voice import voiced_windows
from fakes.spoken_sounds import spoken

SECOND = RATE_HZ // WINDOW


def cut(voices: list[float]) -> list[Stretch]:
    cutter = StretchCutter()
    found = []
    for number, voice in enumerate(voices):
        window = np.full(WINDOW, number, dtype=np.float32)
        if (stretch := cutter.take(window, voice)) is not None:
            found.append(stretch)
    if (last := cutter.end()) is not None:
        found.append(last)
    return found


def seconds(stretch: Stretch) -> tuple[float, float]:
    return stretch.first / RATE_HZ, (stretch.first + stretch.length) / RATE_HZ


def test_the_voice_of_the_demo_is_found_between_silences(tmp_path: Path) -> None:
    sound = spoken(tmp_path / "demo.wav", (5, 6, 3))
    cutter, found = StretchCutter(), []
    with open_sixteen(sound) as blocks:
        for window, voice in voiced_windows(blocks):
            if (stretch := cutter.take(window, voice)) is not None:
                found.append(seconds(stretch))
    if (last := cutter.end()) is not None:
        found.append(seconds(last))
    assert len(found) == 2
    for (begin, end), (wanted_begin, wanted_end) in zip(found, [(5, 9), (15, 19)], strict=True):
        assert wanted_begin - 0.3 <= begin <= wanted_begin + 0.5
        assert wanted_end - 0.8 <= end <= wanted_end + 0.6


def test_silence_alone_gives_nothing() -> None:
    assert cut([0.02] * 100 * SECOND) == []


def test_a_click_is_no_speech() -> None:
    assert cut([0.0] * 50 + [0.9] * 2 + [0.0] * 200) == []


def test_a_short_pause_does_not_part_what_belongs_together() -> None:
    found = cut(
        [0.0] * SECOND + [0.9] * 3 * SECOND + [0.0] * SECOND + [0.9] * 3 * SECOND + [0.0] * 4 * SECOND
    )
    assert len(found) == 1
    begin, end = seconds(found[0])
    assert begin == pytest.approx(1 - 0.224, abs=0.05)
    assert end == pytest.approx(8 + 0.224, abs=0.2)


def test_speech_without_a_pause_is_cut_at_its_quietest_place_and_nothing_is_lost() -> None:
    voices = [0.9] * 100 * SECOND
    quiet = 25 * SECOND
    voices[quiet] = 0.5
    found = cut(voices)
    assert found[0].length == (quiet + 1) * WINDOW
    assert all(one.length <= 28 * RATE_HZ for one in found)
    together = np.concatenate([one.samples for one in found])
    assert np.array_equal(together[::WINDOW], np.arange(len(voices)))


def test_each_stretch_has_the_samples_that_stand_at_its_place() -> None:
    for stretch in cut(([0.0] * 4 * SECOND + [0.9] * 5 * SECOND) * 5):
        assert stretch.samples[0] == stretch.first // WINDOW


def test_three_hours_keep_less_than_half_a_minute_in_memory() -> None:
    cutter, window = StretchCutter(), np.zeros(WINDOW, dtype=np.float32)
    pattern = [0.9] * 40 * SECOND + [0.0] * 20 * SECOND
    most = 0
    for number in range(3 * 3600 * SECOND):
        cutter.take(window, pattern[number % len(pattern)])
        most = max(most, cutter.kept)
    assert most * WINDOW <= 28 * RATE_HZ


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 44_100, 48_000])
def test_any_rate_becomes_sixteen_kilohertz_of_the_same_length(tmp_path: Path, rate_hz: int) -> None:
    sound = spoken(tmp_path / "any.wav", (1, 1), rate_hz)
    frames = 6 * 22_050
    with open_sixteen(sound) as blocks:
        count = sum(len(block) for block in blocks)
    assert count == pytest.approx(frames * RATE_HZ / rate_hz, abs=RATE_HZ // 100)


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.wav").write_text("no sound")
    with pytest.raises(ValueError, match="no"), open_sixteen(tmp_path / "no.wav"):
        pass
