"""What a Windows computer plays, by WASAPI loopback. Never run on Windows so far.

It is written from the documentation of PyAudioWPatch 0.2.12.9 and tested only against a stand-in for it.

PortAudio as sounddevice ships it has no loopback; PyAudioWPatch is a PortAudio that lists each
loudspeaker once more, as an input device with "[Loopback]" behind its name. While nothing is played
Windows delivers nothing at all, no zeros either: ``SourceFacts.pauses`` says so, and how long such a
pause was must be read from the blocks' stamps.

The package is loaded only when it is needed, so no other system needs it.
"""

from __future__ import annotations

import contextlib
import importlib
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

from evidencedesk.capture.devices import DEFAULT, LOOPBACK_PREFIX
from evidencedesk.capture.source import BLOCK_S, Block, OnBlock, OnEnd, SourceChoice, SourceFacts
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse
from evidencedesk.domain.pulse import StopReason

_PACKAGE = "pyaudiowpatch"
_SUFFIX = " [Loopback]"
_BUSY = -9985  # paDeviceUnavailable
# The end of a stream is not reported: it is looked for.
_LOOK_S = 0.5
# What was played at the moment of the click is still on its way to us: it is waited for.
_LAST_WORDS_S = 0.3


class WasapiLoopbackSource:
    """One loudspeaker's sound at its own rate and channels, int16, in blocks of 0.1 s."""

    def __init__(self, device: Mapping[str, Any]) -> None:
        choice = _choice(device, default=-1)
        self.facts = SourceFacts(
            choice.label, choice.name, choice.rate_hz, choice.channels, simulated=False, pauses=True
        )
        self._device = int(device["index"])
        self._audio: Any = None
        self._stream: Any = None
        self._stopping = threading.Event()
        self._follower: threading.Thread | None = None

    def start(self, on_block: OnBlock, on_end: OnEnd) -> None:
        """Open and start the stream. Raises NO_SOUND_SYSTEM, DEVICE_BUSY, DEVICE_REFUSED."""
        package = _package()
        overflow, go_on = package.paInputOverflow, package.paContinue

        def callback(pcm: bytes, frames: int, _times: object, flags: int) -> tuple[None, int]:
            # Nothing else may happen here: no file, no lock, nothing that can raise.
            on_block(Block(pcm, frames, time.monotonic_ns(), bool(flags & overflow)))
            return None, go_on

        try:
            self._audio = package.PyAudio()
            self._stream = self._audio.open(
                format=package.paInt16,
                channels=self.facts.channels,
                rate=self.facts.rate_hz,
                frames_per_buffer=int(self.facts.rate_hz * BLOCK_S),
                input=True,
                input_device_index=self._device,
                stream_callback=callback,
            )
        except (OSError, ValueError) as error:
            self.stop()
            code = Code.DEVICE_BUSY if getattr(error, "errno", None) == _BUSY else Code.DEVICE_REFUSED
            raise MachineFailure(code, device=self.facts.device, detail=str(error)) from error
        self._follower = threading.Thread(
            target=self._follow, args=(on_end,), name="wasapi-loopback", daemon=True
        )
        self._follower.start()

    def stop(self) -> None:
        """Take in what is still on its way and close the stream."""
        if self._stream is not None and not self._stopping.is_set():
            time.sleep(_LAST_WORDS_S)
        self._stopping.set()
        if self._follower is not None and self._follower is not threading.current_thread():
            self._follower.join()
        stream, self._stream = self._stream, None
        audio, self._audio = self._audio, None
        with contextlib.suppress(OSError):  # a device that is gone can't be stopped any more
            if stream is not None:
                stream.stop_stream()
        with contextlib.suppress(OSError):
            if stream is not None:
                stream.close()
        if audio is not None:
            audio.terminate()

    def _follow(self, on_end: OnEnd) -> None:
        while not self._stopping.wait(_LOOK_S):
            try:
                active = self._stream.is_active()
            except OSError:
                active = False
            if not active and not self._stopping.is_set():
                on_end(StopReason.DEVICE_LOST)
                return


def loopback_choices() -> tuple[SourceChoice, ...]:
    """All loudspeakers that can be recorded, the default one first; none without the package."""
    try:
        with _devices() as (devices, default):
            choices = [_choice(device, default) for device in devices]
    except MachineFailure:
        return ()
    return tuple(sorted(choices, key=lambda choice: not choice.is_default))


def open_loopback(name: str) -> WasapiLoopbackSource:
    """A loudspeaker by its name from ``loopback_choices``, or ``loopback:default``.

    Raises UNKNOWN_SOURCE, NO_SOUND_SYSTEM.
    """
    with _devices() as (devices, default):
        for device in devices:
            choice = _choice(device, default)
            if choice.name == name or (choice.is_default and name == LOOPBACK_PREFIX + DEFAULT):
                return WasapiLoopbackSource(device)
    raise WrongUse(Code.UNKNOWN_SOURCE, source=name)


def _package() -> Any:
    try:
        return importlib.import_module(_PACKAGE)
    except ImportError as error:
        raise MachineFailure(Code.NO_SOUND_SYSTEM, detail=f"PyAudioWPatch: {error}") from error


@contextlib.contextmanager
def _devices() -> Iterator[tuple[list[dict[str, Any]], int]]:
    """All loopback devices and the default one's index (-1 without one)."""
    try:
        audio = _package().PyAudio()
    except OSError as error:
        raise MachineFailure(Code.NO_SOUND_SYSTEM, detail=str(error)) from error
    try:
        yield list(audio.get_loopback_device_info_generator()), _default(audio)
    except OSError as error:  # no WASAPI
        raise MachineFailure(Code.NO_SOUND_SYSTEM, detail=str(error)) from error
    finally:
        audio.terminate()


def _default(audio: Any) -> int:
    try:
        return int(audio.get_default_wasapi_loopback()["index"])
    except (OSError, LookupError, ValueError):
        return -1


def _choice(device: Mapping[str, Any], default: int) -> SourceChoice:
    label = str(device["name"]).removesuffix(_SUFFIX)
    return SourceChoice(
        name=LOOPBACK_PREFIX + label,
        label=label,
        rate_hz=int(device["defaultSampleRate"]),
        channels=int(device["maxInputChannels"]),
        is_default=int(device["index"]) == default,
        is_monitor=True,
    )
