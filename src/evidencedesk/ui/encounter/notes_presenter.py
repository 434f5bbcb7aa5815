"""Notes with their second, shown only after they are on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.case import Note
from evidencedesk.domain.rules import Marker
from evidencedesk.guidance.in_use import markers_in_use
from evidencedesk.guidance.private_text import find_secrets
from evidencedesk.ui.encounter.session import Session


@dataclass(frozen=True, slots=True)
class NotesState:
    """The notes of this encounter in their order, and the quick markers.

    ``private`` are the ids of notes with numbers that nobody else should read.
    """

    notes: tuple[Note, ...] = ()
    markers: tuple[Marker, ...] = ()
    private: frozenset[str] = frozenset()


class NotesPresenter(QObject):
    """Takes notes.

    Emits:
        state_changed: the new NotesState.
        saved: a note is on the disk; its words may leave the input line.
        breach_marked: a marker names this item of its pack as not kept.
    """

    state_changed = Signal(object)
    saved = Signal()
    breach_marked = Signal(str, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ended = False
        case_file = session.attempt(session.case_file)
        mine = tuple(
            note
            for note in (case_file.notes if case_file else ())
            if note.encounter == session.live.encounter
        )
        in_use = markers_in_use(session.services.packs)
        self._packs = {one.marker.id: one.pack for one in in_use}
        self.state = self._state(mine, tuple(one.marker for one in in_use))

    @property
    def times(self) -> tuple[int, ...]:
        """Where notes stand, in milliseconds of the recording."""
        return tuple(note.at_ms for note in self.state.notes if note.at_ms is not None)

    def end(self) -> None:
        """The recording is over: what is still written has no second in it."""
        self._ended = True

    @Slot(str)
    def note_entered(self, text: str) -> None:
        """Enter was pressed."""
        if text.strip():
            self._take(text, None)

    @Slot(str, str)
    def marker_clicked(self, marker_id: str, text: str) -> None:
        """A quick marker, with whatever stands in the input line."""
        marker = next((one for one in self.state.markers if one.id == marker_id), None)
        if marker is None:
            return
        if self._take(text, marker_id) and marker.item:
            self.breach_marked.emit(self._packs[marker_id], marker.item)

    def _take(self, text: str, marker: str | None) -> bool:
        live = self._session.live
        work = partial(
            self._session.services.take_note,
            live.case,
            text,
            encounter=live.encounter,
            recording=live.recording,
            at_ms=None if self._ended else live.at_ms(),
            marker=marker,
        )
        note = self._session.attempt(work)
        if note is None:
            return False
        self.state = self._state((*self.state.notes, note), self.state.markers)
        self.saved.emit()
        self.state_changed.emit(self.state)
        return True

    def _state(self, notes: tuple[Note, ...], markers: tuple[Marker, ...]) -> NotesState:
        private = frozenset(note.id for note in notes if find_secrets(note.text))
        return NotesState(notes, markers, private)
