"""Answers from memory about files that were taken in."""

from __future__ import annotations


class FakeFiles:
    """What the pages ask about files that were taken in."""
