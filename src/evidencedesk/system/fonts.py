"""Whether this computer can show Chinese at all: man 1 fc-list. Windows and macOS come with Chinese fonts."""

from __future__ import annotations

import shutil
import subprocess
import sys

_PATIENCE_S = 10


def has_chinese_font() -> bool:
    """Ask fontconfig where there is one; Windows and macOS come with Chinese fonts."""
    if sys.platform in ("win32", "darwin") or shutil.which("fc-list") is None:
        return True
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "file"], capture_output=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return bool(listed.stdout.strip())
