"""What system this is, for people."""

from __future__ import annotations

import contextlib
import platform


def system_name() -> str:
    """Like ``Debian GNU/Linux 12 (bookworm), x86_64`` or ``Windows 11, AMD64``."""
    name = f"{platform.system()} {platform.release()}"
    if platform.system() == "Darwin":
        name = f"macOS {platform.mac_ver()[0]}"
    with contextlib.suppress(OSError, KeyError):  # only Linux has it
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{name}, {platform.machine()}"
