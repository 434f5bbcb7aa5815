"""The search page: hits while typing, by keyboard alone, and never an older answer over a newer one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.search import SearchHit, SearchKind
from evidencedesk.ui.background import Jobs, Runner
from evidencedesk.ui.search.page import SearchPage
from evidencedesk.ui.search.presenter import SearchPresenter
from evidencedesk.ui.search.result_list import ROW_ROLE
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, told_file
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

CASE = "c-0000aaaa"
Build = Callable[..., SearchPage]


@pytest.fixture
def services() -> FakeCaseServices:
    return FakeCaseServices(file=told_file())


@pytest.fixture
def build(qtbot: QtBot, en: UiWords, services: FakeCaseServices) -> Build:
    def make(jobs: Runner | None = None, words: UiWords = en) -> SearchPage:
        page = SearchPage(SearchPresenter(services, jobs or InstantRunner()), words)
        qtbot.addWidget(page)
        page.resize(876, 640)
        with qtbot.waitExposed(page):
            page.show()
        page.take_focus()
        return page

    return make


def texts(page: SearchPage) -> list[str]:
    return [row.text for row in page.list.results.rows]


def look_for(page: SearchPage, query: str) -> None:
    page.field.setText(query)
    page.presenter.ask_now()


def chosen(page: SearchPage) -> list[SearchHit]:
    hits: list[SearchHit] = []
    page.presenter.hit_chosen.connect(hits.append)
    return hits


def test_hits_come_while_typing_under_their_case(build: Build, qtbot: QtBot) -> None:
    page = build()
    qtbot.keyClicks(page.field, "18,600")
    qtbot.waitUntil(lambda: len(page.list.results.rows) == 2)
    heading, hit = page.list.results.rows
    assert heading.text.startswith("来分期")
    assert hit.text == "称欠款 18,600 元,未给明细"
    assert [hit.text[begin:end] for begin, end in hit.marks] == ["18,600"]
    assert hit.detail.startswith("Note · 2026-11-19 ")
    assert hit.detail.endswith("at 00:08:55")
    assert page.count.text() == "1 hit"


def test_typing_fast_asks_once(build: Build, services: FakeCaseServices, qtbot: QtBot) -> None:
    page = build()
    qtbot.keyClicks(page.field, "18600 x")
    qtbot.waitUntil(lambda: page.presenter.state.answer is not None)
    assert [query for query, _, _ in services.asked] == ["18600 x"]


def test_an_older_answer_never_replaces_a_newer_one(build: Build, services: FakeCaseServices) -> None:
    held = HeldRunner()
    page = build(held)
    look_for(page, "证件")
    look_for(page, "走廊")
    look_for(page, "敲门")
    assert len(held.waiting) == 1, "one question at a time"
    held.let_go()
    assert texts(page) == [], "nobody wants this answer any more"
    held.let_go()
    assert texts(page)[1:] == ["两名男子敲门,自称来分期委托"]
    assert [query for query, _, _ in services.asked] == ["证件", "敲门"]
    assert held.waiting == []


def test_an_emptied_field_stays_empty_when_its_answer_comes(build: Build) -> None:
    held = HeldRunner()
    page = build(held)
    look_for(page, "证件")
    look_for(page, "")
    held.let_go()
    assert texts(page) == []
    assert held.waiting == []


def test_arrows_choose_and_return_opens_while_the_cursor_stays_in_the_field(
    build: Build, qtbot: QtBot
) -> None:
    page = build()
    hits = chosen(page)
    look_for(page, "来分期")
    rows = [row for row in page.list.results.rows if row.hit is not None]
    assert len(rows) > 2
    assert page.list.row == rows[0]
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page.list.row == rows[1]
    assert page.field.accessibleDescription() == rows[1].spoken
    qtbot.keyClick(page.field, Qt.Key.Key_Up)
    qtbot.keyClick(page.field, Qt.Key.Key_Up)
    assert page.list.row == rows[0]
    qtbot.keyClick(page.field, Qt.Key.Key_PageDown)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert hits == [rows[min(8, len(rows) - 1)].hit]
    assert page.field.hasFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == ""


def test_return_before_the_answer_opens_nothing_of_the_question_before(build: Build, qtbot: QtBot) -> None:
    page = build()
    hits = chosen(page)
    look_for(page, "证件")
    page.field.setText("敲门")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert hits == []
    assert texts(page)[1:] == ["两名男子敲门,自称来分期委托"]


def test_a_click_opens_a_hit_and_a_heading_is_none(build: Build, qtbot: QtBot) -> None:
    page = build()
    hits = chosen(page)
    look_for(page, "证件")
    view = page.list
    for row in (0, 1):
        place = view.visualRect(view.results.index(row)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [hit.found.kind for hit in hits] == [SearchKind.NOTE]


def test_kinds_and_the_open_case_narrow_the_search(build: Build, services: FakeCaseServices) -> None:
    page = build()
    assert not page.only_case.isVisible()
    page.presenter.offer_case(services.file.case)
    assert page.only_case.text() == "Only in “来分期”"
    look_for(page, "来分期")
    page.kinds.buttons["cases"].click()
    assert services.asked[-1][2] == frozenset({SearchKind.CASE})
    page.only_case.click()
    assert services.asked[-1][1:] == (CASE, frozenset({SearchKind.CASE}))
    page.presenter.offer_case(None)
    page.presenter.ask_now()
    assert services.asked[-1][1] is None


def test_before_and_without_hits_it_says_what_can_be_done(build: Build) -> None:
    page = build()
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == "Find anything that was written down"
    look_for(page, "鼋鼍")
    assert page.empty.accessibleName() == "Nothing found for “鼋鼍”"
    assert "traditional" in page.empty.accessibleDescription()
    page.kinds.buttons["notes"].click()
    assert page.empty.accessibleDescription() == "Not everything was searched. Choose “All”, or all cases."


@pytest.mark.parametrize("query", ['"', "*", "' OR 1", "\x00", "😀", "。。。", "x" * 400, "\ud83d"])
def test_nothing_that_can_be_typed_disturbs_it(build: Build, query: str) -> None:
    page = build()
    look_for(page, query)
    assert page.presenter.state.problem is None


def test_a_search_that_fails_is_said_and_the_next_one_works(build: Build, services: FakeCaseServices) -> None:
    page = build()
    services.search_refused = MachineFailure(Code.INPUT_OUTPUT, path="/library")
    look_for(page, "证件")
    assert page.banner.isVisible()
    services.search_refused = None
    look_for(page, "敲门")
    assert not page.banner.isVisible()
    assert len(texts(page)) == 2


def test_it_speaks_the_other_language_at_once(build: Build, zh: UiWords) -> None:
    page = build(words=zh)
    look_for(page, "证件")
    assert page.list.results.rows[1].detail.startswith("笔记 · ")
    zh.set_language("en")
    assert page.list.results.rows[1].detail.startswith("Note · ")
    assert page.list.row is not None


def test_everything_has_a_name_for_screen_readers(build: Build, services: FakeCaseServices) -> None:
    page = build()
    page.presenter.offer_case(services.file.case)
    look_for(page, "证件")
    assert unnamed(page) == []
    assert (
        page.list.results.index(1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("“证件在车里” · Note")
    )
    assert QAccessible.queryAccessibleInterface(page.field) is not None


def test_a_thread_of_its_own_brings_the_answer(build: Build, qtbot: QtBot) -> None:
    with Jobs("search") as jobs:
        page = build(jobs)
        qtbot.keyClicks(page.field, "18,600")
        qtbot.waitUntil(lambda: len(page.list.results.rows) == 2)


def test_the_same_answer_again_leaves_the_chosen_hit(build: Build, qtbot: QtBot) -> None:
    page = build()
    look_for(page, "来分期")
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    before = page.list.row
    page.presenter.ask_now()
    assert page.list.row == before
    assert page.list.currentIndex().data(ROW_ROLE) == before
