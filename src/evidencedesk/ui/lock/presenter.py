"""The door of a locked library: passphrase, keyring or recovery code; and recording, which needs none."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.vault import OpenedBy
from evidencedesk.ui.background import Runner

LOOK_MS = 500


class Way(StrEnum):
    """What the page asks for."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind
    CODE = "code"


@dataclass(frozen=True, slots=True)
class LockState:
    """What the page shows; never a secret.

    ``opened_by`` is None until somebody has looked. ``working``: something typed is being tried; ``opening``:
    it was right, and the library is being opened. ``wait_s`` is how long no passphrase is tried.
    ``recording_ms`` is the length of a recording that goes on, None without one; ``starting`` one begins.
    """

    opened_by: frozenset[OpenedBy] | None = None
    way: Way = Way.PASSPHRASE
    working: bool = False
    opening: bool = False
    asking_keyring: bool = False
    wait_s: int = 0
    problem: Known | None = None
    starting: bool = False
    recording_ms: int | None = None

    @property
    def busy(self) -> bool:
        """Whether nothing can be typed now."""
        return self.working or self.opening

    @property
    def by_keyring(self) -> bool:
        """Whether the keyring is one way in."""
        return self.opened_by is not None and OpenedBy.KEYRING in self.opened_by

    @property
    def by_passphrase(self) -> bool:
        """Whether a passphrase is one; unless it is known that there is none."""
        return self.opened_by is None or OpenedBy.PASSPHRASE in self.opened_by


class BehindLock(Protocol):
    """A recording that goes on while the library is locked."""

    def look(self) -> int | None:
        """How long it is, in milliseconds; None when it has ended."""
        ...


class LockServices(Protocol):
    """What the door asks of the rest. All but ``wait_s`` are called away from the window; keys are opaque."""

    def opened_by(self) -> frozenset[OpenedBy]:
        """Look what opens the library."""
        ...

    def wait_s(self) -> float:
        """How long until a passphrase is tried again."""
        ...

    def open(self, passphrase: str) -> object:
        """The keys. Raises VAULT_WRONG_PASSPHRASE."""
        ...

    def open_with_code(self, code: str) -> object:
        """The keys. Raises VAULT_WRONG_CODE."""
        ...

    def open_with_keyring(self) -> object:
        """The keys; the system may ask the user meanwhile. Raises VAULT_NO_KEYRING."""
        ...

    def begin(self, title: str, mode: str) -> BehindLock:
        """Record into a new case, sealed; in the usual mode, if none is named.

        Raises what keeps it from recording.
        """
        ...

    def running(self) -> BehindLock | None:
        """Look for a recording that goes on already."""
        ...


class LockPresenter(QObject):
    """Tries what is typed, and lets nobody in who does not know it.

    ``asker`` asks the keyring, which may wait for the user for as long as it likes; ``recorder`` begins to
    record. Neither waits for the other, nor for ``trier``.

    Emits:
        state_changed: the new ``LockState``.
        typed_used: what was typed is not needed any more: forget it.
        opened: the keys.
    """

    state_changed = Signal(object)
    typed_used = Signal()
    opened = Signal(object)

    def __init__(
        self,
        services: LockServices,
        trier: Runner,
        recorder: Runner,
        asker: Runner,
        title: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """``title`` names the case of what is recorded here."""
        super().__init__(parent)
        self._services = services
        self._trier = trier
        self._recorder = recorder
        self._asker = asker
        self._title = title
        self._behind: BehindLock | None = None
        self._early = ""
        self.state = LockState()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(
        self, behind: BehindLock | None = None, *, ask_keyring: bool = False, opening: bool = False
    ) -> None:
        """The door is shut. ``behind`` is recorded now; ``opening``: whoever shut it opens it again.

        The keyring is not asked when somebody shut the door on purpose: it would open it again at once.
        """
        self._behind = behind
        self.state = LockState(opening=opening, recording_ms=None if behind is None else behind.look())
        self.state_changed.emit(self.state)
        looked = self._look_and_ask if ask_keyring else self._looked
        self._trier.run(self._services.opened_by, success=looked, failure=self._failed)
        if behind is None:
            self._recorder.run(self._services.running, success=self._found, failure=self._let_go)
        self._timer.start()

    def end(self) -> None:
        """The door is open, or the window goes."""
        self._timer.stop()
        self._behind = None
        self._early = ""
        self.state = LockState()

    @Slot(str)
    def try_typed(self, typed: str) -> None:
        """Somebody typed a passphrase, or the code."""
        state = self.state
        if state.busy or not typed.strip():
            return
        if state.opened_by is None:
            self._early = typed  # it is not known yet how long to wait
            return
        if state.way is Way.CODE:
            work = partial(self._services.open_with_code, typed)
        elif state.wait_s:
            return
        else:
            work = partial(self._services.open, typed)
        self._become(replace(state, working=True, problem=None))
        self._trier.run(work, success=self._opened, failure=self._refused)

    @Slot()
    def try_keyring(self) -> None:
        """Ask the keyring once more."""
        if not self.state.asking_keyring and not self.state.opening:
            self._become(replace(self.state, asking_keyring=True, problem=None))
            self._asker.run(self._services.open_with_keyring, success=self._opened, failure=self._no_keyring)

    @Slot(str)
    def choose_way(self, way: str) -> None:
        """By passphrase or by code."""
        if not self.state.busy:
            self._become(replace(self.state, way=Way(way), problem=None))
            self.typed_used.emit()

    @Slot()
    def record(self, mode: str = "") -> None:
        """Somebody is at the door: begin at once; in this mode, if one is named."""
        if self.state.starting or self.state.recording_ms is not None:
            return
        self._become(replace(self.state, starting=True, problem=None))
        title = self._title()
        self._recorder.run(
            partial(self._services.begin, title, mode), success=self._found, failure=self._not_begun
        )

    def could_not_open(self, problem: Known) -> None:
        """The keys were right, but the library does not open."""
        self._become(replace(self.state, opening=False, working=False, problem=problem))

    @Slot()
    def look(self) -> None:
        """Count the seconds down, and see how the recording stands."""
        # What is being tried counts as wrong until it was right; that is no reason to say so.
        wait_s = self.state.wait_s if self.state.busy else math.ceil(self._services.wait_s())
        lasts_ms = None if self._behind is None else self._behind.look()
        if lasts_ms is None:
            self._behind = None
        self._become(replace(self.state, wait_s=wait_s, recording_ms=lasts_ms))

    def _look_and_ask(self, opened_by: frozenset[OpenedBy]) -> None:
        self._looked(opened_by)
        if self.state.by_keyring:
            self.try_keyring()

    def _looked(self, opened_by: frozenset[OpenedBy]) -> None:
        way = self.state.way
        if OpenedBy.PASSPHRASE not in opened_by and OpenedBy.KEYRING not in opened_by:
            way = Way.CODE
        self._become(replace(self.state, opened_by=opened_by, way=way))
        self.look()
        early, self._early = self._early, ""
        self.try_typed(early)

    def _failed(self, problem: Known) -> None:
        self._become(replace(self.state, problem=problem))

    def _opened(self, keys: object) -> None:
        if self.state.opening or not self._timer.isActive():
            return  # the keyring and the passphrase were both right
        self._become(replace(self.state, working=False, asking_keyring=False, opening=True, problem=None))
        self.typed_used.emit()
        self.opened.emit(keys)

    def _refused(self, problem: Known) -> None:
        if problem.code is not Code.VAULT_WRONG_CODE:
            self.typed_used.emit()
        wait_s = math.ceil(self._services.wait_s())
        self._become(replace(self.state, working=False, problem=problem, wait_s=wait_s))

    def _no_keyring(self, problem: Known) -> None:
        self._become(replace(self.state, asking_keyring=False, problem=problem))

    def _found(self, behind: BehindLock | None) -> None:
        self._behind = behind if behind is not None else self._behind
        self._become(replace(self.state, starting=self.state.starting and behind is None))
        self.look()

    def _not_begun(self, problem: Known) -> None:
        self._become(replace(self.state, starting=False, problem=problem))

    def _let_go(self, _problem: Known) -> None:
        """Whether something is recorded can't be seen; the red button still works."""

    def _become(self, state: LockState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
