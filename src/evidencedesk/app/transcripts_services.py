"""The workflows that the pages ask for about machine transcripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evidencedesk.capture.speech.installed import INSTALL_COMMAND, can_transcribe
from evidencedesk.domain.errors import Known
from evidencedesk.domain.transcription import ModelFacts, Transcription
from evidencedesk.system.settings import Settings
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.speech_model import speech_model
from evidencedesk.workflows.transcribe_recording import correct_sentence
from evidencedesk.workflows.transcription_queue import TranscriptionQueue


class TranscriptsOnDesk:
    """Everything about machine transcripts, on one desk."""

    _desk: Desk
    _settings: Settings
    _transcripts: TranscriptionQueue | None = None

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices; done by the whole."""
        raise NotImplementedError

    def can_transcribe(self) -> bool:
        """Whether the part that writes down speech is installed."""
        return can_transcribe()

    def install_command(self) -> str:
        """How it is installed."""
        return INSTALL_COMMAND

    def speech_model(self) -> ModelFacts:
        """The chosen model, looked at."""
        chosen = self._settings.speech_model
        return _facts(Path(chosen)) if chosen else ModelFacts()

    def choose_speech_model(self, folder: Path) -> ModelFacts:
        """Look at a folder and, if it can be used, remember it."""
        found = _facts(folder)
        if found.problem is None:
            self.save_settings(replace(self._settings, speech_model=found.path))
        return found

    def speech_language(self) -> str:
        """The chosen language."""
        return self._settings.speech_language

    def choose_speech_language(self, language: str) -> None:
        """Remember the language."""
        self.save_settings(replace(self._settings, speech_language=language))

    def transcribe(self, case_id: str, recordings: Sequence[str]) -> None:
        """Put recordings into the queue."""
        if self._transcripts is None:
            self._transcripts = TranscriptionQueue(self._desk)
        settings = self._settings
        self._transcripts.add(case_id, recordings, Path(settings.speech_model), settings.speech_language)

    def transcriptions(self) -> tuple[Transcription, ...]:
        """The queue, with how each stands or ended."""
        return () if self._transcripts is None else self._transcripts.work

    def stop_transcribing(self, recording: str | None = None) -> None:
        """Take one recording out of the queue, or all."""
        if self._transcripts is not None:
            self._transcripts.stop(recording)

    def close_transcripts(self) -> None:
        """The window is gone: what is being written down ends, too."""
        if self._transcripts is not None:
            self._transcripts.close()
            self._transcripts = None

    def correct_sentence(self, case_id: str, transcript: str, number: int, text: str) -> None:
        """Give a sentence the words that were really said."""
        correct_sentence(self._desk, case_id, transcript, number, text)


def _facts(folder: Path) -> ModelFacts:
    try:
        found = speech_model(folder)
    except Known as problem:
        return ModelFacts(str(folder), folder.name, problem=problem)
    return ModelFacts(str(found.path), found.name, found.multilingual)
