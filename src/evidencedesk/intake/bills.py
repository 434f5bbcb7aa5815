"""Instalments, and what was paid of them, from the table that a lender or platform gives out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.loan_schedule import MOST_INSTALMENTS
from evidencedesk.intake.bill_cells import read_day, read_sum

_HEADINGS_WITHIN = 60

Row = tuple[str, ...]


class BillColumn(StrEnum):
    """What a column of a bill holds. Only ``FEES`` may stand in several: they are added."""

    NONE = "none"
    COUNT = "count"
    DUE = "due"
    AMOUNT = "amount"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    FEES = "fees"
    PAID = "paid"
    PAID_ON = "paid_on"


_NAMES: Mapping[BillColumn, str] = {
    BillColumn.COUNT: (
        "期数 期次 期号 期 序号 编号 分期 还款期数 还款期次 第几期 no nr number count instalment "
        "instalmentno installment installmentno installmentnumber period term"
    ),
    BillColumn.DUE: (
        "应还日期 应还日 应还款日 应还款日期 应还时间 还款日 还款日期 计划还款日 计划还款日期 约定还款日 "
        "到期日 到期日期 最后还款日 账单日 日期 due duedate dueon dateofpayment paymentdate paymentdue "
        "payableon date"
    ),
    BillColumn.AMOUNT: (
        "应还金额 应还总额 应还总金额 应还合计 应还本息 应还款 应还款额 应还款金额 应还 本期应还 "
        "本期应还金额 本期应还总额 每期应还 每期还款额 月供 月还款额 还款额 还款金额 期供 金额 合计 总额 "
        "总计 amount amountdue totaldue total totalamount payment paymentamount instalmentamount "
        "installmentamount scheduledpayment monthlypayment"
    ),
    BillColumn.PRINCIPAL: (
        "应还本金 本金 本期本金 每期本金 还款本金 principal principaldue principalamount "
        "principalpart capital"
    ),
    BillColumn.INTEREST: (
        "应还利息 利息 本期利息 每期利息 还款利息 interest interestdue interestamount interestpart"
    ),
    BillColumn.FEES: (
        "费用 应还费用 应还手续费 手续费 服务费 应还服务费 担保费 应还担保费 管理费 平台费 保险费 咨询费 "
        "其他费用 fee fees charge charges servicefee servicefees guaranteefee insurance otherfees"
    ),
    BillColumn.PAID: (
        "已还 已还金额 已还总额 已还款 已还款额 已还款金额 实还 实还金额 实还总额 实际还款 实际还款金额 "
        "已付 paid amountpaid paidamount paidtotal actualpayment received"
    ),
    BillColumn.PAID_ON: (
        "实还日期 实还日 实还时间 实际还款日 实际还款日期 实际还款时间 已还日期 还清日期 还款时间 "
        "付款日期 paidon paiddate datepaid actualdate actualpaymentdate"
    ),
}
_KNOWN = {word: column for column, words in _NAMES.items() for word in words.split()}
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]")
_NO_LETTERS = re.compile(r"[\W_]+")
_TOTALS = re.compile(r"^(?:合计|总计|小计|共计|汇总|sum|total|totals)\b", re.IGNORECASE)


class BillTrouble(StrEnum):
    """Why a line was not taken."""

    NO_DAY = "no_day"
    NO_SUM = "no_sum"
    SUM_UNREADABLE = "sum_unreadable"
    TOTALS = "totals"


@dataclass(frozen=True, slots=True)
class BillTable:
    """A table of a file, and what its columns seem to be. ``heading`` is the row of headings, -1 for none."""

    name: str
    sheet: str
    rows: tuple[Row, ...]
    heading: int
    columns: tuple[BillColumn, ...]


@dataclass(frozen=True, slots=True)
class BillPreview:
    """A bill that was looked at; ``sha256`` tells whether the file is still that one."""

    source: Path
    sha256: str
    table: BillTable


@dataclass(frozen=True, slots=True)
class BillPayment:
    """A sum that the bill says was paid, and when; ``day`` is empty where it does not say."""

    line: int
    amount: str
    day: str


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line (counted from 1) that gave nothing."""

    line: int
    text: str
    trouble: BillTrouble


@dataclass(frozen=True, slots=True)
class ReadBill:
    """What was understood, and what not."""

    instalments: tuple[Instalment, ...]
    payments: tuple[BillPayment, ...]
    refused: tuple[RefusedLine, ...]


def understand(table: BillTable, columns: Sequence[BillColumn] | None = None) -> ReadBill:
    """Instalments and payments, with the columns as found or as the user says. Raises BILL_NOTHING_FOUND."""
    chosen = tuple(columns) if columns is not None else table.columns
    instalments: list[Instalment] = []
    payments: list[BillPayment] = []
    refused: list[RefusedLine] = []
    for place, row in enumerate(table.rows[table.heading + 1 :], table.heading + 2):
        if not any(row) or _repeats_headings(table, row):
            continue
        taken = _instalment(row, chosen)
        if isinstance(taken, Instalment):
            instalments.append(taken)
            payments += _payment(place, row, chosen)
        elif taken is not None:
            refused.append(RefusedLine(place, " ".join(cell for cell in row if cell), taken))
    if not instalments or len(instalments) > MOST_INSTALMENTS:
        code = Code.TOO_MANY_INSTALMENTS if instalments else Code.BILL_NOTHING_FOUND
        raise Unreadable(code, path=table.name, limit=MOST_INSTALMENTS)
    return ReadBill(tuple(instalments), tuple(payments), tuple(refused))


def table_of(rows: tuple[Row, ...], name: str, sheet: str) -> BillTable:
    """Find the row of headings, and say what each column seems to be."""
    width = max(len(row) for row in rows)
    best, heading = tuple([BillColumn.NONE] * width), -1
    for place, row in enumerate(rows[:_HEADINGS_WITHIN]):
        columns = _columns(row, width)
        if worth(columns) > worth(best):
            best, heading = columns, place
    return BillTable(name, sheet, rows, heading, best)


def worth(columns: Sequence[BillColumn]) -> int:
    """How much these columns tell."""
    known = sum(one is not BillColumn.NONE for one in columns)
    return known + 10 * (BillColumn.DUE in columns) + 5 * (BillColumn.AMOUNT in columns)


def _columns(row: Row, width: int) -> tuple[BillColumn, ...]:
    found: list[BillColumn] = []
    for cell in row:
        column = _KNOWN.get(_word(cell), BillColumn.NONE)
        if column in found and column is not BillColumn.FEES:
            column = BillColumn.NONE
        found.append(column)
    return tuple(found + [BillColumn.NONE] * (width - len(found)))


def _word(heading: str) -> str:
    plain = _BRACKETED.sub("", unicodedata.normalize("NFKC", heading).casefold())
    return _NO_LETTERS.sub("", plain).removesuffix("元")


def _repeats_headings(table: BillTable, row: Row) -> bool:
    """A bill of several pages has its headings again on each."""
    return table.heading >= 0 and row == table.rows[table.heading]


def _cells(row: Row, columns: Sequence[BillColumn], wanted: BillColumn) -> list[str]:
    return [cell for cell, column in zip(row, columns, strict=False) if column is wanted and cell]


def _instalment(row: Row, columns: Sequence[BillColumn]) -> Instalment | BillTrouble | None:
    """What a line says; None for one that says nothing that matters here."""
    sums: dict[BillColumn, str] = {}
    for column in (BillColumn.AMOUNT, BillColumn.PRINCIPAL, BillColumn.INTEREST, BillColumn.FEES):
        read = [read_sum(cell) for cell in _cells(row, columns, column)]
        if any(one is None for one in read):
            days = _cells(row, columns, BillColumn.DUE)
            return BillTrouble.SUM_UNREADABLE if any(map(read_day, days)) else None
        told = [one for one in read if one]
        sums[column] = told[0] if len(told) == 1 else f"{sum(map(Decimal, told)):f}" if told else ""
    if not any(sums.values()):
        return BillTrouble.NO_SUM if any(map(read_day, _cells(row, columns, BillColumn.DUE))) else None
    if any(_TOTALS.match(cell) for cell in row if cell):
        return BillTrouble.TOTALS
    day = next((found for cell in _cells(row, columns, BillColumn.DUE) if (found := read_day(cell))), None)
    if day is None:
        return BillTrouble.NO_DAY
    parts = (sums[BillColumn.PRINCIPAL], sums[BillColumn.INTEREST], sums[BillColumn.FEES])
    amount = sums[BillColumn.AMOUNT] or f"{sum(Decimal(part) for part in parts if part):f}"
    return Instalment(day.isoformat(), amount, *parts)


def _payment(line: int, row: Row, columns: Sequence[BillColumn]) -> list[BillPayment]:
    paid = [read_sum(cell) for cell in _cells(row, columns, BillColumn.PAID)][:1]
    days = [read_day(cell) for cell in _cells(row, columns, BillColumn.PAID_ON)][:1]
    day = days[0].isoformat() if days and days[0] else ""
    return [BillPayment(line, one, day) for one in paid if one and Decimal(one)]
