"""The passphrase of the key that signs, where it is given by the environment."""

from __future__ import annotations

import os

PASSPHRASE_VARIABLE = "EVIDENCEDESK_KEY_PASSPHRASE"  # noqa: S105 - a name


def take_passphrase() -> str:
    """The passphrase or nothing; taken out, so that recorders, decoders and the like don't inherit it."""
    return os.environ.pop(PASSPHRASE_VARIABLE, "")
