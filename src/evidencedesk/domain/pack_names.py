"""What rule packs are called. Apart from the rules, which the first paint of the window need not wait for."""

from __future__ import annotations

import re

# In use until the user chooses others; the first leads the checklist.
PACKS_AS_DELIVERED = ("cn-article-2025", "cn-gbt45251-2025", "cn-cba-2026", "cn-statutes")
_PACK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PACK_ID_LENGTH = 64


def is_pack_id(text: str) -> bool:
    """Whether a pack can be called so: a word that is safe in a file's name."""
    return len(text) <= _PACK_ID_LENGTH and _PACK_ID.fullmatch(text) is not None
