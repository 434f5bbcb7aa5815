"""The lock of the library: set it up, change what opens it, give it up, and see how far the files are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.vault import OpenedBy, VaultFacts, VaultState
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.messages import Messages

LOOK_MS = 250


class VaultAsks(StrEnum):
    """What the section asks the user at the moment."""

    NOTHING = "nothing"
    SET_UP = "set-up"
    CHANGE = "change"
    NEW_CODE = "new-code"
    KEYRING = "keyring"
    GIVE_UP = "give-up"
    KEEP = "keep"


class VaultFault(StrEnum):
    """What is wrong with what was typed."""

    WRONG = "wrong"
    SHORT = "short"
    UNEQUAL = "unequal"
    NO_KEYRING = "no-keyring"
    OTHER_GROUP = "other-group"


class VaultDone(StrEnum):
    """What was done last, to be said."""

    CHANGED = "changed"
    SEALED = "sealed"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True)
class VaultSectionState:
    """What the section shows; of secrets only a code that was just made, until it was typed back.

    ``facts`` are None where there is no lock. ``done_share`` is how far the files are, in thousandths;
    ``paused`` by the user, ``held`` by a recording. ``left`` files could not be opened and stay as they are.
    """

    settings: Settings
    facts: VaultFacts | None = None
    asking: VaultAsks = VaultAsks.NOTHING
    working: bool = False
    code: str = ""
    fault: VaultFault | None = None
    done: VaultDone | None = None
    converting: bool = False
    paused: bool = False
    held: bool = False
    done_share: int = 0
    left: int = 0

    @property
    def under_way(self) -> bool:
        """Whether files of both kinds are there."""
        return self.facts is not None and self.facts.state is not VaultState.SEALED

    @property
    def by_passphrase(self) -> bool:
        """Whether a passphrase opens it."""
        return self.facts is not None and OpenedBy.PASSPHRASE in self.facts.opened_by

    @property
    def by_keyring(self) -> bool:
        """Whether the keyring opens it."""
        return self.facts is not None and OpenedBy.KEYRING in self.facts.opened_by


class VaultCare(Protocol):
    """What the section asks of the rest. All but the first three are called on a thread of the runner."""

    def vault_facts(self) -> VaultFacts | None:
        """How the library is locked; None for not at all."""
        ...

    def settings(self) -> Settings:
        """Give the choices as they are."""
        ...

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices; raises what the disk says, and they hold until the window closes."""
        ...

    def begin_locking(self, passphrase: str) -> tuple[object, str]:
        """A lock, its keys and its recovery code; with an empty passphrase the keyring opens it."""
        ...

    def begin_unlocking(self, present: str) -> object:
        """Give the lock up; its keys."""
        ...

    def lock_again(self, present: str) -> object:
        """Keep a lock that was being given up; its keys."""
        ...

    def finish_conversion(
        self, progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> int:
        """Bring all files into the form that is wanted; how many could not be. Raises CANCELLED."""
        ...

    def change_passphrase(self, present: str, new: str) -> None:
        """Another one."""
        ...

    def renew_code(self, present: str) -> str:
        """Another recovery code."""
        ...

    def set_keyring(self, present: str, *, opens: bool) -> None:
        """Whether the keyring opens the library, too."""
        ...


class VaultPresenter(QObject):
    """Looks after the lock. ``sealer`` is a thread of its own: files take their time.

    Emits:
        state_changed: the new ``VaultSectionState``.
        typed_used: what was typed is not needed any more: forget it.
        reopen_wanted: the library is to be closed and opened with these keys; then the code, to be shown.
        settings_changed: idle minutes, or what the locked window tells; or there is a lock now, or none.
    """

    state_changed = Signal(object)
    typed_used = Signal()
    reopen_wanted = Signal(object, str)
    settings_changed = Signal()

    def __init__(
        self,
        care: VaultCare,
        jobs: Runner,
        sealer: Runner,
        messages: Messages,
        parent: QObject | None = None,
        *,
        code: str = "",
    ) -> None:
        """``code`` was made just before the library was opened again, and is to be shown."""
        super().__init__(parent)
        self._care = care
        self._jobs = jobs
        self._sealer = sealer
        self._messages = messages
        self._stop = threading.Event()
        self._share = 0
        self.state = VaultSectionState(care.settings(), code=code)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._show_share)

    def begin(self) -> None:
        """The library was opened: go on with what was interrupted, unless a code waits to be written down."""
        self.refresh()
        self._go_on()

    @Slot()
    def refresh(self) -> None:
        """Look how the lock stands."""
        try:
            facts = self._care.vault_facts()
        except Known as problem:
            self._messages.show_error(problem)
            return
        self._become(replace(self.state, facts=facts, settings=self._care.settings()))

    def ask(self, asking: VaultAsks) -> None:
        """Open a form, or with ``NOTHING`` put it away."""
        if not self.state.working:
            self._become(replace(self.state, asking=asking, fault=None, done=None))
            self.typed_used.emit()

    def set_up(self, passphrase: str, again: str) -> None:
        """A lock with this passphrase, typed twice."""
        if self._fits(passphrase, again):
            self._do(partial(self._care.begin_locking, passphrase), self._begun)

    @Slot()
    def set_up_keyring(self) -> None:
        """A lock that this computer's keyring opens."""
        self._do(partial(self._care.begin_locking, ""), self._begun)

    def change(self, present: str, new: str, again: str) -> None:
        """Another passphrase, or the first one beside the keyring."""
        if self._fits(new, again):
            self._do(partial(self._care.change_passphrase, present, new), self._changed)

    def renew_code(self, present: str) -> None:
        """Another recovery code."""
        self._do(partial(self._care.renew_code, present), self._code_made)

    def give_up(self, present: str) -> None:
        """Bring everything back into plain files."""
        self.end()
        self._do(partial(self._care.begin_unlocking, present), self._turned, self._sealer)

    def keep_after_all(self, present: str) -> None:
        """The lock was being given up, and is wanted again."""
        self.end()
        self._do(partial(self._care.lock_again, present), self._turned, self._sealer)

    def turn_keyring(self, present: str) -> None:
        """The keyring opens it from now on, too, or not any more."""
        self._do(partial(self._care.set_keyring, present, opens=not self.state.by_keyring), self._changed)

    def choose_idle(self, minutes: str) -> None:
        """Lock after so many idle minutes; 0 for never."""
        self._keep(replace(self._care.settings(), lock_after=minutes))

    def choose_tells(self, answer: str) -> None:
        """Whether the locked window says that a recording goes on: ``yes`` or ``no``."""
        self._keep(replace(self._care.settings(), lock_tells=answer))

    def confirm_code(self, group: int, typed: str) -> None:
        """Somebody typed a group of the code back from paper: then it need not be shown any more."""
        if typed.strip().upper() != self.state.code.split("-")[group]:
            self._become(replace(self.state, fault=VaultFault.OTHER_GROUP))
            return
        self._become(replace(self.state, code="", fault=None))
        self._go_on()

    @Slot()
    def pause_or_go_on(self) -> None:
        """Rest, or go on with the files."""
        if self.state.converting:
            self._become(replace(self.state, paused=True))
            self._stop.set()
        else:
            self._become(replace(self.state, paused=False))
            self._go_on()

    def set_recording(self, *, running: bool) -> None:
        """A recording has the disk for itself."""
        self._become(replace(self.state, held=running))
        if running:
            self._stop.set()
        else:
            self._go_on()

    def dismiss_done(self) -> None:
        """The reader has seen what was done."""
        self._become(replace(self.state, done=None))

    def end(self) -> None:
        """Rest soon; the next start goes on."""
        self._stop.set()
        self._timer.stop()

    def _go_on(self) -> None:
        state = self.state
        if state.code or not state.under_way or state.converting or state.paused or state.held:
            return
        self._stop = threading.Event()
        self._become(replace(state, converting=True))
        self._timer.start()
        work = partial(self._care.finish_conversion, self._progress, self._stop.is_set)
        self._sealer.run(work, success=self._converted, failure=self._not_converted)

    def _progress(self, done: int, total: int, _name: str) -> None:
        """On the thread that works."""
        self._share = 1000 * done // max(1, total)

    @Slot()
    def _show_share(self) -> None:
        self._become(replace(self.state, done_share=self._share))

    def _converted(self, left: int) -> None:
        self._timer.stop()
        sealing = self.state.facts is not None and self.state.facts.state is VaultState.SEALING
        done = VaultDone.SEALED if sealing else VaultDone.GIVEN_UP
        done_or_not = done if sealing or not left else None
        # What can't be opened is not tried again and again.
        self._become(replace(self.state, converting=False, done=done_or_not, left=left, paused=bool(left)))
        self.refresh()
        self.settings_changed.emit()

    def _not_converted(self, problem: Known) -> None:
        self._timer.stop()
        self._become(replace(self.state, converting=False))
        if problem.code is Code.BUSY_RECORDING:
            self._become(replace(self.state, held=True))
        elif problem.code is not Code.CANCELLED:
            self._become(replace(self.state, paused=True))
            self._messages.show_error(problem)
        elif not self.state.working:
            self._go_on()  # it may be wanted again already

    def _fits(self, new: str, again: str) -> bool:
        if new == again:
            return True
        self._become(replace(self.state, fault=VaultFault.UNEQUAL))
        return False

    def _do(
        self, work: Callable[[], object], success: Callable[..., None], runner: Runner | None = None
    ) -> None:
        """``runner`` where it must come behind the files that are just being done."""
        if not self.state.working:
            self._become(replace(self.state, working=True, fault=None, done=None))
            (runner or self._jobs).run(work, success=success, failure=self._failed)

    def _begun(self, told: tuple[object, str]) -> None:
        self._settle(VaultAsks.NOTHING)
        self.reopen_wanted.emit(*told)

    def _turned(self, keys: object) -> None:
        self._settle(VaultAsks.NOTHING)
        self.reopen_wanted.emit(keys, "")

    def _changed(self, _nothing: None) -> None:
        self._settle(VaultAsks.NOTHING, VaultDone.CHANGED)
        self.refresh()

    def _code_made(self, code: str) -> None:
        self._settle(VaultAsks.NOTHING)
        self._become(replace(self.state, code=code))

    def _settle(self, asking: VaultAsks, done: VaultDone | None = None) -> None:
        self._become(replace(self.state, working=False, asking=asking, fault=None, done=done))
        self.typed_used.emit()

    def _failed(self, problem: Known) -> None:
        faults = {
            Code.VAULT_WRONG_PASSPHRASE: VaultFault.WRONG,
            Code.VAULT_WEAK_PASSPHRASE: VaultFault.SHORT,
            Code.VAULT_NO_KEYRING: VaultFault.NO_KEYRING,
        }
        self._become(replace(self.state, working=False, fault=faults.get(problem.code)))
        if problem.code not in faults:
            self._messages.show_error(problem)
        self._go_on()

    def _keep(self, settings: Settings) -> None:
        try:
            self._care.save_settings(settings)
        except Known as problem:
            self._messages.show_error(problem)
        self._become(replace(self.state, settings=self._care.settings()))
        self.settings_changed.emit()

    def _become(self, state: VaultSectionState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
