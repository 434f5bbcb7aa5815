"""An encounter from the first sample to the sealed file, as its page shows it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import CollectorCard, Mode
from evidencedesk.domain.pulse import RecorderState, RecorderStatus, StopReason
from evidencedesk.ui.encounter.alarms import Alarm, Alarms
from evidencedesk.ui.encounter.calls_presenter import CallsPresenter
from evidencedesk.ui.encounter.checklist_presenter import ChecklistPresenter
from evidencedesk.ui.encounter.copies import CopyState, copy_state
from evidencedesk.ui.encounter.ending import tell_end
from evidencedesk.ui.encounter.notes_presenter import NotesPresenter
from evidencedesk.ui.encounter.people.hotline_presenter import HotlinePresenter
from evidencedesk.ui.encounter.people.photos_presenter import PhotosPresenter
from evidencedesk.ui.encounter.people.team_presenter import TeamPresenter
from evidencedesk.ui.encounter.people_presenter import PeoplePresenter
from evidencedesk.ui.encounter.session import Session
from evidencedesk.ui.room_left import minutes_left

POLL_MS = 100
_SLOW_EVERY = 50  # polls: every five seconds
_UNDER_WAY = (RecorderState.STARTING, RecorderState.RECORDING)


@dataclass(frozen=True, slots=True)
class BarState:
    """What the red bar says; all of it is what the recorder said last."""

    mode: Mode = Mode.VISIT
    state: RecorderState = RecorderState.STARTING
    elapsed_s: int = 0
    saved_s: int = 0
    device: str = ""
    far_device: str = ""
    awake: bool | None = None
    copy: CopyState = CopyState.NONE
    frozen: bool = False
    simulated: bool = False
    minutes_left: int | None = None
    alarms: tuple[Alarm, ...] = ()

    @property
    def stopping(self) -> bool:
        """Whether the end has begun."""
        return self.state not in _UNDER_WAY


class EncounterPresenter(QObject):
    """Polls the recorder; owns the presenters of the panels.

    Emits:
        bar_changed: the new BarState.
        columns_added: index of the first, and (min, max) of each 50 ms of sound since the last time.
        markers_changed: (milliseconds, token name) of breaches and notes.
        finished: the case's id, once the recording is sealed or has failed for good.
    """

    bar_changed = Signal(object)
    columns_added = Signal(int, object)
    markers_changed = Signal(object)
    finished = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._columns = 0
        self._polls = 0
        self._ended = False
        self._stop_asked = False
        self._alarms = Alarms()
        self.bar = BarState(mode=session.live.mode)
        self.checklist = ChecklistPresenter(session, self)
        self.notes = NotesPresenter(session, self)
        self.people = PeoplePresenter(session, self)
        self.calls = CallsPresenter(session, self)
        self.team = TeamPresenter(session, self)
        self.hotline = HotlinePresenter(session, self.people, self)
        self.photos = PhotosPresenter(session, self.people)
        self.notes.breach_marked.connect(self.checklist.note_breach)
        self.team.agreed_changed.connect(self.checklist.check_hours)
        self.notes.state_changed.connect(self._tell_markers)
        self.notes.state_changed.connect(self.checklist.look_again)
        self._cards = self._saved_cards()
        self.people.state_changed.connect(self._people_changed)
        self.checklist.state_changed.connect(self._tell_markers)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)

    def begin(self) -> None:
        """Follow the recorder from now on."""
        self.poll()
        if not self._ended:
            self.checklist.check_hours()
            self._tell_markers()
            self._timer.start()

    def keep_typed(self) -> None:
        """Save what stands on the cards and waits for a pause."""
        self.people.save()
        self.hotline.save()
        self.calls.save()

    def leave(self) -> None:
        """The window goes; what was typed is saved, the recorder goes on by itself."""
        self.keep_typed()
        self._timer.stop()

    @Slot()
    def stop(self) -> None:
        """Stop and save."""
        self.stop_because(StopReason.USER)

    def stop_because(self, reason: StopReason) -> None:
        """Stop and save, for a reason that the recording keeps."""
        if self.bar.stopping or self._ended:
            return
        self.keep_typed()
        self._stop_asked = True
        self._show(replace(self.bar, state=RecorderState.SEALING))
        self._session.live.stop(reason)

    @Slot()
    def restart(self) -> None:
        """End a recorder that does not answer; what it saved stays, and another one goes on."""
        self._session.live.kill()

    @Slot()
    def poll(self) -> None:
        """Ask the recorder how it stands."""
        if self._ended:
            return
        live = self._session.live
        status = live.poll(self._columns)
        self._polls += 1
        if status.columns:
            self._columns = status.columns_from + len(status.columns)
            self.columns_added.emit(status.columns_from, status.columns)
        far = live.far
        # An encounter is recorded as long as one of its legs is: it must stay possible to stop it.
        shown = far if far is not None and _goes_on_without(status, far) else status
        state = shown.state
        if self._stop_asked and state in _UNDER_WAY:
            state = RecorderState.SEALING  # the recorder has not heard it yet
        alarms = self._alarms.in_force(
            status, far, now_ms=time.monotonic_ns() // 1_000_000, journal_behind=live.journal_behind
        )
        self._show(
            replace(
                self.bar,
                state=state,
                elapsed_s=shown.elapsed_ms() // 1000,
                saved_s=shown.saved_ms() // 1000,
                device=status.device or self.bar.device,
                far_device=far.device if far is not None and far.state in _UNDER_WAY else "",
                awake=status.awake,
                copy=copy_state(status, far, live.recording, wanted=bool(self._second_folder())),
                frozen=not (status.answering and (far is None or far.answering)),
                simulated=status.simulated or self.bar.simulated,
                alarms=() if state is RecorderState.SEALING else alarms,
            )
        )
        if self._polls % _SLOW_EVERY == 1:
            self._slow(status)
        if live.finished:
            self._end(status)

    def _slow(self, status: RecorderStatus) -> None:
        far = self._session.live.far
        alone = self.bar.copy is CopyState.ALONE
        # Where it is written now: after the first disk failed that is the second place.
        free = self._session.services.free_bytes(self._second_folder() if alone else "")
        left = None
        if free is not None:
            left = minutes_left(
                free,
                (status.rate_hz, status.channels),
                (far.rate_hz, far.channels) if far is not None else (0, 0),
            )
        self._show(replace(self.bar, minutes_left=left))
        if self._polls > 1 and not self.bar.stopping:
            self.checklist.check_hours()

    def _second_folder(self) -> str:
        return self._session.services.second_folder(self._session.live)

    def _end(self, status: RecorderStatus) -> None:
        self._ended = True
        self._timer.stop()
        self.notes.end()
        self.hotline.end()
        self.keep_typed()
        self.calls.end()
        self.photos.end()
        live = self._session.live
        alone = self.bar.copy is CopyState.ALONE
        tell_end(self._session.messages, live, status, self._second_folder() if alone else live.folder)
        self.finished.emit(live.case)

    @Slot()
    def _people_changed(self) -> None:
        """A card was saved, not merely opened or typed on."""
        if not self.people.state.unsaved and self._cards != self._saved_cards():
            self._cards = self._saved_cards()
            self.checklist.look_again()

    def _saved_cards(self) -> tuple[CollectorCard, ...]:
        return tuple(person.card for person in self.people.state.people)

    @Slot()
    def _tell_markers(self) -> None:
        breaches = [(at_ms, "bad") for at_ms in self.checklist.breach_times]
        notes = [(at_ms, "accent") for at_ms in self.notes.times]
        self.markers_changed.emit((*notes, *breaches))

    def _show(self, bar: BarState) -> None:
        if bar != self.bar:
            self.bar = bar
            self.bar_changed.emit(bar)


def _goes_on_without(near: RecorderStatus, far: RecorderStatus) -> bool:
    """Whether the microphone's recorder is over while the other side's is not."""
    return near.state not in _UNDER_WAY and far.state in _UNDER_WAY
