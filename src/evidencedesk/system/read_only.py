"""Files that are not to be changed by mistake: it stops a slip of the hand, not a will.

POSIX: the permission bits (man 2 chmod). Windows: ``chmod`` sets FILE_ATTRIBUTE_READONLY there and nothing
else (docs.python.org/3/library/os.html#os.chmod), and such a file can't be deleted before it is taken off
("DeleteFileW", learn.microsoft.com/windows/win32/api/fileapi); never tried there.

Nothing is ever moved to a trash by this program: what the user deletes is deleted.
"""

from __future__ import annotations

import sys
from pathlib import Path


def make_read_only(path: Path) -> None:
    """Take away the right to write, for everybody."""
    path.chmod(path.stat().st_mode & ~0o222)


def make_removable(path: Path) -> None:
    """Before a file is deleted that may be read-only; POSIX asks for the folder's rights only."""
    if sys.platform == "win32" and path.exists():
        path.chmod(0o600)
