"""The workflows that the pages ask for about many cases."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class LibraryOnDesk:
    """Everything about many cases, on one desk."""

    _desk: Desk
