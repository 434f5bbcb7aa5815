"""Where short secrets are kept: the system's keyring.

A keyring may ask the user to unlock it, so it is never asked on a thread that somebody waits for.
"""

from __future__ import annotations

import importlib
from typing import Any, Protocol

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
        secret: str | None = _keyring().get(SERVICE, name)
        return secret

    def put(self, name: str, secret: str) -> bool:
        """Give the keyring a secret, and see that it gives it back."""
        return bool(_keyring().put(SERVICE, name, secret))

    def forget(self, name: str) -> None:
        """Ask the keyring to delete it."""
        _keyring().forget(SERVICE, name)


def _keyring() -> Any:
    return importlib.import_module("evidencedesk.system.system_keyring")
