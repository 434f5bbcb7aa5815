"""The window's end of a recorder process: start one, find one that still runs, ask it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

from evidencedesk.capture.children import child_command
from evidencedesk.capture.control import (
    CONTROL_FILE,
    PLAN_FILE,
    decode_status,
    status_request,
    stop_request,
)
from evidencedesk.capture.process import write_plan
from evidencedesk.capture.recovery import LOCK_FILE, sealed_sound
from evidencedesk.domain.errors import Code, Known, MachineFailure, Unreadable, WrongUse
from evidencedesk.domain.pulse import RecorderState, RecorderStatus, RecordingPlan, StopReason
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import is_held

START_S = 10.0
_ANSWER_S = 0.15
_SILENT_S = 3.0
_LOOK_S = 0.01
_WRONG_USE = frozenset({Code.UNKNOWN_SOURCE})
_UNREADABLE = frozenset({Code.SOUND_FILE_UNREADABLE})


@dataclass(frozen=True, slots=True)
class RunningCapture:
    """A recorder process that is alive, and how to reach it."""

    plan: RecordingPlan
    pid: int
    address: str
    key: bytes


class RemoteRecorder:
    """Speaks to a recorder process without ever making the window wait noticeably.

    ``status`` waits at most 0.15 s, and not at all while an answer is overdue.
    """

    def __init__(self, running: RunningCapture) -> None:
        self._running = running
        self._folder = Path(running.plan.folder)
        self._connection: Connection | None = None
        self._asked_s: float | None = None
        self._last = RecorderStatus(RecorderState.RECORDING)

    def start(self) -> None:
        """It runs already: make the first contact."""
        self.status()

    def status(self, columns_from: int = 0) -> RecorderStatus:
        """Ask how it stands; says ``answering=False`` when there is no answer for 3 s."""
        if self._last.state in (RecorderState.STOPPED, RecorderState.FAILED):
            return self._last
        try:
            self._exchange(columns_from)
        except (OSError, EOFError, AuthenticationError):
            self._drop()
            self._look_without_asking()
        return self._last

    def request_stop(self, reason: StopReason) -> None:
        """Ask for a normal end, over a connection of its own so that no answer can be in the way."""
        with contextlib.suppress(OSError, EOFError, AuthenticationError), self._connect() as connection:
            connection.send_bytes(stop_request(reason))
            if connection.poll(1.0):
                connection.recv_bytes()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end; True when it has come."""
        deadline = time.monotonic() + timeout_s
        while self.status().state not in (RecorderState.STOPPED, RecorderState.FAILED):
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        return True

    def kill(self) -> None:
        """End a frozen process at once; what is on disk stays for recovery."""
        if is_held(self._folder / LOCK_FILE):
            kill = getattr(signal, "SIGKILL", signal.SIGTERM)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._running.pid, kill)

    def _exchange(self, columns_from: int) -> None:
        if self._connection is None:
            self._connection = self._connect()
        wait_s = 0.0
        if self._asked_s is None:
            self._connection.send_bytes(status_request(columns_from))
            self._asked_s = time.monotonic()
            wait_s = _ANSWER_S
        if self._connection.poll(wait_s):
            self._last = decode_status(self._connection.recv_bytes())
            self._asked_s = None
        elif time.monotonic() - self._asked_s > _SILENT_S:
            self._last = replace(self._last, columns=(), answering=False)

    def _connect(self) -> Connection:
        family = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
        return Client(self._running.address, family=family, authkey=self._running.key)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._asked_s = None

    def _look_without_asking(self) -> None:
        """The process can't be reached: ended properly, ended badly, or only the line is cut."""
        if is_held(self._folder / LOCK_FILE):
            self._last = replace(self._last, columns=(), answering=False)
            return
        sealed = sealed_sound(self._folder)
        if sealed is not None:
            self._last = replace(
                self._last,
                state=RecorderState.STOPPED,
                samples=sealed.samples,
                saved_samples=sealed.samples,
                sealed=sealed,
                columns=(),
            )
        else:
            self._last = replace(
                self._last, state=RecorderState.FAILED, error=Code.CAPTURE_LOST.value, columns=()
            )


def launch(plan: RecordingPlan) -> RemoteRecorder:
    """Start a recorder process and wait until it records.

    Raises what kept it from recording, or CAPTURE_DID_NOT_START.
    """
    folder = Path(plan.folder)
    try:
        write_plan(plan)
        process = _start_apart(child_command("capture", str(folder)))
    except OSError as error:
        raise disk_failure(error, folder) from error
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        contact = _contact(folder)
        if contact is not None:
            return attach(_running(plan, contact))
        if process.poll() is not None:
            contact = _contact(folder)
            if contact is not None:
                return attach(_running(plan, contact))
            break
        time.sleep(_LOOK_S)
    if process.poll() is None:
        process.kill()
    raise MachineFailure(Code.CAPTURE_DID_NOT_START, detail=f"exit {process.poll()}")


def attach(running: RunningCapture) -> RemoteRecorder:
    """Speak to a recorder process that runs already."""
    recorder = RemoteRecorder(running)
    recorder.start()
    return recorder


def running_captures(library: Path) -> tuple[RunningCapture, ...]:
    """All living recorder processes of a library, those without a window among them."""
    found = []
    for control in sorted((library / "cases").glob(f"*/recordings/*/{CONTROL_FILE}")):
        folder = control.parent
        if not is_held(folder / LOCK_FILE):
            continue
        try:
            plan = RecordingPlan(**json.loads((folder / PLAN_FILE).read_bytes()))
            contact = _contact(folder)
        except (OSError, ValueError, TypeError):
            continue
        except Known:  # it is just saying why it can't record
            continue
        if contact is not None:
            found.append(_running(replace(plan, folder=str(folder)), contact))
    return tuple(found)


def _running(plan: RecordingPlan, contact: dict[str, Any]) -> RunningCapture:
    return RunningCapture(plan, int(contact["pid"]), str(contact["address"]), bytes.fromhex(contact["key"]))


def _contact(folder: Path) -> dict[str, Any] | None:
    """What the process wrote about itself; raises the error it wrote."""
    try:
        contact: dict[str, Any] = json.loads((folder / CONTROL_FILE).read_bytes())
    except (OSError, ValueError):
        return None
    if "error" in contact:
        code = Code(contact["error"])
        kind = WrongUse if code in _WRONG_USE else Unreadable if code in _UNREADABLE else MachineFailure
        raise kind(code, **contact["facts"])
    return contact


def _start_apart(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process that does not end with this one, its terminal or its session."""
    flags = 0
    if sys.platform == "win32":  # untested here; by the documentation of CreateProcess
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
    # Collects the exit code, so that no dead process is left in the system's table.
    threading.Thread(target=process.wait, name="capture-reaper", daemon=True).start()
    return process
