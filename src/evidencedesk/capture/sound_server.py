"""What PulseAudio or PipeWire says about its sources (Linux): real names, rates and channels.

PortAudio's ALSA plug-in shows one device "pulse" with invented figures (32 channels, 44.1 kHz). The
server's own list, by ``pactl``, is the truth, and PULSE_SOURCE picks one when "pulse" is opened.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any

from evidencedesk.capture.source import SourceChoice

_TIMEOUT_S = 3.0


def server_sources() -> tuple[SourceChoice, ...] | None:
    """All sources of the running sound server, or None when there is no server (or no ``pactl``)."""
    listed = ask_server("list", "sources")
    info = ask_server("info")
    if not isinstance(listed, list) or not isinstance(info, dict):
        return None
    default = str(info.get("default_source_name", ""))
    return tuple(_choice(source, default) for source in listed)


def what_you_hear() -> str:
    """The name of the source that carries what the default loudspeaker plays; empty without one."""
    sinks, info = ask_server("list", "sinks"), ask_server("info")
    if not isinstance(sinks, list) or not isinstance(info, dict):
        return ""
    default = info.get("default_sink_name")
    return next((str(sink.get("monitor_source", "")) for sink in sinks if sink.get("name") == default), "")


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source stands in the system's sound settings."""

    muted: bool
    volume_percent: int
    suspended: bool


def source_state(name: str) -> SourceState | None:
    """How a source stands; None when the server does not know it."""
    listed = ask_server("list", "sources")
    for source in listed if isinstance(listed, list) else ():
        if source.get("name") == name:
            volumes = [str(one.get("value_percent", "")).rstrip("%") for one in source["volume"].values()]
            loudest = max((int(one) for one in volumes if one.isdigit()), default=100)
            return SourceState(bool(source.get("mute")), loudest, source.get("state") == "SUSPENDED")
    return None


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


def ask_server(*question: str) -> Any:
    """One question to ``pactl``, answered as JSON; None when there is no answer within 3 s."""
    try:
        done = subprocess.run(
            ["pactl", "-f", "json", *question],
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None
