"""The page of a case says what the rules say, and what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Case, CaseFile, Verdict
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.rules import RulePack
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.review.results import Results, results_of
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import (
    FakeCaseServices,
    FakeFileChoice,
    example_case_file,
    example_packs,
    moment,
    told_file,
)
from fakes.ui_services import HeldRunner, InstantRunner

Open = Callable[[FakeCaseServices], CasesPage]


def packs(*names: str) -> tuple[RulePack, ...]:
    return tuple(pack for pack in example_packs() if pack.id in names)


ARTICLE_AND_STANDARD = packs("cn-article-2025", "cn-gbt45251-2025")


def services(
    file: CaseFile | None = None, used: tuple[RulePack, ...] = ARTICLE_AND_STANDARD
) -> FakeCaseServices:
    return FakeCaseServices(file or told_file(), packs=used)


def found(words: UiWords, of: FakeCaseServices) -> Results:
    return results_of(words.words, of.file, of.judgements(of.file.case.id), of.packs)


def shown(card: QWidget) -> str:
    """Everything that stands open on a card."""
    QApplication.processEvents()  # what was just added is shown with the next layout
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisibleTo(card))


@pytest.fixture
def open_case(qtbot: QtBot, en: UiWords) -> Open:
    kept: list[CasesPage] = []  # a card lives as long as its page

    def make(desk: FakeCaseServices) -> CasesPage:
        page = CasesPage(desk, InstantRunner(), en, FakeFileChoice())
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1196, 800)
        page.show()
        page.show_case("c-0000aaaa")
        return page

    return make


def test_a_breach_stands_with_its_result_its_facts_and_its_pack(en: UiWords) -> None:
    (article,) = found(en, services(used=packs("cn-article-2025"))).breaches
    line = next(one for one in article.lines if "not the same everywhere" in one.headline)
    assert article.pack == "Advice for a collection visit (2025 article), version 1.2"
    assert line.result == "Outside the article's advice"
    assert "张某" in line.facts
    assert "甲信用管理有限公司" in line.facts
    assert "乙咨询有限公司" in line.facts


def test_a_letter_that_had_ended_is_told(en: UiWords) -> None:
    headlines = [line.headline for pack in found(en, services()).breaches for line in pack.lines]
    assert "The authorisation letter had ended before 2026-11-19" in headlines


def test_where_packs_disagree_it_says_which_limit_was_passed_and_which_not(en: UiWords) -> None:
    lines = [line for pack in found(en, services()).breaches for line in pack.lines]
    late = next(line for line in lines if line.headline == "A call after 21:00 (2026-11-20)")
    assert late.beside.startswith("Passed: 21:00 (Advice for a collection visit (2025 article))")
    assert "within: 22:00 (GB/T 45251-2025" in late.beside


def test_where_one_pack_alone_speaks_no_other_limit_is_named(en: UiWords) -> None:
    lines = [
        line for pack in found(en, services(used=packs("cn-article-2025"))).breaches for line in pack.lines
    ]
    assert lines
    assert not any(line.beside for line in lines)


def test_no_result_says_illegal(en: UiWords) -> None:
    every = found(en, services(used=example_packs()))
    words = [line.result for pack in every.breaches for line in pack.lines]
    assert words
    assert not any("illegal" in word.lower() for word in words)


def test_what_the_user_left_undone_is_advice_and_no_breach(en: UiWords) -> None:
    every = found(en, services())
    advice = [line.headline for pack in every.advice for line in pack.lines]
    breaches = [line.headline for pack in every.breaches for line in pack.lines]
    assert "The payment of 2026-11-19 has no receipt yet" in advice
    assert not any("receipt" in line for line in breaches)


def test_the_first_finding_of_each_rule_stands_before_repetitions(en: UiWords) -> None:
    (article,) = found(en, services(used=packs("cn-article-2025"))).breaches
    headlines = [line.headline for line in article.lines]
    unannounced = [number for number, one in enumerate(headlines) if one.startswith("No notice before")]
    assert headlines.index("The company's name is not the same everywhere") < unannounced[1]


def test_what_nobody_counted_is_said_quietly(open_case: Open) -> None:
    card = open_case(services(used=packs("cn-cba-2026"))).review.side.results
    titles = {fold.button.text(): fold for fold in card.findChildren(Fold)}
    fold = next(fold for title, fold in titles.items() if title.startswith("Can't be told"))
    assert not fold.opened
    assert "How many people came on 2026-11-19 was not written down" not in shown(card)
    fold.button.click()
    assert "How many people came on 2026-11-19 was not written down" in shown(card)


def test_a_case_in_which_all_is_well_says_so(open_case: Open) -> None:
    empty = CaseFile(Case("c-0000aaaa", "来分期", "", "", moment()))
    card = open_case(services(empty)).review.side.results
    assert "Nothing in the records is outside the rules in use." in shown(card)


def test_the_results_are_asked_for_away_from_the_window(qtbot: QtBot, en: UiWords) -> None:
    runner = HeldRunner()
    page = CasesPage(services(), runner, en, FakeFileChoice())
    qtbot.addWidget(page)
    page.show_case("c-0000aaaa")
    card = page.review.side.results
    assert "The rules are being asked…" in shown(card)
    runner.let_go()
    assert "Outside the article's advice" in shown(card)


def test_results_of_a_case_that_was_left_are_not_shown(qtbot: QtBot, en: UiWords) -> None:
    runner = HeldRunner()
    page = CasesPage(services(), runner, en, FakeFileChoice())
    qtbot.addWidget(page)
    page.show_case("c-0000aaaa")
    page.show_case("c-0000bbbb")
    runner.let_go()
    assert page.review_presenter.results.state.case_file is not None
    assert page.review_presenter.results.state.case_file.case.id == "c-0000bbbb"
    assert page.review_presenter.results.state.judgements == ()


def test_rules_that_can_t_be_asked_say_why(open_case: Open) -> None:
    desk = services()
    desk.refuse_job = MachineFailure(Code.DISK_FULL, path="/library")
    assert open_case(desk).review.side.results.banner.isVisible()


def test_a_new_language_tells_the_results_anew(open_case: Open, en: UiWords) -> None:
    card = open_case(services()).review.side.results
    en.set_language("zh")
    assert "不符合文章建议" in shown(card)
    assert "Outside" not in shown(card)


def test_a_tick_of_the_user_begins_a_deadline_as_any_breach_does(en: UiWords) -> None:
    desk = services(example_case_file(), packs("cn-statutes", "cn-article-2025"))
    assert any(tick.verdict is Verdict.BREACHED for tick in desk.file.ticks)
    assert date(2027, 5, 19) in [one.due for one in desk.due_dates(desk.file)]


def test_what_is_said_is_not_said_anew_while_something_else_is_written(en: UiWords, open_case: Open) -> None:
    desk = services()
    page = open_case(desk)
    card = page.review.side.results
    before = [id(one) for one in card.findChildren(Fold)]
    assert before
    desk.take_note("c-0000aaaa", "Something else", None)
    page.review_presenter.refresh()
    assert [id(one) for one in card.findChildren(Fold)] == before
    en.set_language("zh")
    assert "规则怎么看" in shown(page.review.side.results)
