"""The workflows that the pages ask for about debt and claims."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class DebtOnDesk:
    """Everything about debt and claims, on one desk."""

    _desk: Desk
