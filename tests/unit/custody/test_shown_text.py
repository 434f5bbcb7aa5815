"""Nothing invisible reaches a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody.shown_text import LENGTH, shown_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("证件在车里 100%", "证件在车里 100%"),
        ("a\nb", "a\\nb"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202egnp", "\\u202egnp"),
        ("\udcff", "\\udcff"),
        ("\u200b", "\\u200b"),
    ],
)
def test_text_stays_and_tricks_are_spelled_out(text: str, shown: str) -> None:
    assert shown_text(text) == shown


@given(st.text(st.characters(codec=None), max_size=400))
def test_what_comes_out_can_be_printed_anywhere(text: str) -> None:
    shown = shown_text(text)
    shown.encode("utf-8")
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(shown) <= LENGTH * 10


def test_long_text_is_cut() -> None:
    assert shown_text("x" * 1000) == "x" * (LENGTH - 1) + "…"
