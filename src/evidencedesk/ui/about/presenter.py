"""What the program is made of, and details for a report of a fault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Known
from evidencedesk.domain.notice import Notice
from evidencedesk.ui.background import Runner


class AboutServices(Protocol):
    """What the page asks of the rest."""

    def app_version(self) -> str:
        """The version of this program."""
        ...

    def notices(self) -> tuple[Notice, ...]:
        """This program and everything that others made, with licences; called on the jobs thread."""
        ...

    def report_details(self) -> str:
        """Versions and system, without anything about the user; called on the jobs thread."""
        ...


@dataclass(frozen=True, slots=True)
class AboutState:
    """What the page shows; ``details`` are there as soon as they were looked up."""

    version: str
    notices: tuple[Notice, ...] = ()
    chosen: str = ""
    details: str = ""
    copied: bool = False
    problem: Known | None = None

    @property
    def text(self) -> str:
        """The whole licence of the chosen part."""
        return next((one.text for one in self.notices if one.name == self.chosen), "")


class AboutPresenter(QObject):
    """Emits ``state_changed``, and ``copy_wanted`` with the text for the clipboard."""

    state_changed = Signal(object)
    copy_wanted = Signal(str)

    def __init__(self, services: AboutServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = AboutState(services.app_version())

    @property
    def state(self) -> AboutState:
        """What the page shows."""
        return self._state

    def refresh(self) -> None:
        """Look what is there; once, for it does not change while the window is open."""
        if not self._state.notices:
            self._jobs.run(self._services.notices, success=self._read, failure=self._failed)
        if not self._state.details:
            self._jobs.run(self._services.report_details, success=self._looked, failure=self._failed)
        self._become(replace(self._state, copied=False))

    def choose(self, name: str) -> None:
        """Show the licence of a part."""
        if any(one.name == name for one in self._state.notices):
            self._become(replace(self._state, chosen=name))

    def copy_details(self) -> None:
        """Hand the details to the clipboard."""
        if self._state.details:
            self.copy_wanted.emit(self._state.details)
            self._become(replace(self._state, copied=True))

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _read(self, notices: tuple[Notice, ...]) -> None:
        chosen = notices[0].name if notices else ""
        self._become(replace(self._state, notices=notices, chosen=chosen))

    def _looked(self, details: str) -> None:
        self._become(replace(self._state, details=details))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _become(self, state: AboutState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
