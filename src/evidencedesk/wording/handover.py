"""What may be said of a drive after an export."""

from __future__ import annotations

from evidencedesk.wording.language import Words


def safe_to_remove(words: Words, *, from_drive: bool) -> str:
    """Said only after everything was read back and compared; never more than was done."""
    if from_drive:
        return words.text(
            "All of it was read back from the drive and is the same. You can eject the drive now."
        )
    return words.text(
        "All of it was read back and is the same, perhaps from this computer's memory. Eject the drive "
        "before you unplug it."
    )
