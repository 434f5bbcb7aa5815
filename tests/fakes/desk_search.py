"""Answers from memory about search."""

from __future__ import annotations


class FakeSearch:
    """What the pages ask about search."""
