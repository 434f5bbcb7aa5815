"""A vault behind the door and behind the settings page, without any file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.vault import OpenedBy, VaultFacts, VaultState
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Failure, Success, Work

PASSPHRASE = "four words nobody knows"  # noqa: S105
CODE = "2J4K-8QXW-M0TZ-5RVC-9HYB-3NGD-7PF1"
KEYS = object()


class FakeBehind:
    """A recording behind the door."""

    def __init__(self, lasts_ms: int | None = 0) -> None:
        self.lasts_ms = lasts_ms

    def look(self) -> int | None:
        return self.lasts_ms


class FakeDoor:
    """What the door asks; ``wait`` is the seconds until the next try."""

    def __init__(self, *opened_by: OpenedBy) -> None:
        self.by = frozenset(opened_by or (OpenedBy.PASSPHRASE, OpenedBy.RECOVERY))
        self.wait = 0.0
        self.failures = 0
        self.tried: list[str] = []
        self.begun: list[str] = []
        self.behind: FakeBehind | None = None
        self.refusal: Known | None = None
        self.keyring_opens = True

    def opened_by(self) -> frozenset[OpenedBy]:
        return self.by

    def wait_s(self) -> float:
        return self.wait

    def open(self, passphrase: str) -> object:
        self.tried.append(passphrase)
        if passphrase != PASSPHRASE:
            self.wait = float(2**self.failures)
            self.failures += 1
            raise WrongUse(Code.VAULT_WRONG_PASSPHRASE)
        return KEYS

    def open_with_code(self, code: str) -> object:
        self.tried.append(code)
        if code != CODE:
            raise WrongUse(Code.VAULT_WRONG_CODE)
        return KEYS

    def open_with_keyring(self) -> object:
        if not self.keyring_opens:
            raise WrongUse(Code.VAULT_NO_KEYRING)
        return KEYS

    def begin(self, title: str, mode: str) -> FakeBehind:
        if self.refusal is not None:
            raise self.refusal
        self.begun.append(title)
        self.mode = mode
        self.behind = FakeBehind()
        return self.behind

    def running(self) -> FakeBehind | None:
        return self.behind


class WaitingRunner:
    """Work that is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Work, Success, Failure]] = []

    def run(self, work: Work, success: Success, failure: Failure) -> None:
        self.waiting.append((work, success, failure))

    def do_next(self) -> None:
        work, success, failure = self.waiting.pop(0)
        try:
            result = work()
        except Known as error:
            failure(error)
        else:
            success(result)


class FakeVault:
    """What the settings page asks about the lock."""

    def __init__(self, facts: VaultFacts | None = None) -> None:
        self.facts = facts
        self.kept = Settings()
        self.passphrase = PASSPHRASE
        self.left = 0
        self.refusal: Known | None = None
        self.cancelled_at_once = False

    def vault_facts(self) -> VaultFacts | None:
        return self.facts

    def settings(self) -> Settings:
        return self.kept

    def save_settings(self, settings: Settings) -> None:
        self.kept = settings

    def begin_locking(self, passphrase: str) -> tuple[object, str]:
        self._refuse()
        if passphrase and len(passphrase) < 8:
            raise WrongUse(Code.VAULT_WEAK_PASSPHRASE, limit=8)
        self.passphrase = passphrase
        self.facts = locked(VaultState.SEALING)
        return KEYS, CODE

    def begin_unlocking(self, present: str) -> object:
        return self._turn(present, VaultState.UNSEALING)

    def lock_again(self, present: str) -> object:
        return self._turn(present, VaultState.SEALING)

    def finish_conversion(
        self, progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> int:
        self._refuse()
        progress(1, 2, "audio.flac")
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        assert self.facts is not None
        sealing = self.facts.state is VaultState.SEALING
        self.facts = replace(self.facts, state=VaultState.SEALED) if sealing else None
        return self.left

    def change_passphrase(self, present: str, new: str) -> None:
        self._check(present)
        self.passphrase = new

    def renew_code(self, present: str) -> str:
        self._check(present)
        return CODE

    def set_keyring(self, present: str, *, opens: bool) -> None:
        self._check(present)
        assert self.facts is not None
        by = self.facts.opened_by - {OpenedBy.KEYRING}
        self.facts = replace(self.facts, opened_by=by | {OpenedBy.KEYRING} if opens else by)

    def _turn(self, present: str, state: VaultState) -> object:
        self._check(present)
        assert self.facts is not None
        self.facts = replace(self.facts, state=state)
        return KEYS

    def _check(self, present: str) -> None:
        self._refuse()
        if present != self.passphrase:
            raise WrongUse(Code.VAULT_WRONG_PASSPHRASE)

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal


def locked(state: VaultState = VaultState.SEALED, *more: OpenedBy) -> VaultFacts:
    """A vault with a passphrase."""
    by = frozenset({OpenedBy.PASSPHRASE, OpenedBy.RECOVERY, *more})
    return VaultFacts(b"\1" * 32, state, by)
