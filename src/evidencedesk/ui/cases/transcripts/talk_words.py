"""How encounters, recordings and the sides of a call are called on the page of transcripts."""

from __future__ import annotations

from evidencedesk.domain.case import CaseFile, Encounter, ImportedSound, Leg, Recording
from evidencedesk.ui.cases.case_words import SEPARATOR, length_text, moment_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words


def talk_title(words: Words, case_file: CaseFile, talk: str) -> str:
    """The day and kind of an encounter, or the name of an imported sound."""
    encounter = next((one for one in case_file.encounters if one.id == talk), None)
    if encounter is not None:
        return _encounter(words, encounter)
    imported = next((one for one in case_file.imported if one.id == talk), None)
    return imported.name if imported is not None else ""


def sound_title(words: Words, case_file: CaseFile, sound: str) -> str:
    """One recording or imported sound, with its side, part and length."""
    imported = next((one for one in case_file.imported if one.id == sound), None)
    if imported is not None:
        return _with_length(words, imported.name, imported)
    recording = next(one for one in case_file.recordings if one.id == sound)
    together = [one for one in case_file.recordings if one.encounter == recording.encounter]
    parts = [talk_title(words, case_file, recording.encounter)]
    if any(one.leg is Leg.FAR for one in together):
        parts.append(label(words, recording.leg))
    if any(one.part > 1 for one in together):
        parts.append(words.text("part {number}", number=recording.part))
    return _with_length(words, SEPARATOR.join(parts), recording)


def side_text(words: Words, leg: Leg | None) -> str:
    """Who is heard there."""
    return words.text("Imported") if leg is None else label(words, leg)


def _encounter(words: Words, encounter: Encounter) -> str:
    return SEPARATOR.join((moment_text(words, encounter.opened), label(words, encounter.mode)))


def _with_length(words: Words, title: str, sound: Recording | ImportedSound) -> str:
    return SEPARATOR.join((title, length_text(words, sound.duration_ms or 0)))
