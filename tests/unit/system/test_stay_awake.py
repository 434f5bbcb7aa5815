"""The computer is asked to stay awake: it promises, it refuses, or it does not answer at all."""

from __future__ import annotations

import gc
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from evidencedesk.system.stay_awake import StayAwake

_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_SUSPEND = 4  # of org.gnome.SessionManager's flags
_COOKIE = 77
_PATIENCE_S = 10.0

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no D-Bus here")
# wakepy leaves its connection to a bus that promised nothing to the interpreter to close.
leaves_connection = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def run_folder() -> Iterator[Path]:
    """A UNIX socket's path must stay short, and pytest's folders are long."""
    folder = Path(tempfile.mkdtemp(prefix="ed-bus-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def bus(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of the test's own, on which nobody offers anything."""
    address = f"unix:path={run_folder / 'bus'}"
    settings = run_folder / "bus.conf"
    settings.write_text(_BUS.format(socket=run_folder / "bus"), encoding="utf-8")
    command = ["dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        try:
            assert daemon.stdout is not None
            assert daemon.stdout.readline()
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            yield address
        finally:
            daemon.terminate()


class SessionManager:
    """Answers on the bus as a desktop's session manager does; a mute one takes calls and says nothing."""

    def __init__(self, address: str, *, mute: bool = False) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._jeepney = pytest.importorskip("jeepney")
        blocking = pytest.importorskip("jeepney.io.blocking")
        self._connection = blocking.open_dbus_connection(bus=address)
        self._mute = mute
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="session-manager", daemon=True)

    def __enter__(self) -> Self:
        request = self._jeepney.message_bus.RequestName("org.gnome.SessionManager")
        assert self._connection.send_and_get_reply(request, timeout=_PATIENCE_S).body == (1,)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            fields = message.header.fields
            member = fields.get(self._jeepney.HeaderFields.member)
            if message.header.message_type is not self._jeepney.MessageType.method_call:
                continue
            self.calls.append((member, message.body))
            if self._mute:
                continue
            answer = ("u", (_COOKIE,)) if member == "Inhibit" else ()
            self._connection.send(self._jeepney.new_method_return(message, *answer))

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


def until_over(awake: StayAwake) -> None:
    """Wait for the asking to end, so that the next test begins without it."""
    awake.stop()
    assert awake._thread is not None
    awake._thread.join(_PATIENCE_S)
    assert not awake._thread.is_alive()
    gc.collect()  # its connection ends here, in the test that knows of it


@needs_bus
def test_a_desktop_that_promises_is_believed_and_let_go_at_stop(bus: str) -> None:
    awake = StayAwake()
    with SessionManager(bus) as manager:
        assert awake.start()
        assert manager.names() == ["Inhibit"]
        assert manager.calls[0][1][3] == _SUSPEND
        until_over(awake)
        assert manager.calls[1:] == [("Uninhibit", (_COOKIE,))]


@needs_bus
def test_the_promise_holds_until_stop(bus: str) -> None:
    awake = StayAwake()
    with SessionManager(bus) as manager:
        assert awake.start()
        time.sleep(0.5)  # nothing is to happen, so there is nothing to wait for
        assert manager.names() == ["Inhibit"]
        until_over(awake)


@needs_bus
@leaves_connection
def test_a_bus_without_a_session_manager_promises_nothing(bus: str) -> None:
    awake = StayAwake()
    assert not awake.start()
    until_over(awake)


@needs_bus
@leaves_connection
def test_a_session_manager_that_never_answers_costs_two_seconds_at_most(bus: str) -> None:
    awake = StayAwake()
    with SessionManager(bus, mute=True):
        began = time.monotonic()
        assert not awake.start()
        assert time.monotonic() - began < 2.5
        until_over(awake)


@needs_bus
def test_a_session_manager_that_is_gone_at_stop_is_no_error(bus: str) -> None:
    awake = StayAwake()
    with SessionManager(bus):
        assert awake.start()
    until_over(awake)


def test_without_a_session_bus_the_answer_is_no_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    awake = StayAwake()
    began = time.monotonic()
    assert not awake.start()
    assert time.monotonic() - began < 1
    until_over(awake)


@leaves_connection
def test_a_session_bus_that_hangs_costs_two_seconds_at_most(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(run_folder / "bus"))
        silent.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={run_folder / 'bus'}")
        awake = StayAwake()
        began = time.monotonic()
        assert not awake.start()
        assert time.monotonic() - began < 2.5
        until_over(awake)


def test_a_wish_that_is_over_is_not_made_again() -> None:
    awake = StayAwake()
    awake.stop()
    awake.stop()
    assert not awake.start()
