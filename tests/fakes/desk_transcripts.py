"""Answers from memory about machine transcripts."""

from __future__ import annotations


class FakeTranscripts:
    """What the pages ask about machine transcripts."""
