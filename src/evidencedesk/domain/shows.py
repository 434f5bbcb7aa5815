"""What shows that something was said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shows:
    """Ids of what a case knows, each where there is one."""

    encounter: str | None = None
    collector: str | None = None
    contact: str | None = None
    attachment: str | None = None


NOTHING_SHOWS = Shows()
