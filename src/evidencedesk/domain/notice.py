"""A part of the program that others made, with what its licence says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """What it is called, which version, under which licence, and the licence's whole text."""

    name: str
    version: str
    licence: str
    text: str
