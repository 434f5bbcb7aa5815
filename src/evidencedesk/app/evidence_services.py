"""The workflows that the pages ask for about the evidence list."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.wording.language import Words
from evidencedesk.workflows.arrange_evidence import ListAsItStands, arrange_evidence, evidence_list
from evidencedesk.workflows.desk import Desk


class EvidenceOnDesk:
    """Everything about the evidence list, on one desk."""

    _desk: Desk

    def evidence_list(self, case_file: CaseFile, words: Words) -> ListAsItStands:
        """Say how the list stands."""
        return evidence_list(self._desk, case_file, words)

    def arrange_evidence(self, case_id: str, items: Sequence[EvidenceChoice]) -> None:
        """Store the list as it is to be."""
        arrange_evidence(self._desk, case_id, items)
