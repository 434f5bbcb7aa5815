"""Whether a folder is on a network drive: SQLite's log does not work there."""

from __future__ import annotations

import sys
from pathlib import Path

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "davfs"})
_DRIVE_REMOTE = 4
_MOUNTS = Path("/proc/self/mounts")


def on_network(path: Path) -> bool:
    """True only where the system says so; macOS does not tell it here."""
    if sys.platform == "win32":  # untested here; by the documentation of GetDriveTypeW
        import ctypes  # noqa: PLC0415 - what is called exists on Windows only

        anchor = path.absolute().anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return _kind(path.absolute(), lines) in _NETWORK


def _kind(path: Path, lines: list[str]) -> str:
    """The file system of the mount that is nearest above a path."""
    best, kind = -1, ""
    for line in lines:
        fields = line.split()
        if len(fields) < 3:
            continue
        place = Path(fields[1].replace("\\040", " "))
        if (place == path or place in path.parents) and len(place.parts) >= best:
            best, kind = len(place.parts), fields[2]
    return kind
