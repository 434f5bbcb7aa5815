"""Where things are kept on this computer."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_runtime_path

LIBRARY_VARIABLE = "EVIDENCEDESK_LIBRARY"
_NAME = "EvidenceDesk"


def named_library() -> Path | None:
    """The library that the environment names, if it does."""
    named = os.environ.get(LIBRARY_VARIABLE)
    return Path(named).expanduser().absolute() if named else None


def default_library() -> Path:
    """The library when no other is named, here or in the settings."""
    named = named_library()
    if named:
        return named
    return user_data_path(_NAME, appauthor=False) / "library"


def config_file() -> Path:
    """Where the settings are kept."""
    return user_config_path(_NAME, appauthor=False) / "settings.json"


def runtime_dir() -> Path:
    """A folder of this user alone for sockets and the like; exists and is 0700 afterwards."""
    place = _session_place()
    if place is not None and _make_private(place):
        return place
    fallback = user_cache_path(_NAME, appauthor=False) / "run"
    if not _make_private(fallback):
        raise PermissionError(f"not private: {fallback}")
    return fallback


def _session_place() -> Path | None:
    if sys.platform in ("win32", "darwin"):
        return user_runtime_path(_NAME, appauthor=False)
    # Without a session platformdirs would offer a place under /tmp, where somebody may have been first.
    session = os.environ.get("XDG_RUNTIME_DIR")
    return Path(session) / _NAME if session else None


def _make_private(path: Path) -> bool:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = path.lstat()
        if not stat.S_ISDIR(facts.st_mode):
            return False
        if hasattr(os, "getuid") and facts.st_uid != os.getuid():
            return False
        path.chmod(0o700)
    except OSError:
        return False
    return True
