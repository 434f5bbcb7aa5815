"""Commands about the debt: ``debt`` shows and describes it, ``claim`` writes down a sum they ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.custody.casefile_json import plain_json
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import ClaimDetails, DebtTerms
from evidencedesk.domain.debt_sheet import DebtSheet, debt_sheet
from evidencedesk.domain.errors import Code, WrongUse
from evidencedesk.domain.money import NOTHING, digits
from evidencedesk.domain.shows import Shows
from evidencedesk.intake.bills import understand
from evidencedesk.intake.times import Placed, place, read_time
from evidencedesk.wording.bill_words import trouble_text
from evidencedesk.wording.debt_figures import figures
from evidencedesk.wording.debts import claim_row, stated
from evidencedesk.wording.language import Words
from evidencedesk.workflows.describe_debt import describe_debt
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.import_bill import look_at_bill, take_bill
from evidencedesk.workflows.judge_case import keep_judgements
from evidencedesk.workflows.log_claim import log_claim, withdraw_claim
from evidencedesk.workflows.print_debt_sheet import print_debt_sheet

_PLACES = 4


def debt_command(words: Words) -> click.Command:
    """``debt CASE [--bill FILE] [--principal SUM] … [--pdf DIR]``."""
    t = words.text
    path = click.Path(path_type=Path)
    params: list[click.Parameter] = [
        case_argument(),
        click.Option(
            ["--bill"],
            metavar="FILE",
            type=path,
            help=t("A bill with the instalments: CSV, XLSX, XLS or ODS. It is kept as it is."),
        ),
        click.Option(["--payments"], is_flag=True, help=t("With --bill: the payments it lists, too.")),
        click.Option(["--dry-run"], is_flag=True, help=t("With --bill: only look at it.")),
        click.Option(["--principal"], metavar="SUM", help=t("Sum of the contract.")),
        click.Option(["--received"], metavar="SUM", help=t("What arrived.")),
        click.Option(["--received-on"], metavar="DAY", help=t("The day on which it arrived.")),
        click.Option(
            ["--rate", "yearly_rate"], metavar="%", help=t("Rate a year by the contract, in percent.")
        ),
        click.Option(
            ["--overdue-rate"], metavar="%", help=t("Rate for each day on what is overdue, in percent.")
        ),
        click.Option(["--currency"], metavar="CODE", help=t("Currency, such as CNY.")),
        click.Option(["--pdf"], metavar="DIR", type=path, help=t("Write the sheet as PDF into this folder.")),
    ]
    about = t("The debt of a case: what they claim beside what the papers say.")
    return command(words, "debt", _debt, about, params)


def claim_command(words: Words) -> click.Command:
    """``claim CASE AMOUNT [--by WHO] [--at TIME] …`` or ``claim CASE --withdraw ID``."""
    t = words.text
    params: list[click.Parameter] = [
        case_argument(),
        click.Argument(["amount"], metavar="AMOUNT", required=False),
        click.Option(["--by"], metavar="WHO", default="", help=t("Who said so.")),
        click.Option(
            ["--at"],
            metavar="TIME",
            help=t("When it was, such as “2026-11-20 21:03”, in this computer's zone; otherwise now."),
        ),
        click.Option(["--text"], metavar="TEXT", default="", help=t("What was said.")),
        click.Option(["--principal"], metavar="SUM", default="", help=t("Of it principal.")),
        click.Option(["--interest"], metavar="SUM", default="", help=t("Of it interest.")),
        click.Option(["--fees"], metavar="SUM", default="", help=t("Of it fees.")),
        click.Option(["--penalty"], metavar="SUM", default="", help=t("Of it penalty.")),
        click.Option(["--encounter"], metavar="ID", help=t("The recorded call or visit that shows it.")),
        click.Option(["--collector"], metavar="ID", help=t("The collector who said it.")),
        click.Option(["--contact"], metavar="ID", help=t("The message or call that shows it.")),
        click.Option(["--attachment"], metavar="ID", help=t("The file that shows it.")),
        click.Option(["--withdraw"], metavar="ID", help=t("Take back this claim instead.")),
    ]
    about = t("Write down a sum that somebody says is owed.")
    return command(words, "claim", _claim, about, params)


def _debt(
    session: Session,
    case: str,
    bill: Path | None,
    pdf: Path | None,
    *,
    payments: bool,
    dry_run: bool,
    **given: str | None,
) -> int:
    refused = 0
    with open_library(session) as desk:
        case_id = desk.store.find_case(case).id
        if any(value is not None for value in given.values()):
            known = desk.store.case_file(case_id).debt
            describe_debt(desk, case_id, _changed(DebtTerms() if known is None else known.terms, given))
        if bill is not None:
            refused = _bill(session, desk, case_id, bill, payments=payments, dry_run=dry_run)
        if not dry_run:
            case_file = desk.store.case_file(case_id)
            _show(session, case_file, debt_sheet(case_file, session.clock.now().local.date()))
        if pdf is not None:
            path = print_debt_sheet(desk, case_id, pdf, session.words)
            session.output.event("sheet_written", case=case_id, path=str(path))
            session.output.result(str(path))
    return 1 if refused else 0


def _changed(terms: DebtTerms, given: Mapping[str, str | None]) -> DebtTerms:
    """What was given instead of what was known; an empty text takes it out."""

    def now(name: str, before: str) -> str:
        value = given[name]
        return before if value is None else value

    return replace(
        terms,
        principal=now("principal", terms.principal),
        received=now("received", terms.received),
        received_on=now("received_on", terms.received_on),
        yearly_rate=now("yearly_rate", terms.yearly_rate),
        overdue_rate=now("overdue_rate", terms.overdue_rate),
        currency=now("currency", terms.currency),
    )


def _bill(session: Session, desk: Desk, case_id: str, bill: Path, *, payments: bool, dry_run: bool) -> int:
    t, looked_at = session.words.text, look_at_bill(bill)
    read = understand(looked_at.table)
    for one in read.refused:
        session.output.message(
            t("{n}: {trouble}", n=one.line, trouble=trouble_text(session.words, one.trouble.value))
        )
    taken = len(read.payments)
    if not dry_run:
        wanted = {one.line for one in read.payments} if payments else set()
        taken = len(take_bill(desk, case_id, looked_at, payments=wanted).payments)
        if taken:
            keep_judgements(desk, case_id)
    session.output.event(
        "bill_read" if dry_run else "bill_taken",
        case=case_id,
        columns=[one.value for one in looked_at.table.columns],
        instalments=plain_json(read.instalments),
        payments=taken,
        refused=[{"line": one.line, "why": one.trouble.value} for one in read.refused],
    )
    if dry_run:
        said = t(
            "{count} instalments and {payments} payments in the bill; lines not taken: {refused}",
            count=len(read.instalments),
            payments=taken,
            refused=len(read.refused),
        )
    else:
        said = t(
            "{count} instalments and {payments} payments taken in; lines not taken: {refused}",
            count=len(read.instalments),
            payments=taken,
            refused=len(read.refused),
        )
    session.output.result(said)
    return len(read.refused)


def _claim(
    session: Session, case: str, amount: str | None, at: str | None, withdraw: str | None, **given: Any
) -> int:
    if (amount is None) == (withdraw is None):
        raise click.UsageError(session.words.text("Give either an amount or --withdraw."))
    shows = Shows(**{name: given.pop(name) for name in ("encounter", "collector", "contact", "attachment")})
    with open_library(session) as desk:
        case_id = desk.store.find_case(case).id
        if withdraw is not None:
            withdraw_claim(desk, case_id, withdraw)
            session.output.event("claim_withdrawn", case=case_id, claim=withdraw)
            session.output.message(session.words.text("The claim is taken back."))
            return 0
        when = _when(session, at)
        details = ClaimDetails(amount or "", when.utc, when.offset_minutes, **given)
        claim = log_claim(desk, case_id, details, shows)
    session.output.event(
        "claim_logged", case=case_id, claim=claim.id, shows=plain_json(shows), **plain_json(claim.details)
    )
    session.output.result(claim.id)
    session.output.message(session.words.text("The claim is written down."))
    return 0


def _when(session: Session, at: str | None) -> Placed:
    if at is None:
        now = session.clock.now()
        return Placed(now.utc, now.offset_minutes)
    found = read_time(at)
    if found.value is None:
        raise WrongUse(Code.TIME_NOT_VALID, value=at)
    return place(found.value, None)


def _show(session: Session, case_file: CaseFile, sheet: DebtSheet) -> None:
    words, there = session.words, sheet.balance
    session.output.event(
        "debt",
        case=case_file.case.id,
        day=sheet.day.isoformat(),
        terms=None if case_file.debt is None else plain_json(sheet.terms),
        due=None if there is None else digits(there.due),
        open=None if there is None else digits(there.open),
        not_yet_due=None if there is None else digits(there.not_yet_due),
        overdue_interest=None
        if there is None or there.overdue_interest is None
        else digits(there.overdue_interest),
        paid=digits(sum((one.amount for one in sheet.payments if one.day <= sheet.day), NOTHING)),
        effective_percent=_percent(sheet.cost.effective),
        nominal_percent=_percent(sheet.cost.nominal),
        no_rate_because=None if sheet.cost.why is None else sheet.cost.why.value,
    )
    for figure in figures(words, sheet):
        remark = f" ({figure.remark})" if figure.remark else ""
        session.output.result(f"{figure.name}: {figure.value}{remark}")
    for compared in sheet.compared:
        row = claim_row(words, case_file, compared, sheet.terms.currency)
        session.output.event(
            "claim",
            case=case_file.case.id,
            claim=row.id,
            day=compared.day.isoformat(),
            by=compared.claim.details.by,
            asked=digits(compared.asked),
            papers=None if compared.balance is None else digits(compared.balance.total),
            more=None if compared.more is None else digits(compared.more),
            parts={one.name.value: None if one.more is None else digits(one.more) for one in compared.parts},
        )
        session.output.result(f"{row.id}  {row.when}  {row.who}  {row.asked}  {row.difference}")
    for said in stated(words, sheet):
        session.output.result(f"– {said}")


def _percent(rate: Any) -> str | None:
    return None if rate is None else f"{rate:.{_PLACES}f}"
