"""The system's keyring: Secret Service, macOS Keychain or Windows Credential Manager.

The one file that uses it. Only a Linux without any was tried. A keyring may ask the user to unlock it, so it
is never asked on a thread that somebody waits for.
"""

from __future__ import annotations

import contextlib
from typing import Protocol

import keyring
from keyring.errors import KeyringError

SERVICE = "EvidenceDesk"


class SecretStore(Protocol):
    """A place for short secrets."""

    def get(self, name: str) -> str | None:
        """The secret, or None where there is none or nobody lets us have it."""
        ...

    def put(self, name: str, secret: str) -> bool:
        """Keep a secret; False where there is no such place or it refused."""
        ...

    def forget(self, name: str) -> None:
        """Delete a secret, if there is one and the place lets us."""
        ...


class NoSecrets:
    """For whoever asks nothing of a keyring."""

    def get(self, name: str) -> str | None:
        """None is here."""
        del name
        return None

    def put(self, name: str, secret: str) -> bool:
        """None is kept."""
        del name, secret
        return False

    def forget(self, name: str) -> None:
        """There is none."""


class SystemKeyring:
    """What the desktop offers."""

    def get(self, name: str) -> str | None:
        """Ask the keyring."""
        try:
            return keyring.get_password(SERVICE, name)
        except (KeyringError, OSError):
            return None

    def put(self, name: str, secret: str) -> bool:
        """Give the keyring a secret, and see that it gives it back."""
        try:
            keyring.set_password(SERVICE, name, secret)
            return keyring.get_password(SERVICE, name) == secret
        except (KeyringError, OSError):
            return False

    def forget(self, name: str) -> None:
        """Ask the keyring to delete it."""
        with contextlib.suppress(KeyringError, OSError):
            keyring.delete_password(SERVICE, name)
