"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from typing import Protocol


class DebtServices(Protocol):
    """What is owed by the papers, what the other side says, what was paid."""
