"""The company's name as it stands on a person's papers, and as the person said it: the same or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from evidencedesk.domain.case import CollectorCard, Document

CLAIMED = "organisation"
_SHORTEST_NAME = 2
_BRACKETS = str.maketrans("〔【［〈《「{[", "((((((((") | str.maketrans("〕】］〉》」}]", "))))))))")


def company_names(card: CollectorCard) -> dict[str, str]:
    """The names as they were written down, by where they stand; ``organisation`` is what the person said."""
    names = {CLAIMED: card.organisation}
    # An ID card names a person, no company.
    names |= {document.value: name for document, name in card.names_on if document is not Document.ID_CARD}
    return {place: name for place, name in names.items() if same_company(name)}


def names_differ(names: Mapping[str, str]) -> bool:
    """Whether they are names of different companies.

    A short form that a person says (鑫诚 for 鑫诚资产管理有限公司) is no difference; between papers it is.
    """
    papers = {same_company(name) for place, name in names.items() if place != CLAIMED}
    claimed = same_company(names.get(CLAIMED, ""))
    short_form = len(claimed) >= _SHORTEST_NAME and any(claimed in paper for paper in papers)
    return len(papers) > 1 or bool(claimed and papers and not short_form)


def same_company(name: str) -> str:
    """A name as it is compared: no spaces, one form of brackets, no full-width or capital letters."""
    flat = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return re.sub(r"\s+", "", flat).casefold()
