"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from typing import Protocol


class EvidenceServices(Protocol):
    """What is handed over, in which order and under which number."""
