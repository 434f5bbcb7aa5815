"""The lock of an open library, as the settings page asks about it."""

from __future__ import annotations

from collections.abc import Callable

from evidencedesk.custody.vault import Vault, VaultKeys
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.vault import OpenedBy, VaultFacts
from evidencedesk.system.settings import Settings
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.lock_library import begin_locking, begin_unlocking, finish_conversion, lock_again


class VaultOnDesk:
    """Whoever changes what opens the library shows once more that they may."""

    def __init__(
        self, desk: Desk, settings: Callable[[], Settings], save: Callable[[Settings], None]
    ) -> None:
        self._desk = desk
        self.settings = settings
        self.save_settings = save

    def vault_facts(self) -> VaultFacts | None:
        """How it is locked."""
        return None if self._desk.vault is None else self._desk.vault.facts()

    def begin_locking(self, passphrase: str) -> tuple[VaultKeys, str]:
        """A lock, its keys, and its recovery code."""
        return begin_locking(self._desk, passphrase)

    def begin_unlocking(self, present: str) -> VaultKeys:
        """Give the lock up."""
        keys = self._keys(present)
        begin_unlocking(self._desk)
        return keys

    def lock_again(self, present: str) -> VaultKeys:
        """Keep it after all."""
        keys = self._keys(present)
        lock_again(self._desk)
        return keys

    def finish_conversion(
        self, progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> int:
        """Go on with the files."""
        return len(finish_conversion(self._desk, progress, cancelled).left)

    def change_passphrase(self, present: str, new: str) -> None:
        """Another one."""
        self._vault.set_passphrase(self._keys(present), new)

    def renew_code(self, present: str) -> str:
        """Another one; the one before opens nothing any more."""
        return self._vault.renew_code(self._keys(present))

    def set_keyring(self, present: str, *, opens: bool) -> None:
        """Whether the keyring opens it, too."""
        self._vault.set_keyring(self._keys(present), opens=opens)

    @property
    def _vault(self) -> Vault:
        if self._desk.vault is None:
            raise WrongUse(Code.VAULT_NOT_HERE)
        return self._desk.vault

    def _keys(self, present: str) -> VaultKeys:
        facts = self.vault_facts()
        if facts is not None and OpenedBy.PASSPHRASE not in facts.opened_by:
            return self._vault.open_with_keyring()
        return self._vault.open(present)
