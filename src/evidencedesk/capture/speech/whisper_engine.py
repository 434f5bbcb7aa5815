"""A Whisper model of the user's own, read from a folder. Loaded by ``speech/process.py`` only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faster_whisper

from evidencedesk.capture.speech.doubtful import is_doubtful
from evidencedesk.capture.speech.stretches import RATE_HZ, Stretch

PROGRAM = f"faster-whisper {faster_whisper.__version__}"
# Without it the model may write traditional characters. It may also give nothing but this back.
_PROMPTS = {"zh": "以下是普通话的对话,用简体中文记录。"}
_CERTAIN = 0.6
_BEAM = 2
_SECOND_TRIES = (0.0, 0.4, 0.8)
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence, counted in milliseconds from the beginning of the whole sound."""

    at_ms: int
    length_ms: int
    text: str


class WhisperEngine:
    """Writes stretches of speech down; ``language`` is fixed as soon as it is certain."""

    def __init__(self, folder: Path, language: str, threads: int) -> None:
        """``language`` is ``zh``, ``en`` or ``auto``. Raises ValueError or RuntimeError for a bad model."""
        self._model = faster_whisper.WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        )
        chosen = language if self._model.model.is_multilingual else _ENGLISH
        self.language = "" if chosen == "auto" else chosen
        self.left_out = 0

    def hear(self, stretch: Stretch) -> list[Heard]:
        """The sentences of a stretch; what is doubtful is left out and counted."""
        language = self.language
        if not language:
            language, certainty, _ = self._model.detect_language(stretch.samples)
            if certainty >= _CERTAIN:
                self.language = language
        prompt = _PROMPTS.get(language, "")
        sentences, echoed = self._sentences(stretch, language, prompt)
        if echoed:
            sentences, _ = self._sentences(stretch, language, "")
        return sentences

    def _sentences(self, stretch: Stretch, language: str, prompt: str) -> tuple[list[Heard], bool]:
        pieces, _ = self._model.transcribe(
            stretch.samples,
            language=language,
            initial_prompt=prompt or None,
            beam_size=_BEAM,
            temperature=_SECOND_TRIES,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        whole_ms = stretch.length * 1000 // RATE_HZ
        first_ms = stretch.first * 1000 // RATE_HZ
        kept: list[Heard] = []
        left_out = 0
        for piece in pieces:
            text = " ".join(piece.text.split())
            if is_doubtful(text, prompt):
                left_out += bool(text)
                continue
            begin = min(max(0, round(piece.start * 1000)), whole_ms)
            end = min(max(begin, round(piece.end * 1000)), whole_ms)
            kept.append(Heard(first_ms + begin, end - begin, text))
        # Nothing but the prompt came back: once more without it.
        if not kept and left_out and prompt:
            return [], True
        self.left_out += left_out
        return kept, False
