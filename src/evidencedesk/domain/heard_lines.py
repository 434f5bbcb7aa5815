"""The sentences of a case's transcripts in the order in which they were said."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import CaseFile, ImportedSound, Leg, Recording
from evidencedesk.domain.transcript import Sentence, Transcript


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One sentence; ``number`` counts within its transcript, ``at_ms`` within its recording.

    ``talk`` is the encounter, or the imported sound itself; ``talk_ms`` counts within it, over all parts and
    both sides. ``leg`` is None for a sound made elsewhere.
    """

    transcript: str
    number: int
    recording: str
    talk: str
    talk_ms: int
    leg: Leg | None
    sentence: Sentence

    @property
    def at_ms(self) -> int:
        """Where in its recording it begins."""
        return self.sentence.at_ms


def transcripts_that_count(case_file: CaseFile) -> dict[str, Transcript]:
    """The latest transcript of each recording, by the recording's id."""
    return {one.recording: one for one in case_file.transcripts}


def heard_lines(case_file: CaseFile, talk: str | None = None) -> tuple[HeardLine, ...]:
    """What was heard in one encounter or imported sound, or in all of them: both sides of a call in turn."""
    latest = transcripts_that_count(case_file)
    lines: list[HeardLine] = []
    talks = [one.id for one in case_file.encounters] + [one.id for one in case_file.imported]
    for name in talks if talk is None else [talk]:
        found = [
            line
            for sound in sounds_of(case_file, name)
            if sound.id in latest
            for line in _lines(sound, latest[sound.id], name)
        ]
        lines += sorted(found, key=lambda line: (line.talk_ms, line.recording, line.number))
    return tuple(lines)


def sounds_of(case_file: CaseFile, talk: str) -> tuple[Recording | ImportedSound, ...]:
    """The recordings of an encounter, or the imported sound of this id."""
    own = tuple(one for one in case_file.recordings if one.encounter == talk)
    return own or tuple(one for one in case_file.imported if one.id == talk)


def _lines(sound: Recording | ImportedSound, transcript: Transcript, talk: str) -> list[HeardLine]:
    begins_ms = sound.begins_ms if isinstance(sound, Recording) else 0
    leg = sound.leg if isinstance(sound, Recording) else None
    return [
        HeardLine(transcript.id, number, sound.id, talk, begins_ms + one.at_ms, leg, one)
        for number, one in enumerate(transcript.sentences)
    ]
