"""Looking at a list of calls or messages before it is taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo
from enum import StrEnum
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Known
from evidencedesk.intake.offers import Preview
from evidencedesk.ui.background import Runner
from evidencedesk.ui.contacts.services import ContactServices, TakenList

SYSTEM_ZONE = ""


class Step(StrEnum):
    """Where it stands."""

    CLOSED = "closed"
    ASKING = "asking"
    READING = "reading"
    LOOKING = "looking"
    TAKING = "taking"


@dataclass(frozen=True, slots=True)
class ImportState:
    """A list on the screen; ``chosen`` offers will be taken. An empty ``zone`` is the system's."""

    step: Step = Step.CLOSED
    case_id: str = ""
    preview: Preview | None = None
    chosen: frozenset[int] = frozenset()
    zone: str = SYSTEM_ZONE
    source: Path | str = ""
    problem: Known | None = None


class ImportPresenter(QObject):
    """Reads a list on the jobs thread, and takes in what was chosen.

    Emits:
        state_changed: the new ``ImportState``.
        taken: the ``TakenList``.
    """

    state_changed = Signal(object)
    taken = Signal(object)

    def __init__(self, services: ContactServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = ImportState()

    @property
    def state(self) -> ImportState:
        """What the panel shows."""
        return self._state

    def open(self, case_id: str) -> None:
        """Ask for a list."""
        self._become(ImportState(Step.ASKING, case_id, zone=self._state.zone))

    def close(self) -> None:
        """Take nothing in."""
        self._become(ImportState(zone=self._state.zone))

    def look_at(self, source: Path | str) -> None:
        """Read a file, or text."""
        self._become(replace(self._state, step=Step.READING, source=source, preview=None, problem=None))
        zone = _zone(self._state.zone)
        work = partial(self._services.preview_contacts, self._state.case_id, source, zone)
        self._jobs.run(work, success=self._read, failure=self._not_read)

    def choose_zone(self, zone: str) -> None:
        """Read the times as those of another place."""
        if zone != self._state.zone:
            self._state = replace(self._state, zone=zone)
            if self._state.source:
                self.look_at(self._state.source)

    def choose(self, index: int, *, wanted: bool) -> None:
        """Take one of them, or not."""
        chosen = self._state.chosen | {index} if wanted else self._state.chosen - {index}
        self._become(replace(self._state, chosen=chosen))

    def take(self) -> None:
        """Take in what was chosen, and keep the list itself."""
        preview = self._state.preview
        if preview is None or self._state.step is not Step.LOOKING:
            return
        chosen = self._state.chosen
        self._become(replace(self._state, step=Step.TAKING, problem=None))
        work = partial(self._services.take_contacts, self._state.case_id, preview, chosen)
        self._jobs.run(work, success=self._took, failure=self._not_taken)

    def _read(self, preview: Preview) -> None:
        if self._state.step is Step.READING:
            chosen = frozenset(preview.proposed)
            self._become(replace(self._state, step=Step.LOOKING, preview=preview, chosen=chosen))

    def _not_read(self, problem: Known) -> None:
        if self._state.step is Step.READING:
            self._become(replace(self._state, step=Step.ASKING, source="", problem=problem))

    def _took(self, taken: TakenList) -> None:
        self.close()
        self.taken.emit(taken)

    def _not_taken(self, problem: Known) -> None:
        self._become(replace(self._state, step=Step.LOOKING, problem=problem))

    def _become(self, state: ImportState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
