"""Where things are kept on this computer."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_runtime_path

LIBRARY_VARIABLE = "EVIDENCEDESK_LIBRARY"
_NAME = "EvidenceDesk"


def default_library() -> Path:
    """The library when no other is named."""
    named = os.environ.get(LIBRARY_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return user_data_path(_NAME, appauthor=False) / "library"


def config_file() -> Path:
    """Where the settings are kept."""
    return user_config_path(_NAME, appauthor=False) / "settings.json"


def runtime_dir() -> Path:
    """A folder of this user alone for sockets and the like; exists and is 0700 afterwards."""
    # Without a session the first place would be under /tmp, where somebody else may have been before.
    own_session = sys.platform in ("win32", "darwin") or "XDG_RUNTIME_DIR" in os.environ
    if own_session and _make_private(path := user_runtime_path(_NAME, appauthor=False)):
        return path
    fallback = user_cache_path(_NAME, appauthor=False) / "run"
    if not _make_private(fallback):
        raise PermissionError(f"not private: {fallback}")
    return fallback


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
