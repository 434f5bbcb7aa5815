"""Pick and order what goes into the evidence list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.event import EventType
from evidencedesk.domain.evidence import EvidenceChoice, Paper
from evidencedesk.export.papers.evidence_items import Group, Item, evidence_groups, evidence_pieces
from evidencedesk.export.papers.evidence_order import choices, program_order
from evidencedesk.export.papers.telling import Telling
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.papers import list_material
from evidencedesk.workflows.plain_text import many_lines, one_line


@dataclass(frozen=True, slots=True)
class ListAsItStands:
    """The evidence list of a case: what is on it and under which number, and what could be.

    ``arranged`` is false while the program's own order stands. ``left`` are the pieces that are not on it,
    in the program's order, each with the heading it would stand under.
    """

    arranged: bool
    groups: tuple[Group, ...]
    lines: tuple[EvidenceChoice, ...]
    left: tuple[tuple[EvidenceChoice, Item], ...]


def evidence_list(desk: Desk, case_file: CaseFile, words: Words) -> ListAsItStands:
    """Say how the list of a case stands, in a language."""
    telling = Telling(list_material(desk, case_file, words), words)
    groups = evidence_groups(telling)
    pieces = {item.id: item for item in evidence_pieces(telling)}
    listed = {item.id for group in groups for item in group.items}
    return ListAsItStands(
        arranged=case_file.evidence is not None,
        groups=groups,
        lines=tuple(one for one in choices(telling) if one.id in listed),
        left=tuple(
            (one, pieces[one.id])
            for one in program_order(telling)
            if one.id in pieces and one.id not in listed
        ),
    )


def arrange_evidence(desk: Desk, case_id: str, items: Sequence[EvidenceChoice]) -> None:
    """Store the list as it is to be from now on; the earlier ones stay in the journal.

    Raises UNKNOWN_ITEM for what the case does not have or what stands there twice, TEXT_TOO_LONG and, for a
    line without a heading, EMPTY_TEXT.
    """
    case_file = desk.store.case_file(desk.store.find_case(case_id).id)
    known = {paper.value for paper in Paper}
    known |= {one.id for one in (*case_file.recordings, *case_file.taken_in)}
    clean: list[EvidenceChoice] = []
    for item in items:
        if item.id not in known:
            raise WrongUse(Code.UNKNOWN_ITEM, item=item.id)
        known.remove(item.id)
        group = one_line(item.group, required=True)
        clean.append(replace(item, group=group, proves=many_lines(item.proves, required=False)))
    if case_file.evidence is not None and case_file.evidence.items == tuple(clean):
        return
    told = [{"id": one.id, "group": one.group, "proves": one.proves} for one in clean]
    desk.store.append(case_file.case.id, [(EventType.EVIDENCE_ARRANGED, {"items": told})])
