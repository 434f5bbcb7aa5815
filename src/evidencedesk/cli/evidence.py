"""``evidence``: the evidence list of a case, and its order."""

from __future__ import annotations

from collections.abc import Sequence

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.export.papers.evidence_items import Item
from evidencedesk.wording.language import Words
from evidencedesk.workflows.arrange_evidence import ListAsItStands, arrange_evidence, evidence_list


def evidence_command(words: Words) -> click.Command:
    """``evidence CASE [--only ID]…``."""
    t = words.text
    only = click.Option(
        ["--only"],
        multiple=True,
        metavar="ID",
        help=t("Let the list have only these, in this order (can be repeated)."),
    )
    help_text = t("Show the evidence list of a case with its numbers, or arrange it.")
    return command(words, "evidence", _evidence, help_text, [case_argument(), only])


def _evidence(session: Session, case: str, only: Sequence[str]) -> int:
    with open_library(session) as desk:
        case_id = desk.store.find_case(case).id
        if only:
            stands = evidence_list(desk, desk.store.case_file(case_id), session.words)
            arrange_evidence(desk, case_id, _chosen(stands, only))
        stands = evidence_list(desk, desk.store.case_file(case_id), session.words)
    for group in stands.groups:
        session.output.result(group.title)
        for item in group.items:
            session.output.event(
                "evidence",
                number=item.number,
                id=item.id,
                heading=group.title,
                name=item.name,
                pages=item.pages,
            )
            session.output.result(f"  {item.number}  {item.id}  {item.name}")
    for _, item in stands.left:
        session.output.event("evidence", heading="", **_told(item))
        session.output.result(f"  –  {item.id}  {item.name}")
    return 0


def _told(item: Item) -> dict[str, str]:
    return {"number": item.number, "id": item.id, "name": item.name, "pages": item.pages}


def _chosen(stands: ListAsItStands, only: Sequence[str]) -> list[EvidenceChoice]:
    """As they stand, or would stand; what the case does not have is refused by its name."""
    known = {line.id: line for line in (*stands.lines, *(choice for choice, _ in stands.left))}
    return [known.get(name, EvidenceChoice(name, "-")) for name in only]
