"""The system's keyring: Secret Service, macOS Keychain or Windows Credential Manager.

The one file that uses it (github.com/jaraco/keyring). Only a Linux without any was tried. Loading it takes a
moment in which nothing can be recorded, so ``secret_store.SystemKeyring`` loads it with the first question.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import operator
import sys
from collections.abc import Callable

import keyring
from keyring import core
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringError

_none: Callable[[], KeyringBackend] = fail.Keyring
# Left to itself, keyring loads those of every system, and that of macOS looks for its library with the C
# compiler and ldconfig. In this order the first of two equals counts.
_LINUX = ("SecretService", "libsecret", "kwallet")
_BACKENDS = {"linux": _LINUX, "darwin": ("macOS",), "win32": ("Windows",)}


@functools.cache
def _choose() -> None:
    """Use what the user has chosen for all programs, else the best of this system's own."""
    if core.load_env() is not None or core.load_config() is not None or sys.platform not in _BACKENDS:
        return  # keyring finds the same
    for name in _BACKENDS[sys.platform]:
        with contextlib.suppress(Exception):  # whatever a broken one raises: the others count
            importlib.import_module(f"keyring.backends.{name}")
    here = tuple(f"keyring.backends.{name}" for name in _BACKENDS[sys.platform])
    found = [kind for kind in KeyringBackend.get_viable_backends() if kind.__module__ in here]
    if found:
        keyring.set_keyring(max(found, key=operator.attrgetter("priority"))())
    else:
        keyring.set_keyring(_none())


def get(service: str, name: str) -> str | None:
    """Ask the keyring."""
    try:
        _choose()
        return keyring.get_password(service, name)
    except (KeyringError, OSError):
        return None


def put(service: str, name: str, secret: str) -> bool:
    """Give the keyring a secret, and see that it gives it back."""
    try:
        _choose()
        keyring.set_password(service, name, secret)
        return keyring.get_password(service, name) == secret
    except (KeyringError, OSError):
        return False


def forget(service: str, name: str) -> None:
    """Ask the keyring to delete it."""
    with contextlib.suppress(KeyringError, OSError):
        _choose()
        keyring.delete_password(service, name)
