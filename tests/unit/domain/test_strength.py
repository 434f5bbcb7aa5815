"""A plain rule tells how hard a passphrase is to guess."""

from __future__ import annotations

import pytest

from evidencedesk.domain.strength import Strength, strength


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.TOO_SHORT),
        ("1234567", Strength.TOO_SHORT),
        ("20260101", Strength.WEAK),
        ("123456789012345678901", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abc12345", Strength.WEAK),
        ("correcthorse", Strength.FAIR),
        ("correct horse battery", Strength.STRONG),
        ("red owl tea map", Strength.STRONG),
        ("雨后梧桐灯下纸船", Strength.FAIR),
        ("雨后梧桐灯下纸船远行", Strength.STRONG),
    ],
)
def test_length_and_words_count(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected
