"""The workflows that the pages ask for about machine transcripts."""

from __future__ import annotations

from evidencedesk.workflows.desk import Desk


class TranscriptsOnDesk:
    """Everything about machine transcripts, on one desk."""

    _desk: Desk
