"""Text on paper: nothing invisible, nothing lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.export.papers.plain import printable, shortened


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("录音 # $ _ * \\ \" ' < &", "录音 # $ _ * \\ \" ' < &"),
        ("\u202e倒着写", "[U+202E]倒着写"),
        ("a\u200bb", "a[U+200B]b"),
        ("nul\x00", "nul[U+0000]"),
        ("\ufffe", "[U+FFFE]"),
        ("\ue000", "[U+E000]"),
        ("one\ntwo", "one\ntwo"),
        ("one\ttwo", "one    two"),
        ("😀", "😀"),
    ],
)
def test_text_is_shown_as_typed_or_named(typed: str, shown: str) -> None:
    assert printable(typed) == shown


def test_letters_that_no_font_has_are_named() -> None:
    assert printable("a🧿b", frozenset("🧿")) == "a[U+1F9FF]b"


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not any(unicodedata.category(c) in hidden and c != "\n" for c in printable(text))


def test_a_long_title_is_cut_to_one_line() -> None:
    assert shortened("a\nb", 10) == "a b"
    assert shortened("x" * 50, 10) == "x" * 9 + "…"
