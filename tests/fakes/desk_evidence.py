"""Answers from memory about the evidence list."""

from __future__ import annotations


class FakeEvidence:
    """What the pages ask about the evidence list."""
