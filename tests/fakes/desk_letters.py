"""Answers from memory about letters."""

from __future__ import annotations


class FakeLetters:
    """What the pages ask about letters."""
