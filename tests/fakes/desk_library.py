"""Answers from memory about many cases."""

from __future__ import annotations


class FakeLibrary:
    """What the pages ask about many cases."""
