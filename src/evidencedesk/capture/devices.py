"""Which sources there are, and how to open one by its name."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from evidencedesk.capture.children import child_command
from evidencedesk.capture.file_source import FileSource
from evidencedesk.capture.sound_server import default_monitor, server_sources
from evidencedesk.capture.source import AudioSource, SourceChoice
from evidencedesk.domain.errors import Code, MachineFailure, WrongUse

FILE_PREFIX = "file:"
LOOPBACK_PREFIX = "loopback:"
DEFAULT = "default"
DEFAULT_OUTPUT = "default-output"
_LIST_TIMEOUT_S = 10.0


def list_sources() -> tuple[SourceChoice, ...]:
    """All sources, monitors too. Never loads PortAudio into this process.

    Raises NO_SOUND_SYSTEM when neither a sound server nor PortAudio is there.
    """
    if sys.platform.startswith("linux"):
        from_server = server_sources()
        if from_server is not None:
            return from_server
    try:
        done = subprocess.run(
            child_command("list"), capture_output=True, timeout=_LIST_TIMEOUT_S, check=False
        )
        if done.returncode == 0:
            return tuple(SourceChoice(**choice) for choice in json.loads(done.stdout))
        detail = done.stderr.decode("utf-8", "replace").strip()[-200:]
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        detail = str(error)
    raise MachineFailure(Code.NO_SOUND_SYSTEM, detail=detail)


def open_source(name: str) -> AudioSource:
    """Open a source: ``file:PATH``, ``default``, ``default-output`` or a name from ``list_sources``.

    ``default-output`` is what this computer plays through the loudspeaker it uses now. Raises
    SOUND_FILE_UNREADABLE, UNKNOWN_SOURCE, NO_MICROPHONE, NO_SOUND_SYSTEM.
    """
    if name.startswith(FILE_PREFIX):
        return FileSource(Path(name.removeprefix(FILE_PREFIX)))
    if name == DEFAULT_OUTPUT:
        name = LOOPBACK_PREFIX + DEFAULT if sys.platform == "win32" else default_monitor()
    if name.startswith(LOOPBACK_PREFIX):
        loopback: AudioSource = importlib.import_module("evidencedesk.capture.wasapi_loopback").open_loopback(
            name
        )
        return loopback
    if sys.platform.startswith("linux"):
        from_server = server_sources()
        if from_server is not None:
            source: AudioSource = _portaudio().open_by_server_name(_choose(from_server, name))
            return source
    by_name: AudioSource = _portaudio().open_by_device_name(name)
    return by_name


def _choose(sources: tuple[SourceChoice, ...], name: str) -> SourceChoice:
    if name != DEFAULT:
        for source in sources:
            if source.name == name:
                return source
        raise WrongUse(Code.UNKNOWN_SOURCE, source=name)
    microphones = [source for source in sources if not source.is_monitor]
    if not microphones:
        raise MachineFailure(Code.NO_MICROPHONE)
    # The default may be a monitor ("what you hear"): that is no microphone.
    return next((source for source in microphones if source.is_default), microphones[0])


def _portaudio() -> ModuleType:
    try:
        return importlib.import_module("evidencedesk.capture.portaudio_source")
    except OSError as error:
        raise MachineFailure(Code.NO_SOUND_SYSTEM, detail=str(error)) from error
