"""What the user chose, and where things are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Known
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.services import SecondPlace


@dataclass(frozen=True, slots=True)
class Microphone:
    """One input: its name for the system and its name for people."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What does not change while the window is open."""

    library: Path
    app_version: str


@dataclass(frozen=True, slots=True)
class SettingsState:
    """The choices, with what can be chosen. ``unkept`` ones hold until the window closes."""

    settings: Settings
    installation: Installation
    microphones: tuple[Microphone, ...] = ()
    second: SecondPlace = SecondPlace.NONE
    problem: Known | None = None
    unkept: bool = False


class SettingsServices(Protocol):
    """What the settings page asks of the rest."""

    def settings(self) -> Settings:
        """Give the choices as they are."""
        ...

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices; raises what the disk says, and they hold until the window closes."""
        ...

    def second_place(self) -> SecondPlace:
        """How the folder for the second copy stands; called on the jobs thread."""
        ...

    def microphones(self) -> tuple[Microphone, ...]:
        """List the inputs of this computer; called on the jobs thread."""
        ...

    def installation(self) -> Installation:
        """Say where things are, and the version."""
        ...


class SettingsPresenter(QObject):
    """Keeps the choices; whoever builds the window makes them come true.

    Emits:
        state_changed: the new ``SettingsState``.
        language_chosen: ``zh``, ``en``, or an empty text for the system's own.
        theme_chosen: ``system``, ``light`` or ``dark``.
        text_size_chosen: ``system``, or a size in per cent.
        motion_chosen: ``system`` or ``less``.
        source_chosen: the name of the microphone.
    """

    state_changed = Signal(object)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    text_size_chosen = Signal(str)
    motion_chosen = Signal(str)
    source_chosen = Signal(str)

    def __init__(self, services: SettingsServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = SettingsState(services.settings(), services.installation())

    @property
    def state(self) -> SettingsState:
        """What the page shows."""
        return self._state

    def refresh(self) -> None:
        """Look which microphones there are now, and what was chosen elsewhere."""
        self._become(replace(self._state, settings=self._services.settings()))
        self._jobs.run(self._services.microphones, success=self._heard, failure=self._not_heard)
        self._look_at_second()

    def choose_language(self, language: str) -> None:
        """Switch the language now and for every later start."""
        if self._keep(replace(self._services.settings(), language=language)):
            self.language_chosen.emit(language)

    def choose_theme(self, theme: str) -> None:
        """Switch between light and dark now and for every later start."""
        if self._keep(replace(self._services.settings(), theme=theme)):
            self.theme_chosen.emit(theme)

    def choose_text_size(self, text_size: str) -> None:
        """Larger or smaller text now and for every later start."""
        if self._keep(replace(self._services.settings(), text_size=text_size)):
            self.text_size_chosen.emit(text_size)

    def choose_motion(self, motion: str) -> None:
        """Keep things still, or leave it to the desktop, now and for every later start."""
        if self._keep(replace(self._services.settings(), motion=motion)):
            self.motion_chosen.emit(motion)

    def choose_source(self, source: str) -> None:
        """Record with another microphone from the next recording on."""
        if self._keep(replace(self._services.settings(), source=source)):
            self.source_chosen.emit(source)

    def choose_second_folder(self, folder: str) -> None:
        """Write everything a second time, to this folder; empty for not."""
        if self._keep(replace(self._services.settings(), second_folder=folder)):
            self._look_at_second()

    def choose_fallback(self, answer: str) -> None:
        """Whether another microphone may take over: ``yes`` or ``no``."""
        self._keep(replace(self._services.settings(), fallback=answer))

    def choose_earlier(self, answer: str) -> None:
        """Whether the last seconds before the click are kept: ``yes`` or ``no``."""
        self._keep(replace(self._services.settings(), earlier=answer))

    def _heard(self, microphones: tuple[Microphone, ...]) -> None:
        problem = self._state.problem if self._state.unkept else None
        self._become(replace(self._state, microphones=microphones, problem=problem))

    def _not_heard(self, problem: Known) -> None:
        self._become(replace(self._state, microphones=(), problem=problem, unkept=False))

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None, unkept=False))

    def _look_at_second(self) -> None:
        self._jobs.run(self._services.second_place, success=self._told_second, failure=self._not_told_second)

    def _told_second(self, second: SecondPlace) -> None:
        self._become(replace(self._state, second=second))

    def _not_told_second(self, _error: Known) -> None:
        self._become(replace(self._state, second=SecondPlace.NOT_THERE))

    def _keep(self, settings: Settings) -> bool:
        if settings == self._state.settings:
            return False
        problem: Known | None = None
        try:
            self._services.save_settings(settings)
        except Known as error:
            problem = error
        # What is shown is what will be done, whether it was kept or not.
        true = self._services.settings()
        self._become(replace(self._state, settings=true, problem=problem, unkept=problem is not None))
        return true == settings

    def _become(self, state: SettingsState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
