"""What is said about rule packs."""

from __future__ import annotations

from evidencedesk.domain.pack_lookup import FoundItem
from evidencedesk.wording.language import Words


def other_version_text(words: Words, found: FoundItem | None, version: str) -> str:
    """Says that the words shown are not those the mark was made with; empty when they are."""
    if found is None or found.exact:
        return ""
    return words.text(
        "Worded as in version {shown} of the rule pack; the mark was made with version {version}.",
        shown=found.pack.version,
        version=version,
    )
