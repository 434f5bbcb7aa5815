"""How the other side came. Apart from the case, which the first paint of the window need not wait for."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How the other side came."""

    VISIT = "visit"
    CALL = "call"
