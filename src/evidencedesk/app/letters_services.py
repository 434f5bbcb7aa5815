"""The workflows that the pages ask for about letters."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class LettersOnDesk:
    """Everything about letters, on one desk."""

    _desk: Desk
