"""The colours of the window, once for light and once for dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour by what it is for. ``*_fill`` carries text in ``on_fill``; ``*_bg`` text in ``*``."""

    dark: bool
    bg: str
    panel: str
    line: str
    edge: str  # around things to press; stronger than ``line``
    field: str  # around what can be written in: nothing else shows where that is
    ink: str
    sub: str
    faint: str
    ring: str  # around a filled button that has the keyboard
    accent: str
    accent_bg: str
    accent_fill: str
    rec: str
    rec_bg: str
    rec_fill: str
    on_fill: str
    ok: str
    ok_bg: str
    bad: str
    bad_bg: str
    warn: str
    warn_bg: str


LIGHT = Tokens(
    dark=False,
    bg="#f5f6f8",
    panel="#ffffff",
    line="#e3e6eb",
    edge="#d5dae1",
    field="#7f8898",
    ink="#1b2230",
    sub="#565f70",
    faint="#636b7c",
    ring="#000000",
    accent="#2452c4",
    accent_bg="#e9effc",
    accent_fill="#2a5bd7",
    rec="#c92a29",
    rec_bg="#fdecec",
    rec_fill="#d3302f",
    on_fill="#ffffff",
    ok="#126b41",
    ok_bg="#e6f5ed",
    bad="#b23427",
    bad_bg="#fdecea",
    warn="#855400",
    warn_bg="#fff4dc",
)

DARK = Tokens(
    dark=True,
    bg="#14171d",
    panel="#1c2028",
    line="#2c323d",
    edge="#3d4553",
    field="#707a8c",
    ink="#e8ebf1",
    sub="#aab2c1",
    faint="#959eb0",
    ring="#ffffff",
    accent="#8fb0ff",
    accent_bg="#22304f",
    accent_fill="#3a66d6",
    rec="#ff8a83",
    rec_bg="#3a1f20",
    rec_fill="#cf3433",
    on_fill="#ffffff",
    ok="#5fd39a",
    ok_bg="#17342a",
    bad="#ff948b",
    bad_bg="#3f2223",
    warn="#f2c063",
    warn_bg="#3a3018",
)
