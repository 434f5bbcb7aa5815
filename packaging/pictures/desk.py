"""The desk after the visit: documents, debt, steps, letters, the evidence list, transcripts, search."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pictures.photographer import Photographer, paper_photo, phone_picture, scroll_to, until
from pictures.texts import HOTLINE, OTHER_SMS
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from evidencedesk.app.pages import Pages
from evidencedesk.domain.case import AttachmentKind, Case, FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import ClaimDetails, DebtTerms, Fee
from evidencedesk.domain.event import EventType
from evidencedesk.domain.letter import LetterKind
from evidencedesk.domain.loan_schedule import Way, schedule
from evidencedesk.domain.shows import Shows
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.evidence.page import EvidenceSection
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.shell.main_window import CASES, SEARCH, MainWindow
from evidencedesk.workflows.describe_debt import describe_debt
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.log_claim import log_claim
from evidencedesk.workflows.log_follow_up import log_follow_up

Section = TypeVar("Section", bound=CaseSection)
_MONTHS, _PAID = 12, 3
_RECEIPTS = {LetterKind.DISPUTE: "EMS 1180000000000", LetterKind.REGULATOR: "2026-000123"}
_RATE, _SUM = "24", "10000"


@dataclass(frozen=True, slots=True)
class Stage:
    """What every picture of the desk needs."""

    window: MainWindow
    pages: Pages
    desk: Desk
    case: Case
    texts: dict[str, str]
    photographer: Photographer

    @property
    def today(self) -> date:
        """The day of the visit."""
        return self.desk.clock.now().local.date()

    def section(self, name: str, kind: type[Section]) -> Section:
        """A page of the case."""
        found = self.pages.cases.review.sections.section(name)
        if not isinstance(found, kind):
            raise SystemExit(f"no page {name}")
        return found

    def turn_to(self, name: str) -> None:
        """Read the case again and show one of its pages."""
        self.pages.cases.review_presenter.refresh()
        self.pages.cases.review.sections.choose(name)
        self.photographer.show(self.window)


def after_the_visit(stage: Stage, place: Path) -> None:
    """Everything in the order of docs/guide/case.md."""
    _documents(stage, place)
    _hotline(stage)
    _debt(stage, place)
    _evidence(stage)
    _letters(stage)
    _steps(stage)
    _plan(stage)
    _transcript(stage)
    _search(stage)
    stage.window.show_page(CASES)
    stage.pages.cases.review.sections.choose("timeline")


def _documents(stage: Stage, place: Path) -> None:
    stage.turn_to("files")
    files = stage.section("files", FilesSection)
    QGuiApplication.clipboard().setImage(phone_picture(OTHER_SMS, stage.texts["announcement"]))
    files.paste()
    until("it is asked what it is", files.strip.isVisible)
    until("it can be seen", lambda: files.presenter.state.look is not None)
    QTest.qWait(800)
    stage.photographer.step(stage.window, "paste")
    files.presenter.say_kind(AttachmentKind.SMS)
    contract = paper_photo(stage.texts["contract"], (stage.texts["creditor"],), place / "contract.png")
    files.take([contract])
    until("the next is asked about", files.strip.isVisible)
    files.presenter.say_kind(AttachmentKind.CONTRACT)
    until("nothing is asked", lambda: not files.strip.isVisible())
    QTest.qWait(1500)
    stage.photographer.take(stage.window, "case-documents")


def _hotline(stage: Stage) -> None:
    stage.turn_to("steps")
    steps = _steps_page(stage)
    steps.presenter.open_form(Step.CALL)
    form = steps.path.form
    for field, text in (
        (form.number, HOTLINE),
        (form.whom, stage.texts["service"]),
        (form.agent, stage.texts["agent"]),
        (form.answer, stage.texts["nobody_sent"]),
    ):
        field.set_text(text)
    stage.photographer.show(stage.window)
    stage.photographer.step(stage.window, "hotline", form)
    form.keep_button.click()
    until("the call is kept", form.isHidden)


def _debt(stage: Stage, place: Path) -> None:
    desk, case, texts = stage.desk, stage.case, stage.texts
    visit = desk.store.case_file(case.id).encounters[-1]
    now = desk.clock.now()
    claim = ClaimDetails("18600", now.utc, now.offset_minutes, texts["name"])
    stage.turn_to("debt")
    debt = stage.section("debt", DebtSection)
    debt.claims.add_button.click()
    form = debt.claims.form
    form.amount.set_text("18600")
    form.by.set_text(texts["name"])
    form.shows.setCurrentIndex(1)
    stage.photographer.show(stage.window)
    stage.photographer.step(stage.window, "claim", debt.claims)
    form.leave_button.click()
    log_claim(desk, case.id, claim, Shows(encounter=visit.id))
    first = _month(stage.today, -6)
    plan = schedule(Way.ANNUITY, Decimal(_SUM), Decimal(_RATE), _MONTHS, first, "CNY")
    terms = DebtTerms(
        principal=_SUM,
        received="9200",
        received_on=_month(stage.today, -7).isoformat(),
        yearly_rate=_RATE,
        fees=(Fee(texts["fee"], "800"),),
    )
    describe_debt(desk, case.id, terms)
    lines = [texts["bill_head"]]
    for number, one in enumerate(plan, start=1):
        paid = f"{one.amount},{one.due}" if number <= _PAID else ","
        lines.append(f"{number},{one.due},{one.principal},{one.interest},{one.amount},{paid}")
    (place / texts["bill_file"]).write_text("\n".join(lines), "utf-8-sig")
    stage.turn_to("debt")
    debt.presenter.look_at_bill(place / texts["bill_file"])
    until("the bill is read", lambda: debt.contract.bill.isVisible() and debt.contract.bill.payments)
    for line in [box.property("line") for box in debt.contract.bill.payments]:
        debt.presenter.choose_payment(line, wanted=True)
    stage.photographer.show(stage.window)
    stage.photographer.step(stage.window, "bill")
    debt.presenter.take_bill()
    until("the bill is kept", lambda: debt.presenter.state.bill is None and debt.papers.claims)
    QTest.qWait(1500)
    stage.photographer.take(stage.window, "case-debt")
    stage.photographer.step(stage.window, "papers")


def _evidence(stage: Stage) -> None:
    stage.turn_to("evidence")
    evidence = stage.section("evidence", EvidenceSection)
    until("the list is there", lambda: evidence.presenter.state.stands is not None)
    stands = evidence.presenter.state.stands
    if stands is not None and len(stands.groups) > 1:
        evidence.presenter.move_heading(stands.groups[1].title, -1)
    until("it is arranged", lambda: (now := evidence.presenter.state.stands) is not None and now.arranged)
    QTest.qWait(500)
    stage.photographer.take(stage.window, "case-evidence")
    stage.photographer.step(stage.window, "evidence")


def _letters(stage: Stage) -> None:
    stage.turn_to("letters")
    letters = stage.section("letters", LettersSection)
    presenter = letters.presenter
    for kind, name in ((LetterKind.DISPUTE, "letter"), (LetterKind.REGULATOR, "complaint")):
        presenter.choose(kind, stage.photographer.language)
        until("the letter is begun", lambda: presenter.state.form is not None)
        presenter.edit_sender(name=stage.texts["me"], address=stage.texts["address"], phone="139 0000 0000")
        if kind is LetterKind.DISPUTE:
            presenter.edit(own_words=stage.texts["own_words"])
        presenter.refresh()
        letters.editor.form.forget()
        until("it is made", lambda: presenter.state.made is not None and not presenter.state.making)
        letters.editor.show_state(presenter.state, "~/EvidenceDesk")
        stage.photographer.show(stage.window)
        stage.photographer.take(stage.window, f"case-{name}")
        stage.photographer.step(stage.window, name)
        presenter.keep(None)
        until("it is kept", lambda: presenter.state.form is None and letters.made.rows)
        row = letters.made.rows[0]
        row.tell.click()
        row.receipt.set_text(_RECEIPTS[kind])
        if kind is LetterKind.DISPUTE:
            stage.photographer.show(stage.window)
            stage.photographer.step(stage.window, "sent")
        row.save.click()
        QTest.qWait(500)
    stage.photographer.take(stage.window, "case-letters")


def _steps(stage: Stage) -> None:
    desk, now = stage.desk, stage.desk.clock.now()
    log_follow_up(
        desk,
        stage.case.id,
        FollowUpDetails(
            Step.POLICE_REPORT,
            now.utc,
            now.offset_minutes,
            whom=stage.texts["police"],
            receipt="JJ-2026-0088",
            progress=Progress.DONE,
        ),
    )
    stage.turn_to("steps")
    QTest.qWait(800)
    stage.photographer.take(stage.window, "case-steps")
    stage.photographer.step(stage.window, "steps")


def _plan(stage: Stage) -> None:
    steps = _steps_page(stage)
    steps.presenter.open_form(Step.PLAN_PROPOSED)
    stage.photographer.show(stage.window)
    stage.photographer.step(stage.window, "before-a-plan")
    steps.presenter.go_on()
    form = steps.path.form
    form.whom.set_text(stage.texts["creditor"])
    form.plan.set_text("; ".join(f"{_month(stage.today, months)} 500" for months in (1, 2, 3)))
    stage.photographer.show(stage.window)
    stage.photographer.step(stage.window, "plan", form)
    form.keep_button.click()
    until("the plan is kept", form.isHidden)
    stage.turn_to("debt")
    debt = stage.section("debt", DebtSection)
    debt.payments.add_button.click()
    payment = debt.payments.form
    payment.amount.set_text("500")
    payment.note.set_text(stage.texts["first_part"])
    receipt = phone_picture(stage.texts["paid"], f"¥500.00  {stage.texts['creditor']}")
    debt.payments_presenter.hold([receipt])
    stage.photographer.show(stage.window)
    scroll_to(debt.payments)
    stage.photographer.step(stage.window, "receipt", payment)
    payment.keep_button.click()
    until("the payment is kept", payment.isHidden)
    QTest.qWait(800)


def _transcript(stage: Stage) -> None:
    """A made one: no model is at hand here, and the page says of every draft what it is."""
    recording = stage.desk.store.case_file(stage.case.id).recordings[-1]
    name = f"w-{uuid.uuid4().hex[:8]}"
    drafted = {
        "transcript": name,
        "recording": recording.id,
        "model": "whisper-base",
        "model_sha256": "5c" * 32,
        "program": "faster-whisper 1.2.1",
        "language": stage.photographer.language,
    }
    said = stage.texts["said"].split("|")
    heard = [
        {"at_ms": 800 + 2300 * number, "length_ms": 1800, "text": text} for number, text in enumerate(said)
    ]
    events: list[tuple[EventType, dict[str, Any]]] = [
        (EventType.TRANSCRIPT_DRAFTED, drafted),
        (EventType.TRANSCRIPT_HEARD, {"transcript": name, "sentences": heard}),
    ]
    stage.desk.store.append(stage.case.id, events, stage.desk.clock.now())
    stage.turn_to("transcripts")
    QTest.qWait(800)
    stage.photographer.take(stage.window, "case-transcripts")
    stage.photographer.step(stage.window, "transcript")


def _search(stage: Stage) -> None:
    stage.window.show_page(SEARCH)
    page = stage.pages.search
    page.field.setText(stage.texts["look_for"])
    until("something is found", lambda: page.list.row is not None)
    page.field.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.qWait(500)
    stage.photographer.take(stage.window, "search")
    stage.photographer.step(stage.window, "search")


def _steps_page(stage: Stage) -> StepsSection:
    return stage.section("steps", StepsSection)


def _month(day: date, months: int) -> date:
    """The tenth of a month before or after."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 10)
