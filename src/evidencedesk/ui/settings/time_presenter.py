"""Outside time stamps: on or off, who is asked, what waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Known
from evidencedesk.domain.stamp import Authority
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner


@dataclass(frozen=True, slots=True)
class StampsStanding:
    """What waits, the last stamp that came, and why the last one that did not come is missing."""

    waiting: int = 0
    sending: bool = False
    good_authority: str = ""
    good_utc: str = ""
    bad_authority: str = ""
    bad_trouble: str = ""
    bad_detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An authority as it is written in the form; ``before`` is its name so far, empty for a new one."""

    before: str
    name: str
    url: str
    headers: str
    root_file: str
    policy: str


@dataclass(frozen=True, slots=True)
class TimeState:
    """What the section shows; ``draft`` is in the form while there is one."""

    on: bool
    authorities: tuple[Authority, ...]
    standing: StampsStanding = StampsStanding()
    draft: Draft | None = None
    problem: Known | None = None


class TimeServices(Protocol):
    """What the section asks of the rest."""

    def settings(self) -> Settings:
        """Give the choices as they are."""
        ...

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices; raises what the disk says."""
        ...

    def check_authority(self, draft: Draft, taken: tuple[str, ...]) -> Authority:
        """Check what was written; raises what is wrong with it. Called on the jobs thread."""
        ...

    def stamps_standing(self) -> StampsStanding:
        """Look what waits; called on the jobs thread."""
        ...

    def send_stamps(self) -> None:
        """Let everything that waits be sent now; does not wait for it."""
        ...


class TimePresenter(QObject):
    """Keeps the choices about time stamps.

    Emits:
        state_changed: the new ``TimeState``.
    """

    state_changed = Signal(object)

    def __init__(self, services: TimeServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        settings = services.settings()
        self._state = TimeState(settings.time_stamps == "yes", settings.authorities)

    @property
    def state(self) -> TimeState:
        """What the section shows."""
        return self._state

    def refresh(self) -> None:
        """Look what waits now."""
        self._jobs.run(self._services.stamps_standing, success=self._looked, failure=self._failed)

    def turn(self, answer: str) -> None:
        """Turn time stamps on (``yes``) or off (``no``)."""
        self._keep(replace(self._services.settings(), time_stamps=answer))
        self.refresh()

    def add(self) -> None:
        """Begin to write down another authority."""
        self._become(replace(self._state, draft=Draft("", "", "", "", "", ""), problem=None))

    def edit(self, name: str) -> None:
        """Begin to change an authority."""
        for one in self._state.authorities:
            if one.name == name:
                headers = "\n".join(f"{key}: {value}" for key, value in one.headers)
                draft = Draft(one.name, one.name, one.url, headers, one.root_file, one.policy)
                self._become(replace(self._state, draft=draft, problem=None))

    def remove(self, name: str) -> None:
        """Ask an authority no longer; what waits for it is dropped."""
        kept = tuple(one for one in self._state.authorities if one.name != name)
        self._keep(replace(self._services.settings(), authorities=kept))
        self.refresh()

    def confirm(self, draft: Draft) -> None:
        """Keep what was written, if it is right."""
        self._become(replace(self._state, draft=draft, problem=None))
        taken = tuple(one.name for one in self._state.authorities if one.name != draft.before)
        self._jobs.run(
            lambda: self._services.check_authority(draft, taken), success=self._checked, failure=self._failed
        )

    def leave(self) -> None:
        """Forget what was written."""
        self._become(replace(self._state, draft=None, problem=None))

    def send_now(self) -> None:
        """Send what waits without waiting until it is due."""
        self._services.send_stamps()
        self._become(replace(self._state, standing=replace(self._state.standing, sending=True)))

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _checked(self, authority: Authority) -> None:
        before = self._state.draft.before if self._state.draft is not None else ""
        known = self._state.authorities
        if any(one.name == before for one in known):
            kept = tuple(authority if one.name == before else one for one in known)
        else:
            kept = (*known, authority)
        self._become(replace(self._state, draft=None))
        self._keep(replace(self._services.settings(), authorities=kept))

    def _looked(self, standing: StampsStanding) -> None:
        self._become(replace(self._state, standing=standing))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _keep(self, settings: Settings) -> None:
        problem: Known | None = None
        try:
            self._services.save_settings(settings)
        except Known as error:
            problem = error
        true = self._services.settings()
        self._become(
            replace(self._state, on=true.time_stamps == "yes", authorities=true.authorities, problem=problem)
        )

    def _become(self, state: TimeState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
