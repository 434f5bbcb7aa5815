"""How a look goes from the process that read the file to the one that asked: a line of JSON, then pixels."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from evidencedesk.intake.preview import (
    Look,
    NotShown,
    PageShown,
    PictureShown,
    Raster,
    RichShown,
    Shown,
    TableShown,
    TextShown,
    Trouble,
)

# More than the largest picture that is asked for, and a long document.
MOST_BYTES = 40_000_000
_KINDS: dict[str, type[Any]] = {
    one.__name__: one for one in (PictureShown, PageShown, RichShown, TableShown, TextShown, NotShown)
}
_BYTES_A_PIXEL = 4


def pack(look: Look) -> bytes:
    """For the way."""
    told: dict[str, Any] = {}
    pixels = b""
    for one in fields(look.shown):
        value = getattr(look.shown, one.name)
        if isinstance(value, Raster):
            pixels = value.rgba
            value = [value.width, value.height]
        told[one.name] = value
    head = {"kind": type(look.shown).__name__, "form": look.form, "misnamed": look.misnamed, "told": told}
    return json.dumps(head).encode() + b"\n" + pixels


def unpack(data: bytes) -> Look:
    """What arrived. Raises ValueError, KeyError or TypeError for anything that was not packed here."""
    line, _, pixels = data.partition(b"\n")
    head = json.loads(line)
    told = dict(head["told"])
    if "raster" in told:
        width, height = told["raster"]
        if width < 1 or height < 1 or len(pixels) != width * height * _BYTES_A_PIXEL:
            raise ValueError("pixels")
        told["raster"] = Raster(width, height, pixels)
    if "rows" in told:
        told["rows"] = tuple(tuple(str(cell) for cell in row) for row in told["rows"])
        told["sheets"] = tuple(str(name) for name in told["sheets"])
    if "trouble" in told:
        told["trouble"] = Trouble(told["trouble"])
    shown: Shown = _KINDS[head["kind"]](**told)
    return Look(shown, str(head["form"]), bool(head["misnamed"]))
