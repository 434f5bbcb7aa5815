"""The recorder process: records one folder and outlives the window that started it.

``python -m evidencedesk.capture.process FOLDER`` reads FOLDER/plan.json, holds FOLDER/capture.lock while it
records and says in FOLDER/capture.json where it can be reached. SIGTERM, SIGINT and SIGHUP are a normal stop.
"""

from __future__ import annotations

import dataclasses
import json
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from types import FrameType

from evidencedesk.capture.control import CONTROL_FILE, LOCK_FILE, PLAN_FILE, encode_status
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.simulated_faults import local_recorder
from evidencedesk.capture.source import AudioSource
from evidencedesk.domain.errors import Known
from evidencedesk.domain.pulse import RecorderState, RecorderStatus, RecordingPlan, StopReason
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.durable import disk_failure, write_atomic
from evidencedesk.system.local_address import new_address
from evidencedesk.system.lock import FolderLock

_LINGER_S = 10.0
_LOOK_S = 0.2
_LOCK_PATIENCE_S = 2.0
_WAITING_CLIENTS = 16
_REQUEST_BYTES = 1 << 16
_EXIT_FAILED = 3
_ENDED = (RecorderState.STOPPED, RecorderState.FAILED)


class RecorderServer:
    """Answers clients until the process ends; nothing a client does can reach the recording."""

    def __init__(self, recorder: LocalRecorder) -> None:
        self._recorder = recorder
        self._key = secrets.token_bytes(32)
        # Without a key here: the listener would ask for it in ``accept``, where a client that
        # freezes or lies would keep all others out.
        self._listener = Listener(new_address(), backlog=_WAITING_CLIENTS)
        self.end_told = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="capture-control", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def contact(self) -> dict[str, object]:
        """What a client needs to reach this process; only the user may read it."""
        return {"pid": os.getpid(), "address": str(self._listener.address), "key": self._key.hex()}

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except OSError:  # a client that left at once, or no descriptor free at the moment
                time.sleep(_LOOK_S)
                continue
            threading.Thread(
                target=self._serve, args=(connection,), name="capture-client", daemon=True
            ).start()

    def _serve(self, connection: Connection) -> None:
        with connection:
            try:
                deliver_challenge(connection, self._key)
                answer_challenge(connection, self._key)
                while True:
                    request = json.loads(connection.recv_bytes(_REQUEST_BYTES))
                    status = self._obey(request)
                    connection.send_bytes(encode_status(status, _index(request, "warnings_from")))
                    if status.state in _ENDED:
                        self.end_told.set()
            except (OSError, EOFError, AuthenticationError, ValueError, KeyError, TypeError):
                return

    def _obey(self, request: dict[str, object]) -> RecorderStatus:
        if request["do"] == "stop":
            self._recorder.request_stop(StopReason(str(request["reason"])))
        return self._recorder.status(_index(request, "columns_from"))


def _index(request: dict[str, object], name: str) -> int:
    return max(0, int(str(request.get(name, 0))))


class _Signals:
    """Remembers that the system asked for an end; a handler must not do more than that."""

    def __init__(self) -> None:
        self.came = False
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.came = True


def main(arguments: Sequence[str]) -> int:
    """Record into the folder named by the first argument."""
    return record(Path(arguments[0]))


def record(folder: Path, source: AudioSource | None = None, earlier_ms: int = 0) -> int:
    """Record until told to stop, the source ends, or a signal comes; the result is an exit code.

    ``source`` is one that is open already and has kept ``earlier_ms`` of sound.
    """
    signals = _Signals()
    plan = RecordingPlan(**json.loads((folder / PLAN_FILE).read_bytes()))
    plan = dataclasses.replace(plan, earlier_ms=earlier_ms)
    lock = FolderLock(folder / LOCK_FILE)
    if not _acquire(lock):
        return _EXIT_FAILED
    recorder = local_recorder(plan, SystemClock(), source, lock)
    control = folder / CONTROL_FILE
    try:
        server = _serve(recorder, folder)
        recorder.start()
    except Known as error:
        facts = {key: str(value) for key, value in error.facts.items()}
        write_atomic(control, json.dumps({"error": error.code.value, "facts": facts}).encode())
        return _EXIT_FAILED
    try:
        write_atomic(control, json.dumps(server.contact()).encode())
    except OSError:
        # Nobody could find this recorder or end it: then it must not go on listening.
        recorder.request_stop(StopReason.DISK)
    while not recorder.wait(_LOOK_S):
        if signals.came:
            recorder.request_stop(StopReason.SIGNAL)
    server.end_told.wait(_LINGER_S)
    control.unlink(missing_ok=True)
    return 0 if recorder.status().state is RecorderState.STOPPED else _EXIT_FAILED


def write_plan(plan: RecordingPlan) -> None:
    """Leave the plan where the process looks for it. Raises OSError."""
    content = json.dumps(dataclasses.asdict(plan), ensure_ascii=False).encode()
    write_atomic(Path(plan.folder) / PLAN_FILE, content)


def _acquire(lock: FolderLock) -> bool:
    """Take the lock; somebody may be holding it for a moment, just to see whether it is free."""
    deadline = time.monotonic() + _LOCK_PATIENCE_S
    while not lock.acquire():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _serve(recorder: LocalRecorder, folder: Path) -> RecorderServer:
    try:
        server = RecorderServer(recorder)
    except OSError as error:
        raise disk_failure(error, folder) from error
    server.start()
    return server


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
