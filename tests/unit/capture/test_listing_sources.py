"""Which sources there are: what the sound server says, what PortAudio says, or why nobody says it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture import sound_server
from evidencedesk.capture.devices import list_sources, open_source
from evidencedesk.domain.errors import Code, Known

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pactl is Linux's")

MICROPHONE: dict[str, Any] = {
    "name": "alsa_input.usb-mic",
    "description": "USB 麦克风",
    "sample_specification": "s16le 1ch 44100Hz",
    "properties": {"device.class": "sound"},
}
MONITOR: dict[str, Any] = {
    "name": "alsa_output.card.monitor",
    "description": "Monitor of Card",
    "sample_specification": "s24le 2ch 48000Hz",
    "properties": {"device.class": "monitor"},
}
SetUp = Callable[[str], None]


@pytest.fixture
def pactl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """Puts a ``pactl`` of our own, a shell script, in front of the machine's."""

    def set_up(script: str) -> None:
        program = tmp_path / "bin" / "pactl"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")

    return set_up


def says(sources: object, default: str) -> str:
    """A script that answers both questions that are asked."""
    listed, info = json.dumps(sources), json.dumps({"default_source_name": default})
    return f"case \"$3\" in list) cat <<'END'\n{listed}\nEND\n;; *) cat <<'END'\n{info}\nEND\n;; esac"


@pytest.fixture
def no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which no sound server can be found."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_rate_channels_and_default_are_the_servers(pactl: SetUp) -> None:
    pactl(says([MICROPHONE, MONITOR], MICROPHONE["name"]))
    microphone, monitor = list_sources()
    assert microphone.name == "alsa_input.usb-mic"
    assert microphone.label == "USB 麦克风"
    assert (microphone.rate_hz, microphone.channels) == (44_100, 1)
    assert microphone.is_default
    assert not microphone.is_monitor
    assert (monitor.rate_hz, monitor.channels) == (48_000, 2)
    assert monitor.is_monitor
    assert not monitor.is_default


def test_a_source_without_a_description_is_shown_by_its_name(pactl: SetUp) -> None:
    pactl(says([{"name": "bare"}], "other"))
    (bare,) = list_sources()
    assert bare.label == "bare"
    assert not bare.is_default


def test_a_server_without_sources_has_an_empty_list(pactl: SetUp) -> None:
    pactl(says([], ""))
    assert list_sources() == ()


def test_a_monitor_is_never_taken_for_the_default_microphone(pactl: SetUp) -> None:
    pactl(says([MONITOR], MONITOR["name"]))
    with pytest.raises(Known) as raised:
        open_source("default")
    assert raised.value.code is Code.NO_MICROPHONE


def test_a_name_is_compared_as_a_whole(pactl: SetUp) -> None:
    pactl(says([MICROPHONE], ""))
    with pytest.raises(Known) as raised:
        open_source("usb-mic")
    assert raised.value.code is Code.UNKNOWN_SOURCE
    assert raised.value.facts == {"source": "usb-mic"}


@pytest.mark.parametrize(
    "script",
    ["exit 1", "test $3 = info && echo '{}' || { echo '[]'; exit 1; }", "echo '{'", "echo '\"text\"'", ":"],
)
def test_a_server_that_gives_no_list_is_no_server(no_server: None, pactl: SetUp, script: str) -> None:
    pactl(script)
    assert sound_server.server_sources() is None


def test_a_server_that_never_answers_is_not_waited_for(
    no_server: None, pactl: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_server, "_TIMEOUT_S", 0.2)
    pactl("exec sleep 600")
    began = time.monotonic()
    assert sound_server.server_sources() is None
    assert time.monotonic() - began < 20


def test_without_a_server_portaudio_is_asked_in_a_process_of_its_own(
    no_server: None, pactl: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    pactl("exit 1")
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    assert isinstance(list_sources(), tuple)
    assert "sounddevice" not in sys.modules


def test_without_pactl_and_portaudio_there_is_no_sound_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    # As on a computer without the PortAudio library: importing it fails with OSError.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    with pytest.raises(Known) as raised:
        list_sources()
    assert raised.value.code is Code.NO_SOUND_SYSTEM
    assert "PortAudio library not found" in str(raised.value.facts["detail"])
