"""The workflows that the pages ask for about steps and deadlines."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class StepsOnDesk:
    """Everything about steps and deadlines, on one desk."""

    _desk: Desk
