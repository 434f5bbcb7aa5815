"""The test of the microphone, with sound from a real sound server."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from evidencedesk.app.services import OpenedDesk, Services
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.record.hearing import Outcome
from evidencedesk.ui.record.presenter import RecordPresenter
from evidencedesk.ui.record.self_test import FarSide, Phase, SelfTest
from evidencedesk.ui.words import UiWords
from fakes.sound_server import SPEECH, PrivateSoundServer

_PATIENCE_MS = 30_000
_RATE_HZ = 48_000

pytestmark = pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="PulseAudio is not installed")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer(tmp_path) as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        yield running


def outcome_of_test(tmp_path: Path, qtbot: QtBot, settings: Settings) -> SelfTest:
    """Press the button of the record page and wait for the result."""
    opened = OpenedDesk(tmp_path / "library", SystemClock())
    services = Services(opened.desk, settings, tmp_path / "settings.json")
    words, messages = UiWords("en", resource("locale")), Messages()
    with contextlib.ExitStack() as undo:
        undo.callback(opened.close)
        undo.callback(services.stop_listening)
        jobs = undo.enter_context(Jobs("begin"))
        record = RecordPresenter(services, jobs, words, messages, settings)
        record.activate()
        qtbot.waitUntil(lambda: record.state.input is not None, timeout=_PATIENCE_MS)
        if settings.mode == "call":
            qtbot.waitUntil(lambda: record.state.far is not None, timeout=_PATIENCE_MS)
        record.test()
        qtbot.waitUntil(lambda: record.state.test.phase is Phase.DONE, timeout=_PATIENCE_MS)
        found = record.state.test
        record.deactivate()
    return found


def noise(tmp_path: Path) -> Path:
    """What a fan does."""
    path = tmp_path / "noise.wav"
    samples = np.random.default_rng(3).normal(0, 2500, _RATE_HZ * 20).clip(-30_000, 30_000)
    sf.write(path, samples.astype(np.int16), _RATE_HZ)
    return path


def test_speech_is_told_from_noise_and_names_the_device(
    server: PrivateSoundServer, tmp_path: Path, qtbot: QtBot
) -> None:
    with server.playing(SPEECH):
        found = outcome_of_test(tmp_path, qtbot, Settings())
    assert (found.outcome, found.device) == (Outcome.FINE, "USB_Microphone")
    with server.playing(noise(tmp_path)):
        assert outcome_of_test(tmp_path, qtbot, Settings()).outcome is Outcome.NOISE


def test_silence_is_told_from_a_muted_microphone(
    server: PrivateSoundServer, tmp_path: Path, qtbot: QtBot
) -> None:
    assert outcome_of_test(tmp_path, qtbot, Settings()).outcome is Outcome.NOTHING
    server.ask("set-source-mute", "mic", "1")
    assert outcome_of_test(tmp_path, qtbot, Settings()).outcome is Outcome.MUTED


def test_in_a_call_what_the_loudspeaker_plays_is_heard(
    server: PrivateSoundServer, tmp_path: Path, qtbot: QtBot
) -> None:
    with server.playing(SPEECH), server.playing(SPEECH, sink="spk"):
        found = outcome_of_test(tmp_path, qtbot, Settings(mode="call"))
    assert (found.outcome, found.far, found.far_device) == (
        Outcome.FINE,
        FarSide.ARRIVES,
        "Monitor of Speakers",
    )
