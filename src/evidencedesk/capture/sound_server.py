"""What PulseAudio or PipeWire says about its sources (Linux): real names, rates and channels.

PortAudio's ALSA plug-in shows one device "pulse" with invented figures (32 channels, 44.1 kHz). The
server's own list, by ``pactl``, is the truth, and PULSE_SOURCE picks one when "pulse" is opened.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from dataclasses import dataclass
from typing import Any

from evidencedesk.capture.source import SourceChoice

_TIMEOUT_S = 3.0
# What pactl's JSON gives in place of every text that is not ASCII (seen with 16.1, in every locale).
_NOT_ASCII = "(null)"


class ServerQuestions:
    """Questions to the sound server, one at a time; ``break_off`` ends the one that still waits.

    Each has an answer within 3 s, or None: no ``pactl``, no server, or a server that is frozen.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._over = False

    def sources(self) -> list[dict[str, Any]] | None:
        """All sources; names for people are right in every script."""
        listed = self.ask("list", "sources")
        if not isinstance(listed, list):
            return None
        if all(source.get("description") != _NOT_ASCII for source in listed):
            return listed
        described = _descriptions(self._words("list", "sources"))
        return [
            {**source, "description": described.get(str(source.get("name")), "")}
            if source.get("description") == _NOT_ASCII
            else source
            for source in listed
        ]

    def default_monitor(self) -> str | None:
        """The source that carries what the default loudspeaker plays; empty while there is none."""
        sinks, info = self.ask("list", "sinks"), self.ask("info")
        if not isinstance(sinks, list) or not isinstance(info, dict):
            return None
        default = info.get("default_sink_name")
        return next((str(sink.get("monitor_source")) for sink in sinks if sink.get("name") == default), "")

    def ask(self, *question: str) -> Any:
        """One question to ``pactl``, answered as JSON."""
        words = self._words("-f", "json", *question)
        try:
            return json.loads(words or b"null")
        except ValueError:
            return None

    def break_off(self) -> None:
        """End the question that waits, from another thread; no other will be asked."""
        with self._lock:
            self._over = True
            if self._child is not None:
                self._child.kill()

    def _words(self, *words: str) -> bytes | None:
        try:
            with self._lock:
                if self._over:
                    return None
                child = self._child = subprocess.Popen(
                    ["pactl", *words],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    # LANGUAGE would win over this LC_ALL and translate the words that are read here.
                    env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""},
                )
        except OSError:
            return None
        with child:
            try:
                said, _ = child.communicate(timeout=_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                child.kill()
                return None
            finally:
                with self._lock:
                    self._child = None
        return said if child.returncode == 0 else None


def server_sources() -> tuple[SourceChoice, ...] | None:
    """All sources of the running sound server, or None when there is no server (or no ``pactl``)."""
    questions = ServerQuestions()
    listed, info = questions.sources(), questions.ask("info")
    if listed is None or not isinstance(info, dict):
        return None
    default = str(info.get("default_source_name", ""))
    return tuple(_choice(source, default) for source in listed)


def monitors() -> tuple[SourceChoice, ...]:
    """The sources that carry what this computer plays, that of the default loudspeaker first."""
    heard = default_monitor()
    found = (source for source in server_sources() or () if source.is_monitor)
    return tuple(sorted(found, key=lambda source: source.name != heard))


def default_monitor() -> str:
    """The source that carries what the default loudspeaker plays; empty without one."""
    return ServerQuestions().default_monitor() or ""


def what_you_hear() -> SourceChoice | None:
    """What the default loudspeaker plays, or any loudspeaker; None without one."""
    return next(iter(monitors()), None)


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source stands in the system's sound settings."""

    muted: bool
    volume_percent: int
    suspended: bool


def source_state(name: str) -> SourceState | None:
    """How a source stands; None when the server does not know it. The loudest channel's volume counts."""
    for source in ServerQuestions().sources() or ():
        if source.get("name") == name:
            channels = source.get("volume") or {}
            volumes = [str(one.get("value_percent", "")).rstrip("%") for one in channels.values()]
            loudest = max((int(one) for one in volumes if one.isdigit()), default=100)
            return SourceState(bool(source.get("mute")), loudest, source.get("state") == "SUSPENDED")
    return None


def _descriptions(text: bytes | None) -> dict[str, str]:
    """The description of each source by its name, from ``pactl list sources`` in words."""
    described, name = {}, ""
    for line in (text or b"").decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(": ")
        if key == "\tName":
            name = value
        elif key == "\tDescription":
            described[name] = value
    return described


def _choice(source: dict[str, Any], default: str) -> SourceChoice:
    name = str(source["name"])
    channels, rate_hz = _specification(str(source.get("sample_specification", "")))
    properties = source.get("properties") or {}
    monitor = properties.get("device.class") == "monitor" or name.endswith(".monitor")
    return SourceChoice(
        name=name,
        label=str(source.get("description") or name),
        rate_hz=rate_hz,
        channels=channels,
        is_default=name == default,
        is_monitor=monitor,
    )


def _specification(text: str) -> tuple[int, int]:
    """Channels and rate from ``s16le 2ch 48000Hz``."""
    channels, rate_hz = 1, 48_000
    for word in text.split():
        if word.endswith("ch") and word[:-2].isdigit():
            channels = int(word[:-2])
        elif word.endswith("Hz") and word[:-2].isdigit():
            rate_hz = int(word[:-2])
    return channels, rate_hz
