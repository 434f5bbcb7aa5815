"""Passphrases given by the environment or a file: of the key that signs, and of a locked library."""

from __future__ import annotations

import os
from pathlib import Path

from evidencedesk.domain.errors import Code, WrongUse

PASSPHRASE_VARIABLE = "EVIDENCEDESK_KEY_PASSPHRASE"  # noqa: S105 - a name
VAULT_VARIABLE = "EVIDENCEDESK_VAULT_PASSPHRASE"
_LONGEST = 4096


def take_passphrase() -> str:
    """The key's passphrase or nothing; taken out, so that no child process inherits it."""
    return os.environ.pop(PASSPHRASE_VARIABLE, "")


def take_vault_passphrase() -> str:
    """The library's, likewise."""
    return os.environ.pop(VAULT_VARIABLE, "")


def read_passphrase_file(path: Path) -> str:
    """The first line of a file. Raises FILE_UNREADABLE."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(_LONGEST).rstrip("\r\n")
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise WrongUse(Code.FILE_UNREADABLE, path=str(path), detail=detail) from error
