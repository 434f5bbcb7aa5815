"""The workflows that the pages ask for about playing sound."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class SoundOnDesk:
    """Everything about playing sound, on one desk."""

    _desk: Desk
