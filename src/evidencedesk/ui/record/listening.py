"""The level of the chosen microphone, ten times a second, and what it likely means."""

from __future__ import annotations

from collections import deque
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.errors import Known
from evidencedesk.ui.background import Runner
from evidencedesk.ui.record.hearing import REMEMBERED, Hearing, hint
from evidencedesk.ui.services import RecordServices

LEVEL_MS = 100


class Listening(QObject):
    """Asks for the level while somebody looks.

    Emits:
        opened: the microphone is listened to; ``follow`` begins to ask.
        level_changed: the peak heard, 0..1000, or None.
        hearing_changed: the new Hearing.
        failed: the Known error for which nothing is heard.
    """

    opened = Signal()
    level_changed = Signal(object)
    hearing_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, services: RecordServices, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._source = ""
        self._muted = False
        self._hearing = Hearing.UNKNOWN
        self._levels: deque[int] = deque(maxlen=REMEMBERED)
        self.timer = QTimer(self)
        self.timer.setInterval(LEVEL_MS)
        self.timer.timeout.connect(self.read_level)

    @property
    def following(self) -> bool:
        """Whether levels come."""
        return self.timer.isActive()

    def listen(self, source: str) -> None:
        """Open a microphone, or change to another one."""
        self._source = source
        self._levels.clear()
        self._muted = False
        self._become(Hearing.UNKNOWN)
        self._runner.run(partial(self._services.listen, source), self._opened, self._open_failed)

    def follow(self) -> None:
        """Ask from now on."""
        self.timer.start()

    def stop(self) -> None:
        """Ask no more."""
        self.timer.stop()
        self._levels.clear()
        self.level_changed.emit(None)

    @Slot()
    def read_level(self) -> None:
        """Ask once."""
        try:
            peak = self._services.level()
        except Known as error:
            self._open_failed(error)
            return
        self.level_changed.emit(peak)
        if peak is None:
            return
        self._levels.append(peak)
        hearing = hint(self._levels)
        if hearing is Hearing.NOTHING:
            hearing = Hearing.MUTED if self._muted else Hearing.NOTHING
            if self._hearing is not hearing:
                # Only the system knows whether it is muted; until it has said so, nothing is heard.
                self._become(hearing)
                work = partial(self._services.muted, self._source)
                self._runner.run(work, self._told_muted, self._not_told)
                return
        self._become(hearing)

    @Slot(object)
    def _opened(self, _nothing: object) -> None:
        self.opened.emit()

    @Slot(object)
    def _open_failed(self, error: Known) -> None:
        self.timer.stop()
        self._become(Hearing.UNKNOWN)
        self.failed.emit(error)

    @Slot(object)
    def _told_muted(self, muted: object) -> None:
        self._muted = bool(muted)
        if self._hearing in (Hearing.NOTHING, Hearing.MUTED):
            self._become(Hearing.MUTED if muted else Hearing.NOTHING)

    @Slot(object)
    def _not_told(self, _error: Known) -> None:
        """It stays at what was heard: nothing."""

    def _become(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self.hearing_changed.emit(hearing)
