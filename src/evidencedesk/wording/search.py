"""What the kinds of hits are called."""

from __future__ import annotations

from evidencedesk.domain.search import SearchKind
from evidencedesk.wording.language import Words, mark

KIND_NAMES = {
    SearchKind.CASE: mark("Case"),
    SearchKind.PERSON: mark("Person"),
    SearchKind.NOTE: mark("Note"),
    SearchKind.SENTENCE: mark("Transcript (machine draft)"),
    SearchKind.CONTACT: mark("Contact"),
    SearchKind.FILE: mark("Document"),
    SearchKind.STEP: mark("Step"),
    SearchKind.CLAIM: mark("Sum demanded"),
    SearchKind.DEBT: mark("Contract terms"),
}


def search_kind_text(words: Words, kind: SearchKind) -> str:
    """What one hit is."""
    return words.text(KIND_NAMES[kind])
