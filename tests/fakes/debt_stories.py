"""A loan of twelve instalments, three of them paid, and three sums that were demanded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from evidencedesk.domain.case import CaseFile, FollowUp, FollowUpDetails, Step
from evidencedesk.domain.debt import Claim, ClaimDetails, Debt, DebtTerms, Fee
from evidencedesk.domain.loan_schedule import Way, schedule
from evidencedesk.domain.moment import Moment

TODAY = date(2026, 11, 25)
BILL = """来分期还款计划,,,,,,
期数,应还日期,应还本金,应还利息,服务费,应还金额,已还金额,实还日期
1,2026-09-10,1000,40,10,1050.00,1050.00,2026-09-09
2,2026年10月10日,1000,30,10,"1,040.00",500,
3,2026/11/10,1000,20,10,1030,,
4,10/12/2026,1000,10,10,1020,,
合计,,4000,100,40,4140,1550,
"""


def loan_terms(count: int = 12) -> DebtTerms:
    """10,000 at 24 %, of which 800 were taken off at once."""
    return DebtTerms(
        principal="10000",
        received="9200",
        received_on="2026-04-10",
        yearly_rate="24",
        overdue_rate="0.05",
        fees=(Fee("服务费", "800"),),
        instalments=schedule(Way.ANNUITY, Decimal(10_000), Decimal(24), count, date(2026, 5, 10), "CNY"),
    )


def with_debt(case_file: CaseFile, moment: Moment, terms: DebtTerms | None = None) -> CaseFile:
    """The case with the loan, its payments and claims."""
    case = case_file.case.id

    def paid(number: int, utc: str, amount: str) -> FollowUp:
        details = FollowUpDetails(Step.PAYMENT, utc, 480, amount=amount)
        return FollowUp(f"f-0000pay{number}", case, None, None, None, None, details, moment)

    def claim(number: int, utc: str, amount: str, by: str, **parts: str) -> Claim:
        details = ClaimDetails(amount, utc, 480, by, **parts)
        return Claim(f"m-0000c1m{number}", case, None, None, None, None, details, moment)

    encounter = case_file.encounters[-1].id if case_file.encounters else None
    attachment = case_file.attachments[0].id if case_file.attachments else None
    claims = (
        replace(
            claim(1, "2026-09-02T02:10:00.000000Z", "3200", "来分期(短信 106812345678)"),
            attachment=attachment,
        ),
        replace(
            claim(
                2,
                "2026-11-19T13:43:00.000000Z",
                "12600",
                "张某(自称某某信用管理公司)",
                principal="8500",
                interest="1100",
                penalty="3000",
                text="说今天不还就到单位去",
            ),
            encounter=encounter,
        ),
        claim(3, "2026-11-24T03:00:00.000000Z", "18600", "张某"),
    )
    return replace(
        case_file,
        debt=Debt(case, terms or loan_terms(), moment),
        claims=claims,
        follow_ups=(
            *case_file.follow_ups,
            paid(1, "2026-05-09T04:00:00.000000Z", "945.60"),
            paid(2, "2026-06-10T04:00:00.000000Z", "945.60"),
            paid(3, "2026-07-20T04:00:00.000000Z", "945.60"),
            paid(4, "2026-09-01T04:00:00.000000Z", "500"),
        ),
    )
