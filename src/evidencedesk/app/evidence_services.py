"""The workflows that the pages ask for about the evidence list."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class EvidenceOnDesk:
    """Everything about the evidence list, on one desk."""

    _desk: Desk
