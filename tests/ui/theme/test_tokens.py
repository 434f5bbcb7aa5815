from __future__ import annotations

import pytest

from evidencedesk.ui.theme.tokens import DARK, LIGHT, Tokens

PAIRS = [
    *((ink, ground) for ink in ("ink", "sub", "faint") for ground in ("bg", "panel")),
    ("accent", "accent_bg"),
    ("accent", "panel"),
    ("ok", "ok_bg"),
    ("bad", "bad_bg"),
    ("bad", "panel"),
    ("warn", "warn_bg"),
    ("warn", "panel"),
    ("ink", "rec_bg"),
    ("faint", "rec_bg"),
    ("faint", "warn_bg"),
    ("ink", "accent_bg"),
    ("sub", "bad_bg"),
    ("sub", "warn_bg"),
    ("on_fill", "rec_fill"),
    ("on_fill", "accent_fill"),
]


def luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(tokens: Tokens, ink: str, ground: str) -> None:
    bright, dim = sorted((luminance(getattr(tokens, ink)), luminance(getattr(tokens, ground))), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5
