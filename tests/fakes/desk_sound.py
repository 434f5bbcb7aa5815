"""Answers from memory about playing sound."""

from __future__ import annotations


class FakeSound:
    """What the pages ask about playing sound."""
