"""Take in a bill: look at the table, then keep the file, its instalments, and payments that it lists."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from evidencedesk.domain.case import Attachment, AttachmentKind, FollowUp, FollowUpDetails, Step
from evidencedesk.domain.debt import Debt, DebtTerms
from evidencedesk.domain.debt_sums import payments_of
from evidencedesk.domain.errors import Code, Unreadable, WrongUse
from evidencedesk.domain.money import number
from evidencedesk.intake.bills import BillColumn, BillPayment, BillPreview, understand
from evidencedesk.intake.sheets import MAX_BYTES, MAX_LINES, read_bill
from evidencedesk.intake.times import place
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.describe_debt import clean_terms, describe_debt
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_follow_up import log_follow_up

# The duty of the article that a payment belongs to.
_ITEM = "keep-receipts"


@dataclass(frozen=True, slots=True)
class TakenBill:
    """What came of it."""

    original: Attachment
    debt: Debt
    payments: tuple[FollowUp, ...]


def look_at_bill(source: Path) -> BillPreview:
    """Read a bill and keep nothing.

    Raises FILE_UNREADABLE, BILL_TOO_LARGE, BILL_UNREADABLE, BILL_LOCKED.
    """
    data = _bytes(source)
    return BillPreview(source, hashlib.sha256(data).hexdigest(), read_bill(data, source.name))


def take_bill(
    desk: Desk,
    case_id: str,
    looked_at: BillPreview,
    columns: Sequence[BillColumn] | None = None,
    payments: Collection[int] = (),
) -> TakenBill:
    """Keep the file as a bill of the case; its instalments take the place of those that were entered.

    ``payments`` are the lines whose payment is wanted; one without a day, or that is known already, is not
    taken. Raises LIST_CHANGED, BILL_NOTHING_FOUND, and what the disk says.
    """
    case = desk.store.find_case(case_id)
    read = understand(looked_at.table, columns)
    known = desk.store.case_file(case.id)
    terms = DebtTerms() if known.debt is None else known.debt.terms
    clean = clean_terms(replace(terms, instalments=read.instalments))
    there = {(one.day.isoformat(), one.amount) for one in payments_of(known)}
    wanted = [
        one
        for one in read.payments
        if one.line in payments and one.day and (one.day, number(one.amount)) not in there
    ]
    if hashlib.sha256(_bytes(looked_at.source)).hexdigest() != looked_at.sha256:
        raise WrongUse(Code.LIST_CHANGED, path=looked_at.source.name)
    original = attach_file(desk, case.id, looked_at.source, kind=AttachmentKind.BILL, debt=True)
    debt = describe_debt(desk, case.id, clean)
    logged = tuple(log_follow_up(desk, case.id, _details(one, looked_at.table.name)) for one in wanted)
    return TakenBill(original, debt, logged)


def _details(payment: BillPayment, bill: str) -> FollowUpDetails:
    """The bill says the day only: noon stands for it."""
    noon = place(datetime.combine(datetime.fromisoformat(payment.day), time(12)), None)
    return FollowUpDetails(
        Step.PAYMENT,
        noon.utc,
        noon.offset_minutes,
        item=_ITEM,
        amount=payment.amount,
        answer=f"{bill}:{payment.line}",
    )


def _bytes(source: Path) -> bytes:
    try:
        if source.stat().st_size > MAX_BYTES:
            raise Unreadable(
                Code.BILL_TOO_LARGE, path=source.name, limit=MAX_LINES, length=MAX_BYTES // 1_000_000
            )
        return source.read_bytes()
    except OSError as error:
        raise WrongUse(Code.FILE_UNREADABLE, path=str(source), detail=str(error.strerror)) from error
