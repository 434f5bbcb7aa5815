"""Another speed keeps the pitch, the length follows the speed, and nothing cracks."""

from __future__ import annotations

import numpy as np
import pytest

from evidencedesk.capture.wsola import Sound, Stretcher
from fakes.sound_server import SPEECH
from fakes.sounds import read_mono

RATE_HZ = 48_000


def stretched(sound: Sound, speed: float) -> Sound:
    def read(first: int, count: int) -> Sound:
        made = np.zeros(count, dtype=np.float32)
        begin, end = max(0, first), min(len(sound), first + count)
        if begin < end:
            made[begin - first : end - first] = sound[begin:end]
        return made

    stretcher = Stretcher(read, RATE_HZ)
    hops, at = [], 0.0
    while at < len(sound):
        hops.append(stretcher.next(round(at)))
        at += stretcher.hop * speed
    return np.concatenate([*hops, stretcher.end()])


def sine(hz: float, seconds: float = 3.0) -> Sound:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)).astype(np.float32)


def pitch_hz(sound: Sound) -> float:
    """The loudest frequency, to a tenth of a Hertz."""
    middle = sound[len(sound) // 4 : -len(sound) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 10 * RATE_HZ))
    return float(np.argmax(spectrum)) / 10


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("hz", [110.0, 220.0, 997.0])
def test_a_tone_keeps_its_pitch_and_takes_the_time_the_speed_says(speed: float, hz: float) -> None:
    tone = sine(hz)
    made = stretched(tone, speed)
    assert abs(len(made) / len(tone) * speed - 1) < 0.03
    assert abs(pitch_hz(made) - hz) < 3


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.0])
def test_a_tone_does_not_crack_where_frames_meet(speed: float) -> None:
    made = stretched(sine(220.0), speed)[RATE_HZ // 10 : -RATE_HZ // 10]
    steepest = 0.5 * 2 * np.pi * 220 / RATE_HZ
    assert float(np.max(np.abs(np.diff(made)))) < 1.5 * steepest
    # Waves that meet out of step cancel each other.
    loudness = np.sqrt(np.mean(np.square(made[: len(made) // 2400 * 2400].reshape(-1, 2400)), axis=1))
    assert float(loudness.min()) > 0.8 * float(loudness.max())


def test_at_its_own_speed_a_sound_is_what_it_was() -> None:
    speech = read_mono(SPEECH)[: 5 * RATE_HZ]
    made = stretched(speech, 1.0)
    # The first hop fades in.
    assert np.allclose(made[960 : len(speech)], speech[960:], atol=1e-6)


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
def test_speech_stays_as_loud_as_it_was(speed: float) -> None:
    speech = read_mono(SPEECH)[: 10 * RATE_HZ]
    made = stretched(speech, speed)
    before, after = (float(np.sqrt(np.mean(np.square(one)))) for one in (speech, made))
    assert 0.9 < after / before < 1.1
