"""Answers from memory about steps and deadlines."""

from __future__ import annotations


class FakeSteps:
    """What the pages ask about steps and deadlines."""
