"""What is said after an export: of the drive, and of a copy that should not tell everything."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.domain.not_made import Part
from evidencedesk.wording.language import Words, mark

_NOT_MADE = {
    Part.REPORT: mark("The report (report.pdf) could not be made."),
    Part.EVIDENCE_LIST: mark("The evidence list (evidence-list.docx) could not be made."),
    Part.TRANSCRIPT: mark("The transcript form (transcript.docx) could not be made."),
    Part.DEBT_SHEET: mark("The sheet about the debt (debt-sheet.pdf) could not be made."),
    Part.SIGNATURE: mark("The signature: the key of this computer could not be opened during the export."),
    Part.CHECKPOINT: mark("The checkpoint of this export could not be kept."),
    Part.CHECKPOINTS: mark("The checkpoints from the recordings could not be read."),
    Part.STAMPS: mark("Some outside time stamps of this case could not be read."),
    Part.STAMP_WISH: mark(
        "The signature could not be put down for an outside time stamp. “evidencedesk stamp” with this "
        "folder asks for one."
    ),
}


def not_made_line(words: Words, part: Part) -> str:
    """What a case folder has to do without. The rest of it is whole."""
    return words.text(_NOT_MADE[part])


def safe_to_remove(words: Words, *, from_drive: bool) -> str:
    """Said only after everything was read back and compared; never more than was done."""
    if from_drive:
        return words.text(
            "All of it was read back from the drive and is the same. A removable drive can be ejected now."
        )
    return words.text(
        "All of it was read back and is the same, perhaps from this computer's memory. Eject the drive "
        "before you unplug it."
    )


def look_again(words: Words, still_named: int, also_heard: Sequence[str]) -> list[str]:
    """What in a redacted copy may still tell what the user wanted nobody to know."""
    lines = []
    if still_named:
        lines.append(
            words.plural(
                "Look again: {n} note in the copy still names a person who was left out.",
                "Look again: {n} notes in the copy still name a person who was left out.",
                still_named,
            )
        )
    if also_heard:
        lines.append(
            words.text(
                "Look again: what was muted may be heard in another recording of that time: {recordings}.",
                recordings=", ".join(also_heard),
            )
        )
    return lines
