"""Writes recordings down one after the other, on a thread that nobody waits for."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidencedesk.capture.speech.listener import write_down
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.transcription import Stage, Transcription
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.transcribe_recording import WriteDown, transcribe_recording


@dataclass(frozen=True, slots=True)
class _Wish:
    """With which model and in which language."""

    model: Path
    language: str


class TranscriptionQueue:
    """The thread ``transcripts``. It begins with the first wish and is gone after ``close``."""

    def __init__(self, desk: Desk, write: WriteDown = write_down) -> None:
        self._desk = desk
        self._write = write
        self._lock = threading.Condition()
        self._work: list[Transcription] = []
        self._wishes: dict[int, _Wish] = {}
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def work(self) -> tuple[Transcription, ...]:
        """Everything that was asked for, with how it stands or ended; the latest of each recording."""
        with self._lock:
            return tuple(self._work)

    def add(self, case_id: str, recordings: Sequence[str], model: Path, language: str) -> None:
        """Put recordings at the end of the queue; those in it already stay where they are."""
        with self._lock:
            busy = {one.recording for one in self._work if one.unfinished}
            wanted = [name for name in dict.fromkeys(recordings) if name not in busy]
            self._work = [one for one in self._work if one.recording not in wanted]
            for name in wanted:
                number = len(self._wishes)
                self._wishes[number] = _Wish(model, language)
                self._work.append(Transcription(number, case_id, name))
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="transcripts", daemon=True)
                self._thread.start()
            self._lock.notify()

    def stop(self, recording: str | None = None) -> None:
        """Take one recording out of the queue, or all; the one being written down ends within a second."""
        with self._lock:
            self._work = [
                replace(one, stage=Stage.STOPPED)
                if one.unfinished and recording in (None, one.recording)
                else one
                for one in self._work
            ]

    def close(self) -> None:
        """Stop all and end."""
        self.stop()
        with self._lock:
            self._closing = True
            self._lock.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (next_one := self._next()) is not None:
            self._write_one(next_one)

    def _next(self) -> Transcription | None:
        with self._lock:
            while not self._closing:
                waiting = next((one for one in self._work if one.stage is Stage.WAITING), None)
                if waiting is not None:
                    self._put(waiting.number, stage=Stage.LISTENING)
                    return waiting
                self._lock.wait()
            return None

    def _write_one(self, one: Transcription) -> None:
        wish = self._wishes[one.number]
        try:
            drafted = transcribe_recording(
                self._desk,
                one.case,
                one.recording,
                wish.model,
                wish.language,
                progress=lambda heard, whole: self._told(one.number, heard_ms=heard, whole_ms=whole),
                cancelled=lambda: self._is_stopped(one.number),
                write=self._write,
            )
        except Known as problem:
            if problem.code is Code.TRANSCRIPTION_STOPPED:
                self._told(one.number, stage=Stage.STOPPED)
            else:
                self._told(one.number, stage=Stage.FAILED, problem=problem)
        except Exception as error:  # noqa: BLE001 - a named boundary: the next in the queue is still wanted
            sys.excepthook(type(error), error, error.__traceback__)
            bug = MachineFailure(Code.PROGRAM_ERROR, reason=type(error).__name__)
            self._told(one.number, stage=Stage.FAILED, problem=bug)
        else:
            count = len(drafted.transcript.sentences)
            self._told(one.number, stage=Stage.DONE, sentences=count, left_out=drafted.left_out)

    def _is_stopped(self, number: int) -> bool:
        with self._lock:
            return all(one.number != number or one.stage is Stage.STOPPED for one in self._work)

    def _told(self, number: int, **facts: Any) -> None:
        with self._lock:
            self._put(number, **facts)

    def _put(self, number: int, **facts: Any) -> None:
        self._work = [replace(one, **facts) if one.number == number else one for one in self._work]
