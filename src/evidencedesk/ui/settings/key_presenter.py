"""The key that signs case folders: what it is, how it is kept, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from evidencedesk.custody.device_key import Kept
from evidencedesk.domain.errors import Code, Known
from evidencedesk.ui.background import Runner
from evidencedesk.ui.messages import Messages


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The library's key; without a fingerprint there is none yet. ``opened``: it asks for nothing now."""

    fingerprint: str = ""
    kept: Kept | None = None
    opened: bool = False

    @property
    def asks(self) -> bool:
        """Whether using it takes the passphrase."""
        return self.kept is Kept.PASSPHRASE and not self.opened


class Asking(StrEnum):
    """What the section asks the user at the moment."""

    NOTHING = "nothing"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind
    NO_PASSPHRASE = "no-passphrase"  # noqa: S105 - a kind
    NEW_KEY = "new-key"


class Done(StrEnum):
    """What was done last, to be said."""

    PASSPHRASE_SET = "passphrase-set"  # noqa: S105 - a kind
    PASSPHRASE_GONE = "passphrase-gone"  # noqa: S105 - a kind
    KEY_MADE = "key-made"


class Fault(StrEnum):
    """What is wrong with what was typed."""

    WRONG = "wrong"
    EMPTY = "empty"
    UNEQUAL = "unequal"


@dataclass(frozen=True, slots=True)
class KeyState:
    """What the section shows; never a passphrase. ``facts`` are None until somebody has looked.

    ``lost``: there is a key, but it can't be opened any more.
    """

    facts: KeyFacts | None = None
    asking: Asking = Asking.NOTHING
    working: bool = False
    lost: bool = False
    fault: Fault | None = None
    done: Done | None = None


class KeyServices(Protocol):
    """What the section asks of the rest; everything is called on the jobs thread: a keyring may ask the user.

    All raise what the key and the disk say, all but ``key_facts`` answer with the new facts.
    """

    def key_facts(self) -> KeyFacts:
        """Look how things stand; opens nothing."""
        ...

    def make_key(self) -> KeyFacts:
        """Make a new key; the one before is set aside. Where there is none yet, make the first."""
        ...

    def set_passphrase(self, present: str, new: str) -> KeyFacts:
        """Lock the key with a passphrase, or with none; ``present`` opens it."""
        ...


class KeyPresenter(QObject):
    """Looks after the key.

    Emits:
        state_changed: the new ``KeyState``.
        typed_used: what was typed was right, or is not wanted any more: forget it.
    """

    state_changed = Signal(object)
    typed_used = Signal()

    def __init__(
        self, services: KeyServices, jobs: Runner, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._messages = messages
        self._state = KeyState()

    @property
    def state(self) -> KeyState:
        """What the section shows."""
        return self._state

    def refresh(self) -> None:
        """Look how the key stands now; a recording or an export may have made or opened it."""
        if not self._state.working:
            self._jobs.run(self._services.key_facts, success=self._looked, failure=self._failed)

    def ask_passphrase(self) -> None:
        """Ask for a new passphrase."""
        self._ask(Asking.PASSPHRASE)

    def ask_no_passphrase(self) -> None:
        """Ask whether the passphrase shall go."""
        self._ask(Asking.NO_PASSPHRASE)

    def ask_new_key(self) -> None:
        """Ask whether there shall be a new key."""
        self._ask(Asking.NEW_KEY)

    def leave(self) -> None:
        """The user changed their mind."""
        if not self._state.working:
            self._become(replace(self._state, asking=Asking.NOTHING, fault=None))
            self.typed_used.emit()

    def set_passphrase(self, present: str, new: str, again: str) -> None:
        """Lock the key with what was typed twice."""
        if not new:
            self._become(replace(self._state, fault=Fault.EMPTY))
        elif new != again:
            self._become(replace(self._state, fault=Fault.UNEQUAL))
        else:
            self._do(partial(self._services.set_passphrase, present, new), self._passphrase_set)

    def remove_passphrase(self, present: str) -> None:
        """Let the key be kept as the computer can by itself."""
        self._do(partial(self._services.set_passphrase, present, ""), self._passphrase_gone)

    def make_key(self) -> None:
        """Make a new key, or the first one."""
        self._do(self._services.make_key, self._key_made)

    def dismiss_done(self) -> None:
        """The reader has seen what was done."""
        self._become(replace(self._state, done=None))

    def _ask(self, asking: Asking) -> None:
        if not self._state.working:
            self._become(replace(self._state, asking=asking, fault=None, done=None))

    def _do(self, work: Callable[[], KeyFacts], success: Callable[[KeyFacts], None]) -> None:
        if not self._state.working:
            self._become(replace(self._state, working=True, fault=None, done=None))
            self._jobs.run(work, success=success, failure=self._failed)

    def _looked(self, facts: KeyFacts) -> None:
        self._become(replace(self._state, facts=facts))

    def _passphrase_set(self, facts: KeyFacts) -> None:
        self._succeeded(facts, Done.PASSPHRASE_SET)

    def _passphrase_gone(self, facts: KeyFacts) -> None:
        self._succeeded(facts, Done.PASSPHRASE_GONE)

    def _key_made(self, facts: KeyFacts) -> None:
        self._succeeded(facts, Done.KEY_MADE)

    def _succeeded(self, facts: KeyFacts, done: Done) -> None:
        self._become(KeyState(facts, done=done))
        self.typed_used.emit()

    def _failed(self, problem: Known) -> None:
        if problem.code in (Code.KEY_WRONG_PASSPHRASE, Code.KEY_LOCKED):
            fault = Fault.WRONG if problem.code is Code.KEY_WRONG_PASSPHRASE else Fault.EMPTY
            self._become(replace(self._state, working=False, fault=fault))
            return
        lost = self._state.lost or problem.code is Code.KEY_UNREADABLE
        self._become(replace(self._state, working=False, lost=lost))
        self._messages.show_error(problem)

    def _become(self, state: KeyState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
