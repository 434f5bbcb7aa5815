"""The pieces a report is built from, and how they become the JSON that the typst template draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from evidencedesk.export.start_here_view import Fact


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``look`` is plain, quiet or strong."""

    text: str
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section, with short labels behind it."""

    text: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one below the other."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Sentences with a box before each, to be ticked by hand."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to be filled in by hand, because the program does not know."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its width as a share of the page, or 0 to fit what is in it."""

    title: str
    share: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table: ``small`` lines below the text; ``look`` is mono, ok, bad, warn or empty."""

    text: str
    small: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; ``void`` ones were withdrawn or replaced and are struck out."""

    cells: tuple[Cell, ...]
    void: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head stands again on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a waveform, 0 to 10,000; ``number`` is that of its row in the timeline, or empty."""

    at: int
    look: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What one shape of mark means."""

    look: str
    text: str


@dataclass(frozen=True, slots=True)
class Wave:
    """The picture of a sound, with marks above, a scale and what the marks mean below."""

    svg: str
    marks: tuple[Mark, ...]
    scale: tuple[str, ...]
    legend: tuple[Sign, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines for a name and a date."""

    labels: tuple[str, ...]


Block = Paragraph | Subheading | Facts | Bullets | Choices | Blanks | Table | Wave | Signature


def as_json(value: Any, shown: Callable[[str], str]) -> Any:
    """Dataclasses as maps, each with its ``kind``; ``shown`` makes every text fit for paper."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, (tuple, list)):
        return [as_json(item, shown) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item, shown) for key, item in value.items()}
    if is_dataclass(value):
        told = {field.name: as_json(getattr(value, field.name), shown) for field in fields(value)}
        return {"kind": type(value).__name__.lower(), **told}
    return value
