"""The window's end of a recorder process: start one, find one that still runs, ask it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidencedesk.capture.children import child_command
from evidencedesk.capture.control import (
    CONTROL_FILE,
    LOCK_FILE,
    PLAN_FILE,
    decode_status,
    status_request,
    stop_request,
)
from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.line import Line, LineCutError
from evidencedesk.capture.process import write_plan
from evidencedesk.capture.recovery import recording_folders, sealed_sound
from evidencedesk.custody.kept import open_kept
from evidencedesk.custody.pulses import LINE_LIMIT
from evidencedesk.domain.errors import Code, Known, MachineFailure, Unreadable, WrongUse
from evidencedesk.domain.pulse import (
    PULSE_FILE,
    PartStatus,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    SealedSound,
    StopReason,
)
from evidencedesk.system.apart import start_apart
from evidencedesk.system.durable import disk_failure
from evidencedesk.system.lock import is_held

START_S = 10.0
_METER_SAYS_S = 0.5
_FROZEN_S = 1.0
_ANSWER_S = 0.15
_SILENT_S = 3.0
_STOP_S = 0.2
_LOOK_S = 0.01
_ENDED = (RecorderState.STOPPED, RecorderState.FAILED)
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
        self._line: Line | None = None
        self._last = RecorderStatus(RecorderState.RECORDING)
        self._heard_s = time.monotonic()

    def start(self) -> None:
        """It runs already: make the first contact.

        What the source is stands in the first line of its pulse journal, should no answer come at once.
        """
        self._last = _described_by_pulses(self._folder, self._last)
        self.status()

    def status(self, columns_from: int = 0) -> RecorderStatus:
        """Ask how it stands; says ``answering=False`` when there is no answer for 3 s."""
        if self._last.state in _ENDED:
            return self._last
        if self._line is None:
            self._line = Line(self._running.address, self._running.key)
        try:
            answer = self._line.ask(status_request(columns_from, len(self._last.warnings)), _ANSWER_S)
        except LineCutError:
            self._line = None
            self._look_without_asking(columns_from)
            return self._last
        if answer is not None:
            try:
                self._last = decode_status(answer, self._last.warnings)
            except (ValueError, KeyError, TypeError):  # a recorder of another version of this program
                self._show_last(columns_from, answering=False)
                return self._last
            self._heard_s = time.monotonic()
            if self._last.state in _ENDED:
                self._line.close()
            return self._last
        silent = time.monotonic() - self._heard_s > _SILENT_S
        self._show_last(columns_from, answering=self._last.answering and not silent)
        return self._last

    def request_stop(self, reason: StopReason) -> None:
        """Ask for a normal end, on a line of its own so that no answer can be in the way.

        A frozen process gets to know when it wakes up.
        """
        line = Line(self._running.address, self._running.key)
        with contextlib.suppress(LineCutError):
            line.ask(stop_request(reason), _STOP_S)
        line.close()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end; True when it has come."""
        deadline = time.monotonic() + timeout_s
        while self.status(self._last.columns_from + len(self._last.columns)).state not in _ENDED:
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

    def _show_last(self, columns_from: int, *, answering: bool) -> None:
        """The last answer again, without its columns: they were taken already."""
        self._last = replace(self._last, columns=(), columns_from=columns_from, answering=answering)

    def _look_without_asking(self, columns_from: int) -> None:
        """The process can't be reached: ended properly, ended badly, or only the line is cut."""
        self._show_last(columns_from, answering=False)
        try:
            if is_held(self._folder / LOCK_FILE):
                return
        except OSError:
            pass  # then nothing can be read there either
        parts = tuple(_as_found(part) for part in self._last.parts)
        sealed = parts[-1].sealed if parts else _sealed(self._folder)
        self._last = replace(self._last, parts=parts, taking=False)
        if sealed is not None and all(part.sealed is not None for part in parts):
            self._last = replace(
                self._last,
                state=RecorderState.STOPPED,
                answering=True,
                samples=sealed.samples,
                saved_samples=sealed.samples,
                sealed=sealed,
            )
        else:
            self._last = replace(
                self._last, state=RecorderState.FAILED, answering=True, error=Code.CAPTURE_LOST.value
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
    return _wait_for_contact(plan, process)


def launch_from_meter(plan: RecordingPlan, meter: LevelMeter) -> RemoteRecorder:
    """Let a meter's process become the recorder, with the sound it has kept.

    Raises what kept it from recording, or CAPTURE_DID_NOT_START.
    """
    folder = Path(plan.folder)
    try:
        write_plan(plan)
    except OSError as error:
        raise disk_failure(error, folder) from error
    # It says its level ten times a second. One that says nothing may be frozen, and is not waited for long:
    # another recorder can take its place.
    patience_s = START_S if meter.speaks(_METER_SAYS_S) else _FROZEN_S
    try:
        process = meter.hand_over(folder)
    except OSError as error:
        raise MachineFailure(Code.CAPTURE_DID_NOT_START, detail=str(error)) from error
    threading.Thread(target=process.wait, name="capture-reaper", daemon=True).start()
    return _wait_for_contact(plan, process, patience_s)


def _wait_for_contact(
    plan: RecordingPlan, process: subprocess.Popen[Any], patience_s: float = START_S
) -> RemoteRecorder:
    folder = Path(plan.folder)
    deadline = time.monotonic() + patience_s
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
    """All living recorder processes of a library, those without a window among them.

    A recorder of several parts is found in the folder of its first one, which may have ended long ago.
    """
    found = []
    for folder in recording_folders(library, having=CONTROL_FILE):
        try:
            if not is_held(folder / LOCK_FILE):
                continue
            plan = RecordingPlan(**json.loads((folder / PLAN_FILE).read_bytes()))
            contact = _contact(folder)
            if contact is not None:
                found.append(_running(replace(plan, folder=str(folder)), contact))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue  # not written by a recorder: nothing there can be spoken to
        except Known:  # it is just saying why it can't record
            continue
    return tuple(found)


def _sealed(folder: Path) -> SealedSound | None:
    try:
        return sealed_sound(folder)
    except (OSError, Known):
        return None


def _as_found(part: PartStatus) -> PartStatus:
    """A part of a recorder that is gone, as its folder shows it."""
    if part.sealed is not None:
        return part
    sealed = _sealed(Path(part.folder))
    return replace(part, failed=True) if sealed is None else replace(part, sealed=sealed)


def _described_by_pulses(folder: Path, status: RecorderStatus) -> RecorderStatus:
    try:
        with open_kept(folder / PULSE_FILE) as file:
            start = json.loads(file.readline(LINE_LIMIT))
        return replace(
            status,
            device=str(start["device"]),
            rate_hz=int(start["rate_hz"]),
            channels=int(start["channels"]),
            simulated=bool(start["simulated"]),
        )
    except (OSError, ValueError, KeyError, TypeError, Known):
        return status


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
    process = start_apart(command)
    # Collects the exit code, so that no dead process is left in the system's table.
    threading.Thread(target=process.wait, name="capture-reaper", daemon=True).start()
    return process
