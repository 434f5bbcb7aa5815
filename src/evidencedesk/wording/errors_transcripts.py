"""What can go wrong while a program writes down what was said."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_UNTOUCHED = mark("Nothing was changed. Your recordings are safe.")

TRANSCRIPT_SENTENCES: Mapping[Code, tuple[str, str, str]] = {
    Code.TRANSCRIBE_MISSING: (
        mark("The part that writes down speech is not installed."),
        _UNTOUCHED,
        mark("Install it with: {value}"),
    ),
    Code.MODEL_UNUSABLE: (
        mark("The folder “{path}” is not a speech model that can be used here."),
        _UNTOUCHED,
        mark(
            "Choose the folder of a Whisper model in the CTranslate2 format: model.bin, config.json, "
            "tokenizer.json and its vocabulary stand in it."
        ),
    ),
    Code.TRANSCRIPTION_FAILED: (
        mark("The program that writes down speech ended before it was done."),
        _UNTOUCHED,
        mark("Try again. If it happens again, choose a smaller model: this one may need too much memory."),
    ),
    Code.TRANSCRIPTION_STOPPED: (
        mark("The transcript was stopped, as you asked."),
        _UNTOUCHED,
        mark("Begin again whenever you like."),
    ),
    Code.NO_SOUND_YET: (
        mark("There is no finished sound of “{item}” to be written down."),
        _UNTOUCHED,
        mark("Stop the recording first; a file that no decoder here can read has no sound for this program."),
    ),
    Code.NOTHING_CHANGED: (
        mark("The words are the same as before."),
        _UNTOUCHED,
        mark("Change them, or leave the sentence as it is."),
    ),
}
