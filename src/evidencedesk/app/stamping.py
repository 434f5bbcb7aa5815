"""Time stamps in the window: the worker, begun when the user wants any, and what it has done."""

from __future__ import annotations

import hashlib
import threading

from evidencedesk.custody.signature_files import SIGNATURE_FILE
from evidencedesk.domain.stamp import Subject
from evidencedesk.ui.cases.services import CopiedFolder, FolderStamps
from evidencedesk.ui.settings.time_presenter import StampsStanding
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.send_stamps import Sent
from evidencedesk.workflows.stamp_queue import waiting_stamps
from evidencedesk.workflows.stamp_worker import StampWorker


class Stamping:
    """The worker of one desk. Begins with the first ``look`` at which stamps are wanted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._worker: StampWorker | None = None
        self._lock = threading.Lock()
        self._good: Sent | None = None
        self._bad: Sent | None = None

    def look(self) -> None:
        """Begin to work if the user has turned time stamps on."""
        if self._worker is None and self._desk.authorities():
            self._worker = StampWorker(self._desk, on_sent=self._note)
            self._worker.start()

    def send_now(self) -> None:
        """Let everything that waits be sent now; does not wait for it."""
        self.look()
        if self._worker is not None:
            self._worker.send_now()

    def standing(self) -> StampsStanding:
        """What waits, and what happened last. Raises what the disk says."""
        waiting = waiting_stamps(self._desk.library)
        with self._lock:
            good, bad = self._good, self._bad
        failed = [one for one in waiting if one.trouble]
        last = bad.waiting if bad is not None else max(failed, key=lambda one: one.due_utc, default=None)
        return StampsStanding(
            waiting=len(waiting),
            sending=self._worker is not None and self._worker.sending,
            good_authority="" if good is None else good.waiting.authority,
            good_utc="" if good is None else good.gen_time,
            bad_authority="" if last is None else last.authority,
            bad_trouble="" if last is None else last.trouble,
            bad_detail="" if last is None else last.detail,
        )

    def close(self) -> None:
        """End the worker; what was not answered waits for the next start."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _note(self, sent: Sent) -> None:
        with self._lock:
            if sent.trouble is None:
                self._good = sent
            else:
                self._bad = sent


def folder_stamps(desk: Desk, case_id: str, exported: CopiedFolder) -> FolderStamps:
    """What waits for a stamp over an export's signature, and what came. Raises what the disk says.

    The signature in an encrypted file can't be read again: then all exports of the case are looked at.
    """
    imprint = "" if exported.sealed else _imprint(exported)
    waiting = [
        one
        for one in waiting_stamps(desk.library, case_id)
        if one.subject is Subject.SIGNATURE
        and (exported.sealed or one.imprint == imprint or one.folder == str(exported.path))
    ]
    received = tuple(
        stamp
        for stamp in desk.store.case_file(case_id).stamps
        if stamp.subject is Subject.SIGNATURE and stamp.imprint == imprint
    )
    failed = max((one for one in waiting if one.trouble), key=lambda one: one.due_utc, default=None)
    if failed is None:
        return FolderStamps(len(waiting), received)
    return FolderStamps(len(waiting), received, failed.trouble, failed.detail)


def _imprint(exported: CopiedFolder) -> str:
    try:
        return hashlib.sha256((exported.path / SIGNATURE_FILE).read_bytes()).hexdigest()
    except OSError:
        return ""  # not signed, or unplugged meanwhile
