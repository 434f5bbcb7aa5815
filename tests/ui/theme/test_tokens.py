"""Contrast as WCAG 2.2 AA wants it, measured from the colours themselves."""

from __future__ import annotations

from itertools import product

import pytest

from evidencedesk.ui.theme.tokens import DARK, LIGHT, Tokens
from fakes.focus_look import contrast

_GROUNDS = ("bg", "panel", "accent_bg", "ok_bg", "bad_bg", "warn_bg", "rec_bg")
_INKS = ("ink", "sub", "faint", "accent", "ok", "bad", "warn", "rec")
# Every ink may come to stand on every ground: a pill on an amber bar, a row on a chosen one.
TEXTS = (
    *product(_INKS, _GROUNDS),
    *((ink, "line") for ink in ("ink", "sub", "accent", "ok", "bad", "warn")),  # pressed, taken quietly
    ("on_fill", "rec_fill"),
    ("on_fill", "accent_fill"),
    ("panel", "warn"),  # the count on the rail
    ("sub", "edge"),  # the red button while it can't be pressed
)
# What has no words: edges of fields and boxes, rings, fills that must be seen, the lamp, bars.
SHAPES = (
    *product(("field", "faint", "accent", "rec", "ok", "bad", "warn"), ("bg", "panel")),
    *product(("accent_fill", "rec_fill"), ("bg", "panel")),
    ("ring", "accent_fill"),
    ("ring", "rec_fill"),
    ("accent", "accent_bg"),
    ("warn", "warn_bg"),
    ("rec_fill", "rec_bg"),
    ("ok", "line"),
    ("accent", "bad_bg"),
)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read_on_its_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_what_must_be_seen_stands_out_from_its_ground(tokens: Tokens, shape: str, ground: str) -> None:
    assert contrast(getattr(tokens, shape), getattr(tokens, ground)) >= 3


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
