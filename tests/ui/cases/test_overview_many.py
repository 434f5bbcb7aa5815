"""Many cases: found, sorted, put aside, taken in from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Case, CaseSummary
from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.overview.case_list import ROW_ROLE
from evidencedesk.ui.cases.services import Origin
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, moment
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

CASE = "c-0000aaaa"
Build = Callable[..., CasesPage]


@pytest.fixture
def words(en: UiWords) -> UiWords:
    return en


@pytest.fixture
def build(qtbot: QtBot, words: UiWords) -> Build:
    def make(services: FakeCaseServices | None = None, files: FakeFileChoice | None = None) -> CasesPage:
        page = CasesPage(services or FakeCaseServices(), InstantRunner(), words, files or FakeFileChoice())
        qtbot.addWidget(page)
        page.resize(876, 640)
        page.refresh()
        page.show()
        return page

    return make


def titles(page: CasesPage) -> list[str]:
    model = page.overview.model
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_a_case_is_found_by_title_creditor_and_contract(build: Build) -> None:
    page = build()
    for wanted in ("来分期", "lfq-2024", "来 0831"):
        page.overview.search.setText(wanted)
        assert titles(page) == ["来分期"]
    page.overview.search.setText("没有这个")
    assert titles(page) == []
    assert page.overview.nothing.isVisible()
    page.overview.search.clear()
    assert len(titles(page)) == 3


def test_the_list_is_sorted_as_chosen(build: Build) -> None:
    page = build()
    assert titles(page)[0] == "来分期"
    page.overview.orders.buttons["name"].click()
    assert titles(page) == sorted(titles(page))
    page.overview.orders.buttons["breaches"].click()
    assert titles(page)[0] == "来分期"


def test_an_archived_case_is_hidden_until_asked_for_and_comes_back(build: Build) -> None:
    page = build()
    assert not page.overview.archived_button.isVisible()
    page.overview.list.setCurrentIndex(page.overview.model.index(0))
    page.overview.archive_button.click()
    assert "来分期" not in titles(page)
    assert page.overview.notice.isVisible()
    assert page.overview.archived_button.text() == "Archived (1)"
    page.overview.archived_button.click()
    assert "来分期" in titles(page)
    row = page.overview.model.row_of(CASE)
    index = page.overview.model.index(row)
    assert index.data(ROW_ROLE).archived
    page.overview.list.setCurrentIndex(index)
    page.overview.archive_button.click()
    assert not page.overview.archived_button.isVisible()


def test_putting_aside_can_be_undone(build: Build) -> None:
    page = build()
    page.overview.list.setCurrentIndex(page.overview.model.index(0))
    page.overview.archive_button.click()
    page.overview.notice.action_clicked.emit("undo")
    assert "来分期" in titles(page)
    assert not page.overview.notice.isVisible()


def test_a_case_page_says_it_is_archived_and_brings_it_back(build: Build) -> None:
    page = build()
    page.show_case(CASE)
    page.review.archive_button.click()
    assert "Archived" in page.review.origin.text()
    page.review.archive_button.click()
    assert not page.review.origin.isVisible()


def test_a_case_page_says_where_the_case_came_from(build: Build) -> None:
    services = FakeCaseServices()
    services.came_from = (Origin(moment().utc, 480, "来分期-导出", "ab" * 32, 41),)
    page = build(services)
    page.show_case(CASE)
    assert "来分期-导出" in page.review.origin.text()
    assert "41" in page.review.origin.text()


def test_a_folder_is_taken_in_and_opened(build: Build, qtbot: QtBot) -> None:
    page = build(files=FakeFileChoice(place=Path("/stick/case")))
    page.overview.import_button.click()
    assert page.overview.arrival.isVisible()
    page.overview.arrival.folder_button.click()
    assert page.overview.notice.isVisible()
    with qtbot.waitSignal(page.case_opened) as opened:
        page.overview.notice.action_clicked.emit("open")
    assert opened.args == [CASE]


def test_a_longer_journal_of_our_own_stays_and_is_said(build: Build) -> None:
    services = FakeCaseServices()
    services.beyond = 3
    page = build(services, FakeFileChoice(chosen=[Path("/stick/case.zip")]))
    page.overview.import_button.click()
    page.overview.arrival.zip_button.click()
    assert "3 entries more" in page.overview.notice.accessibleDescription()


def test_a_refused_folder_can_be_looked_at(build: Build, qtbot: QtBot) -> None:
    services = FakeCaseServices()
    page = build(services, FakeFileChoice(place=Path("/stick/case")))
    services.refuse = Unreadable(Code.IMPORT_NOT_INTACT, path="/stick/case", count=2, item="x")
    page.overview.import_button.click()
    page.overview.arrival.folder_button.click()
    assert page.overview.banner.isVisible()
    with qtbot.waitSignal(page.check_wanted) as wanted:
        page.overview.banner.action_clicked.emit("check")
    assert wanted.args == [Path("/stick/case")]


def test_taking_in_shows_how_far_it_is_and_can_be_stopped(words: UiWords, qtbot: QtBot) -> None:
    runner = HeldRunner()
    page = CasesPage(FakeCaseServices(), runner, words, FakeFileChoice(place=Path("/stick/case")))
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    page.overview_presenter.take_in(Path("/stick/case"))
    assert page.overview.arrival.work.isVisible()
    page.overview.arrival.work.cancel_button.click()
    runner.let_go()
    assert not page.overview.arrival.isVisible()
    problem = page.overview_presenter.state.problem
    assert problem is not None
    assert problem.code is Code.CANCELLED


def test_nothing_is_taken_in_while_recording(build: Build) -> None:
    page = build()
    page.set_recording(True)
    assert not page.overview.import_button.isEnabled()


def test_a_thousand_cases_are_filtered_at_once(build: Build, qtbot: QtBot) -> None:
    many = tuple(
        CaseSummary(Case(f"c-{number:08d}", f"案件 {number}", "来分期", f"LFQ-{number}", moment(number)))
        for number in range(1000)
    )
    page = build(FakeCaseServices(summaries=many))
    assert page.overview.model.rowCount() == 1000
    qtbot.keyClicks(page.overview.search, "LFQ-999")
    assert titles(page) == ["案件 999"]
    qtbot.keyClick(page.overview.search, Qt.Key.Key_Escape)


def test_every_control_of_the_list_has_a_name(build: Build) -> None:
    services = FakeCaseServices()
    services.summaries = (
        *services.summaries,
        replace(services.summaries[0], case=replace(services.summaries[0].case, id="c-9", archived=True)),
    )
    page = build(services)
    page.overview.import_button.click()
    assert unnamed(page.overview) == []
