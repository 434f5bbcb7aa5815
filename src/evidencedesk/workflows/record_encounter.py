"""Record an encounter: sound on disk first, then the journal that says so."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Protocol

from evidencedesk import __version__
from evidencedesk.capture.recorder import LocalRecorder
from evidencedesk.capture.remote import RunningCapture, attach, launch
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import (
    SOUND_FILE,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    StopReason,
)
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.recording_events import stopped_facts, warning_event
from evidencedesk.workflows.recover_recordings import recover_one

_ENDED = (RecorderState.STOPPED, RecorderState.FAILED)


class Recorder(Protocol):
    """What runs the sound: in this process, or in one of its own."""

    def start(self) -> None:
        """Begin to record; raises a Known error when that is impossible."""
        ...

    def status(self, columns_from: int = 0) -> RecorderStatus:
        """Say how it stands; never blocks noticeably."""
        ...

    def request_stop(self, reason: StopReason) -> None:
        """Ask for a normal end; ``status`` tells when it is done."""
        ...

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end; True when it has come."""
        ...

    def kill(self) -> None:
        """End at once, without sealing; what is on disk stays."""
        ...


class RecordEncounter:
    """One encounter being recorded, from the click to the sealed file.

    ``poll`` is to be called often (10 times a second from the window): it asks the recorder and
    writes what is new into the journal. The sound never waits for the journal: if the database
    refuses an event, the event is kept and written with the next poll.
    """

    def __init__(self, desk: Desk, plan: RecordingPlan, recorder: Recorder) -> None:
        self._desk = desk
        self._plan = plan
        self._recorder = recorder
        self._last = RecorderStatus(RecorderState.STARTING)
        self._unwritten: list[tuple[EventType, dict[str, Any], Moment]] = []
        self._warnings_seen = 0
        self._end_noted = False
        self._recovery: threading.Thread | None = None
        self._recovery_begun = False

    @classmethod
    def begin(
        cls, desk: Desk, mode: Mode, source: str, case_id: str, *, apart: bool = True
    ) -> RecordEncounter:
        """Start to record; when this returns, sound is being taken.

        ``apart`` runs the recorder in a process of its own, which outlives the window. Raises what
        the recorder raises when there is no microphone, no room or no right to write; then nothing
        was added to the case.
        """
        case = desk.store.find_case(case_id)
        recording_id = new_id(Kind.RECORDING)
        folder = desk.recording_folder(case.id, recording_id)
        try:
            create_folder(folder)
        except OSError as error:
            raise disk_failure(error, folder) from error
        plan = RecordingPlan(
            case=case.id,
            encounter=new_id(Kind.ENCOUNTER),
            recording=recording_id,
            folder=str(folder),
            mode=mode.value,
            source=source,
            app_version=__version__,
        )
        opened = desk.clock.now()
        try:
            if apart:
                recorder: Recorder = launch(plan)
            else:
                recorder = LocalRecorder(plan, desk.clock)
                recorder.start()
        except Known:
            _remove_if_silent(desk, plan)
            raise
        encounter = cls(desk, plan, recorder)
        encounter._open_events(opened)
        return encounter

    @classmethod
    def resume(cls, desk: Desk, running: RunningCapture) -> RecordEncounter:
        """Take up a recording whose window is gone while its recorder still runs."""
        encounter = cls(desk, running.plan, attach(running))
        known = desk.store.recording(running.plan.recording)
        if known is None:
            encounter._open_events(desk.clock.now())
        else:
            case_file = desk.store.case_file(running.plan.case)
            warnings = sum(warning.recording == known.id for warning in case_file.warnings)
            gaps = sum(gap.recording == known.id for gap in case_file.gaps)
            encounter._warnings_seen = warnings + gaps
        return encounter

    @property
    def case(self) -> str:
        """The case's id."""
        return self._plan.case

    @property
    def encounter(self) -> str:
        """The encounter's id."""
        return self._plan.encounter

    @property
    def recording(self) -> str:
        """The recording's id."""
        return self._plan.recording

    @property
    def mode(self) -> Mode:
        """Visit or call."""
        return Mode(self._plan.mode)

    @property
    def folder(self) -> str:
        """Where the sound is being written."""
        return self._plan.folder

    @property
    def finished(self) -> bool:
        """Whether the recorder has ended and the journal knows it."""
        if self._recovery is not None and (not self._recovery_begun or self._recovery.is_alive()):
            return False
        return self._end_noted and not self._unwritten

    @property
    def journal_behind(self) -> bool:
        """Whether the database refused something that is still waiting to be written."""
        return bool(self._unwritten)

    def poll(self, columns_from: int = 0) -> RecorderStatus:
        """Ask the recorder how it stands and journal what is new."""
        status = self._recorder.status(columns_from)
        self._last = status
        self._journal_warnings(status)
        if status.state in _ENDED and not self._end_noted:
            self._end_noted = True
            if status.sealed is not None:
                self._queue(EventType.RECORDING_STOPPED, stopped_facts(self.recording, status.sealed))
                self._queue(EventType.ENCOUNTER_CLOSED, {"encounter": self.encounter})
            else:
                self._recovery = threading.Thread(target=self._recover, name="recovery")
        self._write()
        if self._recovery is not None and not self._recovery_begun and not self._unwritten:
            # Behind the events that wait: the journal tells the beginning before the end.
            self._recovery_begun = True
            self._recovery.start()
        return status

    def at_ms(self) -> int | None:
        """Position of this very moment in the recording, or None before its first sample."""
        first = self._last.first_sample_mono_ns
        if first is None:
            return None
        return max(0, (self._desk.clock.now().mono_ns - first) // 1_000_000)

    def stop(self, reason: StopReason = StopReason.USER) -> None:
        """Ask for a normal end; go on polling until ``finished``."""
        self._recorder.request_stop(reason)

    def wait(self, timeout_s: float) -> bool:
        """Wait for the recorder's end (not for the window: it polls)."""
        return self._recorder.wait(timeout_s)

    def kill(self) -> None:
        """End a recorder that no longer answers; recovery takes it from there."""
        self._recorder.kill()

    def _open_events(self, opened: Moment) -> None:
        status = self._recorder.status()
        self._last = status
        self._queue(
            EventType.ENCOUNTER_OPENED, {"encounter": self.encounter, "mode": self._plan.mode}, opened
        )
        facts = {
            "recording": self.recording,
            "encounter": self.encounter,
            "device": status.device,
            "source": self._plan.source,
            "rate_hz": status.rate_hz,
            "channels": status.channels,
            "simulated": status.simulated,
            "file": SOUND_FILE,
            "started_utc": opened.utc,
        }
        self._queue(EventType.RECORDING_STARTED, facts, opened)
        self._write()

    def _recover(self) -> None:
        """The recorder failed or is gone: finish the file at once, not only at the next start.

        On a thread of its own, because hours of sound take seconds to check.
        """
        recover_one(self._desk, Path(self.folder))

    def _journal_warnings(self, status: RecorderStatus) -> None:
        for warning in status.warnings[self._warnings_seen :]:
            self._queue(*warning_event(self.recording, warning))
            self._warnings_seen += 1

    def _queue(self, kind: EventType, facts: dict[str, Any], moment: Moment | None = None) -> None:
        self._unwritten.append((kind, facts, moment or self._desk.clock.now()))

    def _write(self) -> None:
        while self._unwritten:
            kind, facts, moment = self._unwritten[0]
            try:
                self._desk.store.append(self.case, [(kind, facts)], moment)
            except Known:
                # The disk may be full or busy. The pulse journal already holds the same facts; the
                # next poll tries again and the page shows that the journal is behind.
                return
            del self._unwritten[0]


def _remove_if_silent(desk: Desk, plan: RecordingPlan) -> None:
    """Take away the folder of a recording that never began; keep it if it holds any sound."""
    folder = desk.recording_folder(plan.case, plan.recording)
    sound = folder / SOUND_FILE
    if sound.exists() and sound.stat().st_size > 0:
        return
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
