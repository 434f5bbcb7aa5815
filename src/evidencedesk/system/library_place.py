"""Which library is meant when nobody names one, and whether it is there."""

from __future__ import annotations

from pathlib import Path

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.places import config_file, default_library, named_library
from evidencedesk.system.settings import remembered_library

_DATABASE = "library.sqlite3"


def library_place() -> Path:
    """As the environment says, else as the settings remember, else the usual place."""
    named = named_library()
    return named or remembered_library(config_file()) or default_library()


def require_there(library: Path) -> None:
    """Refuse to begin an empty library where a moved one should be: its drive may not be plugged in.

    Raises LIBRARY_AWAY.
    """
    if named_library() is not None or library != remembered_library(config_file()):
        return
    if not (library / _DATABASE).is_file():
        raise MachineFailure(Code.LIBRARY_AWAY, path=str(library))
