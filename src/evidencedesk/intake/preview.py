"""What a look into a stranger's file gives: plain data, for whoever draws it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Why there is nothing to see."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    TOO_MANY_PIXELS = "too-many-pixels"
    SWELLS = "swells"
    TOO_LONG = "too-long"
    UNKNOWN_FORM = "unknown-form"
    EMPTY = "empty"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture made small enough to be shown, four bytes (red, green, blue, alpha) for each pixel."""

    width: int
    height: int
    rgba: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PictureShown:
    """A picture, and what it says of itself.

    ``width`` and ``height`` are those of the whole picture. ``taken`` is the camera's clock as it stands in
    the file; ``place`` is latitude and longitude, empty where ``has_place`` is all that could be read.
    """

    raster: Raster
    width: int
    height: int
    taken: str = ""
    camera: str = ""
    has_place: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page of several, counted from 0."""

    raster: Raster
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RichShown:
    """A document as HTML of plain tags without attributes; ``more`` when its end is left out."""

    html: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class TableShown:
    """The first rows of one of the sheets; sheets without names have none."""

    rows: tuple[tuple[str, ...], ...]
    sheets: tuple[str, ...] = ()
    sheet: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class TextShown:
    """Text; ``more`` when its end is left out."""

    text: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class NotShown:
    """Nothing to see, and why; ``width`` and ``height`` where they are too many."""

    trouble: Trouble
    width: int = 0
    height: int = 0


Shown = PictureShown | PageShown | RichShown | TableShown | TextShown | NotShown


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. ``form`` is what the bytes are (``PDF``), empty where nobody knows.

    ``misnamed`` is true for a file whose ending says something else.
    """

    shown: Shown
    form: str = ""
    misnamed: bool = False


class CannotShow(Exception):  # noqa: N818 - what the readers of one form say to the one who asked
    """Raised by a reader that knows why."""

    def __init__(self, trouble: Trouble, width: int = 0, height: int = 0) -> None:
        super().__init__(trouble.value)
        self.shown = NotShown(trouble, width, height)
