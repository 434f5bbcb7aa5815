"""What the user paid, each payment with its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone, tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from evidencedesk.domain.case import Attachment, CaseFile, FollowUp, FollowUpDetails, Step
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.moment import parse_utc
from evidencedesk.intake.times import place, read_time
from evidencedesk.system.private_temp import private_folder
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.review.services import PaymentServices, ReceiptServices

# The duty of the article that a payment belongs to.
_ITEM = "keep-receipts"

Receipt = Path | QImage


@dataclass(frozen=True, slots=True)
class PaymentsState:
    """Payments of a case, the latest first. ``changing`` is the id of the one in the form; "" for a new one.

    ``receipts`` wait for the payment to be kept; ``attaching`` counts files on their way.
    """

    case_id: str = ""
    payments: tuple[FollowUp, ...] = ()
    files: tuple[Attachment, ...] = ()
    changing: str | None = None
    receipts: tuple[Receipt, ...] = ()
    attaching: int = 0
    problem: Known | None = None

    def receipts_of(self, payment: str) -> tuple[Attachment, ...]:
        """The files that belong to a payment."""
        return tuple(one for one in self.files if one.follow_up == payment)

    def payment(self, payment: str | None) -> FollowUp | None:
        """One that stands."""
        return next((one for one in self.payments if one.id == payment), None)


class PaymentsPresenter(QObject):
    """Keeps payments and takes receipts in.

    Emits:
        state_changed: the new ``PaymentsState``.
        changed: something is on the disk, the case should be read again.
    """

    state_changed = Signal(object)
    changed = Signal()

    def __init__(self, services: PaymentServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = PaymentsState()

    @property
    def state(self) -> PaymentsState:
        """What the card shows."""
        return self._state

    def now(self) -> str:
        """The time as the form writes it."""
        return f"{self._services.now().local:%Y-%m-%d %H:%M}"

    def show_case(self, case_file: CaseFile | None) -> None:
        """Another case, or the same one read again: the form stays then."""
        if case_file is None:
            self._become(PaymentsState())
            return
        state = self._state if self._state.case_id == case_file.case.id else PaymentsState()
        paid = [one for one in case_file.follow_ups if one.details.step is Step.PAYMENT and not one.withdrawn]
        latest_first = tuple(sorted(paid, key=lambda one: (one.details.done_utc, one.id), reverse=True))
        files = tuple(one for one in case_file.attachments if one.follow_up is not None)
        self._become(replace(state, case_id=case_file.case.id, payments=latest_first, files=files))

    def open_form(self, payment: str = "") -> None:
        """Ask for a new payment, or for other words of one."""
        self._become(replace(self._state, changing=payment, receipts=(), problem=None))

    def close_form(self) -> None:
        """Leave things as they are."""
        self._become(replace(self._state, changing=None, receipts=(), problem=None))

    def hold(self, receipts: Sequence[Receipt]) -> None:
        """Receipts for the payment in the form."""
        self._become(replace(self._state, receipts=(*self._state.receipts, *receipts), problem=None))

    def keep(self, amount: str, when: str, note: str) -> None:
        """Store the payment in the form with its receipts; the form stays open when that is refused."""
        state = self._state
        before = state.payment(state.changing)
        kept: list[str] = []

        def write() -> None:
            if not amount.strip():
                raise WrongUse(Code.NUMBER_NOT_VALID, value="")
            details = _details(before, amount, when, note)
            if before is None:
                kept.append(self._services.log_follow_up(state.case_id, details).id)
            else:
                self._services.change_follow_up(state.case_id, before.id, details)
                kept.append(before.id)

        if self._did(write):
            self._become(replace(self._state, changing=None, receipts=(), problem=None))
            self.attach(kept[0], state.receipts)
            self._judge(state.case_id)

    def withdraw(self, payment: str) -> None:
        """Take a payment back; it stays in the journal."""
        if self._did(lambda: self._services.withdraw_follow_up(self._state.case_id, payment)):
            self._become(replace(self._state, changing=None, receipts=(), problem=None))
            self._judge(self._state.case_id)

    def attach(self, payment: str, receipts: Sequence[Receipt]) -> None:
        """Take receipts in, one after the other, without holding up the window."""
        if not receipts:
            return
        self._become(replace(self._state, attaching=self._state.attaching + len(receipts), problem=None))
        for number, receipt in enumerate(receipts, 1):
            name = f"receipt-{self._services.now().local:%Y%m%d-%H%M%S}-{number}.png"
            work = partial(attach_receipt, self._services, self._state.case_id, payment, receipt, name)
            self._jobs.run(work, success=self._attached, failure=self._not_attached)

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _judge(self, case_id: str) -> None:
        self.changed.emit()
        work = partial(self._services.keep_judgements, case_id)
        self._jobs.run(work, success=self._judged, failure=self._failed)

    def _judged(self, _nothing: object) -> None:
        self.changed.emit()

    def _attached(self, attachment: Attachment) -> None:
        self._become(replace(self._state, attaching=max(0, self._state.attaching - 1)))
        self._judge(attachment.case)

    def _not_attached(self, problem: Known) -> None:
        self._become(replace(self._state, attaching=max(0, self._state.attaching - 1), problem=problem))

    def _failed(self, problem: Known) -> None:
        self._become(replace(self._state, problem=problem))

    def _did(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Known as problem:
            self._failed(problem)
            return False
        return True

    def _become(self, state: PaymentsState) -> None:
        self._state = state
        self.state_changed.emit(state)


def time_text(details: FollowUpDetails) -> str:
    """When it was paid, as the form writes it: by the clock of the place where it was."""
    return f"{_local(details):%Y-%m-%d %H:%M}"


def _local(details: FollowUpDetails) -> datetime:
    offset = timezone(timedelta(minutes=details.done_offset_minutes))
    return parse_utc(details.done_utc).astimezone(offset)


def _details(before: FollowUp | None, amount: str, when: str, note: str) -> FollowUpDetails:
    kept = None if before is None else before.details
    if kept is not None and when.strip() == time_text(kept):
        return replace(kept, amount=amount, answer=note)
    zone: tzinfo | None = None
    if kept is not None and _local(kept).astimezone().utcoffset() != _local(kept).utcoffset():
        zone = _local(kept).tzinfo  # paid at a place with another time
    found = read_time(when)
    if found.value is None:
        raise WrongUse(Code.TIME_NOT_VALID, value=when.strip())
    placed = place(found.value, zone)
    blank = FollowUpDetails(Step.PAYMENT, placed.utc, placed.offset_minutes, item=_ITEM)
    base = blank if kept is None else kept
    return replace(
        base, done_utc=placed.utc, done_offset_minutes=placed.offset_minutes, amount=amount, answer=note
    )


def attach_receipt(
    services: ReceiptServices, case_id: str, step: str, receipt: Receipt, name: str
) -> Attachment:
    """Take in a file, or a picture under a name, that belongs to a step; on the jobs thread."""
    if isinstance(receipt, Path):
        return services.attach_to_follow_up(case_id, receipt, step)
    # For this user only, and gone again: what is kept is the copy in the library.
    with private_folder() as folder:
        path = folder / name
        if not receipt.save(str(path)):
            raise MachineFailure(Code.NOT_WRITABLE, path=str(folder))
        return services.attach_to_follow_up(case_id, path, step)
