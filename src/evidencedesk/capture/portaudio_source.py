"""The microphone, by PortAudio. Import it late, as ``capture.portaudio`` says."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Any

from evidencedesk.capture.portaudio import sd
from evidencedesk.capture.quiet_stderr import quiet_stderr
from evidencedesk.capture.server_watch import STREAM_PROPERTY
from evidencedesk.capture.source import BLOCK_S, Block, OnBlock, OnEnd, SourceChoice, SourceFacts
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.domain.pulse import StopReason

# PortAudio's default latency costs five times the processor time of this one.
_LATENCY_S = 0.2
# What was said at the moment of the click is still on its way to us: it is waited for.
_LAST_WORDS_S = 0.3
_BUSY = frozenset({-9985})  # paDeviceUnavailable
_PULSE = "pulse"
# The ALSA plug-in reads the environment at the moment a device is opened.
_environment = threading.Lock()


class PortAudioSource:
    """One input stream at the source's own rate and channels, int16, in blocks of 0.1 s."""

    def __init__(self, device: int, facts: SourceFacts, environment: Mapping[str, str] | None = None) -> None:
        self.facts = facts
        self._environment = dict(environment or {})
        self._device = device
        self._stream: sd.RawInputStream | None = None
        self._stopping = False

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Open and start the stream. Raises DEVICE_BUSY, DEVICE_REFUSED."""

        def callback(indata: Any, frames: int, _time: object, status: Any) -> None:
            # Nothing else may happen here: no numpy, no lock, no file, nothing that can raise.
            on_block(Block(bytes(indata), frames, time.monotonic_ns(), bool(status.input_overflow)))

        def finished() -> None:
            if not self._stopping:
                on_end(StopReason.DEVICE_LOST)

        try:
            # PortAudio's C code prints "Expression ... failed"; the user has our sentence.
            with _environment, quiet_stderr():
                os.environ.update(self._environment)
                self._stream = sd.RawInputStream(
                    samplerate=self.facts.rate_hz,
                    channels=self.facts.channels,
                    dtype="int16",
                    device=self._device,
                    latency=_LATENCY_S,
                    blocksize=int(self.facts.rate_hz * BLOCK_S),
                    callback=callback,
                    finished_callback=finished,
                )
                self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise _refusal(error, self.facts) from error

    def stop(self) -> None:
        """Take in what is still on its way, close the stream; hangs for as long as the sound server does."""
        if self._stream is not None and self._stream.active:
            time.sleep(_LAST_WORDS_S)
        self._stopping = True
        if self._stream is not None:
            with quiet_stderr():
                self._stream.close(ignore_errors=True)


def open_by_server_name(choice: SourceChoice) -> PortAudioSource:
    """A source of the sound server, through PortAudio's "pulse" device."""
    for index, device in enumerate(sd.query_devices()):
        if device["name"] == _PULSE and device["max_input_channels"] > 0:
            stream = secrets.token_hex(8)
            facts = SourceFacts(
                choice.label, choice.name, choice.rate_hz, choice.channels, simulated=False, stream=stream
            )
            environment = {"PULSE_SOURCE": choice.name, "PULSE_PROP": f"{STREAM_PROPERTY}={stream}"}
            return PortAudioSource(index, facts, environment)
    raise MachineFailure(Code.NO_SOUND_SYSTEM, detail="ALSA device 'pulse' (libasound2-plugins)")


def open_by_device_name(name: str) -> PortAudioSource:
    """An input device by its exact name, or ``default``. Raises UNKNOWN_SOURCE, NO_MICROPHONE."""
    devices = sd.query_devices()
    inputs = [(i, device) for i, device in enumerate(devices) if device["max_input_channels"] > 0]
    if not inputs:
        raise MachineFailure(Code.NO_MICROPHONE)
    if name == "default":
        wanted = sd.default.device[0]
        found = [entry for entry in inputs if entry[0] == wanted] or inputs
    else:
        found = [entry for entry in inputs if entry[1]["name"] == name]
    if not found:
        raise WrongUse(Code.UNKNOWN_SOURCE, source=name)
    index, device = found[0]
    channels = min(int(device["max_input_channels"]), 2)
    rate_hz = int(device["default_samplerate"])
    return PortAudioSource(
        index, SourceFacts(device["name"], device["name"], rate_hz, channels, simulated=False)
    )


def device_choices() -> tuple[SourceChoice, ...]:
    """All input devices as PortAudio names them."""
    default = sd.default.device[0]
    return tuple(
        SourceChoice(
            name=device["name"],
            label=device["name"],
            rate_hz=int(device["default_samplerate"]),
            channels=min(int(device["max_input_channels"]), 2),
            is_default=index == default,
        )
        for index, device in enumerate(sd.query_devices())
        if device["max_input_channels"] > 0
    )


def _refusal(error: Exception, facts: SourceFacts) -> MachineFailure:
    number = error.args[1] if len(error.args) > 1 else None
    code = Code.DEVICE_BUSY if number in _BUSY or "[ALSA] -16" in str(error) else Code.DEVICE_REFUSED
    return MachineFailure(code, device=facts.device, detail=str(error))
