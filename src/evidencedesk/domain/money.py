"""Sums of money: decimal digits in, decimal digits out, rounded half up to what the currency has."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CHINESE = "CNY"
# Currencies whose smallest coin is the unit itself.
_WITHOUT_CENTS = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"})
_CENT = Decimal("0.01")
NOTHING = Decimal(0)


def number(digits: str) -> Decimal | None:
    """The number that decimal digits write; None where nobody knows it."""
    return Decimal(digits) if digits else None


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Half up to cents, or to whole units where the currency has no cents."""
    return amount.quantize(smallest(currency), ROUND_HALF_UP)


def smallest(currency: str) -> Decimal:
    """The smallest coin."""
    return Decimal(1) if currency.upper() in _WITHOUT_CENTS else _CENT


def digits(amount: Decimal) -> str:
    """As the journal keeps it."""
    return f"{amount:f}"
