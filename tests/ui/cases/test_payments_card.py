"""Payments are written down on the page of a case, each with its receipt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import FollowUp, Step
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.moment import parse_utc
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.review.payments_card import PaymentRow
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, told_file
from fakes.ui_services import InstantRunner


class Stage:
    """The page of one case, and what it keeps."""

    def __init__(self, qtbot: QtBot, words: UiWords, *, paid: bool = False) -> None:
        self.services = FakeCaseServices(told_file() if paid else example_case_file())
        self.files = FakeFileChoice()
        self.page = CasesPage(self.services, InstantRunner(), words, self.files)
        qtbot.addWidget(self.page)
        self.page.resize(1196, 800)
        self.page.show()
        self.page.show_case("c-0000aaaa")
        self.page.review.sections.choose("debt")
        section = self.page.review.sections.section("debt")
        assert isinstance(section, DebtSection)
        self.section = section
        self.card = section.payments
        self.form = self.card.form

    def write(self, amount: str, when: str = "2026-11-20 14:30", note: str = "") -> None:
        self.card.add_button.click()
        self.form.amount.set_text(amount)
        self.form.when.set_text(when)
        self.form.note.set_text(note)

    @property
    def payments(self) -> list[FollowUp]:
        return [one for one in self.services.file.follow_ups if one.details.step is Step.PAYMENT]

    def receipts(self, payment: FollowUp) -> list[str]:
        return [one.name for one in self.services.file.attachments if one.follow_up == payment.id]

    def row(self, title: str) -> PaymentRow:
        return next(one for one in self.card.rows if one.accessibleName() == title)

    def shown(self) -> str:
        QApplication.processEvents()  # what was just added is shown with the next layout
        return "\n".join(one.text() for one in self.card.findChildren(QLabel) if one.isVisibleTo(self.card))


@pytest.fixture
def stage(qtbot: QtBot, en: UiWords) -> Stage:
    return Stage(qtbot, en)


@pytest.fixture
def paid(qtbot: QtBot, en: UiWords) -> Stage:
    """A case with a payment of 1280.50 that has a receipt, and one of 300 without."""
    return Stage(qtbot, en, paid=True)


def dropped(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(target: PaymentRow | object, mime: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dropEvent(event)  # type: ignore[union-attr]


def test_a_payment_is_kept_with_its_time_its_note_and_the_duty_it_belongs_to(stage: Stage) -> None:
    stage.write("1280.50", note="seventh instalment")
    stage.form.keep_button.click()
    (payment,) = stage.payments
    local = parse_utc(payment.details.done_utc) + timedelta(minutes=payment.details.done_offset_minutes)
    assert (payment.details.amount, payment.details.answer) == ("1280.50", "seventh instalment")
    assert f"{local:%Y-%m-%d %H:%M}" == "2026-11-20 14:30"
    assert payment.details.item == "keep-receipts"
    assert stage.form.isHidden()
    assert "Payment of 1280.50" in stage.shown()
    assert "No receipt yet" in stage.shown()


def test_the_rules_are_kept_after_a_payment(stage: Stage) -> None:
    stage.write("1280.50")
    stage.form.keep_button.click()
    assert ("keep judgements", "c-0000aaaa") in stage.services.calls


def test_a_payment_without_a_receipt_becomes_advice_at_once(stage: Stage) -> None:
    stage.write("1280.50")
    stage.form.keep_button.click()
    results = stage.page.review.side.results
    assert "The payment of 2026-11-20 has no receipt yet" in [
        one.text() for one in results.findChildren(QLabel)
    ]


def test_receipts_that_are_dropped_on_the_form_go_with_the_payment(stage: Stage, tmp_path: Path) -> None:
    stage.write("300")
    drop(stage.form, dropped(tmp_path / "receipt.pdf"))
    assert "Receipt: receipt.pdf" in stage.shown()
    stage.form.keep_button.click()
    assert stage.receipts(stage.payments[0]) == ["receipt.pdf"]
    assert "No receipt yet" not in stage.shown()


def test_a_screenshot_that_is_pasted_goes_with_the_payment(stage: Stage) -> None:
    stage.write("300")
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    QGuiApplication.clipboard().setImage(image)
    QTest.keySequence(stage.form.amount.edit, QKeySequence(QKeySequence.StandardKey.Paste))
    stage.form.keep_button.click()
    (name,) = stage.receipts(stage.payments[0])
    assert name.startswith("receipt-")
    assert name.endswith(".png")


def test_words_that_are_pasted_stay_words(stage: Stage) -> None:
    stage.write("")
    QGuiApplication.clipboard().setText("1280.50")
    QTest.keySequence(stage.form.amount.edit, QKeySequence(QKeySequence.StandardKey.Paste))
    assert stage.form.amount.text == "1280.50"


def test_a_receipt_can_be_chosen_later(paid: Stage, tmp_path: Path) -> None:
    paid.files.chosen = [tmp_path / "later.png"]
    row = paid.row("Payment of 300")
    assert "No receipt yet" in [one.text() for one in row.findChildren(QLabel) if one.isVisibleTo(row)]
    row.receipt_button.click()
    assert paid.receipts(paid.payments[1]) == ["later.png"]
    assert "No receipt yet" not in paid.shown()


def test_a_receipt_can_be_dropped_on_its_payment(paid: Stage, tmp_path: Path) -> None:
    drop(paid.row("Payment of 300"), dropped(tmp_path / "later.png"))
    assert paid.receipts(paid.payments[1]) == ["later.png"]


def test_the_latest_payment_stands_first(paid: Stage) -> None:
    assert [row.accessibleName() for row in paid.card.rows] == ["Payment of 300", "Payment of 1280.50"]


def test_a_payment_can_be_changed_and_keeps_its_second(paid: Stage) -> None:
    before = paid.payments[1]
    paid.row("Payment of 300").change_button.click()
    assert paid.form.amount.text == "300"
    paid.form.amount.set_text("301")
    paid.form.keep_button.click()
    after = paid.payments[1]
    assert after.details.amount == "301"
    assert after.details.done_utc == before.details.done_utc
    assert "Payment of 301" in paid.shown()


def test_a_payment_can_be_taken_back(paid: Stage) -> None:
    paid.row("Payment of 300").withdraw_button.click()
    assert paid.payments[1].withdrawn
    assert "Payment of 300" not in paid.shown()


@pytest.mark.parametrize(("amount", "when"), [("", "2026-11-20 14:30"), ("300", "2026-11-20"), ("300", "")])
def test_what_can_t_be_read_is_said_and_nothing_is_kept(stage: Stage, amount: str, when: str) -> None:
    stage.write(amount, when, "rent")
    stage.form.keep_button.click()
    assert stage.payments == []
    assert stage.card.banner.isVisibleTo(stage.card)
    assert not stage.form.isHidden()
    assert stage.form.note.text == "rent"


def test_a_disk_that_takes_nothing_leaves_the_form_as_it_is(stage: Stage) -> None:
    stage.write("300")
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    stage.form.keep_button.click()
    assert stage.card.banner.isVisibleTo(stage.card)
    assert stage.form.amount.text == "300"
    stage.form.keep_button.click()
    assert len(stage.payments) == 1


def test_escape_leaves_the_form(stage: Stage) -> None:
    stage.write("300")
    QTest.keyClick(stage.form.amount.edit, Qt.Key.Key_Escape)
    assert stage.form.isHidden()
    assert stage.payments == []


def test_no_modal_dialog_while_something_is_recorded(paid: Stage) -> None:
    paid.page.set_recording(True)
    paid.card.add_button.click()
    assert not paid.form.choose_button.isEnabled()
    assert not paid.row("Payment of 300").receipt_button.isEnabled()
    assert paid.form.keep_button.isEnabled()


def test_a_form_that_is_open_survives_that_the_case_is_read_again(stage: Stage) -> None:
    stage.write("300")
    stage.page.refresh()
    assert stage.form.amount.text == "300"
    assert not stage.form.isHidden()


def test_another_case_shows_no_form_and_no_payment_of_this_one(paid: Stage) -> None:
    paid.card.add_button.click()
    paid.page.show_case("c-0000bbbb")
    assert paid.form.isHidden()
    assert paid.card.rows == []
