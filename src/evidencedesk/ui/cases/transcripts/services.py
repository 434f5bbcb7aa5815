"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.transcription import ModelFacts, Transcription


class TranscriptsServices(Protocol):
    """What a program heard in the recordings, for the user to correct."""

    def can_transcribe(self) -> bool:
        """Whether the part that writes down speech is installed."""
        ...

    def install_command(self) -> str:
        """How it is installed."""
        ...

    def speech_model(self) -> ModelFacts:
        """The chosen model, looked at; without a path when none was chosen yet."""
        ...

    def choose_speech_model(self, folder: Path) -> ModelFacts:
        """Look at a folder and, if it can be used, remember it."""
        ...

    def speech_language(self) -> str:
        """The chosen language: ``auto``, ``zh`` or ``en``."""
        ...

    def choose_speech_language(self, language: str) -> None:
        """Remember the language."""
        ...

    def transcribe(self, case_id: str, recordings: Sequence[str]) -> None:
        """Put recordings into the queue; returns at once."""
        ...

    def transcriptions(self) -> tuple[Transcription, ...]:
        """The queue, with how each stands or ended; quick."""
        ...

    def stop_transcribing(self, recording: str | None = None) -> None:
        """Take one recording out of the queue, or all; returns at once."""
        ...

    def correct_sentence(self, case_id: str, transcript: str, number: int, text: str) -> None:
        """Give a sentence the words that were really said."""
        ...
