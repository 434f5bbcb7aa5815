"""What is owed by the papers, and what the other side says is owed.

All sums and rates are decimal digits in text (``1280.50``), empty where nobody knows: what stands on a paper
is kept as it stands there, and no binary fraction can change a cent.
"""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Instalment:
    """One sum by one day (``2026-11-25``); the parts are empty where the paper does not split it."""

    due: str
    amount: str
    principal: str = ""
    interest: str = ""
    fees: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge beside the instalments; ``day`` is empty where it was taken off the sum that was paid out."""

    name: str
    amount: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class DebtTerms:
    """A loan by its contract, as the user read it.

    ``principal`` is the sum of the contract, ``received`` what arrived, on ``received_on``. ``yearly_rate``
    is in percent as the contract says it, ``overdue_rate`` in percent for each day on what is overdue.
    """

    principal: str = ""
    received: str = ""
    received_on: str = ""
    currency: str = "CNY"
    yearly_rate: str = ""
    overdue_rate: str = ""
    fees: tuple[Fee, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """The debt of a case; ``moment`` is when its terms were last written down."""

    case: str
    terms: DebtTerms
    moment: Moment
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """A sum somebody said is owed, when, and who; the parts are empty where they were not named."""

    amount: str
    claimed_utc: str
    claimed_offset_minutes: int
    by: str = ""
    principal: str = ""
    interest: str = ""
    fees: str = ""
    penalty: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One time a sum was demanded; written down at ``moment``, with what shows it."""

    id: str
    case: str
    encounter: str | None
    collector: str | None
    contact: str | None
    attachment: str | None
    details: ClaimDetails
    moment: Moment
    changed: bool = False
    withdrawn: bool = False
