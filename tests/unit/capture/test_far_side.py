"""The other side's sound on three systems; Windows' only against a stand-in for its package."""

from __future__ import annotations

import sys
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from evidencedesk.capture import far_side, wasapi_loopback
from evidencedesk.capture.devices import open_source
from evidencedesk.capture.far_side import default_far_source, far_sources
from evidencedesk.capture.source import Block, SourceChoice
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.pulse import StopReason

HDMI = {"index": 7, "name": "HDMI [Loopback]", "maxInputChannels": 8, "defaultSampleRate": 48000.0}
SPEAKERS = {"index": 9, "name": "扬声器 [Loopback]", "maxInputChannels": 2, "defaultSampleRate": 44100.0}
_OVERFLOW = 2


class StandIn(types.ModuleType):
    """As much of PyAudioWPatch as is used, as its documentation describes it; its own stream, too."""

    paInt16, paContinue, paInputOverflow = 8, 0, _OVERFLOW  # noqa: N815 - PortAudio's names

    def __init__(self) -> None:
        super().__init__("pyaudiowpatch")
        self.opened: dict[str, Any] = {}
        self.managers = 0
        self.active = True
        self.refusal: OSError | None = None
        self.has_wasapi = True

    def PyAudio(self) -> StandIn:  # noqa: N802 - PyAudio's name
        self.managers += 1
        return self

    def terminate(self) -> None:
        self.managers -= 1

    def get_loopback_device_info_generator(self) -> Iterator[dict[str, Any]]:
        if not self.has_wasapi:
            raise OSError(-9979, "Host API not found")
        yield from (HDMI, SPEAKERS)

    def get_default_wasapi_loopback(self) -> dict[str, Any]:
        return SPEAKERS

    def open(self, **wishes: Any) -> StandIn:
        if self.refusal is not None:
            raise self.refusal
        self.opened = wishes
        return self

    def is_active(self) -> bool:
        return self.active

    def stop_stream(self) -> None:
        self.active = False

    def close(self) -> None:
        self.opened = {}

    def play(self, pcm: bytes, flags: int = 0) -> object:
        callback: Callable[..., object] = self.opened["stream_callback"]
        return callback(pcm, len(pcm) // 4, {}, flags)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A computer on which PyAudioWPatch is installed."""
    stand_in = StandIn()
    monkeypatch.setitem(sys.modules, "pyaudiowpatch", stand_in)
    monkeypatch.setattr(wasapi_loopback, "_LOOK_S", 0.01)
    monkeypatch.setattr(wasapi_loopback, "_LAST_WORDS_S", 0.0)
    return stand_in


def test_on_linux_it_is_what_the_server_calls_monitors(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = SourceChoice("spk.monitor", "Speakers", 48_000, 2, is_default=False, is_monitor=True)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(far_side, "monitors", lambda: (heard,))
    assert far_sources() == (heard,)
    assert default_far_source() == heard


def test_on_macos_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert far_sources() == ()
    assert default_far_source() is None


def test_on_windows_it_is_every_loudspeaker_the_default_one_first(
    package: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    speakers, hdmi = far_sources()
    assert (speakers.name, speakers.label) == ("loopback:扬声器", "扬声器")
    assert (speakers.rate_hz, speakers.channels, speakers.is_default) == (44_100, 2, True)
    assert (hdmi.label, hdmi.channels, hdmi.is_default) == ("HDMI", 8, False)
    assert package.managers == 0


def test_windows_without_the_package_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyaudiowpatch", None)
    assert wasapi_loopback.loopback_choices() == ()
    with pytest.raises(Known) as raised:
        open_source("loopback:default")
    assert raised.value.code is Code.NO_SOUND_SYSTEM


def test_windows_without_wasapi_has_none(package: StandIn) -> None:
    package.has_wasapi = False
    assert wasapi_loopback.loopback_choices() == ()
    assert package.managers == 0


def test_blocks_are_passed_on_with_their_overflow(package: StandIn) -> None:
    heard: list[Block] = []
    source = open_source("loopback:扬声器")
    source.start(heard.append, lambda _reason: None)
    assert package.opened["input_device_index"] == SPEAKERS["index"]
    assert (package.opened["rate"], package.opened["channels"]) == (44_100, 2)
    assert package.play(b"\1\2\3\4") == (None, package.paContinue)
    package.play(b"\5\6\7\10", _OVERFLOW)
    source.stop()
    assert [(block.pcm, block.frames, block.overflow) for block in heard] == [
        (b"\1\2\3\4", 1, False),
        (b"\5\6\7\10", 1, True),
    ]
    assert source.facts.pauses
    assert package.managers == 0


def test_a_loudspeaker_that_is_pulled_out_ends_the_source(package: StandIn) -> None:
    ends: list[StopReason] = []
    ended = threading.Event()

    def on_end(reason: StopReason) -> None:
        ends.append(reason)
        ended.set()

    source = open_source("loopback:default")
    source.start(lambda _block: None, on_end)
    package.active = False
    assert ended.wait(5)
    source.stop()
    assert ends == [StopReason.DEVICE_LOST]


def test_stopping_is_no_loss(package: StandIn) -> None:
    ends: list[StopReason] = []
    source = open_source("loopback:default")
    source.start(lambda _block: None, ends.append)
    source.stop()
    assert ends == []


@pytest.mark.parametrize(("number", "code"), [(-9985, Code.DEVICE_BUSY), (-9996, Code.DEVICE_REFUSED)])
def test_a_loudspeaker_that_refuses_is_named(package: StandIn, number: int, code: Code) -> None:
    package.refusal = OSError(number, "no")
    with pytest.raises(Known) as raised:
        open_source("loopback:default").start(lambda _block: None, lambda _reason: None)
    assert raised.value.code is code
    assert raised.value.facts["device"] == "扬声器"
    assert package.managers == 0


def test_a_loudspeaker_that_is_not_there_is_named(package: StandIn) -> None:
    with pytest.raises(Known) as raised:
        open_source("loopback:Headphones")
    assert raised.value.code is Code.UNKNOWN_SOURCE
