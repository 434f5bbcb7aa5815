"""The choices about speech to text, the same ones as on the page of a case."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.errors import Known
from evidencedesk.domain.transcription import ModelFacts
from evidencedesk.ui.background import Runner


class SpeechServices(Protocol):
    """What the section asks of the rest; a part of ``TranscriptsServices``."""

    def can_transcribe(self) -> bool:
        """Whether the part that writes down speech is installed."""
        ...

    def install_command(self) -> str:
        """How it is installed."""
        ...

    def speech_model(self) -> ModelFacts:
        """The chosen model, looked at; called on the jobs thread."""
        ...

    def choose_speech_model(self, folder: Path) -> ModelFacts:
        """Look at a folder and, if it can be used, remember it; called on the jobs thread."""
        ...

    def speech_language(self) -> str:
        """The chosen language: ``auto``, ``zh`` or ``en``."""
        ...

    def choose_speech_language(self, language: str) -> None:
        """Remember the language; raises what the disk says."""
        ...


@dataclass(frozen=True, slots=True)
class SpeechState:
    """What the section shows."""

    installed: bool = True
    command: str = ""
    model: ModelFacts = field(default_factory=ModelFacts)
    language: str = "auto"
    problem: Known | None = None


class SpeechPresenter(QObject):
    """Keeps the choices; ``state_changed`` carries the new ``SpeechState``."""

    state_changed = Signal(object)

    def __init__(self, services: SpeechServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = SpeechState()

    @property
    def state(self) -> SpeechState:
        """What the section shows."""
        return self._state

    def refresh(self) -> None:
        """Look again: the choice may have been made on the page of a case."""
        self._become(
            replace(
                self._state,
                installed=self._services.can_transcribe(),
                command=self._services.install_command(),
                language=self._services.speech_language(),
            )
        )
        self._jobs.run(self._services.speech_model, success=self._looked, failure=self._failed)

    def choose_model(self, folder: Path) -> None:
        """Look at a folder and use it."""
        look = partial(self._services.choose_speech_model, folder)
        self._jobs.run(look, success=self._looked, failure=self._failed)

    def choose_language(self, language: str) -> None:
        """Tell in which language people speak."""
        problem: Known | None = None
        try:
            self._services.choose_speech_language(language)
        except Known as error:
            problem = error
        self._become(replace(self._state, language=self._services.speech_language(), problem=problem))

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _looked(self, model: ModelFacts) -> None:
        self._become(replace(self._state, model=model))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _become(self, state: SpeechState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
