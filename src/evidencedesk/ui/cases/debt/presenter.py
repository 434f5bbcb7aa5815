"""The debt of a case: contract, claims, a bill that is looked at, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.debt import Claim, ClaimDetails, DebtTerms
from evidencedesk.domain.debt_sheet import DebtSheet, debt_sheet
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import Begins, Caution, Topic
from evidencedesk.domain.shows import Shows
from evidencedesk.intake.bills import BillColumn, BillPreview, ReadBill, understand
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.debt.services import DebtServices
from evidencedesk.ui.latest_only import LatestOnly


@dataclass(frozen=True, slots=True)
class BillState:
    """A bill on the screen: its columns as they stand, and what they give, or why they give nothing."""

    preview: BillPreview
    columns: tuple[BillColumn, ...]
    read: ReadBill | None
    trouble: Known | None
    payments: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DebtState:
    """What the page shows. ``claiming`` is the id of the claim in the form; "" for a new one.

    ``busy`` while a bill is read or taken in, or a sheet is written; ``limitation`` is when the debt's
    limitation ends, as far as it is known.
    """

    case_file: CaseFile | None = None
    sheet: DebtSheet | None = None
    limitation: DueDate | None = None
    cautions: tuple[Caution, ...] = ()
    editing: bool = False
    claiming: str | None = None
    bill: BillState | None = None
    busy: bool = False
    saved: Path | None = None
    problem: Known | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those that stand, the latest first."""
        told = () if self.case_file is None else self.case_file.claims
        stands = [one for one in told if not one.withdrawn]
        return tuple(sorted(stands, key=lambda one: (one.details.claimed_utc, one.id), reverse=True))

    @property
    def terms(self) -> DebtTerms | None:
        """The contract as it was entered."""
        return None if self.case_file is None or self.case_file.debt is None else self.case_file.debt.terms


class DebtPresenter(QObject):
    """Turns clicks into verbs.

    Emits:
        state_changed: the new ``DebtState``.
        changed: something is on the disk, the case should be read again.
    """

    state_changed = Signal(object)
    changed = Signal()

    def __init__(self, services: DebtServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._readings = LatestOnly(jobs, self)
        self._state = DebtState()

    @property
    def state(self) -> DebtState:
        """What the page shows."""
        return self._state

    def today(self) -> date:
        """The day of the clock."""
        return self._services.now().local.date()

    def now_text(self) -> str:
        """The time as the form writes it."""
        return f"{self._services.now().local:%Y-%m-%d %H:%M}"

    def show_case(self, case_file: CaseFile) -> None:
        """Another case, or the same one read again: what is being typed stays then."""
        known = self._state.case_file
        same = known is not None and known.case.id == case_file.case.id
        state = self._state if same else DebtState()
        self._become(replace(state, case_file=case_file, cautions=self._services.cautions(Topic.NEGOTIATING)))
        work = partial(_work_out, self._services, case_file, self.today())
        self._readings.run(work, success=self._worked_out, failure=self._failed)

    def edit_terms(self) -> None:
        """Ask for the contract."""
        self._become(replace(self._state, editing=True, bill=None, problem=None))

    def leave_terms(self) -> None:
        """Leave the contract as it is."""
        self._become(replace(self._state, editing=False, problem=None))

    def keep_terms(self, terms: DebtTerms) -> None:
        """Store the contract; the form stays open when that is refused."""
        if self._did(lambda: self._services.describe_debt(self._case_id, terms)):
            self._become(replace(self._state, editing=False, problem=None))
            self.changed.emit()

    def open_claim(self, claim: str = "") -> None:
        """Ask for a claim, or for other words of one."""
        self._become(replace(self._state, claiming=claim, problem=None))

    def close_claim(self) -> None:
        """Leave things as they are."""
        self._become(replace(self._state, claiming=None, problem=None))

    def keep_claim(self, details: ClaimDetails, shows: Shows) -> None:
        """Store the claim in the form."""
        claiming = self._state.claiming

        def write() -> None:
            if claiming:
                self._services.change_claim(self._case_id, claiming, details)
            else:
                self._services.log_claim(self._case_id, details, shows)

        if self._did(write):
            self._become(replace(self._state, claiming=None, problem=None))
            self.changed.emit()

    def withdraw_claim(self, claim: str) -> None:
        """Take a claim back; it stays in the journal."""
        if self._did(lambda: self._services.withdraw_claim(self._case_id, claim)):
            self._become(replace(self._state, claiming=None, problem=None))
            self.changed.emit()

    def look_at_bill(self, path: Path) -> None:
        """Read a bill and show what is in it."""
        self._become(replace(self._state, busy=True, problem=None))
        work = partial(self._services.look_at_bill, path)
        self._jobs.run(work, success=self._looked_at, failure=self._failed)

    def choose_column(self, place: int, column: BillColumn) -> None:
        """The user says what a column is."""
        bill = self._state.bill
        if bill is None:
            return
        columns = list(bill.columns)
        if column not in (BillColumn.NONE, BillColumn.FEES):
            columns = [BillColumn.NONE if one is column else one for one in columns]
        columns[place] = column
        self._become(replace(self._state, bill=_understood(bill.preview, tuple(columns)), problem=None))

    def choose_payment(self, line: int, wanted: bool) -> None:  # noqa: FBT001 - a slot of a switch
        """A payment of the bill is wanted, or not."""
        bill = self._state.bill
        if bill is not None:
            chosen = bill.payments | {line} if wanted else bill.payments - {line}
            self._become(replace(self._state, bill=replace(bill, payments=chosen)))

    def leave_bill(self) -> None:
        """Keep nothing of it."""
        self._become(replace(self._state, bill=None, problem=None))

    def take_bill(self) -> None:
        """Keep the bill and what it says."""
        bill = self._state.bill
        if bill is None or bill.read is None:
            return
        self._become(replace(self._state, busy=True, problem=None))
        work = partial(self._services.take_bill, self._case_id, bill.preview, bill.columns, bill.payments)
        self._jobs.run(work, success=self._taken, failure=self._failed)

    def print_sheet(self, folder: Path, language: str) -> None:
        """Write the sheet into a folder."""
        self._become(replace(self._state, busy=True, saved=None, problem=None))
        work = partial(self._services.print_debt_sheet, self._case_id, folder, language)
        self._jobs.run(work, success=self._printed, failure=self._failed)

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    @property
    def _case_id(self) -> str:
        if self._state.case_file is None:
            raise RuntimeError("no case is open")
        return self._state.case_file.case.id

    def _worked_out(self, found: tuple[CaseFile, DebtSheet, DueDate | None]) -> None:
        case_file, sheet, limitation = found
        if case_file is self._state.case_file:  # another one may have been opened meanwhile
            self._become(replace(self._state, sheet=sheet, limitation=limitation))

    def _looked_at(self, preview: BillPreview) -> None:
        bill = _understood(preview, preview.table.columns)
        self._become(replace(self._state, bill=bill, editing=False, busy=False))

    def _taken(self, _nothing: object) -> None:
        self._become(replace(self._state, bill=None, busy=False))
        self.changed.emit()

    def _printed(self, path: Path) -> None:
        self._become(replace(self._state, saved=path, busy=False))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem, busy=False))

    def _did(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Known as problem:
            self._failed(problem)
            return False
        return True

    def _become(self, state: DebtState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _work_out(
    services: DebtServices, case_file: CaseFile, today: date
) -> tuple[CaseFile, DebtSheet, DueDate | None]:
    due = services.due_dates(case_file)
    limitation = next((one for one in due if one.deadline.begins is Begins.LAST_DUE), None)
    return case_file, debt_sheet(case_file, today), limitation


def _understood(preview: BillPreview, columns: tuple[BillColumn, ...]) -> BillState:
    try:
        return BillState(preview, columns, understand(preview.table, columns), None)
    except Known as trouble:
        return BillState(preview, columns, None, trouble)
