"""Answers from memory about debt and claims."""

from __future__ import annotations


class FakeDebt:
    """What the pages ask about debt and claims."""
