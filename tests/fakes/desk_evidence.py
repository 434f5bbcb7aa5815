"""Answers from memory about the evidence list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.evidence import EvidenceChoice, EvidenceList
from evidencedesk.domain.moment import Moment
from evidencedesk.export.papers.evidence_items import evidence_groups, evidence_pieces
from evidencedesk.export.papers.evidence_order import choices, program_order
from evidencedesk.export.papers.telling import Telling
from evidencedesk.wording.language import Words
from evidencedesk.workflows.arrange_evidence import ListAsItStands
from samples.paper_material import sample_material


class FakeEvidence:
    """What the pages ask about the evidence list."""

    file: CaseFile

    def now(self) -> Moment:
        raise NotImplementedError

    def _maybe_refuse(self) -> None:
        raise NotImplementedError

    def evidence_list(self, case_file: CaseFile, words: Words) -> ListAsItStands:
        telling = Telling(sample_material(case_file), words)
        groups = evidence_groups(telling)
        listed = {item.id for group in groups for item in group.items}
        pieces = {item.id: item for item in evidence_pieces(telling)}
        return ListAsItStands(
            case_file.evidence is not None,
            groups,
            tuple(one for one in choices(telling) if one.id in listed),
            tuple(
                (one, pieces[one.id])
                for one in program_order(telling)
                if one.id in pieces and one.id not in listed
            ),
        )

    def arrange_evidence(self, case_id: str, items: Sequence[EvidenceChoice]) -> None:
        self._maybe_refuse()
        assert case_id == self.file.case.id
        self.file = replace(self.file, evidence=EvidenceList(tuple(items), self.now()))
