"""The page of a debt: contract, claims, a bill, and what the papers say, by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.domain.debt import DebtTerms, Fee, Instalment
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.loan_schedule import Way
from evidencedesk.intake.bills import BillColumn
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.debt.instalment_table import AMOUNT, DUE, PRINCIPAL, InstalmentTable
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.words import UiWords
from fakes.debt_stories import BILL, with_debt
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, moment
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner


class Stage:
    """The debt page of one case, and what it keeps."""

    def __init__(self, qtbot: QtBot, words: UiWords, *, entered: bool = False) -> None:
        file = with_debt(example_case_file(), moment()) if entered else example_case_file()
        self.services = FakeCaseServices(file)
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
        self.form = section.contract.form

    @property
    def terms(self) -> DebtTerms:
        assert self.services.file.debt is not None
        return self.services.file.debt.terms

    def shown(self) -> str:
        QApplication.processEvents()
        labels = self.section.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisibleTo(self.section))

    def claim(self, amount: str, by: str = "张某", when: str = "2026-11-20 21:43") -> None:
        self.section.claims.add_button.click()
        form = self.section.claims.form
        form.amount.set_text(amount)
        form.by.set_text(by)
        form.when.set_text(when)


@pytest.fixture
def stage(qtbot: QtBot, en: UiWords) -> Stage:
    return Stage(qtbot, en)


@pytest.fixture
def entered(qtbot: QtBot, en: UiWords) -> Stage:
    """A loan of twelve instalments, four payments, three claims."""
    return Stage(qtbot, en, entered=True)


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    path = tmp_path / "来分期账单.csv"
    path.write_text(BILL, encoding="gb18030")
    return path


def write(table: InstalmentTable, row: int, column: int, text: str) -> None:
    """Type into a cell as a user does."""
    index = table.lines.index(row, column)
    table.setCurrentIndex(index)
    QTest.keyClicks(table, text[0])
    editor = table.indexWidget(index)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes it over with the next turn of its loop


def test_a_contract_is_written_down_and_what_was_typed_is_understood(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    stage.form.principal.set_text("¥10,000")
    stage.form.received.set_text("9,200元")
    stage.form.received_on.set_text("2026年4月10日")
    stage.form.yearly_rate.set_text("24%")
    stage.form.keep_button.click()
    assert stage.terms == DebtTerms(
        principal="10000.00", received="9200.00", received_on="2026-04-10", yearly_rate="24"
    )
    assert stage.form.isHidden()
    assert "¥9,200.00 on 2026-04-10" in stage.shown()


def test_what_can_not_be_understood_says_so_at_its_line_and_nothing_is_kept(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    stage.form.yearly_rate.set_text("about 24")
    stage.form.received_on.set_text("10/4/2026")
    stage.form.keep_button.click()
    assert stage.services.file.debt is None
    assert "Digits only, such as 1280.50" in stage.shown()
    assert "A day, such as 2026-11-25" in stage.shown(), "10 April, or 4 October"
    assert stage.form.received_on.edit.hasFocus()
    stage.form.received_on.set_text("2026-04-10")
    stage.form.yearly_rate.set_text("24")
    stage.form.keep_button.click()
    assert stage.terms.yearly_rate == "24"


def test_the_same_every_month_fills_the_table(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    generator = stage.form.generator
    assert generator.isVisibleTo(stage.section), "the plainest way is open at first"
    generator.amount.set_text("10000")
    generator.rate.set_text("12")
    generator.count.set_text("12")
    generator.first.set_text("2026-05-31")
    generator.fill_button.click()
    stage.form.keep_button.click()
    assert len(stage.terms.instalments) == 12
    assert stage.terms.instalments[1] == Instalment("2026-06-30", "888.49", "796.37", "92.12")


def test_a_known_amount_of_each_needs_no_rate(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    generator = stage.form.generator
    generator.ways.buttons[Way.SAME_AMOUNT.value].click()
    assert not generator.rate.isVisibleTo(stage.section)
    generator.amount.set_text("1280.50")
    generator.count.set_text("601")
    generator.first.set_text("2026-05-10")
    generator.fill_button.click()
    lines = stage.form.table.lines
    assert lines.rowCount() == 1, "no loan has that many"
    generator.count.set_text("3")
    generator.fill_button.click()
    assert [one.amount for one in lines.instalments] == ["1280.50"] * 3


def test_instalments_are_typed_into_the_table(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    table = stage.form.table
    write(table, 0, DUE, "2026/9/10")
    write(table, 0, AMOUNT, "1,050")
    write(table, 1, DUE, "20261010")
    write(table, 1, PRINCIPAL, "1000")
    assert table.lines.rowCount() == 3, "there is always an empty line"
    stage.form.keep_button.click()
    assert stage.terms.instalments == (
        Instalment("2026-09-10", "1050.00"),
        Instalment("2026-10-10", "1000.00", "1000.00"),
    )


def test_a_wrong_cell_is_gone_to_and_nothing_is_kept(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    table = stage.form.table
    write(table, 0, DUE, "2026-09-10")
    write(table, 0, AMOUNT, "many")
    stage.form.keep_button.click()
    assert stage.services.file.debt is None
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, AMOUNT)
    assert table.lines.data(table.currentIndex(), Qt.ItemDataRole.ToolTipRole)


def test_delete_empties_a_cell_and_with_control_takes_the_line_out(entered: Stage) -> None:
    entered.section.contract.edit_button.click()
    table = entered.form.table
    table.setCurrentIndex(table.lines.index(0, AMOUNT))
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert table.lines.data(table.lines.index(0, AMOUNT)) == ""
    QTest.keyClick(table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert table.lines.rowCount() == 12
    table.setCurrentIndex(table.lines.index(11, DUE))
    entered.form.remove_button.click()
    assert table.lines.rowCount() == 12, "the empty line stays"


def test_fees_are_kept_with_or_without_a_day(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    for name, amount, day in (("服务费", "800", ""), ("保险费", "99", "2026-6-1")):
        stage.form.fees.add_button.click()
        line = stage.form.fees._lines[-1]
        line.name.set_text(name)
        line.amount.set_text(amount)
        line.day.set_text(day)
    stage.form.keep_button.click()
    assert stage.terms.fees == (Fee("服务费", "800.00"), Fee("保险费", "99.00", "2026-06-01"))


def test_what_is_being_typed_stays_when_the_case_is_read_again(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    stage.form.principal.set_text("10000")
    stage.page.review_presenter.refresh()
    assert stage.form.principal.text == "10000"
    assert stage.form.isVisibleTo(stage.section)


def test_a_full_disk_leaves_the_form_as_it_is(stage: Stage) -> None:
    stage.section.contract.edit_button.click()
    stage.form.principal.set_text("10000")
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    stage.form.keep_button.click()
    assert stage.form.isVisibleTo(stage.section)
    assert stage.section.banner.isVisibleTo(stage.section)


def test_a_claim_is_written_down_in_two_touches(stage: Stage) -> None:
    stage.claim("18,600")
    stage.section.claims.form.keep_button.click()
    (claim,) = stage.services.file.claims
    assert (claim.details.amount, claim.details.by) == ("18600.00", "张某")
    assert "Nothing shows it yet" in stage.shown()


def test_the_next_claim_knows_who_claimed_before(entered: Stage) -> None:
    entered.section.claims.add_button.click()
    assert entered.section.claims.form.by.text == "张某"
    assert entered.section.claims.form.amount.edit.hasFocus()


def test_what_shows_a_claim_brings_its_time_along(stage: Stage) -> None:
    stage.section.claims.add_button.click()
    form = stage.section.claims.form
    place = form.shows.findText("visit", Qt.MatchFlag.MatchStartsWith)
    form.shows.setCurrentIndex(place)
    form.shows.activated.emit(place)
    assert form.when.text == "2026-11-19 21:34"
    form.amount.set_text("12600")
    form.keep_button.click()
    (claim,) = stage.services.file.claims
    assert claim.encounter == "e-0000visi"
    assert "visit of 2026-11-19 21:34" in stage.shown()


def test_a_claim_without_a_sum_or_with_no_time_is_not_kept(stage: Stage) -> None:
    stage.claim("", when="at noon")
    stage.section.claims.form.keep_button.click()
    assert stage.services.file.claims == ()
    assert "Day and time, such as 2026-11-25 14:30" in stage.shown()


def test_a_claim_is_corrected_and_its_instant_stays(entered: Stage) -> None:
    row = next(one for one in entered.section.claims.rows if one.claim == "m-0000c1m2")
    before = next(one for one in entered.services.file.claims if one.id == row.claim).details
    row.change_button.click()
    form = entered.section.claims.form
    assert form.more.opened, "it names parts"
    form.amount.set_text("12700")
    form.keep_button.click()
    after = next(one for one in entered.services.file.claims if one.id == row.claim)
    assert after.changed
    assert after.details == replace(
        before,
        amount="12700.00",
        principal="8500.00",
        interest="1100.00",
        penalty="3000.00",
    )


def test_a_claim_is_taken_back(entered: Stage) -> None:
    entered.section.claims.rows[0].withdraw_button.click()
    assert [one.claim for one in entered.section.claims.rows] == ["m-0000c1m2", "m-0000c1m1"]


def test_the_papers_say_what_is_open_paid_and_what_it_costs(entered: Stage) -> None:
    values = [one.figure.value for one in entered.section.papers.figures]
    assert values == ["¥3,282.40", "¥90.64", "¥3,336.80", "48.96%"]
    assert [one.row.difference for one in entered.section.papers.claims] == [
        "they ask ¥15,220.39 more than the papers give",
        "they ask ¥9,228.60 more than the papers give",
        "they ask ¥2,739.05 more than the papers give",
    ]


def test_each_figure_is_unfolded_to_see_how_it_came_about(entered: Stage) -> None:
    box = entered.section.papers.figures[0]
    line = "2026-08-10 instalment 4 · ¥945.60 · paid ¥500.00 · open ¥445.60 · 102 days late"
    assert line not in entered.shown()
    box.fold.button.click()
    assert line in entered.shown()


def test_the_limits_and_the_limitation_with_its_caution_stand_on_the_page(entered: Stage) -> None:
    entered.services.careful = tuple(one for pack in entered.services.packs for one in pack.cautions)
    entered.section.show_case(entered.services.file)
    shown = entered.shown()
    assert "No verdict on usury" in shown
    assert "court costs" in shown
    assert "2030-04-10" in shown, "three years after the last instalment"
    assert "restarts the limitation period" in shown, "promising and paying do"


def test_without_instalments_there_is_no_limitation_and_no_caution_about_it(stage: Stage) -> None:
    stage.services.careful = tuple(one for pack in stage.services.packs for one in pack.cautions)
    stage.section.show_case(stage.services.file)
    assert "limitation period" not in stage.shown()


def test_the_page_ends_where_its_cards_end(entered: Stage) -> None:
    for width in (1196, 876):
        entered.page.resize(width, 640)
        QApplication.processEvents()
        cards = (entered.section.payments, entered.section.papers)
        body = entered.section._scroll.body
        lowest = max(card.mapTo(body, card.rect().bottomLeft()).y() for card in cards)
        assert body.height() - lowest < 40, width


def test_without_anything_the_page_says_what_to_do(stage: Stage) -> None:
    assert "Enter the contract, or take in a bill" in stage.shown()
    assert not stage.section.papers.save_button.isEnabled()


def test_a_bill_is_shown_before_anything_is_kept(stage: Stage, bill: Path) -> None:
    stage.files.chosen = [bill]
    stage.section.contract.bill_button.click()
    panel = stage.section.contract.bill
    assert stage.services.file.debt is None
    assert "3 instalments understood, together ¥3,120.00" in stage.shown()
    assert [one.isEnabled() for one in panel.payments] == [True, False], "one has no day"
    panel.payments[0].click()
    panel.take_button.click()
    assert ("take bill", "c-0000aaaa", "来分期账单.csv", 3) in stage.services.calls
    assert [one.amount for one in stage.terms.instalments] == ["1050.00", "1040.00", "1030.00"]
    assert not panel.isVisibleTo(stage.section)


def test_a_column_is_corrected(stage: Stage, bill: Path) -> None:
    stage.section.presenter.look_at_bill(bill)
    panel = stage.section.contract.bill
    due = list(BillColumn).index(BillColumn.DUE)
    panel.columns[0].setCurrentIndex(due)
    panel.columns[0].activated.emit(due)
    assert "No instalment was understood" in stage.shown()
    assert not panel.take_button.isEnabled()
    panel.columns[1].activated.emit(due)
    assert panel.columns[0].currentText() == "not used", "one column only is the due day"
    assert panel.take_button.isEnabled()


def test_a_bill_that_is_none_is_said_in_words(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "bill.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    stage.files.chosen = [path]
    stage.section.contract.bill_button.click()
    assert "“bill.xlsx” is not a table that can be read here." in stage.shown()


def test_the_sheet_is_saved_where_the_user_says_and_can_be_opened(entered: Stage, tmp_path: Path) -> None:
    entered.files.place = tmp_path
    entered.section.papers.save_button.click()
    assert ("print sheet", "c-0000aaaa", tmp_path, "en") in entered.services.calls
    entered.section.papers.open_button.click()
    assert entered.files.opened == [tmp_path / "来分期 2026-11-25.pdf"]


def test_no_dialog_while_something_is_recorded(entered: Stage) -> None:
    entered.page.review.set_recording(True)
    assert not entered.section.papers.save_button.isEnabled()
    assert not entered.section.contract.bill_button.isEnabled()
    entered.page.review.set_recording(False)
    assert entered.section.papers.save_button.isEnabled()


def test_a_late_answer_about_another_case_is_not_shown(qtbot: QtBot, en: UiWords) -> None:
    services = FakeCaseServices(with_debt(example_case_file(), moment()))
    runner = HeldRunner()
    section = DebtSection(services, runner, en, FakeFileChoice())
    qtbot.addWidget(section)
    section.show_case(services.file)
    other = replace(services.file, case=replace(services.file.case, id="c-0000zzzz"), debt=None, claims=())
    section.show_case(other)
    while runner.waiting:
        runner.let_go()
    sheet = section.presenter.state.sheet
    assert sheet is not None
    assert sheet.empty


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_has_a_name_in_both_languages(
    qtbot: QtBot, en: UiWords, bill: Path, language: str
) -> None:
    stage = Stage(qtbot, en, entered=True)
    en.set_language("zh" if language == "zh" else "en")
    stage.section.contract.edit_button.click()
    stage.form.fees.add_button.click()
    stage.section.claims.add_button.click()
    assert unnamed(stage.section) == []
    stage.section.presenter.look_at_bill(bill)
    assert unnamed(stage.section) == []
    title = stage.section.papers._heading.text()
    assert title == ("凭据怎么说" if language == "zh" else "What the papers say")
    en.set_language("en")


def test_in_a_narrow_window_the_three_cards_come_before_the_payments(entered: Stage) -> None:
    entered.page.resize(876, 640)
    QApplication.processEvents()
    tops = [
        card.mapTo(entered.section, card.rect().topLeft()).y()
        for card in (
            entered.section.contract,
            entered.section.claims,
            entered.section.papers,
            entered.section.payments,
        )
    ]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4


def test_a_claim_is_brought_into_sight(entered: Stage) -> None:
    entered.page.resize(876, 640)
    QApplication.processEvents()
    entered.section.show_subject("m-0000c1m1")
    row = entered.section.claims.rows[-1]
    where = row.mapTo(entered.section, row.rect().center()).y()
    assert 0 < where < entered.section.height()
