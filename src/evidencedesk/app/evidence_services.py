"""The workflows that the pages ask for about the evidence list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidencedesk.app.later import later
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk

if TYPE_CHECKING:
    from evidencedesk.workflows import arrange_evidence as arranging
    from evidencedesk.workflows.arrange_evidence import ListAsItStands
else:
    arranging = later("evidencedesk.workflows.arrange_evidence")


class EvidenceOnDesk:
    """Everything about the evidence list, on one desk."""

    _desk: Desk

    def evidence_list(self, case_file: CaseFile, words: Words) -> ListAsItStands:
        """Say how the list stands."""
        return arranging.evidence_list(self._desk, case_file, words)

    def arrange_evidence(self, case_id: str, items: Sequence[EvidenceChoice]) -> None:
        """Store the list as it is to be."""
        arranging.arrange_evidence(self._desk, case_id, items)
