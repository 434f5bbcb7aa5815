"""Writes evidence-list.docx: the list a party hands in with its evidence (证据目录)."""

from __future__ import annotations

from evidencedesk.export.papers.evidence_items import Item, evidence_groups
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.word_file import Line, WordCell, WordFile

_WIDTHS_CM = (1.2, 3.8, 2.5, 3.4, 5.3, 1.5, 1.6, 2.3, 4.5)


def evidence_list_docx(telling: Telling) -> bytes:
    """The list, with blanks for what only the party knows."""
    t = telling.t
    case = telling.case_file.case
    title = t("Evidence list")
    file = WordFile(title, telling.words.language, telling.material.exported, landscape=True)
    file.every_page(
        [text for _, text in telling.warnings_for_every_page()],
        telling.sealed_by(),
        t("Page {page} of {pages}", page="{page}", pages="{pages}"),
    )
    file.title(title)
    line = "_" * 28
    file.paragraph(
        t("Cause of action: {line}        Case no.: {line}", line=line),
        space_before=2,
    )
    file.paragraph(t("Handed in by (party): {line}        Other party: {line}", line=line))
    file.paragraph(
        t(
            "As the case folder has it: {case}; creditor: {creditor}; contract: {contract}",
            case=case.title,
            creditor=case.creditor or t("not given"),
            contract=case.contract or t("not given"),
        ),
        "quiet",
    )
    heads = (
        t("No."),
        t("Name of the evidence"),
        t("Kind and form"),
        t("Source of the evidence"),
        t("What it is to prove, and content"),
        t("Page numbers"),
        t("Copies"),
        t("Original or copy"),
        t("Remarks"),
    )
    groups = evidence_groups(telling)
    rows: list[list[WordCell]] = []
    for number, group in enumerate(groups, start=1):
        rows.append([[Line(t("Group {number}: {title}", number=number, title=group.title), "bold")]])
        rows += [_row(telling, item) for item in group.items]
    if not rows:
        rows = [[[] for _ in heads] for _ in range(6)]
    file.table(heads, _WIDTHS_CM, rows)
    count = sum(len(group.items) for group in groups)
    file.paragraph(
        t(
            "{count} pieces of evidence in all. Columns with lines, and pages, are filled in by hand; what "
            "is to be proved is a draft from the user's own marks and must be checked.",
            count=count,
        ),
        "quiet",
        space_before=6,
    )
    file.paragraph(
        t("Handed in by (signature or seal): {line}        Date: {line}", line=line), space_before=18
    )
    return file.to_bytes()


def _row(telling: Telling, item: Item) -> list[WordCell]:
    t = telling.t
    original = [Line(item.original)] if item.original else [Line(t("□ original")), Line(t("□ copy"))]
    return [
        [Line(item.number)],
        [Line(item.name)],
        [Line(item.form)],
        [Line(item.source)],
        [Line(point) for point in item.proves] or [Line("________________")],
        [Line(item.pages or "____")],
        [Line("1")],
        original,
        [Line(remark, "quiet") for remark in item.remarks],
    ]
