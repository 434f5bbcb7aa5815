"""One leg of an encounter being recorded: its recorder, and what the journal already knows of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from evidencedesk.capture.devices import FILE_PREFIX
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import (
    NO_COLUMNS,
    Copy,
    PartStatus,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    StopReason,
)
from evidencedesk.workflows.recording_events import (
    Mark,
    mark_of,
    part_started_facts,
    stopped_facts,
    warning_event,
)

ENDED = (RecorderState.STOPPED, RecorderState.FAILED)
# What a recorder that went away by itself is started again for; a full disk would only refuse again.
_BEGIN_AGAIN = frozenset({Code.CAPTURE_LOST.value, Code.PROGRAM_ERROR.value})
_MOST_RESTARTS = 20
# A recorder that stands still is replaced after 15 s without an answer, of which its status keeps quiet
# about the first three. A sound server keeps about 20 s: one that wakes up before that has lost nothing.
_FROZEN_NS = 12_000_000_000
# No more than this is counted between two questions: a window that stood still itself heard no silence.
_ASKED_NS = 2_000_000_000

Tell = Callable[[EventType, dict[str, Any], Moment | None], None]


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


Begin = Callable[[RecordingPlan], Recorder]


@dataclass
class Leg:
    """A recorder, those before it that were lost, and what was told to the journal.

    ``begin`` starts a recorder for a plan whose folder it makes; a recorder that is lost is followed by
    another one, in a new part, as long as nobody asked for an end. One that does not answer any more is
    ended for that. ``began_ns`` is when the leg's sound begins, until the recorder tells it better.
    ``told`` are gaps and warnings that the journal had before. Between two tries to begin again there is
    a pause of ``pause_s``.
    """

    plan: RecordingPlan
    recorder: Recorder
    begin: Begin
    began_ns: int
    now_ns: Callable[[], int]
    last: RecorderStatus = field(default_factory=lambda: RecorderStatus(RecorderState.STARTING))
    begun: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    told: Counter[Mark] = field(default_factory=Counter)
    pause_s: float = 1.0
    unsealed: list[str] = field(default_factory=list)
    _earlier: tuple[PartStatus, ...] = ()
    _earlier_warnings: tuple[PulseWarning, ...] = ()
    _columns_before: int = 0
    _columns_seen: int = 0
    _warnings_seen: int = 0
    _looked_ns: int = 0
    _silent_ns: int = 0
    _stop_reason: StopReason | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _given_up: bool = False
    restarts: int = 0
    _next: tuple[RecordingPlan, Recorder] | None = None
    _starting: threading.Thread | None = None

    @property
    def ended(self) -> bool:
        """Whether no recorder runs any more, and none is being started."""
        return self.last.state in ENDED

    @property
    def recording(self) -> str:
        """The part being written now, or the last one."""
        return self.last.parts[-1].recording if self.last.parts else self.plan.recording

    def look(self, tell: Tell, columns_from: int = NO_COLUMNS) -> RecorderStatus:
        """Ask the recorder and tell the journal what is new, the beginning of things first."""
        self._take_next()
        if self._starting is not None or self._given_up:
            self.last = replace(self.last, columns=(), columns_from=columns_from)
            return self.last
        status = self.recorder.status(max(0, columns_from - self._columns_before))
        self.last = replace(
            status,
            columns_from=self._columns_before + status.columns_from,
            parts=(*self._earlier, *status.parts),
            warnings=(*self._earlier_warnings, *status.warnings),
        )
        if status.columns:
            self._columns_seen = self.last.columns_from + len(status.columns)
        self._find_beginning(status)
        self._tell(tell)
        self._end_frozen(status)
        if status.state is RecorderState.FAILED and self._may_begin_again(status):
            self._begin_again()
        return self.last

    def stop(self, reason: StopReason) -> None:
        """Ask for a normal end."""
        self._stop_reason = reason
        self._stopping.set()
        self.recorder.request_stop(reason)

    def kill(self) -> None:
        """End a recorder that does not answer; another one takes its place."""
        self.recorder.kill()

    def _tell(self, tell: Tell) -> None:
        for part in self.last.parts:
            if part.recording not in self.begun:
                self.begun.add(part.recording)
                facts = part_started_facts(part, self.plan.encounter, self.plan.leg)
                tell(EventType.RECORDING_STARTED, facts, part.started)
        for warning in self.last.warnings[self._warnings_seen :]:
            self._warnings_seen += 1
            mark = mark_of(warning)
            if self.told[mark]:
                self.told[mark] -= 1
            else:
                tell(*warning_event(warning), None)
        for part in self.last.parts:
            if part.recording in self.closed:
                continue
            home = part.sealed is not None and part.sealed.copy != Copy.ALONE
            if home and part.sealed is not None:
                self.closed.add(part.recording)
                tell(EventType.RECORDING_STOPPED, stopped_facts(part.recording, part.sealed), None)
            elif part.sealed is not None or part.failed or self.last.state is RecorderState.FAILED:
                self.closed.add(part.recording)
                self.unsealed.append(part.folder)
        if self.last.state is RecorderState.FAILED and not self.last.parts:
            self.unsealed.append(self.plan.folder)

    def _find_beginning(self, status: RecorderStatus) -> None:
        """The first sample of the first part: before the click where earlier seconds were kept."""
        first = self.last.parts[:1]
        if status.first_sample_mono_ns is not None and len(self.last.parts) == 1 and not first[0].begins_ms:
            self.began_ns = status.first_sample_mono_ns

    def _end_frozen(self, status: RecorderStatus) -> None:
        """End a recorder that was asked again and again and does not answer."""
        now_ns = self.now_ns()
        since_ns, self._looked_ns = now_ns - self._looked_ns, now_ns
        if status.answering or status.state in ENDED:
            self._silent_ns = 0
            return
        self._silent_ns += min(since_ns, _ASKED_NS)
        if self._silent_ns >= _FROZEN_NS:
            self._silent_ns = 0
            self.recorder.kill()

    def _may_begin_again(self, status: RecorderStatus) -> bool:
        wanted = (
            status.error in _BEGIN_AGAIN
            and not self._stopping.is_set()
            and not self.plan.source.startswith(FILE_PREFIX)
        )
        return wanted and self.restarts < _MOST_RESTARTS

    def _begin_again(self) -> None:
        """A recorder is gone and nobody wanted that: start another one, away from the window's thread."""
        self.restarts += 1
        self._earlier, self._earlier_warnings = self.last.parts, self.last.warnings
        self._columns_before = self._columns_seen
        self.last = replace(
            self.last, state=RecorderState.RECORDING, taking=False, answering=False, peak=0, rms=0, error=""
        )
        self._silent_ns = 0
        self._starting = threading.Thread(target=self._start, name="recorder-restart", daemon=True)
        self._starting.start()

    def _next_plan(self) -> RecordingPlan:
        """A new part, at this moment's place in the encounter and never inside the part before."""
        recording = new_id(Kind.RECORDING)
        plan = replace(
            self.plan,
            recording=recording,
            folder=self.plan.folder.removesuffix(self.plan.recording) + recording,
            part=self.plan.part + 1,
            begins_ms=max(0, self.now_ns() - self.began_ns) // 1_000_000,
        )
        if not self._earlier:
            return plan
        last = self._earlier[-1]
        begins_ms = max(plan.begins_ms, last.begins_ms + last.length_ms())
        return replace(plan, part=last.number + 1, begins_ms=begins_ms, source=last.source)

    def _start(self) -> None:
        for _ in range(_MOST_RESTARTS):
            if self._stopping.is_set():
                return
            plan = self._next_plan()
            try:
                recorder = self.begin(plan)
            except Known:
                self._stopping.wait(self.pause_s)
                continue
            self._next = plan, recorder
            if self._stop_reason is not None:
                # Nobody may be looking any more, and it must not go on without being wanted.
                recorder.request_stop(self._stop_reason)
            return

    def _take_next(self) -> None:
        if self._starting is None or self._starting.is_alive():
            return
        self._starting = None
        if self._next is None:
            self.last = replace(self.last, state=RecorderState.FAILED, error=Code.CAPTURE_LOST.value)
            self._given_up = True
            return
        self.plan, self.recorder = self._next
        self._next = None
        if self._stop_reason is not None:
            self.recorder.request_stop(self._stop_reason)
