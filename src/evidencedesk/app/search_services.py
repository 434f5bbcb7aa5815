"""The workflows that the pages ask for about search."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class SearchOnDesk:
    """Everything about search, on one desk."""

    _desk: Desk
