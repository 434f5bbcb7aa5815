"""Notice what the sound server does to one of our streams and PortAudio never tells (Linux).

When a source goes away PulseAudio moves its streams to another source without a word: the recording
would go on with the sound of a device that nobody chose. ``pactl subscribe`` says at once that something
changed, and only then the server is asked; while nothing happens this costs nothing.
"""

from __future__ import annotations

import math
import os
import select
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from evidencedesk.capture.sound_server import ServerQuestions

# Set as PULSE_PROP before a stream is opened; the server shows it among the stream's properties.
STREAM_PROPERTY = "evidencedesk.stream"
# One act of the server makes several events within a few milliseconds.
_SETTLE_S = 0.05
# Somebody who drags a volume slider makes events without end.
_APART_S = 0.25
_TRY_AGAIN_S = 1.0
_END_S = 0.5
_READ_BYTES = 65_536
_ABOUT = (b" on source-output #", b" on source #", b" on server")
# When this process dies by whatever cause its end of the shell's stdin closes, and the shell ends pactl;
# pactl alone would listen for ever, since it ignores that nobody reads what it writes.
_LISTEN = "pactl subscribe & exec >&-; read -r end; kill -9 $!"


class ServerNewsKind(StrEnum):
    """What can happen to a stream, to the source it was opened on, and to the server."""

    MOVED = "moved"
    MUTED = "muted"
    UNMUTED = "unmuted"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    SOURCE_GONE = "source-gone"
    SOURCE_BACK = "source-back"
    SERVER_GONE = "server-gone"
    OUTPUT_CHANGED = "output-changed"


@dataclass(frozen=True, slots=True)
class ServerNews:
    """One thing that happened.

    ``source`` is where the stream takes its sound from now; for SOURCE_GONE, SOURCE_BACK and SERVER_GONE
    the source it was opened on; for OUTPUT_CHANGED the one that carries what the computer plays now.
    ``label`` is that source's name for people, empty when it was never seen.
    """

    kind: ServerNewsKind
    source: str = ""
    label: str = ""


OnNews = Callable[[ServerNews], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stream, and the source it was opened on, stand according to the server.

    ``output`` is the source that carries what the default loudspeaker plays: empty while it is not known,
    None for a stream to which it does not matter.
    """

    opened_on: str
    listed: bool = True
    label: str = ""
    place: str = ""
    place_label: str = ""
    muted: bool = False
    suspended: bool = False
    output: str | None = None
    output_label: str = ""

    def after(
        self, stream: str, outputs: Sequence[Any], sources: Sequence[Any], output: str | None = None
    ) -> Standing:
        """The same with what the server says now; ``stream`` is our stream's token.

        A stream that the server does not know stays where it was last seen, and so does the output while
        there is none.
        """
        named = {str(source.get("name")): source for source in sources}
        wanted = named.get(self.opened_on)
        now = replace(self, listed=wanted is not None, label=self.label if wanted is None else _label(wanted))
        if output in named:
            now = replace(now, output=output, output_label=_label(named[output]))
        ours = next((one for one in outputs if _token(one) == stream), None)
        if ours is None:
            return now
        place = next((one for one in sources if one.get("index") == ours.get("source")), None)
        if place is None:  # it changed between the two questions: an event follows
            return now
        return replace(
            now,
            place=str(place.get("name", "")),
            place_label=_label(place),
            muted=bool(place.get("mute")) or bool(ours.get("mute")),
            suspended=place.get("state") == "SUSPENDED",
        )

    def news_since(self, before: Standing) -> list[ServerNews]:
        """What happened between ``before`` and this, the gravest first."""
        kinds = []
        if self.place != before.place:
            kinds.append(ServerNewsKind.MOVED)
        if self.muted != before.muted:
            kinds.append(ServerNewsKind.MUTED if self.muted else ServerNewsKind.UNMUTED)
        if self.suspended != before.suspended:
            kinds.append(ServerNewsKind.SUSPENDED if self.suspended else ServerNewsKind.RESUMED)
        news = [ServerNews(kind, self.place, self.place_label) for kind in kinds]
        if before.output and self.output != before.output:
            news.append(ServerNews(ServerNewsKind.OUTPUT_CHANGED, self.output or "", self.output_label))
        if self.listed != before.listed:
            kind = ServerNewsKind.SOURCE_BACK if self.listed else ServerNewsKind.SOURCE_GONE
            news.append(ServerNews(kind, self.opened_on, self.label))
        return news


class ServerWatch:
    """Follows the stream that carries ``stream`` as its property and was opened on ``source``.

    ``on_news`` runs on a thread of the watch and must return at once. What is not as it should be from
    the start, a muted source for one, is news too. ``output`` as in ``Standing``, as far as it is known.
    """

    def __init__(self, stream: str, source: str, on_news: OnNews, output: str | None = None) -> None:
        self._stream = stream
        self._standing = Standing(source, place=source, output=output)
        self._on_news = on_news
        self._server_here = True
        self._questions = ServerQuestions()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._listener: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="server-watch", daemon=True)

    def start(self) -> None:
        """Begin; returns at once. Without ``pactl`` there is nothing to watch."""
        if shutil.which("pactl") is not None:
            self._thread.start()

    def stop(self) -> None:
        """End; waits no longer than a moment, also when the server is frozen."""
        with self._lock:
            self._over.set()
            if self._listener is not None and self._listener.stdin is not None:
                self._listener.stdin.close()
        self._questions.break_off()
        if self._thread.is_alive():
            self._thread.join(_END_S)

    def _run(self) -> None:
        while (listener := self._listen()) is not None:
            with listener:
                self._follow(listener)
            if self._server_here:
                self._server_here = False
                # A server that comes back without the source has no further news about it.
                self._standing = replace(self._standing, listed=False)
                lost = self._standing
                self._tell([ServerNews(ServerNewsKind.SERVER_GONE, lost.opened_on, lost.label)])
            self._over.wait(_TRY_AGAIN_S)

    def _listen(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._over.is_set():
                return None
            try:
                self._listener = subprocess.Popen(
                    ["sh", "-c", _LISTEN],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "LC_ALL": "C"},
                )
            except OSError:  # no process can be started now
                return None
            return self._listener

    def _follow(self, listener: subprocess.Popen[bytes]) -> None:
        """Look whenever an event is about us, until there are no more events."""
        if listener.stdout is None:
            return
        events = listener.stdout.fileno()
        waiting = select.poll()
        waiting.register(events, select.POLLIN)
        due_s, looked_s, rest = time.monotonic(), 0.0, b""
        while True:
            wait_ms = None if due_s == math.inf else max(0.0, due_s - time.monotonic()) * 1000
            if waiting.poll(wait_ms):
                read = os.read(events, _READ_BYTES)
                if not read:
                    return
                *lines, rest = (rest + read).split(b"\n")
                if any(about in line for about in _ABOUT for line in lines):
                    due_s = min(due_s, max(time.monotonic() + _SETTLE_S, looked_s + _APART_S))
            else:
                first = looked_s == 0.0
                answered = self._look()
                looked_s = time.monotonic()
                # The first look may have come before the server let us listen.
                due_s = math.inf if answered and not first else looked_s + _TRY_AGAIN_S

    def _look(self) -> bool:
        """Ask, and tell what is new; False when the server gave no answer."""
        outputs, sources = self._questions.ask("list", "source-outputs"), self._questions.sources()
        if not isinstance(outputs, list) or sources is None:
            return False
        self._server_here = True
        before = self._standing
        # Asked last: one that has come since then is not among the sources yet, and an event follows.
        output = None if before.output is None else self._questions.default_monitor()
        self._standing = before.after(self._stream, outputs, sources, output)
        self._tell(self._standing.news_since(before))
        return True

    def _tell(self, news: Sequence[ServerNews]) -> None:
        for one in news:
            if not self._over.is_set():
                self._on_news(one)


def _token(output: Mapping[str, Any]) -> str:
    properties = output.get("properties")
    return str(properties.get(STREAM_PROPERTY, "")) if isinstance(properties, Mapping) else ""


def _label(source: Mapping[str, Any]) -> str:
    return str(source.get("description") or source.get("name", ""))
