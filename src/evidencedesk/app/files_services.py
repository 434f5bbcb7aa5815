"""The workflows that the pages ask for about files that were taken in."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class FilesOnDesk:
    """Everything about files that were taken in, on one desk."""

    _desk: Desk
