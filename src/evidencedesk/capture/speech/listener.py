"""Has a sound written down by a process of its own, which may crash, be killed or be told to wait."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from evidencedesk.capture.children import child_command
from evidencedesk.capture.speech.installed import INSTALL_COMMAND, can_transcribe
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.domain.errors import Code, Known, MachineFailure, Unreadable, WrongUse
from evidencedesk.domain.transcript import Sentence

_LOOK_S = 0.1
_LOOK_FOR_RECORDINGS_S = 1.0
_MOST_THREADS = 4
# Whatever the libraries of the model know of a network is turned off in the child.
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_OFFLINE": "1",
}


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """Which sound, how long it is, with which model, in ``zh``, ``en`` or ``auto``."""

    sound: Path
    duration_ms: int
    model: Path
    language: str


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """What was heard; ``left_out`` counts sentences in which the model only repeated itself."""

    sentences: tuple[Sentence, ...]
    language: str
    program: str
    left_out: int


def write_down(
    plan: SpeechPlan,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    must_wait: Callable[[], bool],
) -> WrittenDown:
    """Listen to a whole sound; ``progress`` gets milliseconds heard and in all.

    While ``must_wait`` says so the process rests, at the next pause in the speech. Raises
    TRANSCRIBE_MISSING, MODEL_UNUSABLE, SOUND_FILE_UNREADABLE, VAULT_LOCKED, TRANSCRIPTION_FAILED,
    TRANSCRIPTION_STOPPED; then nothing is left.
    """
    if not can_transcribe():
        raise WrongUse(Code.TRANSCRIBE_MISSING, value=INSTALL_COMMAND)
    with tempfile.TemporaryFile() as complaints:
        try:
            run = _Run(plan, complaints)
        except OSError as error:
            raise MachineFailure(Code.TRANSCRIPTION_FAILED, detail=str(error)) from error
        try:
            return run.to_its_end(progress, cancelled, must_wait)
        finally:
            run.end()


class _Run:
    """One process, from its start to its end."""

    def __init__(self, plan: SpeechPlan, complaints: IO[bytes]) -> None:
        self._plan = plan
        self._complaints = complaints
        # Not by its arguments: those can be read by others of this computer.
        secrets = KEY_RING.secrets_of([plan.sound])
        threads = max(1, min(_MOST_THREADS, (os.cpu_count() or 2) // 2))
        told = {
            "sound": str(plan.sound.absolute()),
            "model": str(plan.model.absolute()),
            "language": plan.language,
            "threads": threads,
        }
        self._process = subprocess.Popen(
            child_command("speech", json.dumps(told)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, **_OFFLINE, "OMP_NUM_THREADS": str(threads)},
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)
            | getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        with suppress(OSError):  # it is gone; its lines say so
            self._process.stdin.write(json.dumps(secrets).encode() + b"\n")
            self._process.stdin.flush()
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="speech-lines", daemon=True)
        self._reader.start()
        self._waiting = False
        self._looked = 0.0

    def to_its_end(
        self,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        must_wait: Callable[[], bool],
    ) -> WrittenDown:
        """Take what it says until it has said all."""
        sentences: list[Sentence] = []
        program = ""
        whole = self._plan.duration_ms
        while True:
            if cancelled():
                raise WrongUse(Code.TRANSCRIPTION_STOPPED)
            self._order(must_wait)
            try:
                line = self._lines.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if line is None:
                raise self._died()
            told = self._facts(line)
            if "text" in told:
                sentences.append(Sentence(told["at_ms"], told["length_ms"], told["text"]))
            elif "heard_ms" in told:
                progress(min(told["heard_ms"], whole), whole)
            elif "program" in told:
                program = told["program"]
            elif "done" in told:
                progress(whole, whole)
                return WrittenDown(tuple(sentences), told["language"], program, told["left_out"])
            else:
                raise self._error(told)

    def end(self) -> None:
        """Make sure that nothing of it goes on."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # an order that nobody was there to read

    def _order(self, must_wait: Callable[[], bool]) -> None:
        now = time.monotonic()
        if now - self._looked < _LOOK_FOR_RECORDINGS_S:
            return
        self._looked = now
        wait = must_wait()
        if wait != self._waiting and self._process.stdin is not None:
            self._waiting = wait
            try:
                self._process.stdin.write(b"wait\n" if wait else b"go\n")
                self._process.stdin.flush()
            except OSError:
                return  # it is gone; its lines say so

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _facts(self, line: bytes) -> dict[str, Any]:
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise MachineFailure(Code.TRANSCRIPTION_FAILED, detail=line[:120].decode("utf-8", "replace"))
        return told

    def _error(self, told: dict[str, Any]) -> Known:
        detail = str(told.get("detail", ""))
        if told.get("error") == "model":
            return Unreadable(Code.MODEL_UNUSABLE, path=str(self._plan.model), detail=detail)
        if told.get("error") == "sound":
            return Unreadable(Code.SOUND_FILE_UNREADABLE, path=self._plan.sound.name, detail=detail)
        return MachineFailure(Code.TRANSCRIPTION_FAILED, detail=str(told)[:120])

    def _died(self) -> MachineFailure:
        status = self._process.wait()
        self._complaints.seek(0)
        said = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        detail = said[-1][:300] if said else f"exit {status}"
        return MachineFailure(Code.TRANSCRIPTION_FAILED, detail=detail)
