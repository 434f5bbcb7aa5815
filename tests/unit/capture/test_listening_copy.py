"""Every sound is heard at its time in its ear; where nothing was recorded there is silence."""

from __future__ import annotations

import os
import subprocess
import tracemalloc
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile as sf

from evidencedesk.capture.listening_copy import RATE_HZ, ListeningCopy, write_listening_copy
from evidencedesk.capture.listening_plan import Piece, Side, Track

SECOND_NS = 1_000_000_000
BEGAN_NS = 7_000 * SECOND_NS
MS = RATE_HZ // 1000

Sound = npt.NDArray[np.float64]


def clicks(path: Path, seconds: float, at_s: list[float], rate_hz: int = 48_000, channels: int = 1) -> Path:
    """Silence with short clicks at exact places."""
    sound = np.zeros((round(seconds * rate_hz), channels))
    for moment in at_s:
        at = round(moment * rate_hz)
        sound[at : at + 3] = 0.8
    sf.write(path, sound, rate_hz, subtype="PCM_16")
    return path


def tone(path: Path, seconds: float, rate_hz: int = 48_000, begins_s: float = 0.0) -> Path:
    """A stretch of one endless tone of 440 Hz."""
    times = begins_s + np.arange(round(seconds * rate_hz)) / rate_hz
    sf.write(path, 0.5 * np.sin(2 * np.pi * 440 * times), rate_hz, subtype="PCM_16")
    return path


def track(path: Path, side: Side, *pieces: Piece, ppm: float = 0.0) -> Track:
    info = sf.info(path)
    whole = pieces or (Piece(0, info.frames, BEGAN_NS),)
    return Track(path, info.samplerate, info.channels, side, whole, ppm)


def at(seconds: float) -> int:
    return BEGAN_NS + round(seconds * SECOND_NS)


def heard_s(sound: Sound) -> list[float]:
    """Where a channel's clicks begin, in seconds."""
    loud = np.flatnonzero(np.abs(sound) > 0.1)
    starts = loud[np.diff(loud, prepend=-RATE_HZ) > 10 * MS]
    return [start / RATE_HZ for start in starts.tolist()]


def test_two_legs_are_heard_at_their_times_each_in_its_ear(tmp_path: Path) -> None:
    near = clicks(tmp_path / "near.flac", 5, [0.5, 4.0])
    far = clicks(tmp_path / "far.flac", 4, [1.0], rate_hz=44_100, channels=2)
    tracks = [
        track(near, Side.LEFT, Piece(0, 5 * 48_000, at(0))),
        track(far, Side.RIGHT, Piece(0, 4 * 44_100, at(2.25))),
    ]
    copy = write_listening_copy(tracks, tmp_path / "copy.flac")
    sound, rate_hz = sf.read(tmp_path / "copy.flac")
    assert copy == ListeningCopy(round(6.25 * RATE_HZ), rate_hz, 2, at(0))
    assert sf.info(tmp_path / "copy.flac").subtype == "PCM_16"
    assert heard_s(sound[:, 0]) == pytest.approx([0.5, 4.0], abs=0.001)
    assert heard_s(sound[:, 1]) == pytest.approx([3.25], abs=0.001)


@pytest.mark.parametrize(("rate_hz", "channels"), [(8_000, 1), (24_000, 1), (44_100, 1), (48_000, 2)])
def test_all_usual_rates_end_up_at_the_same_time(tmp_path: Path, rate_hz: int, channels: int) -> None:
    path = clicks(tmp_path / "a.flac", 3, [0.25, 2.5], rate_hz, channels)
    copy = write_listening_copy([track(path, Side.BOTH)], tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert (copy.samples, copy.channels, sound.shape) == (3 * RATE_HZ, 1, (3 * RATE_HZ,))
    assert heard_s(sound) == pytest.approx([0.25, 2.5], abs=0.001)


def test_a_gap_is_silence_of_its_length(tmp_path: Path) -> None:
    path = tone(tmp_path / "a.flac", 4)
    pieces = (Piece(0, 96_000, at(0)), Piece(96_000, 96_000, at(3.5)))
    write_listening_copy([track(path, Side.BOTH, *pieces)], tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert len(sound) == round(5.5 * RATE_HZ)
    assert not sound[2 * RATE_HZ : round(3.5 * RATE_HZ)].any()
    assert np.abs(sound[2 * RATE_HZ - 5 * MS : 2 * RATE_HZ]).max() > 0.3
    assert np.abs(sound[round(3.5 * RATE_HZ) : round(3.5 * RATE_HZ) + 5 * MS]).max() > 0.3


def test_samples_between_pieces_are_left_out(tmp_path: Path) -> None:
    path = clicks(tmp_path / "a.flac", 6, [1.0, 3.0, 5.0])
    pieces = (Piece(0, 96_000, at(0)), Piece(4 * 48_000, 96_000, at(2)))
    write_listening_copy([track(path, Side.BOTH, *pieces)], tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert heard_s(sound) == pytest.approx([1.0, 3.0], abs=0.001)


@pytest.mark.parametrize("late_s", [0.0, 0.0005, -0.0005])
def test_parts_join_without_a_click(tmp_path: Path, late_s: float) -> None:
    parts = [
        track(
            tone(tmp_path / f"{n}.flac", 1.7, begins_s=1.7 * n),
            Side.BOTH,
            Piece(0, round(1.7 * 48_000), at(1.7 * n + (late_s if n else 0))),
        )
        for n in range(3)
    ]
    write_listening_copy(parts, tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    inner = slice(10 * MS, -10 * MS)
    expected = 0.5 * np.sin(2 * np.pi * 440 * np.arange(len(sound)) / RATE_HZ)
    assert np.abs(sound - expected)[inner].max() < 0.001


def test_where_two_pieces_of_one_side_overlap_only_the_later_is_heard(tmp_path: Path) -> None:
    early = clicks(tmp_path / "early.flac", 4, [1.0, 2.5])
    late = clicks(tmp_path / "late.flac", 4, [1.0])
    tracks = [
        track(early, Side.BOTH, Piece(0, 4 * 48_000, at(0))),
        track(late, Side.BOTH, Piece(0, 4 * 48_000, at(2))),
    ]
    write_listening_copy(tracks, tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert heard_s(sound) == pytest.approx([1.0, 3.0], abs=0.001)


def test_two_devices_with_different_clocks_stay_together_for_long(tmp_path: Path) -> None:
    near = clicks(tmp_path / "near.flac", 300, [299.0], rate_hz=8_000)
    far = clicks(tmp_path / "far.flac", 301, [299.0 * 1.0005], rate_hz=8_000)
    tracks = [track(near, Side.LEFT), track(far, Side.RIGHT, ppm=500)]
    write_listening_copy(tracks, tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert heard_s(sound[:, 0]) == pytest.approx([299.0], abs=0.001)
    assert heard_s(sound[:, 1]) == pytest.approx([299.0], abs=0.001)


def test_a_track_for_both_ears_is_heard_beside_a_leg(tmp_path: Path) -> None:
    both = clicks(tmp_path / "both.flac", 3, [1.0])
    left = clicks(tmp_path / "left.flac", 3, [2.0])
    write_listening_copy([track(both, Side.BOTH), track(left, Side.LEFT)], tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert heard_s(sound[:, 0]) == pytest.approx([1.0, 2.0], abs=0.001)
    assert heard_s(sound[:, 1]) == pytest.approx([1.0], abs=0.001)


def test_sound_at_full_scale_is_cut_off_and_never_turned_over(tmp_path: Path) -> None:
    path = tmp_path / "loud.flac"
    sf.write(path, np.ones(48_000), 48_000, subtype="PCM_16")
    write_listening_copy([track(path, Side.BOTH), track(path, Side.LEFT)], tmp_path / "copy.flac")
    sound, _ = sf.read(tmp_path / "copy.flac")
    assert sound[10 * MS : -10 * MS, 0].min() > 0.99


def test_the_same_tracks_give_the_same_bytes(tmp_path: Path) -> None:
    chance = np.random.default_rng(4)
    sf.write(tmp_path / "a.flac", chance.uniform(-1, 1, (100_000, 2)), 44_100, subtype="PCM_16")
    tracks = [track(tmp_path / "a.flac", Side.LEFT, ppm=33.3)]
    for name in ("one.flac", "two.flac"):
        write_listening_copy(tracks, tmp_path / name)
    assert (tmp_path / "one.flac").read_bytes() == (tmp_path / "two.flac").read_bytes()


def test_hours_of_sound_need_no_more_memory_than_minutes(tmp_path: Path) -> None:
    most = []
    for minutes in (2, 40):
        path = tmp_path / f"{minutes}.flac"
        sf.write(path, np.zeros(minutes * 60 * 8_000, dtype=np.int16), 8_000)
        tracks = [track(path, Side.LEFT), track(path, Side.RIGHT)]
        tracemalloc.start()
        write_listening_copy(tracks, tmp_path / f"copy{minutes}.flac")
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < most[0] * 1.2


def left_behind(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_track_that_cannot_be_decoded_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    good = clicks(tmp_path / "good.flac", 30, [1.0])
    broken = tmp_path / "broken.flac"
    content = bytearray(tone(broken, 30).read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    broken.write_bytes(content)
    before = left_behind(tmp_path)
    tracks = [track(good, Side.LEFT), Track(broken, 48_000, 1, Side.RIGHT, (Piece(0, 30 * 48_000, at(0)),))]
    with pytest.raises(ValueError, match=r"broken\.flac"):
        write_listening_copy(tracks, tmp_path / "copy.flac")
    assert left_behind(tmp_path) == before


@pytest.mark.parametrize(
    ("rate_hz", "channels", "samples"), [(44_100, 1, 10), (48_000, 2, 10), (48_000, 1, 96_001)]
)
def test_a_track_that_is_not_as_it_was_said_to_be_is_named(
    tmp_path: Path, rate_hz: int, channels: int, samples: int
) -> None:
    path = clicks(tmp_path / "a.flac", 2, [1.0])
    tracks = [Track(path, rate_hz, channels, Side.BOTH, (Piece(0, samples, at(0)),))]
    with pytest.raises(ValueError, match=r"a\.flac"):
        write_listening_copy(tracks, tmp_path / "copy.flac")
    assert left_behind(tmp_path) == {"a.flac"}


def test_a_missing_track_is_named(tmp_path: Path) -> None:
    tracks = [Track(tmp_path / "gone.flac", 48_000, 1, Side.BOTH, (Piece(0, 10, at(0)),))]
    with pytest.raises(ValueError, match=r"gone\.flac"):
        write_listening_copy(tracks, tmp_path / "copy.flac")


def test_without_any_sound_there_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sound"):
        write_listening_copy([], tmp_path / "copy.flac")


def test_a_file_that_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    path = clicks(tmp_path / "a.flac", 2, [1.0])
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_listening_copy([track(path, Side.BOTH)], path)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_an_error_of_the_disk(tmp_path: Path) -> None:
    path = clicks(tmp_path / "a.flac", 2, [1.0])
    with pytest.raises(FileNotFoundError):
        write_listening_copy([track(path, Side.BOTH)], tmp_path / "nowhere" / "copy.flac")


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_fills_up_is_an_error_and_nothing_is_left(tmp_path: Path) -> None:
    chance = np.random.default_rng(4)
    sf.write(tmp_path / "a.flac", chance.uniform(-1, 1, 1_000_000), 48_000, subtype="PCM_16")
    small = tmp_path / "small"
    small.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(small)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        with pytest.raises(OSError, match="No space left"):
            write_listening_copy([track(tmp_path / "a.flac", Side.BOTH)], small / "copy.flac")
        assert left_behind(small) == set()
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
