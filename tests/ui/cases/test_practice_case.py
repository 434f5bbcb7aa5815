"""The page of a practice case says so and can be deleted; no other case can. And what to be careful with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import CaseFile, CaseSummary
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.overview.case_list import case_row
from evidencedesk.ui.words import UiWords
from fakes.ui_law import NEGOTIATING, PUBLISHING
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, imported_sound
from fakes.ui_services import InstantRunner

MIXED = example_case_file()


def practice_file() -> CaseFile:
    played = tuple(one for one in MIXED.recordings if one.simulated)
    return replace(MIXED, recordings=played, imported=())


class Stage:
    """The page of one case."""

    def __init__(self, words: UiWords, qtbot: QtBot, file: CaseFile) -> None:
        self.services = FakeCaseServices(file, careful=(PUBLISHING, NEGOTIATING))
        self.page = CasesPage(self.services, InstantRunner(), words, FakeFileChoice())
        qtbot.addWidget(self.page)
        self.page.resize(1196, 800)
        self.page.show()
        self.page.show_case(file.case.id)
        self.strip = self.page.review.practice

    def press(self, text: str) -> None:
        buttons = [one for one in self.strip.findChildren(QAbstractButton) if one.text() == text]
        QTest.mouseClick(buttons[-1], Qt.MouseButton.LeftButton)

    @property
    def deleted(self) -> list[tuple[object, ...]]:
        return [call for call in self.services.calls if call[0] == "delete"]


@pytest.fixture
def practice(en: UiWords, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot, practice_file())


def test_a_practice_case_says_that_it_is_not_evidence(practice: Stage) -> None:
    assert practice.strip.isVisible()
    assert practice.strip.accessibleName() == "Practice: not evidence"


def test_a_case_with_anything_real_in_it_can_not_be_deleted(en: UiWords, qtbot: QtBot) -> None:
    assert not Stage(en, qtbot, MIXED).strip.isVisible()
    assert not Stage(en, qtbot, replace(MIXED, recordings=(), imported=())).strip.isVisible()


def test_a_practice_into_which_a_real_recording_was_taken_can_not_be_deleted(
    en: UiWords, qtbot: QtBot
) -> None:
    sound = imported_sound("a-0000add1", MIXED.case.id, None, "phone.m4a")
    assert not Stage(en, qtbot, replace(practice_file(), imported=(sound,))).strip.isVisible()


def test_deleting_is_asked_twice_and_says_what_goes(practice: Stage) -> None:
    practice.press("Delete the practice…")
    assert "Recordings: 1" in practice.strip.accessibleDescription()
    practice.press("Delete")
    assert practice.deleted == []
    assert "can't be brought back" in practice.strip.accessibleName()
    practice.press("Delete for good")
    assert practice.deleted == [("delete", MIXED.case.id)]
    assert practice.page.currentWidget() is practice.page.overview


@pytest.mark.parametrize("times", [1, 2])
def test_at_each_question_it_can_be_kept(practice: Stage, times: int) -> None:
    for text in ("Delete the practice…", "Delete")[:times]:
        practice.press(text)
    practice.press("Keep it")
    assert practice.deleted == []
    assert practice.strip.accessibleName() == "Practice: not evidence"


def test_what_the_disk_says_is_told_and_the_case_stays(practice: Stage) -> None:
    practice.services.refuse = MachineFailure(Code.INPUT_OUTPUT, path="library")
    for text in ("Delete the practice…", "Delete", "Delete for good"):
        practice.press(text)
    assert practice.page.currentWidget() is practice.page.review
    assert practice.page.review.banner.isVisible()


def test_the_list_marks_practice_cases(en: UiWords) -> None:
    summary = CaseSummary(MIXED.case, simulated=True, practice=True)
    assert case_row(summary, en.words).pills == (("Practice: not evidence", "warn"),)
    mixed = replace(summary, practice=False)
    assert case_row(mixed, en.words).pills == (("Contains simulated sound", "warn"),)


def test_beside_an_export_stands_what_to_be_careful_with_when_publishing(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, qtbot, MIXED)
    review = stage.page.review
    review.export_button.click()
    assert review.panel.caution.isVisible()
    assert review.panel.caution.text.text() == PUBLISHING.text.en
    assert "Civil Code" in review.panel.caution.sources.text()


def test_the_same_stands_beside_a_redacted_copy_in_the_language_of_the_moment(
    en: UiWords, qtbot: QtBot
) -> None:
    stage = Stage(en, qtbot, MIXED)
    review = stage.page.review
    review.export_button.click()
    review.panel.asking.redact_button.click()
    assert review.redact_panel.caution.isVisible()
    en.set_language("zh")
    assert review.redact_panel.caution.text.text() == PUBLISHING.text.zh


def test_without_a_caution_there_is_no_line(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, qtbot, MIXED)
    stage.services.careful = ()
    stage.page.review_presenter.refresh()
    stage.page.review_presenter.show_whole_case(True)
    stage.page.review.export_button.click()
    assert not stage.page.review.panel.caution.isVisible()
