"""What the red button does not need is loaded when it is first asked for: recording waits for none of it.

Beside ``later(...)`` stands the same import for the type checker, which also tells those who freeze the
program which modules belong to it.
"""

from __future__ import annotations

import importlib
from typing import Any


class Later:
    """A module in whose place this stands until something of it is used. Any thread may be the first."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self._name), name)


def later(name: str) -> Later:
    """Stand for a module."""
    return Later(name)
