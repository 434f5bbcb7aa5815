"""Files of the library for other programs: those that are sealed are copied for as long as it is open."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.custody.plain_copy import PLAIN_COPIES


def readable(place: Path, name: str) -> Path:
    """Where any program can read a file, called ``name`` there; its place while it is not sealed.

    Raises VAULT_LOCKED.
    """
    try:
        return PLAIN_COPIES.open(place, name)
    except OSError:
        return place  # gone: the system says so to whoever opens it
