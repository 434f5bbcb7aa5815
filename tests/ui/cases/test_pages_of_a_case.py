"""What leads from one page of a case to another, and back to the same place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Step
from evidencedesk.domain.letter import LetterKind, letter_for
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.cases.steps.suggestion_row import WRITTEN
from evidencedesk.ui.kit.rail import Rail
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice
from fakes.ui_services import InstantRunner

CASE = "c-0000aaaa"


@pytest.fixture
def page(qtbot: QtBot, en: UiWords) -> CasesPage:
    made = CasesPage(FakeCaseServices(), InstantRunner(), en, FakeFileChoice())
    qtbot.addWidget(made)
    made.resize(1196, 800)
    made.show()
    made.activateWindow()
    made.show_case(CASE)
    return made


def test_a_case_that_is_shown_again_has_its_lines_again(page: CasesPage) -> None:
    before = page.review.timeline.table.lines.lines
    assert before
    page.show_case(CASE)
    assert page.review.timeline.table.lines.lines == before


def test_pages_of_a_case_are_turned_to_by_ctrl_and_their_number(page: CasesPage) -> None:
    names = list(page.review.bar.control.buttons)
    for number, name in enumerate(names, start=1):
        key = getattr(Qt.Key, f"Key_{number}")
        QTest.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
        assert page.review.sections.current == name


def test_pages_of_a_case_and_of_the_window_have_no_key_in_common(qtbot: QtBot, page: CasesPage) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    for name in ("record", "cases", "contacts", "law", "settings"):
        rail.add_entry(name, "folder")
    window = {button.accessibleDescription() for button in rail.buttons.values()}
    case = {button.toolTip() for button in page.review.bar.control.buttons.values()}
    assert window
    assert not window & case


@pytest.mark.parametrize("step", sorted(WRITTEN))
def test_each_step_that_is_a_letter_leads_to_one(page: CasesPage, step: Step) -> None:
    page.review.sections.choose("steps")
    steps = page.review.sections.section("steps")
    assert isinstance(steps, StepsSection)
    steps.section_wanted.emit("letters", step.value)
    letters = page.review.sections.section("letters")
    assert isinstance(letters, LettersSection)
    assert page.review.sections.current == "letters"
    form = letters.presenter.state.form
    assert form is not None
    assert form.kind is letter_for(step.value)


def test_a_letter_is_found_by_its_own_name_too() -> None:
    assert [letter_for(kind.value) for kind in LetterKind] == list(LetterKind)
    assert letter_for("payment") is None
