"""What a real sound server does to a real stream is told at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencedesk.capture.server_watch import STREAM_PROPERTY, ServerNews, ServerNewsKind, ServerWatch
from evidencedesk.capture.sound_server import server_sources, source_state, what_you_hear
from fakes.recordings import until
from fakes.sound_server import PrivateSoundServer

pytestmark = pytest.mark.skipif(
    not all(shutil.which(program) for program in ("pulseaudio", "pactl")),
    reason="PulseAudio is not installed",
)
AT_ONCE_S = 1.0
# A stream as the recorder opens it, in a process of its own: PortAudio's list is made once a process.
STREAMS = """
    import sys
    from evidencedesk.capture.devices import open_source
    sources = [open_source(name) for name in sys.argv[1:]]
    for source in sources:
        source.start(lambda block: None, lambda reason: None)
    print(*(source.facts.stream for source in sources), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer(tmp_path) as started:
        for name, value in started.env.items():
            monkeypatch.setenv(name, value)
        yield started


class Streams:
    """Real streams from these sources, by their tokens."""

    def __init__(self, *sources: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(STREAMS), *sources],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        self.tokens = self._process.stdout.readline().decode().split()

    def end(self) -> None:
        with self._process:
            self._process.kill()


class Listener:
    """A watch and everything it told."""

    def __init__(self, stream: str, source: str) -> None:
        self.news: list[ServerNews] = []
        self.watch = ServerWatch(stream, source, self.news.append)
        self.watch.start()
        time.sleep(0.3)  # until it listens

    def hears_at_once(self, kind: ServerNewsKind) -> ServerNews:
        began = time.monotonic()
        until(lambda: kind in [one.kind for one in self.news], f"{kind} is told")
        assert time.monotonic() - began < AT_ONCE_S
        return next(one for one in self.news if one.kind is kind)


@pytest.fixture
def streams(server: PrivateSoundServer) -> Iterator[Streams]:
    opened = Streams("mic", "spk.monitor")
    yield opened
    opened.end()


@pytest.fixture
def listener(streams: Streams) -> Iterator[Listener]:
    started = Listener(streams.tokens[0], "mic")
    yield started
    started.watch.stop()


def outputs(server: PrivateSoundServer) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(server.ask("-f", "json", "list", "source-outputs").stdout)
    return listed


def unplug_the_microphone(server: PrivateSoundServer) -> None:
    listed = server.ask("list", "short", "modules").stdout.decode()
    (number,) = [line.split()[0] for line in listed.splitlines() if "source_name=mic " in line]
    assert server.ask("unload-module", number).returncode == 0


def plug_the_microphone_in(server: PrivateSoundServer) -> None:
    words = ("source_name=mic", "master=micbus.monitor", "source_properties=device.description=USB")
    assert server.ask("load-module", "module-remap-source", *words).returncode == 0


def has_ended(pid: int) -> bool:
    """Whether a process has gone, or only waits to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def children(pid: int) -> list[int]:
    """Processes of a process, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text("utf-8").split()):
            found += [child, *children(child)]
    return found


def test_two_streams_of_one_process_are_told_apart_by_the_server(
    server: PrivateSoundServer, streams: Streams
) -> None:
    known = {one["properties"].get(STREAM_PROPERTY): one["source"] for one in outputs(server)}
    assert set(streams.tokens) <= set(known)
    assert len({known[token] for token in streams.tokens}) == 2


def test_a_stream_that_is_left_alone_is_no_news(listener: Listener) -> None:
    time.sleep(1.5)
    assert listener.news == []


def test_a_microphone_that_is_pulled_out_is_told_with_the_place_the_stream_went_to(
    server: PrivateSoundServer, listener: Listener
) -> None:
    unplug_the_microphone(server)
    moved = listener.hears_at_once(ServerNewsKind.MOVED)
    assert moved.source in ("spk.monitor", "micbus.monitor")
    assert moved.label.startswith("Monitor of ")
    gone = listener.hears_at_once(ServerNewsKind.SOURCE_GONE)
    assert (gone.source, gone.label) == ("mic", "USB_Microphone")


def test_a_microphone_that_is_plugged_in_again_is_told(
    server: PrivateSoundServer, listener: Listener
) -> None:
    unplug_the_microphone(server)
    listener.hears_at_once(ServerNewsKind.SOURCE_GONE)
    plug_the_microphone_in(server)
    assert listener.hears_at_once(ServerNewsKind.SOURCE_BACK) == ServerNews(
        ServerNewsKind.SOURCE_BACK, "mic", "USB"
    )


def test_muting_and_unmuting_are_told(server: PrivateSoundServer, listener: Listener) -> None:
    server.ask("set-source-mute", "mic", "1")
    assert listener.hears_at_once(ServerNewsKind.MUTED).source == "mic"
    server.ask("set-source-mute", "mic", "0")
    listener.hears_at_once(ServerNewsKind.UNMUTED)


def test_a_stream_muted_in_the_mixer_is_told(
    server: PrivateSoundServer, streams: Streams, listener: Listener
) -> None:
    (ours,) = [o for o in outputs(server) if o["properties"].get(STREAM_PROPERTY) == streams.tokens[0]]
    server.ask("set-source-output-mute", str(ours["index"]), "1")
    listener.hears_at_once(ServerNewsKind.MUTED)


def test_a_microphone_that_was_muted_before_is_told(server: PrivateSoundServer, streams: Streams) -> None:
    server.ask("set-source-mute", "mic", "1")
    late = Listener(streams.tokens[0], "mic")
    try:
        late.hears_at_once(ServerNewsKind.MUTED)
    finally:
        late.watch.stop()


def test_what_happens_to_another_source_is_no_news(server: PrivateSoundServer, listener: Listener) -> None:
    server.ask("set-source-mute", "spk.monitor", "1")
    server.ask("suspend-source", "spk.monitor", "1")
    time.sleep(0.5)
    assert listener.news == []


def test_suspending_and_resuming_are_told(server: PrivateSoundServer, listener: Listener) -> None:
    server.ask("suspend-source", "mic", "1")
    listener.hears_at_once(ServerNewsKind.SUSPENDED)
    server.ask("suspend-source", "mic", "0")
    listener.hears_at_once(ServerNewsKind.RESUMED)


def test_a_server_that_dies_is_told_once_and_its_source_when_it_is_back(
    server: PrivateSoundServer, listener: Listener
) -> None:
    os.kill(server.pid, signal.SIGKILL)
    listener.hears_at_once(ServerNewsKind.SERVER_GONE)
    time.sleep(2.5)
    assert [one.kind for one in listener.news] == [ServerNewsKind.SERVER_GONE]
    server.stop()
    server._run.mkdir()
    server.start()
    until(lambda: listener.news[-1].kind is ServerNewsKind.SOURCE_BACK, "the source is back")


def test_stopping_does_not_wait_for_a_frozen_server(server: PrivateSoundServer, listener: Listener) -> None:
    shell = listener.watch._listener
    assert shell is not None
    processes = [shell.pid, *children(shell.pid)]
    os.kill(server.pid, signal.SIGSTOP)
    time.sleep(0.1)
    began = time.monotonic()
    listener.watch.stop()
    assert time.monotonic() - began < AT_ONCE_S
    until(lambda: all(has_ended(pid) for pid in processes), "its processes have ended")
    assert not listener.watch._thread.is_alive()


def test_a_frozen_server_is_not_asked_for_ever(server: PrivateSoundServer, streams: Streams) -> None:
    os.kill(server.pid, signal.SIGSTOP)
    news: list[ServerNews] = []
    watch = ServerWatch(streams.tokens[0], "mic", news.append)
    watch.start()
    time.sleep(0.5)  # its first question waits
    began = time.monotonic()
    watch.stop()
    assert time.monotonic() - began < AT_ONCE_S
    until(lambda: not watch._thread.is_alive(), "the watch has ended")
    assert news == []


def test_a_process_that_is_killed_leaves_no_listener_behind(server: PrivateSoundServer) -> None:
    script = """
        import time
        from evidencedesk.capture.server_watch import ServerWatch
        ServerWatch("token", "mic", print).start()
        time.sleep(600)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)]) as watcher:
        until(lambda: len(children(watcher.pid)) >= 2, "it listens")
        time.sleep(0.5)
        left = children(watcher.pid)
        watcher.kill()
    until(lambda: all(has_ended(pid) for pid in left), "its processes have ended")


def test_a_real_servers_words_are_understood(server: PrivateSoundServer) -> None:
    server.ask("set-source-mute", "mic", "1")
    server.ask("set-source-volume", "mic", "37%")
    state = source_state("mic")
    assert state is not None
    assert (state.muted, state.volume_percent) == (True, 37)
    heard = what_you_hear()
    assert heard is not None
    assert (heard.name, heard.channels, heard.is_monitor) == ("spk.monitor", 2, True)


def test_a_microphone_with_a_chinese_name_is_shown_with_it(server: PrivateSoundServer) -> None:
    described = "source_properties='device.description=\"内置麦克风\"'"
    server.ask("load-module", "module-remap-source", "source_name=two", "master=micbus.monitor", described)
    labels = {source.name: source.label for source in server_sources() or ()}
    assert labels["two"] == "内置麦克风"
