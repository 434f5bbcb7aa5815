"""A library that only its owner can read: what is known about its lock without any secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEAST_PASSPHRASE = 8
VAULT_FILE = "vault.json"  # in the library's folder


class VaultState(StrEnum):
    """How far the library's files are sealed. In the two states between, files of both kinds are there."""

    SEALED = "sealed"
    SEALING = "sealing"
    UNSEALING = "unsealing"


class OpenedBy(StrEnum):
    """What the vault's master key is wrapped with; a vault may have one of each."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the kind, not one
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class VaultFacts:
    """What anybody who sees the library may know. ``public`` seals new files."""

    public: bytes
    state: VaultState
    opened_by: frozenset[OpenedBy]

    @property
    def seals_to(self) -> bytes | None:
        """What new files are sealed to; None while the vault is being given up."""
        return None if self.state is VaultState.UNSEALING else self.public
