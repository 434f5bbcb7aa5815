from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.rules import Confidence, Phase, RuleItem
from evidencedesk.ui.law.item_card import ItemRow
from evidencedesk.ui.law.packs_view import PackRow
from evidencedesk.ui.law.page import LawPage
from evidencedesk.ui.law.presenter import LawPresenter, View
from evidencedesk.ui.law.sections import count, sections
from evidencedesk.ui.law.sources import sources_line
from evidencedesk.ui.words import UiWords
from fakes.ui_law import AMERICAN, ARTICLE, BROKEN, NEGOTIATING, PUBLISHING, STANDARD, FakeShelf
from fakes.ui_more_services import FakeFileChoice, example_packs
from fakes.ui_pages import unnamed

PACK = example_packs()[0]


def ids(phase: Phase | None, query: str = "") -> list[str]:
    return [i.id for s in sections(PACK, phase, query) for g in s.groups for i in g.items]


@pytest.fixture
def page(en: UiWords, qtbot: QtBot) -> LawPage:
    made = LawPage(LawPresenter(FakeShelf(example_packs())), en)
    qtbot.addWidget(made)
    made.resize(876, 640)
    made.show()
    return made


def shown(page: LawPage) -> list[str]:
    return [row.item_id for row in page._scroll.body.findChildren(ItemRow) if row.isVisibleTo(page)]


def test_without_a_phase_every_item_is_shown_once() -> None:
    found = ids(None)
    assert sorted(found) == sorted(item.id for item in PACK.items)


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DOOR, Phase.CONVERSATION, Phase.AFTER])
def test_a_phase_shows_its_items_and_those_of_every_phase(phase: Phase) -> None:
    expected = {i.id for i in PACK.items if phase in i.phases or Phase.ANY in i.phases}
    assert set(ids(phase)) == expected


def test_the_search_reads_both_languages_and_needs_every_word() -> None:
    assert ids(None, "hotline contract")
    assert ids(None, "录音")
    assert ids(None, "hotline zebra") == []
    assert count(sections(PACK, None, "HOTLINE")) == count(sections(PACK, None, "hotline"))


def test_a_source_that_was_not_read_says_so(en: UiWords) -> None:
    item: RuleItem = PACK.items[0]
    reported = replace(item.sources[0], confidence=Confidence.REPORTED)
    verified = replace(item.sources[0], confidence=Confidence.VERIFIED)
    assert "as reported" in sources_line(en.words, (reported,))
    assert "as reported" not in sources_line(en.words, (verified,))


def test_the_page_says_which_pack_and_that_it_is_no_legal_advice(page: LawPage) -> None:
    assert PACK.version in page._status.text()
    assert PACK.reviewed.isoformat() in page._status.text()
    assert page._kind.text() == "Advice, not law"
    assert "not legal advice" in page._advice.text()


def test_typing_narrows_the_page_and_says_how_much_is_left(page: LawPage, qtbot: QtBot) -> None:
    everywhere = [
        item.id
        for pack in example_packs()
        for section in sections(pack, None, "hotline")
        for group in section.groups
        for item in group.items
    ]
    qtbot.keyClicks(page.search, "hotline")
    qtbot.waitUntil(lambda: shown(page) == everywhere)
    qtbot.keyClicks(page.search, " zebra")
    qtbot.waitUntil(lambda: shown(page) == [])
    assert "zebra" in page._found.text()


def test_a_phase_is_chosen_by_click_and_all_come_back(page: LawPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.phases.buttons["door"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == ids(Phase.DOOR))
    qtbot.mouseClick(page.phases.buttons["all"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(shown(page)) == len(PACK.items))


def test_the_language_changes_at_once(page: LawPage, en: UiWords) -> None:
    en.set_language("zh")
    assert page._title.text() == "法律边界"
    assert PACK.title.zh in page._status.text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_page_fits(page: LawPage, en: UiWords, language: str) -> None:
    en.set_language("zh" if language == "zh" else "en")
    assert unnamed(page) == []
    assert page.minimumSizeHint().width() <= 876


class LawStage:
    """A law page on three packs, two of them in use."""

    def __init__(self, words: UiWords, qtbot: QtBot, shelf: FakeShelf | None = None) -> None:
        self.shelf = shelf or FakeShelf()
        self.files = FakeFileChoice()
        self.presenter = LawPresenter(self.shelf)
        self.page = LawPage(self.presenter, words, self.files)
        self.chosen: list[bool] = []
        self.presenter.packs_chosen.connect(lambda: self.chosen.append(True))
        qtbot.addWidget(self.page)
        self.page.resize(876, 640)
        self.page.show()

    def turn_to(self, view: View) -> None:
        QTest.mouseClick(self.page.views.buttons[view.value], Qt.MouseButton.LeftButton)

    def row(self, pack_id: str) -> PackRow:
        self.turn_to(View.PACKS)
        view = self.page.packs_view
        assert view is not None
        return view.rows[pack_id]

    def in_use(self) -> tuple[str, ...]:
        return self.shelf.chosen.packs

    def said(self) -> str:
        labels = [label for card in self.page.cards for label in card.findChildren(QLabel)]
        labels += [card for card in self.page.cards if isinstance(card, QLabel)]
        return "\n".join(label.text() for label in labels)


@pytest.fixture
def stage_of_law(en: UiWords, qtbot: QtBot) -> LawStage:
    return LawStage(en, qtbot)


def test_a_pack_is_taken_in_use_and_out_again_at_once(stage_of_law: LawStage) -> None:
    QTest.mouseClick(stage_of_law.row(AMERICAN.id).box, Qt.MouseButton.LeftButton)
    assert stage_of_law.in_use() == (ARTICLE.id, STANDARD.id, AMERICAN.id)
    QTest.mouseClick(stage_of_law.row(STANDARD.id).box, Qt.MouseButton.LeftButton)
    assert stage_of_law.in_use() == (ARTICLE.id, AMERICAN.id)
    assert stage_of_law.chosen == [True, True]


def test_another_pack_leads_the_checklist(stage_of_law: LawStage) -> None:
    assert "Leads the checklist" in stage_of_law.row(ARTICLE.id).pills
    QTest.mouseClick(stage_of_law.row(STANDARD.id).lead_button, Qt.MouseButton.LeftButton)
    assert stage_of_law.in_use() == (STANDARD.id, ARTICLE.id)
    assert "Leads the checklist" in stage_of_law.row(STANDARD.id).pills
    assert "Leads the checklist" not in stage_of_law.row(ARTICLE.id).pills


def test_the_last_pack_in_use_can_not_be_taken_out(stage_of_law: LawStage) -> None:
    QTest.mouseClick(stage_of_law.row(STANDARD.id).box, Qt.MouseButton.LeftButton)
    assert not stage_of_law.row(ARTICLE.id).box.isEnabled()


def test_a_pack_whose_review_is_overdue_says_so(stage_of_law: LawStage) -> None:
    assert "Due for review" in stage_of_law.row(AMERICAN.id).pills  # by 2026-06-30, today is 2026-11-25
    assert "Due for review" not in stage_of_law.row(STANDARD.id).pills
    QTest.mouseClick(stage_of_law.row(AMERICAN.id).read_button, Qt.MouseButton.LeftButton)
    assert stage_of_law.page._due.text() == "Due for review"
    assert "to be reviewed by 2026-06-30" in stage_of_law.page._status.text()


def test_a_review_that_is_due_today_is_not_overdue(en: UiWords, qtbot: QtBot) -> None:
    pack = replace(STANDARD, review_by=date(2026, 11, 25))
    stage = LawStage(en, qtbot, FakeShelf((ARTICLE, pack)))
    assert "Due for review" not in stage.row(pack.id).pills


def test_a_pack_that_is_not_in_use_can_be_read_and_says_so(stage_of_law: LawStage, qtbot: QtBot) -> None:
    QTest.mouseClick(stage_of_law.row(AMERICAN.id).read_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(stage_of_law.page) == [item.id for item in AMERICAN.items])
    assert stage_of_law.page.packs.currentText() == "US FDCPA and Regulation F (not in use)"


def test_a_users_own_pack_is_added_and_used(stage_of_law: LawStage) -> None:
    stage_of_law.turn_to(View.PACKS)
    view = stage_of_law.page.packs_view
    assert view is not None
    stage_of_law.files.chosen = [Path("/home/user/mine.toml")]
    QTest.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    assert stage_of_law.shelf.chosen.packs[-1] == "mine"
    assert stage_of_law.page.banner.isVisible()
    assert stage_of_law.page.banner.accessibleName() == "Added and in use: “My own rules”"


def test_a_broken_pack_is_told_in_words_and_changes_nothing(stage_of_law: LawStage) -> None:
    stage_of_law.turn_to(View.PACKS)
    view = stage_of_law.page.packs_view
    assert view is not None
    stage_of_law.files.chosen = [Path("/home/user/broken.toml")]
    before = stage_of_law.shelf.chosen.packs
    QTest.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    assert stage_of_law.in_use() == before
    assert "items.who=nobody" in stage_of_law.page.banner.accessibleName()


def test_files_that_can_not_be_used_are_listed_with_their_mistake(en: UiWords, qtbot: QtBot) -> None:
    stage = LawStage(en, qtbot, FakeShelf(set_aside=(BROKEN,)))
    stage.turn_to(View.PACKS)
    assert "mine@1.0.toml" in stage.said()
    assert "items.who=nobody" in stage.said()


def test_no_dialog_opens_while_something_is_recorded(stage_of_law: LawStage) -> None:
    stage_of_law.page.set_recording(True)
    stage_of_law.turn_to(View.PACKS)
    view = stage_of_law.page.packs_view
    assert view is not None
    QTest.mouseClick(view.add_button, Qt.MouseButton.LeftButton)
    assert stage_of_law.files.asked == []


def test_a_disk_that_does_not_take_the_choice_is_told_and_the_choice_holds(stage_of_law: LawStage) -> None:
    stage_of_law.shelf.refuse = MachineFailure(Code.DISK_FULL, path="/config")
    QTest.mouseClick(stage_of_law.row(AMERICAN.id).box, Qt.MouseButton.LeftButton)
    assert stage_of_law.page.banner.isVisible()
    assert stage_of_law.row(AMERICAN.id).box.isChecked()


def test_where_packs_differ_both_are_shown_each_with_its_source(stage_of_law: LawStage) -> None:
    stage_of_law.turn_to(View.DIFFERENCES)
    said = stage_of_law.said()
    for words in ("21:00", "22:00", "Guidance article", "GB/T 45251-2025", "as reported"):
        assert words in said
    stage_of_law.presenter.use(STANDARD.id, wanted=False)
    assert "do not contradict" in stage_of_law.page.cards[0].accessibleName()


def test_deadlines_say_how_long_from_what_on_and_by_which_text(stage_of_law: LawStage) -> None:
    stage_of_law.turn_to(View.DEADLINES)
    said = stage_of_law.said()
    for words in ("6 months", "From the day of what they did", "art. 25", "20 days", "12363"):
        assert words in said


def test_cautions_stand_by_topic_and_each_text_once(stage_of_law: LawStage) -> None:
    stage_of_law.turn_to(View.CAUTIONS)
    said = stage_of_law.said()
    assert said.count(NEGOTIATING.text.en) == 1
    assert said.count(PUBLISHING.text.en) == 1
    assert "art. 14" in said


def test_a_caution_stands_beside_the_item_it_is_about(stage_of_law: LawStage) -> None:
    rows = stage_of_law.page._scroll.body.findChildren(ItemRow)
    texts = {row.item_id: [label.text() for label in row.findChildren(QLabel)] for row in rows}
    assert NEGOTIATING.text.en in texts["negotiate-plan"]
    assert NEGOTIATING.text.en not in texts["stay-calm"]


def test_the_search_looks_through_every_pack_and_names_those_not_in_use(
    stage_of_law: LawStage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(stage_of_law.page.search, "22:00")
    qtbot.waitUntil(lambda: "In all packs" in stage_of_law.page._status.text())
    headings = [card.text() for card in stage_of_law.page.cards if isinstance(card, QLabel)]
    assert "US FDCPA and Regulation F (not in use) · At any time" in headings
    assert any(heading.startswith("GB/T 45251-2025") for heading in headings)
    stage_of_law.page.search.clear()
    qtbot.waitUntil(lambda: shown(stage_of_law.page) == ids(None))


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_has_names_and_fits_the_smallest_window(
    en: UiWords, qtbot: QtBot, view: View, language: str
) -> None:
    stage = LawStage(en, qtbot, FakeShelf(set_aside=(BROKEN,)))
    en.set_language("zh" if language == "zh" else "en")
    stage.turn_to(view)
    assert unnamed(stage.page) == []
    assert stage.page.minimumSizeHint().width() <= 876
