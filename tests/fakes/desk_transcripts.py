"""Answers from memory about machine transcripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.transcription import ModelFacts, Stage, Transcription


class FakeTranscripts:
    """What the pages ask about machine transcripts; ``work`` is the queue, moved on by the tests."""

    file: CaseFile
    installed = True
    model = ModelFacts("/models/whisper-base", "whisper-base")
    chosen_language = "auto"
    work: tuple[Transcription, ...] = ()

    def can_transcribe(self) -> bool:
        return self.installed

    def install_command(self) -> str:
        return 'pip install "evidencedesk[transcribe]"'

    def speech_model(self) -> ModelFacts:
        return self.model

    def choose_speech_model(self, folder: Path) -> ModelFacts:
        if folder.name == "empty":
            problem = Unreadable(Code.MODEL_UNUSABLE, path=str(folder), detail="model.bin")
            return ModelFacts(str(folder), folder.name, problem=problem)
        self.model = ModelFacts(str(folder), folder.name, multilingual=not folder.name.endswith(".en"))
        return self.model

    def speech_language(self) -> str:
        return self.chosen_language

    def choose_speech_language(self, language: str) -> None:
        self.chosen_language = language

    def transcribe(self, case_id: str, recordings: Sequence[str]) -> None:
        first = len(self.work)
        self.work += tuple(Transcription(first + n, case_id, name) for n, name in enumerate(recordings))

    def transcriptions(self) -> tuple[Transcription, ...]:
        return self.work

    def stop_transcribing(self, recording: str | None = None) -> None:
        self.work = tuple(
            replace(one, stage=Stage.STOPPED)
            if one.unfinished and recording in (None, one.recording)
            else one
            for one in self.work
        )

    def correct_sentence(self, case_id: str, transcript: str, number: int, text: str) -> None:
        self._maybe_refuse()
        known = next(one for one in self.file.transcripts if one.id == transcript)
        old = known.sentences[number]
        new = replace(old, text=text, corrected=True, earlier=(*old.earlier, old.text))
        changed = replace(known, sentences=(*known.sentences[:number], new, *known.sentences[number + 1 :]))
        self.file = replace(
            self.file,
            transcripts=tuple(changed if one.id == transcript else one for one in self.file.transcripts),
        )

    def _maybe_refuse(self) -> None:
        raise NotImplementedError
