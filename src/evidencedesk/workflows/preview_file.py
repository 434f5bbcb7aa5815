"""Look into a file of a case. A process of its own reads it: the file may be made to do harm."""

from __future__ import annotations

import errno
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from evidencedesk.capture.children import child_command
from evidencedesk.custody.plain_copy import ForChild, plain_for_child
from evidencedesk.domain.errors import Known
from evidencedesk.intake.preview import Look, NotShown, Trouble
from evidencedesk.intake.preview_process import SECONDS
from evidencedesk.intake.preview_wire import MOST_BYTES, unpack

_LONGER_SECONDS = 5.0


def preview_file(path: Path, name: str, page: int, room: int, seconds: float = SECONDS) -> Look:
    """What can be seen of a file called ``name``. Never raises for what is in it.

    ``page`` is the page or the sheet, from 0; ``room`` the longest side of a picture, in pixels.
    """
    try:
        with plain_for_child(path.absolute()) as given:
            return _look(given, name, page, room, seconds)
    except (OSError, Known) as error:
        too_large = isinstance(error, OSError) and error.errno == errno.ENOMEM
        return Look(NotShown(Trouble.TOO_LARGE if too_large else Trouble.GONE))


def _look(given: ForChild, name: str, page: int, room: int, seconds: float) -> Look:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    command = child_command("preview", str(given.path), name, str(page), str(room))
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
        pass_fds=given.pass_fds,
    )
    watchdog = _Watchdog(process, seconds)
    try:
        assert process.stdout is not None  # noqa: S101 - asked for above
        data = process.stdout.read(MOST_BYTES + 1)
    finally:
        watchdog.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    if watchdog.overdue:
        return Look(NotShown(Trouble.TOO_LONG))
    with suppress(ValueError, KeyError, TypeError):
        return unpack(data)
    # It died: of too much memory, or of the file.
    return Look(NotShown(Trouble.DAMAGED))


class _Watchdog:
    """Ends a process that takes too long."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self.overdue = False
        self._timer = threading.Timer(seconds, self._too_long)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()
        self._timer.join(_LONGER_SECONDS)

    def _too_long(self) -> None:
        self.overdue = True
        self._process.kill()
