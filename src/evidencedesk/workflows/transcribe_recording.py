"""Have a recording written down by a program on this computer, and correct what it wrote.

What comes of it is a machine's draft: a help for finding things, never evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencedesk.capture.speech.listener import SpeechPlan, WrittenDown, write_down
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.domain.case import CaseFile, RecordingState
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.transcript import Sentence, Transcript
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.plain_text import LINE_LIMIT, one_line
from evidencedesk.workflows.speech_model import model_sha256, speech_model

LANGUAGES = ("auto", "zh", "en")
# One line of the journal stays short enough to be read by eye.
_IN_ONE_EVENT = 200

Progress = Callable[[int, int], None]
WriteDown = Callable[[SpeechPlan, Progress, Callable[[], bool], Callable[[], bool]], WrittenDown]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that is in the journal; ``left_out`` counts sentences in which the model repeated itself."""

    transcript: Transcript
    left_out: int


def transcribe_recording(
    desk: Desk,
    case_id: str,
    recording: str,
    model: Path,
    language: str = "auto",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    write: WriteDown = write_down,
) -> Drafted:
    """Write down one recording or imported sound; a later draft of the same counts instead of it.

    It rests while anything is being recorded. Nothing is stored before all was heard. Raises UNKNOWN_ITEM,
    NO_SOUND_YET, TRANSCRIBE_MISSING, MODEL_UNUSABLE, SOUND_FILE_UNREADABLE, TRANSCRIPTION_FAILED,
    TRANSCRIPTION_STOPPED.
    """
    case = desk.store.find_case(case_id)
    sound, duration_ms = _sound(desk, desk.store.case_file(case.id), recording)
    found = speech_model(model)
    plan = SpeechPlan(sound, duration_ms, found.path, language)
    sha256 = model_sha256(desk, found)
    told = write(plan, progress or _nobody, cancelled or _never, desk.store.is_recording)
    if cancelled is not None and cancelled():
        raise WrongUse(Code.TRANSCRIPTION_STOPPED)
    sentences = tuple(
        Sentence(one.at_ms, one.length_ms, text)
        for one in sorted(told.sentences, key=lambda one: one.at_ms)
        if (text := one_line(one.text[:LINE_LIMIT]))
    )
    transcript = Transcript(
        id=new_id(Kind.TRANSCRIPT),
        case=case.id,
        recording=recording,
        model=one_line(found.name),
        model_sha256=sha256,
        program=told.program,
        language=told.language,
        sentences=sentences,
        moment=desk.clock.now(),
    )
    desk.store.append(case.id, _events(transcript), transcript.moment)
    return Drafted(transcript, told.left_out)


def correct_sentence(desk: Desk, case_id: str, transcript: str, number: int, text: str) -> None:
    """Give a sentence (counted from 0) the words that were really said; the earlier ones stay.

    Raises UNKNOWN_ITEM, EMPTY_TEXT, TEXT_TOO_LONG, NOTHING_CHANGED.
    """
    case = desk.store.find_case(case_id)
    known = next((one for one in desk.store.case_file(case.id).transcripts if one.id == transcript), None)
    if known is None or not 0 <= number < len(known.sentences):
        raise WrongUse(Code.UNKNOWN_ITEM, item=f"{transcript} {number}")
    words = one_line(text, required=True)
    if words == known.sentences[number].text:
        raise WrongUse(Code.NOTHING_CHANGED)
    facts = {"transcript": transcript, "sentence": number, "text": words}
    desk.store.append(case.id, [(EventType.TRANSCRIPT_CORRECTED, facts)])


def can_be_written_down(case_file: CaseFile, sound: str) -> bool:
    """Whether a recording or imported sound has anything to be heard."""
    recording = next((one for one in case_file.recordings if one.id == sound), None)
    if recording is not None:
        return recording.state is not RecordingState.RUNNING and bool(recording.samples)
    return any(one.id == sound and one.duration_ms is not None for one in case_file.imported)


def _sound(desk: Desk, case_file: CaseFile, name: str) -> tuple[Path, int]:
    recording = next((one for one in case_file.recordings if one.id == name), None)
    imported = next((one for one in case_file.imported if one.id == name), None)
    if recording is None and imported is None:
        raise WrongUse(Code.UNKNOWN_ITEM, item=name)
    if not can_be_written_down(case_file, name):
        raise WrongUse(Code.NO_SOUND_YET, item=name)
    if recording is not None:
        place = desk.recording_folder(recording.case, recording.id) / recording.file
        return place, recording.duration_ms or 0
    assert imported is not None  # noqa: S101 - one of the two
    return attachment_file(desk.case_folder(imported.case), imported), imported.duration_ms or 0


def _events(transcript: Transcript) -> list[tuple[EventType, dict[str, Any]]]:
    drafted = {
        "transcript": transcript.id,
        "recording": transcript.recording,
        "model": transcript.model,
        "model_sha256": transcript.model_sha256,
        "program": transcript.program,
        "language": transcript.language,
    }
    events: list[tuple[EventType, dict[str, Any]]] = [(EventType.TRANSCRIPT_DRAFTED, drafted)]
    for first in range(0, len(transcript.sentences), _IN_ONE_EVENT):
        heard = [
            {"at_ms": one.at_ms, "length_ms": one.length_ms, "text": one.text}
            for one in transcript.sentences[first : first + _IN_ONE_EVENT]
        ]
        events.append((EventType.TRANSCRIPT_HEARD, {"transcript": transcript.id, "sentences": heard}))
    return events


def _nobody(_heard_ms: int, _whole_ms: int) -> None:
    """Nobody looks at the progress."""


def _never() -> bool:
    return False
