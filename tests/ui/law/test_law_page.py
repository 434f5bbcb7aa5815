from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidencedesk.domain.rules import Confidence, Phase, RuleItem
from evidencedesk.ui.law.item_card import ItemRow
from evidencedesk.ui.law.page import LawPage
from evidencedesk.ui.law.presenter import LawPresenter
from evidencedesk.ui.law.sections import count, sections
from evidencedesk.ui.law.sources import sources_line
from evidencedesk.ui.words import UiWords
from fakes.ui_law import FakeShelf
from fakes.ui_more_services import example_packs
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
    qtbot.keyClicks(page.search, "hotline")
    qtbot.waitUntil(lambda: shown(page) == ids(None, "hotline"))
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
