"""The system's keyring: Secret Service, macOS Keychain or Windows Credential Manager.

The one file that uses it. Only a Linux without any was tried. Loading it takes a moment in which nothing can
be recorded, so ``secret_store.SystemKeyring`` loads it with the first question.
"""

from __future__ import annotations

import contextlib

import keyring
from keyring.errors import KeyringError


def get(service: str, name: str) -> str | None:
    """Ask the keyring."""
    try:
        return keyring.get_password(service, name)
    except (KeyringError, OSError):
        return None


def put(service: str, name: str, secret: str) -> bool:
    """Give the keyring a secret, and see that it gives it back."""
    try:
        keyring.set_password(service, name, secret)
        return keyring.get_password(service, name) == secret
    except (KeyringError, OSError):
        return False


def forget(service: str, name: str) -> None:
    """Ask the keyring to delete it."""
    with contextlib.suppress(KeyringError, OSError):
        keyring.delete_password(service, name)
