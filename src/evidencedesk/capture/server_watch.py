"""Notice what the sound server does to one of our streams and PortAudio never tells (Linux).

When a source goes away PulseAudio moves its streams to another source without a word: the recording
would go on with the sound of a device that nobody chose. ``pactl subscribe`` says at once that something
changed, and only then the server is asked; while nothing happens this costs nothing.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidencedesk.capture.sound_server import ask_server

# Set as PULSE_PROP before a stream is opened; the server shows it among the stream's properties.
STREAM_PROPERTY = "evidencedesk.stream"
_SETTLE_S = 0.05
_TRY_AGAIN_S = 1.0
_END_S = 0.5
_ABOUT = (b"on source-output #", b"on source #", b"on server")


class ServerNewsKind(StrEnum):
    """What can happen to a stream."""

    MOVED = "moved"
    MUTED = "muted"
    UNMUTED = "unmuted"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    SERVER_GONE = "server-gone"


@dataclass(frozen=True, slots=True)
class ServerNews:
    """One thing that happened; ``source`` is where the stream takes its sound from now."""

    kind: ServerNewsKind
    source: str = ""


OnNews = Callable[[ServerNews], None]


class ServerWatch:
    """Follows the stream that carries ``stream`` as its property and was opened on ``source``."""

    def __init__(self, stream: str, source: str, on_news: OnNews) -> None:
        self._stream = stream
        self._source = source
        self._on_news = on_news
        self._muted = False
        self._suspended = False
        self._over = threading.Event()
        self._changed = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="server-watch", daemon=True)

    def start(self) -> None:
        """Begin; returns at once. Without ``pactl`` there is nothing to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits no longer than a moment, also when the server is frozen."""
        self._over.set()
        self._changed.set()
        self._end_child()
        if self._thread.is_alive():
            self._thread.join(_END_S)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                child = subprocess.Popen(
                    ["pactl", "subscribe"],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "LC_ALL": "C"},
                )
            except OSError:
                return
            with self._lock:
                self._child = child
            reader = threading.Thread(target=self._read, args=(child,), name="server-events", daemon=True)
            reader.start()
            self._changed.set()  # whatever happened before we listened
            self._follow(child)
            self._end_child()
            if self._over.is_set():
                return
            self._on_news(ServerNews(ServerNewsKind.SERVER_GONE))
            self._over.wait(_TRY_AGAIN_S)

    def _follow(self, child: subprocess.Popen[bytes]) -> None:
        while not self._over.is_set():
            self._changed.wait()
            # One act of the server makes several events.
            if self._over.wait(_SETTLE_S):
                return
            self._changed.clear()
            if child.poll() is not None:
                return
            self._look()

    def _read(self, child: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):  # closed by ``stop``
            for line in child.stdout or ():
                if any(about in line for about in _ABOUT):
                    self._changed.set()
        child.wait()
        self._changed.set()

    def _look(self) -> None:
        outputs, sources = ask_server("list", "source-outputs"), ask_server("list", "sources")
        if not isinstance(outputs, list) or not isinstance(sources, list):
            return
        ours = next((one for one in outputs if _property(one, STREAM_PROPERTY) == self._stream), None)
        if ours is None:
            return
        place = next((one for one in sources if one.get("index") == ours.get("source")), None)
        if place is None:
            return
        name = str(place.get("name", ""))
        if name != self._source:
            self._source = name
            self._on_news(ServerNews(ServerNewsKind.MOVED, name))
        muted, suspended = bool(place.get("mute")), place.get("state") == "SUSPENDED"
        if muted != self._muted:
            self._muted = muted
            kind = ServerNewsKind.MUTED if muted else ServerNewsKind.UNMUTED
            self._on_news(ServerNews(kind, name))
        if suspended != self._suspended:
            self._suspended = suspended
            kind = ServerNewsKind.SUSPENDED if suspended else ServerNewsKind.RESUMED
            self._on_news(ServerNews(kind, name))

    def _end_child(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()


def _property(thing: Mapping[str, Any], name: str) -> str:
    properties = thing.get("properties")
    return str(properties.get(name, "")) if isinstance(properties, Mapping) else ""
