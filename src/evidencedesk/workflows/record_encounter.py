"""Record an encounter: sound on disk first, then the journal that says so."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidencedesk import __version__
from evidencedesk.capture.devices import DEFAULT
from evidencedesk.capture.far_side import default_far_source
from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.remote import RunningCapture, attach, launch, launch_from_meter
from evidencedesk.capture.simulated_faults import local_recorder
from evidencedesk.domain.case import Leg as LegName
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import (
    NO_COLUMNS,
    PART_S,
    SOUND_FILE,
    PulseWarning,
    RecorderStatus,
    RecordingPlan,
    StopReason,
    WarningCode,
)
from evidencedesk.system.durable import create_folder, disk_failure
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.encounter_marks import EncounterMarks
from evidencedesk.workflows.leg import Begin, Leg, Recorder
from evidencedesk.workflows.recording_events import marks_in_journal, warning_event
from evidencedesk.workflows.recover_recordings import recover_these

# So long after the recorders' end a journal that takes nothing is waited for. It is completed by the
# recovery when the library is opened next: sound and pulses are on the disk.
_JOURNAL_PATIENCE_NS = 15_000_000_000


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """How to record, beside the microphone.

    ``far_source`` is the computer's own sound, for a call; empty for none. ``second_folder`` is a place
    on another drive; empty for none. With ``fallback`` the default microphone may take over. ``meter``
    listens to the microphone already and may have kept the last seconds.
    """

    far_source: str = ""
    second_folder: str = ""
    fallback: bool = False
    part_s: int = PART_S
    meter: LevelMeter | None = None


class RecordEncounter:
    """One encounter being recorded, from the click to the sealed files.

    ``poll`` is to be called often (10 times a second from the window): it asks the recorders and
    writes what is new into the journal. The sound never waits for the journal: if the database
    refuses an event, the event is kept and written with the next poll.
    """

    def __init__(self, desk: Desk, legs: Sequence[Leg]) -> None:
        """``legs`` has the near one first."""
        self._desk = desk
        self._legs = tuple(legs)
        self._plan = self._legs[0].plan
        self._unwritten: list[tuple[EventType, dict[str, Any], Moment]] = []
        self._own_warnings: tuple[PulseWarning, ...] = ()
        self._restarts_told = 0
        self._end_noted = False
        self._ended_ns = 0
        self._refusal: Known | None = None
        self._refused_since_ns = 0
        self._journal_refused: Known | None = None
        self._recovery: threading.Thread | None = None
        self._recovery_begun = False
        self._recovery_failed: Known | None = None
        self._marks = EncounterMarks(desk, self._plan.case)

    @classmethod
    def begin(
        cls,
        desk: Desk,
        mode: Mode,
        source: str,
        case_id: str,
        *,
        apart: bool = True,
        options: RecordOptions | None = None,
    ) -> RecordEncounter:
        """Start to record; when this returns, sound is being taken.

        ``apart`` runs each recorder in a process of its own, which outlives the window. Raises what
        the recorder raises when there is no microphone, no room or no right to write; then nothing
        was added to the case. A far side that can't be recorded is said and keeps nobody from the rest.
        """
        if options is not None and options.meter is not None:
            # Before anything that could wait: what is said from the click on must not be let go.
            options.meter.keep_all()
        opened = desk.clock.now()
        options = options or RecordOptions()
        case = desk.store.find_case(case_id)
        recording = new_id(Kind.RECORDING)
        plan = RecordingPlan(
            case=case.id,
            encounter=new_id(Kind.ENCOUNTER),
            recording=recording,
            folder=str(desk.recording_folder(case.id, recording)),
            mode=mode.value,
            source=source,
            app_version=__version__,
            part_s=options.part_s,
            second_folder=options.second_folder,
            fallback=options.fallback,
            sealed_to=(desk.seals_to or b"").hex(),
        )
        start = begin_apart if apart else _begin_here(desk)
        legs = [_near_leg(desk, plan, start, opened.mono_ns, options.meter)]
        far_missing = False
        if options.far_source:
            try:
                legs.append(_leg(desk, far_plan(plan, options.far_source), start, opened.mono_ns))
            except Known:
                far_missing = True
        encounter = cls(desk, legs)
        encounter._queue(
            EventType.ENCOUNTER_OPENED, {"encounter": plan.encounter, "mode": mode.value}, opened
        )
        encounter.poll()
        if far_missing:
            encounter._warn(WarningCode.FAR_MISSING)
        return encounter

    @classmethod
    def resume(cls, desk: Desk, running: Sequence[RunningCapture]) -> RecordEncounter:
        """Take up an encounter whose window is gone while its recorders still run."""
        ordered = sorted(running, key=lambda one: one.plan.leg != LegName.NEAR)
        legs = [_resumed_leg(desk, one) for one in ordered]
        encounter = cls(desk, legs)
        if desk.store.encounter(encounter.encounter) is None:
            facts = {"encounter": encounter.encounter, "mode": encounter.mode.value}
            encounter._queue(EventType.ENCOUNTER_OPENED, facts)
        encounter.poll()
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
        """The id of the near leg's part that is being written."""
        return self._legs[0].recording

    @property
    def mode(self) -> Mode:
        """Visit or call."""
        return Mode(self._plan.mode)

    @property
    def folder(self) -> str:
        """Where the near leg's sound is being written."""
        return str(self._desk.recording_folder(self.case, self.recording))

    @property
    def far(self) -> RecorderStatus | None:
        """How the far leg stood at the last ``poll``; None without one."""
        return self._legs[1].last if len(self._legs) > 1 else None

    @property
    def finished(self) -> bool:
        """Whether the recorders have ended and the journal knows it, or refused for too long."""
        # In the reverse order of ``poll``, which may be setting these on another thread right now.
        if not self._end_noted:
            return False
        if self._journal_refused is not None:
            return True
        if self._recovery is not None and (not self._recovery_begun or self._recovery.is_alive()):
            return False
        return not self._unwritten

    @property
    def journal_behind(self) -> bool:
        """Whether the database refused something that is still waiting to be written."""
        return bool(self._unwritten)

    @property
    def journal_refused(self) -> Known | None:
        """Why the journal was given up; the next start completes it. None while it takes what it is told."""
        return self._journal_refused

    @property
    def recovery_failed(self) -> Known | None:
        """Why a sound could not be finished at once, or told; the next start tries again."""
        return self._recovery_failed

    def poll(self, columns_from: int = NO_COLUMNS) -> RecorderStatus:
        """Ask the recorders how they stand and journal what is new.

        The near leg's status, with the warnings of both; they stand where the encounter's sound was.
        """
        near = self._legs[0].look(self._queue, columns_from)
        for leg in self._legs[1:]:
            leg.look(self._queue)
        self._note_restarts()
        if all(leg.ended for leg in self._legs) and not self._end_noted:
            if any(leg.unsealed for leg in self._legs):
                self._recovery = threading.Thread(target=self._recover, name="recovery")
            else:
                self._queue(EventType.ENCOUNTER_CLOSED, {"encounter": self.encounter})
            self._ended_ns = self._desk.clock.now().mono_ns
            self._end_noted = True
        self._write()
        self._marks.make(part for leg in self._legs for part in leg.last.parts)
        self._give_up_journal()
        if self._recovery is not None and not self._recovery_begun and not self._unwritten:
            # Behind the events that wait: the journal tells the beginning before the end.
            self._recovery.start()
            self._recovery_begun = True
        warnings = [placed for leg in self._legs for placed in _placed(leg.last)]
        warnings.sort(key=lambda warning: warning.utc)
        return replace(near, warnings=(*warnings, *self._own_warnings))

    def at_ms(self) -> int | None:
        """Position of this very moment in the sound of ``recording``, or None before its first sample.

        Time that was not recorded is not in the sound: while nothing comes, this is its end.
        """
        near = self._legs[0].last
        if near.first_sample_mono_ns is None:
            return None
        if not near.taking:
            return near.samples * 1000 // near.rate_hz
        # During a sleep the steady clock stands still, so it needs no taking away.
        missing_ms = sum(
            warning.length_ms
            for warning in near.warnings
            if warning.recording == self.recording
            and warning.length_ms is not None
            and warning.code != WarningCode.SLEPT
        )
        since_first_ms = (self._desk.clock.now().mono_ns - near.first_sample_mono_ns) // 1_000_000
        return max(0, since_first_ms - missing_ms)

    def stop(self, reason: StopReason = StopReason.USER) -> None:
        """Ask for a normal end; go on polling until ``finished``."""
        for leg in self._legs:
            leg.stop(reason)

    def wait(self, timeout_s: float) -> bool:
        """Wait for the recorders' end (not for the window: it polls)."""
        return all(leg.recorder.wait(timeout_s) for leg in self._legs)

    def kill(self) -> None:
        """End recorders that do not answer; others take their place, recovery takes what they left."""
        for leg in self._legs:
            if not leg.last.answering:
                leg.kill()

    def _recover(self) -> None:
        """A recorder failed or is gone: finish its files at once, not only at the next start.

        On a thread of its own, because hours of sound take seconds to check.
        """
        folders = [Path(folder) for leg in self._legs for folder in leg.unsealed]
        for outcome in recover_these(self._desk, folders):
            if outcome.failed is not None:
                self._recovery_failed = outcome.failed
                return
        try:
            known = self._desk.store.encounter(self.encounter)
        except Known as error:
            self._recovery_failed = error
            return
        if known is None or known.closed is None:
            # No sound was left of the last one: nothing there that could have told of the end.
            self._queue(EventType.ENCOUNTER_CLOSED, {"encounter": self.encounter})

    def _note_restarts(self) -> None:
        restarts = sum(leg.restarts for leg in self._legs)
        while self._restarts_told < restarts:
            self._restarts_told += 1
            self._warn(WarningCode.RECORDER_LOST)

    def _warn(self, code: WarningCode) -> None:
        at_ms = self._legs[0].last.elapsed_ms()
        utc = self._desk.clock.now().utc
        warning = PulseWarning(code.value, at_ms, utc, recording=self.recording)
        self._own_warnings = (*self._own_warnings, warning)
        inside = replace(warning, at_ms=self.at_ms() or 0)
        self._queue(*warning_event(inside))

    def _queue(self, kind: EventType, facts: dict[str, Any], moment: Moment | None = None) -> None:
        self._unwritten.append((kind, facts, moment or self._desk.clock.now()))

    def _write(self) -> None:
        while self._unwritten:
            kind, facts, moment = self._unwritten[0]
            try:
                self._desk.store.append(self.case, [(kind, facts)], moment)
            except Known as error:
                # The disk may be full or busy. The pulse journal already holds the same facts; the
                # next poll tries again and the page shows that the journal is behind.
                if self._refusal is None:
                    self._refused_since_ns = self._desk.clock.now().mono_ns
                self._refusal = error
                return
            del self._unwritten[0]
            self._marks.written(kind)
            self._refusal = None
        self._refusal = None

    def _give_up_journal(self) -> None:
        """Nobody waits for ever for a disk that takes nothing: the sound has its seal."""
        refusal = self._refusal
        since_ns = max(self._ended_ns, self._refused_since_ns)
        waited = self._desk.clock.now().mono_ns - since_ns >= _JOURNAL_PATIENCE_NS
        self._journal_refused = refusal if self._end_noted and waited else None


def encounters_running(running: Sequence[RunningCapture]) -> list[list[RunningCapture]]:
    """Living recorder processes by the encounter they record."""
    groups: dict[str, list[RunningCapture]] = {}
    for one in running:
        groups.setdefault(one.plan.encounter, []).append(one)
    return list(groups.values())


def far_plan(near: RecordingPlan, source: str) -> RecordingPlan:
    """The other side's recording, beside the near one. Raises NO_SOUND_SYSTEM."""
    follow = source == DEFAULT
    if follow:
        heard = default_far_source()
        if heard is None:
            raise MachineFailure(Code.NO_SOUND_SYSTEM, detail="no monitor source")
        source = heard.name
    recording = new_id(Kind.RECORDING)
    folder = Path(near.folder).with_name(recording)
    return replace(
        near,
        recording=recording,
        folder=str(folder),
        source=source,
        leg=LegName.FAR.value,
        fallback=False,
        follow_default=follow,
    )


def _leg(desk: Desk, plan: RecordingPlan, start: Begin, began_ns: int) -> Leg:
    return Leg(plan, start(plan), start, began_ns, lambda: desk.clock.now().mono_ns)


def _near_leg(desk: Desk, plan: RecordingPlan, start: Begin, began_ns: int, meter: LevelMeter | None) -> Leg:
    """The microphone, by the process that listens to it already if there is one."""
    if meter is not None and meter.source == plan.source:
        _make_folder(plan)
        try:
            recorder = launch_from_meter(plan, meter)
        except Known:
            _remove_if_silent(plan)
        else:
            return Leg(plan, recorder, start, began_ns, lambda: desk.clock.now().mono_ns)
    return _leg(desk, plan, start, began_ns)


def begin_apart(plan: RecordingPlan) -> Recorder:
    """A recorder in a process of its own. Raises what kept it from recording; then no folder is left."""
    _make_folder(plan)
    try:
        return launch(plan)
    except Known:
        _remove_if_silent(plan)
        raise


def _begin_here(desk: Desk) -> Begin:
    def begin(plan: RecordingPlan) -> Recorder:
        _make_folder(plan)
        recorder = local_recorder(plan, desk.clock)
        try:
            recorder.start()
        except Known:
            _remove_if_silent(plan)
            raise
        return recorder

    return begin


def _make_folder(plan: RecordingPlan) -> None:
    folder = Path(plan.folder)
    try:
        create_folder(folder)
    except OSError as error:
        raise disk_failure(error, folder) from error


def _remove_if_silent(plan: RecordingPlan) -> None:
    """Take away the folder of a recording that never began; keep it if it holds any sound."""
    folder = Path(plan.folder)
    sound = folder / SOUND_FILE
    if sound.exists() and sound.stat().st_size > 0:
        return
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _resumed_leg(desk: Desk, running: RunningCapture) -> Leg:
    recorder = attach(running)
    status = recorder.status()
    known = desk.store.case_file(running.plan.case)
    first = status.parts[0] if status.parts else None
    began_ns = desk.clock.now().mono_ns if first is None else first.started.mono_ns
    before_ms = running.plan.begins_ms if first is None else first.begins_ms + first.earlier_ms
    return Leg(
        plan=running.plan,
        recorder=recorder,
        begin=begin_apart,
        began_ns=began_ns - before_ms * 1_000_000,
        now_ns=lambda: desk.clock.now().mono_ns,
        begun={one.id for one in known.recordings},
        closed={one.id for one in known.recordings if one.samples is not None},
        told=marks_in_journal(known),
    )


def _placed(status: RecorderStatus) -> list[PulseWarning]:
    """A leg's warnings, each at its place in all of the leg's sound instead of in its part."""
    before: dict[str, int] = {}
    total = 0
    for part in status.parts:
        before[part.recording] = total
        total += part.length_ms()
    return [
        replace(warning, at_ms=warning.at_ms + before.get(warning.recording, 0))
        for warning in status.warnings
    ]
