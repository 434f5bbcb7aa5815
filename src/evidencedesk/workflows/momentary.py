"""What lies in a library, or beside it, for a moment only, and is plain meanwhile.

Where a killed run left it, it goes at the next start. Every folder of that kind has its name here, so that
none is forgotten.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from evidencedesk.custody.unpacked import remove_left_archives
from evidencedesk.system.private_temp import remove_left_folders

LISTENING = ".listening-"  # sounds of a call, laid together for an export
HANDOVER = ".handover-"  # a case folder before it is encrypted
BACK_UP = ".back-up-"  # the database as it was at one moment
PASTED = ".pasted-"  # a list that was pasted, on its way into the case
_KINDS = (LISTENING, HANDOVER, BACK_UP, PASTED)


def remove_leftovers(library: Path) -> None:
    """Take away what killed runs left; only while this process holds the library's lock.

    What can't be removed stays, and keeps nobody from the library.
    """
    for kind in _KINDS:
        for left in library.glob(f"{kind}*"):
            if not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
    with suppress(OSError):
        remove_left_archives()
        remove_left_folders()
