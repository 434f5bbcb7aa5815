"""What this page of a case asks of the workflows; tests bring their own."""

from __future__ import annotations

from typing import Protocol


class FilesServices(Protocol):
    """What was taken into the case: screenshots, papers, photos, recordings made elsewhere."""
