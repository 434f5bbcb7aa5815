"""How amounts of bytes are said, the same on every page and in both languages."""

from __future__ import annotations


def size_text(count: int) -> str:
    """Return 4.1 MB, 318 kB, 12 B."""
    if count >= 1_000_000_000:
        return f"{count / 1e9:.1f} GB"
    if count >= 1_000_000:
        return f"{count / 1e6:.1f} MB"
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} B"
