"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from typing import Protocol


class TranscriptsServices(Protocol):
    """What a program heard in the recordings, for the user to correct."""
