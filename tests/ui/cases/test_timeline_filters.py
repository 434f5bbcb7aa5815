"""Finding a line among thousands, and an encounter among hundreds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.review.encounter_picker import choices
from evidencedesk.ui.cases.review.line_filter import Group, LineFilter, Origin
from evidencedesk.ui.cases.review.timeline import timeline
from evidencedesk.ui.cases.review.timeline_line import Kind, Line, Tone
from evidencedesk.ui.cases.review.timeline_model import TEXT
from evidencedesk.ui.words import UiWords
from fakes.big_cases import many_encounters, many_lines
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_packs, told_file
from fakes.ui_services import InstantRunner

CASE = "c-0000aaaa"


def page_of(qtbot: QtBot, words: UiWords, file: CaseFile) -> CasesPage:
    page = CasesPage(FakeCaseServices(file), InstantRunner(), words, FakeFileChoice())
    qtbot.addWidget(page)
    page.resize(1196, 800)
    page.show()
    page.show_case(CASE)
    return page


@pytest.fixture
def lines(en: UiWords) -> tuple[Line, ...]:
    return timeline(told_file(), example_packs(), en.words)


def test_breaches_are_those_that_stand(lines: tuple[Line, ...]) -> None:
    shown = LineFilter(frozenset({Group.BREACHES})).of(lines)
    assert len(shown) == 3
    assert {line.tone for line in shown} == {Tone.BAD}


@pytest.mark.parametrize(
    ("group", "kinds"),
    [
        (Group.MARKS, {Kind.TICK}),
        (Group.NOTES, {Kind.NOTE}),
        (Group.FAULTS, {Kind.SOUND}),
        (Group.CONTACTS, {Kind.CONTACT, Kind.STEP}),
    ],
)
def test_each_chip_shows_its_kind_of_lines(lines: tuple[Line, ...], group: Group, kinds: set[Kind]) -> None:
    shown = LineFilter(frozenset({group})).of(lines)
    assert {line.kind for line in shown} == kinds
    if group is Group.FAULTS:
        assert {line.verdict for line in shown} == {"Gap", "Warning"}


def test_chips_add_to_each_other_and_words_narrow(lines: tuple[Line, ...]) -> None:
    both = LineFilter(frozenset({Group.NOTES, Group.CONTACTS})).of(lines)
    assert {line.kind for line in both} == {Kind.NOTE, Kind.CONTACT, Kind.STEP}
    assert [line.id for line in LineFilter(text="欠款 16,800").of(lines)] == ["n-0000n0t4"]
    assert LineFilter(text="Gap 2.4").of(lines)[0].verdict == "Gap"
    assert LineFilter(text="nobody wrote this").of(lines) == ()


def test_what_the_program_wrote_and_what_the_user_wrote_are_told_apart(lines: tuple[Line, ...]) -> None:
    program = LineFilter(origin=Origin.PROGRAM).of(lines)
    user = LineFilter(origin=Origin.USER).of(lines)
    assert len(program) + len(user) == len(lines)
    assert "t-0000t1c1" in {line.id for line in program}
    assert {line.kind for line in user} >= {Kind.NOTE, Kind.TICK, Kind.CONTACT, Kind.STEP}
    assert Kind.SOUND not in {line.kind for line in user}


def test_the_table_says_how_much_is_shown_and_shows_all_again(qtbot: QtBot, en: UiWords) -> None:
    page = page_of(qtbot, en, told_file())
    card = page.review.timeline
    whole = card.table.lines.rowCount()
    card.filters.groups[Group.NOTES].click()
    assert card.table.lines.rowCount() == 5
    assert card._count.text() == f"5 of {whole} lines"
    card.filters.search.setText("走廊")
    assert card.table.lines.rowCount() == 1
    card.all_button.click()
    assert card.table.lines.rowCount() == whole
    assert not card.all_button.isVisible()
    assert not card.filters.groups[Group.NOTES].isChecked()


def test_a_chosen_line_stays_chosen_when_the_table_is_narrowed(qtbot: QtBot, en: UiWords) -> None:
    page = page_of(qtbot, en, told_file())
    card = page.review.timeline
    row = next(row for row, line in enumerate(card.table.lines.lines) if line.id == "n-0000n0t5")
    card.table.selectRow(row)
    card.filters.groups[Group.NOTES].click()
    line = card.table.line
    assert line is not None
    assert line.id == "n-0000n0t5"


def test_ten_thousand_lines_measure_only_the_rows_in_sight(qtbot: QtBot, en: UiWords) -> None:
    page = page_of(qtbot, en, many_lines(10_000))
    table = page.review.timeline.table
    assert table.lines.rowCount() > 10_000
    assert len(table._measured) < 100
    assert not [one for one in table.viewport().children() if isinstance(one, QWidget)]
    table.scrollTo(table.lines.index(5000, TEXT))
    qtbot.waitUntil(lambda: table.rowAt(5) > 4000)
    assert len(table._measured) < 300
    long = next(row for row, line in enumerate(table.lines.lines) if len(line.text) > 60)
    table.scrollTo(table.lines.index(long, TEXT))
    assert table.rowHeight(long) > 37


def test_f2_corrects_a_note_and_return_does_not(qtbot: QtBot, en: UiWords) -> None:
    page = page_of(qtbot, en, told_file())
    table = page.review.timeline.table
    row = next(row for row, line in enumerate(table.lines.lines) if line.id == "n-0000n0t5")
    table.selectRow(row)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.review_presenter.state.correcting is None
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert page.review_presenter.state.correcting == "n-0000n0t5"


def test_an_encounter_is_found_among_hundreds(qtbot: QtBot, en: UiWords) -> None:
    page = page_of(qtbot, en, many_encounters(240))
    card = page.review.encounter
    card.place_button.click()
    picker = card.picker
    qtbot.waitUntil(picker.search.hasFocus)
    assert picker.list.model().rowCount() == 240
    qtbot.keyClicks(picker.search, "2026-05 breach")
    found = picker.list.model().rowCount()
    assert 0 < found < 6
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    chosen = str(picker.list.currentIndex().data())
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert not picker.isVisible()
    assert chosen.split(" · ", maxsplit=1)[0] in card._title.text()
    assert "1 breach marked" in chosen


def test_a_search_that_finds_nothing_chooses_nothing(qtbot: QtBot, en: UiWords) -> None:
    page = page_of(qtbot, en, many_encounters(5))
    card = page.review.encounter
    before = card._title.text()
    card.place_button.click()
    card.picker.search.setText("1999")
    qtbot.keyClick(card.picker.search, Qt.Key.Key_Return)
    assert card._title.text() == before
    card.picker.hide()


def test_a_choice_tells_time_way_length_and_breaches(en: UiWords) -> None:
    told = choices(many_encounters(8), en.words)
    assert len(told) == 8
    assert told[0].text.endswith("Visit at the door · 1:07 · 1 breach marked")
    assert "breach" not in told[1].text
