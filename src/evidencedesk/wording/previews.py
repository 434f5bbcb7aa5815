"""Why a file can't be seen here, what a picture says of itself, and what a scan passed by."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.wording.language import Words, mark

# By the values of ``intake.preview.Trouble``.
_TROUBLES: Mapping[str, str] = {
    "damaged": mark("This file is damaged or made in a way that can't be read here. It is kept as it came."),
    "encrypted": mark("This file asks for a password. It is kept as it came; open it with its own program."),
    "too-large": mark("This file is too large to be shown here. It is kept as it came."),
    "too-many-pixels": mark("This picture says it is {width} × {height} pixels: too many to be shown here."),
    "swells": mark("This file would need too much memory when opened. Be careful where it came from."),
    "too-long": mark("Looking into this file took too long. It is kept as it came."),
    "unknown-form": mark("This kind of file can't be shown here. It is kept as it came."),
    "empty": mark("This file is empty."),
    "gone": mark(
        "The kept file can't be read from the disk. Check the drive, then the exported case folders."
    ),
}
# By the values of ``intake.folder_scan.PassedBy``.
_PASSED: Mapping[str, str] = {
    "link": mark("“{place}” is a link and was not followed. Choose the file itself."),
    "not-a-file": mark("“{place}” is no ordinary file and can't be taken in."),
    "unreadable": mark("“{place}” can't be read. Check who may read it."),
    "too-large": mark(
        "“{place}” is larger than 4 GB and was left aside. Add it by itself if it is evidence."
    ),
}


def trouble_text(words: Words, trouble: str, width: int = 0, height: int = 0) -> str:
    """Why there is nothing to see."""
    return words.text(_TROUBLES[trouble], width=f"{width:,}", height=f"{height:,}")


def passed_text(words: Words, why: str, place: str) -> str:
    """Why something in a folder was not offered."""
    return words.text(_PASSED[why], place=place)


def taken_text(words: Words, taken: str) -> str:
    """When a picture was taken, by the camera's clock: 2026:11:19 21:34:08 is how cameras write it."""
    day, _, time = taken.partition(" ")
    return words.text("Taken, by the camera's clock: {time}", time=f"{day.replace(':', '-')} {time}".strip())


def place_text(words: Words, place: str) -> str:
    """That a picture names a place, and that it goes along."""
    if place:
        return words.text(
            "The picture names the place where it was taken: {place}. It stays in the file and goes along in "
            "exports.",
            place=place,
        )
    return words.text(
        "The picture names the place where it was taken. It stays in the file and goes along in exports."
    )
