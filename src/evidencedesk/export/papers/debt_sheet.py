"""Writes debt-sheet.pdf: what they claim beside what the papers say. One page for a usual loan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import DebtTerms
from evidencedesk.domain.debt_sheet import DebtSheet
from evidencedesk.domain.moment import Moment, parse_utc
from evidencedesk.domain.money import number
from evidencedesk.export.papers.blocks import as_json
from evidencedesk.export.papers.fonts import Faces, faces
from evidencedesk.export.papers.plain import shortened
from evidencedesk.export.papers.typst_pdf import typst_pdf
from evidencedesk.export.start_here_players import time_text
from evidencedesk.system.resources import resource
from evidencedesk.wording.debt_figures import figures, money_text, status_text
from evidencedesk.wording.debts import ClaimRow, claim_row, stated
from evidencedesk.wording.language import Words

_HEADER_LENGTH = 60


@dataclass(frozen=True, slots=True)
class DebtPaper:
    """What the sheet is made from."""

    case_file: CaseFile
    sheet: DebtSheet
    made: Moment
    app_version: str


def debt_sheet_pdf(paper: DebtPaper, words: Words, letters: Faces | None = None) -> bytes:
    """The sheet; without a Chinese font here it is in English."""
    letters = letters or faces()
    if not letters.chinese and words.language == "zh":
        words = Words("en", resource("locale"))
    return typst_pdf("debt-sheet.typ", lambda shown: debt_sheet_data(paper, words, shown), letters)


def debt_sheet_data(paper: DebtPaper, words: Words, shown: Callable[[str], str]) -> dict[str, Any]:
    """What the template draws."""
    t = words.text
    case, sheet = paper.case_file.case, paper.sheet
    told: dict[str, Any] = {
        "title": t("What they claim, what the papers say"),
        "case_title": case.title,
        "head_left": f"{shortened(case.title, _HEADER_LENGTH)} · {case.id}",
        "page": t("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "subtitle": t("As of {day}", day=sheet.day.isoformat()),
        "names": [
            [t("Creditor"), case.creditor or t("not given")],
            [t("Contract"), case.contract or t("not given")],
        ],
        "figures": [
            {"name": one.name, "value": one.value, "remark": one.remark} for one in figures(words, sheet)
        ],
        "claims": _claims(paper, words),
        "between": t("; "),
        "terms": {"title": t("The contract as entered"), "rows": _terms(words, sheet.terms)},
        "lines": _lines(words, sheet),
        "cost": {"title": t("How the yearly cost came about"), "how": list(figures(words, sheet)[-1].how)},
        "stated": {"title": t("What this sheet says, and what not"), "items": list(stated(words, sheet))},
        "simulated": t("SIMULATED, not evidence") if paper.case_file.practice else "",
        "foot": t("EvidenceDesk {version} · {time}", version=paper.app_version, time=time_text(paper.made)),
    }
    return {
        **as_json(told, shown),
        "language": words.language,
        "date": list(parse_utc(paper.made.utc).timetuple()[:6]),
    }


def _claims(paper: DebtPaper, words: Words) -> dict[str, Any]:
    t, currency = words.text, paper.sheet.terms.currency
    rows = [claim_row(words, paper.case_file, one, currency) for one in paper.sheet.compared]
    return {
        "title": t("What they claim"),
        "none": t("No claim was written down."),
        "heads": [t("When and who"), t("They ask"), t("Papers of that day"), t("Difference")],
        "rows": [
            {
                "when": row.when,
                "who": row.who,
                "asked": row.asked,
                "papers": row.papers,
                "difference": row.difference,
                "look": "bad" if row.more else "",
                "details": [*_shown_by(words, row), *row.details],
            }
            for row in rows
        ],
    }


def _shown_by(words: Words, row: ClaimRow) -> list[str]:
    return [words.text("Shown by: {what}", what=row.shown_by)] if row.shown_by else []


def _terms(words: Words, terms: DebtTerms) -> list[list[str]]:
    t = words.text

    def money(digits: str) -> str:
        amount = number(digits)
        return t("not given") if amount is None else money_text(amount, terms.currency)

    received = money(terms.received)
    if terms.received_on:
        received = t("{sum} on {day}", sum=received, day=terms.received_on)
    rows = [
        [t("Sum of the contract"), money(terms.principal)],
        [t("Received"), received],
        [t("Yearly rate by the contract"), f"{terms.yearly_rate}%" if terms.yearly_rate else t("not given")],
        [
            t("Overdue rate for each day"),
            f"{terms.overdue_rate}%" if terms.overdue_rate else t("not given"),
        ],
    ]
    for fee in terms.fees:
        when = fee.day or t("taken off at once")
        rows.append([fee.name or t("fee"), f"{money(fee.amount)} · {when}"])
    if terms.remarks:
        rows.append([t("Remarks"), terms.remarks])
    return rows


def _lines(words: Words, sheet: DebtSheet) -> dict[str, Any]:
    t, there = words.text, sheet.balance
    currency = sheet.terms.currency
    rows = [
        [
            str(line.number or ""),
            line.due.isoformat() + (f" {line.name}" if line.name else ""),
            money_text(line.amount, currency),
            money_text(line.paid, currency),
            money_text(line.open, currency),
            status_text(words, line, sheet.day),
            money_text(line.overdue_interest, currency) if line.overdue_interest else "",
        ]
        for line in (() if there is None else there.lines)
    ]
    heads = [
        t("No."),
        t("Due"),
        t("To pay"),
        t("Paid of it"),
        t("Still open"),
        t("State"),
        t("Overdue interest"),
    ]
    return {"title": t("Instalments and payments"), "heads": heads, "rows": rows}
