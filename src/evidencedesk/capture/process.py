"""The recorder process: records one folder and outlives the window that started it.

``python -m evidencedesk.capture.process FOLDER`` reads FOLDER/plan.json, holds FOLDER/capture.lock while it
lives and says in FOLDER/capture.json where it can be reached. SIGTERM, SIGINT and SIGHUP are a normal stop.
"""

from __future__ import annotations

import dataclasses
import json
import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from types import FrameType

from evidencedesk.capture.control import CONTROL_FILE, PLAN_FILE, encode_status
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.recovery import LOCK_FILE
from evidencedesk.domain.errors import Known
from evidencedesk.domain.pulse import RecorderState, RecordingPlan, StopReason
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.durable import write_atomic
from evidencedesk.system.lock import FolderLock
from evidencedesk.system.places import runtime_dir

_LINGER_S = 10.0
_ADDRESS_LIMIT = 100  # a UNIX socket's path may have 108 bytes
_EXIT_FAILED = 3


class RecorderServer:
    """Answers clients until the process ends; nothing a client does can reach the recording."""

    def __init__(self, recorder: LocalRecorder) -> None:
        self._recorder = recorder
        self._key = secrets.token_bytes(32)
        self._listener = Listener(_address(), authkey=self._key)
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
            except (OSError, EOFError):  # a client without the key, or gone before it said it
                continue
            threading.Thread(
                target=self._serve, args=(connection,), name="capture-client", daemon=True
            ).start()

    def _serve(self, connection: Connection) -> None:
        with connection:
            while True:
                try:
                    request = json.loads(connection.recv_bytes(1 << 16))
                    connection.send_bytes(self._answer(request))
                except (OSError, EOFError, ValueError, KeyError, TypeError):
                    return

    def _answer(self, request: dict[str, object]) -> bytes:
        if request["do"] == "stop":
            self._recorder.request_stop(StopReason(str(request["reason"])))
        status = self._recorder.status(int(str(request.get("columns_from", 0))))
        if status.state in (RecorderState.STOPPED, RecorderState.FAILED):
            self.end_told.set()
        return encode_status(status)


def main(arguments: Sequence[str]) -> int:
    """Record until told to stop, the source ends, or a signal comes."""
    folder = Path(arguments[0])
    plan = RecordingPlan(**json.loads((folder / PLAN_FILE).read_bytes()))
    lock = FolderLock(folder / LOCK_FILE)
    if not lock.acquire():
        return _EXIT_FAILED
    recorder = LocalRecorder(plan, SystemClock(), lock=lock)
    _stop_on_signals(recorder)
    control = folder / CONTROL_FILE
    try:
        server = RecorderServer(recorder)
        server.start()
        recorder.start()
    except Known as error:
        facts = {key: str(value) for key, value in error.facts.items()}
        write_atomic(control, json.dumps({"error": error.code.value, "facts": facts}).encode())
        return _EXIT_FAILED
    write_atomic(control, json.dumps(server.contact()).encode())
    while not recorder.wait(0.5):
        pass
    server.end_told.wait(_LINGER_S)
    control.unlink(missing_ok=True)
    lock.release()
    return 0 if recorder.status().state is RecorderState.STOPPED else _EXIT_FAILED


def write_plan(plan: RecordingPlan) -> None:
    """Leave the plan where the process looks for it. Raises OSError."""
    content = json.dumps(dataclasses.asdict(plan), ensure_ascii=False).encode()
    write_atomic(Path(plan.folder) / PLAN_FILE, content)


def _stop_on_signals(recorder: LocalRecorder) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        recorder.request_stop(StopReason.SIGNAL)

    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, stop)


def _address() -> str | None:
    """A short socket path in a folder of this user alone; None lets Windows make a pipe."""
    if os.name == "nt":
        return None
    path = str(runtime_dir() / f"{secrets.token_hex(8)}.sock")
    if len(os.fsencode(path)) > _ADDRESS_LIMIT:
        path = str(Path(tempfile.mkdtemp(prefix="evidencedesk-")) / "s")
    return path


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
