"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from typing import Protocol


class StepsServices(Protocol):
    """What the user does about it: steps, deadlines, reminders."""
