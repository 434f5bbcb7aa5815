"""The pages of a case together: keys, empty cases, the same case again, and what is being worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.evidence.page import EvidenceSection
from evidencedesk.ui.cases.sections.registry import SECTIONS
from evidencedesk.ui.cases.transcripts.page import TranscriptsSection
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.messages import Messages
from evidencedesk.ui.shell.main_window import CASES, MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words
from evidencedesk.workflows.arrange_evidence import ListAsItStands
from fakes.debt_stories import with_debt
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, moment, told_file
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

CASE = "c-0000aaaa"
NAMES = ("timeline", *(one.name for one in SECTIONS))
Open = Callable[[CaseFile, Runner], CasesPage]


class NothingToHandOver(FakeCaseServices):
    """A case about which there is no paper yet."""

    def evidence_list(self, case_file: CaseFile, words: Words) -> ListAsItStands:
        stands = super().evidence_list(case_file, words)
        return replace(stands, groups=(), lines=(), left=())


@pytest.fixture
def open_case(en: UiWords, qtbot: QtBot) -> Open:
    kept = []

    def make(file: CaseFile, jobs: Runner) -> CasesPage:
        page = CasesPage(NothingToHandOver(file), jobs, en, FakeFileChoice())
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(876, 640)
        page.show()
        page.show_case(CASE)
        return page

    return make


def empty_case() -> CaseFile:
    return CaseFile(case=example_case_file().case)


def said(part: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def test_control_and_a_number_choose_the_page_of_a_case_in_the_window(
    en: UiWords, theme: Theme, qtbot: QtBot
) -> None:
    assert theme is not None
    window = MainWindow(en, Messages())
    page = CasesPage(FakeCaseServices(), InstantRunner(), en, FakeFileChoice())
    window.add_page(CASES, page)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.show_page(CASES)
    page.show_case(CASE)
    QTest.qWaitForWindowActive(window)
    for number, name in enumerate(NAMES, start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert page.review.sections.current == name
        assert f"Ctrl+{number}" in page.review.bar.control.buttons[name].toolTip()
    # Alt and a number stay the rail's: with the same keys twice Qt would run neither.
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.page == "record"


def test_the_same_case_opened_again_shows_its_lines_and_its_sound_again(open_case: Open) -> None:
    page = open_case(example_case_file(), InstantRunner())
    lines = page.review.timeline.table.lines.rowCount()
    sound = page.review.encounter.player.facts.sound
    assert lines
    page.show_list()
    page.show_case(CASE)
    assert page.review.timeline.table.lines.rowCount() == lines
    assert page.review.encounter.player.facts.sound == sound is not None


def test_an_encounter_with_much_to_say_of_itself_fits_a_small_window(open_case: Open) -> None:
    file = example_case_file()
    told = tuple(replace(one, present=12, agreed=False) for one in file.encounters)
    page = open_case(replace(file, encounters=told), InstantRunner())
    assert page.minimumSizeHint().width() <= 876
    QApplication.processEvents()
    assert page.review.encounter.width() <= 876 - 52


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_an_empty_case_says_something_and_names_its_controls(
    open_case: Open, name: str
) -> None:
    page = open_case(empty_case(), InstantRunner())
    page.review.sections.choose(name)
    assert len(said(page.review)) > 60
    assert not unnamed(page)


def test_an_evidence_list_with_nothing_on_it_says_what_will_be(open_case: Open) -> None:
    page = open_case(empty_case(), InstantRunner())
    page.review.sections.choose("evidence")
    section = page.review.sections.section("evidence")
    assert isinstance(section, EvidenceSection)
    assert "Nothing to hand over yet" in said(section)
    assert not section.up_button.isVisible()
    assert section.empty.width() > section.width() * 2 // 3


def test_no_list_is_called_empty_before_it_was_read(open_case: Open) -> None:
    page = open_case(told_file(), HeldRunner())
    page.review.sections.choose("evidence")
    section = page.review.sections.section("evidence")
    assert isinstance(section, EvidenceSection)
    assert "Nothing to hand over yet" not in said(section)
    assert not section.details.isVisible()


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_stays_on_the_page_that_was_chosen(open_case: Open, name: str) -> None:
    page = open_case(empty_case(), InstantRunner())
    other = page.review.bar.control.buttons["steps" if name != "steps" else "debt"]
    other.click()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    page.review.sections.choose(name)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert focus is page.review.bar.control.buttons[name] or page.review.sections.isAncestorOf(focus)


def test_a_note_written_behind_another_page_stands_on_the_timeline_when_that_is_chosen(
    open_case: Open,
) -> None:
    page = open_case(example_case_file(), InstantRunner())
    page.review_presenter.show_whole_case(whole_case=True)
    before = page.review.timeline.table.lines.rowCount()
    page.review.sections.choose("debt")
    page.review_presenter.add_note("Written meanwhile")
    page.review.sections.choose("timeline")
    assert page.review.timeline.table.lines.rowCount() == before + 1


def test_where_nothing_was_recorded_no_draft_is_asked_for(open_case: Open) -> None:
    page = open_case(empty_case(), InstantRunner())
    page.review.sections.choose("transcripts")
    section = page.review.sections.section("transcripts")
    assert isinstance(section, TranscriptsSection)
    assert "There is no recording yet" in said(section)
    assert not section.draft.isVisible()
    assert not section.warning.isVisible()


def test_nothing_is_called_not_due_before_somebody_looked(open_case: Open) -> None:
    jobs = HeldRunner()
    page = open_case(told_file(), jobs)
    page.review.sections.choose("steps")
    section = page.review.sections.section("steps")
    assert "Counting the days…" in said(section)
    assert "Nothing is due." not in said(section)
    while jobs.waiting:
        jobs.let_go()
    assert "Counting the days…" not in said(section)


def test_the_sheet_says_that_it_is_being_worked_out(open_case: Open) -> None:
    jobs = HeldRunner()
    page = open_case(with_debt(example_case_file(), moment()), jobs)
    page.review.sections.choose("debt")
    section = page.review.sections.section("debt")
    assert "Working it out…" in said(section)
    while jobs.waiting:
        jobs.let_go()
    assert "Working it out…" not in said(section)


def test_many_changes_of_a_case_do_not_queue_as_many_judgements(open_case: Open) -> None:
    jobs = HeldRunner()
    page = open_case(told_file(), jobs)
    page.review.sections.choose("debt")
    before = len(jobs.waiting)
    for _ in range(50):
        page.review_presenter.refresh()
    assert len(jobs.waiting) <= before + 1


def test_a_long_name_in_a_choice_ends_in_an_ellipsis_and_is_whole_in_its_tooltip(qtbot: QtBot) -> None:
    box = ElidedComboBox()
    qtbot.addWidget(box)
    name = "A consumer finance company with a very long name, contract LFQ-2024-0831"
    box.addItem(name)
    box.resize(QSize(160, 36))
    box.show()
    box.grab()
    assert box.shown_in(name, 100).endswith("…")
    assert box.toolTip() == name
    assert box.shown_in("Short", 100) == "Short"
    assert box.toolTip() == ""


def test_the_picture_of_a_message_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, "light")
    banner = Banner("warn")
    qtbot.addWidget(banner)
    banner.set_texts("Careful")
    banner.resize(400, 60)
    banner.show()
    light = banner._picture.grab().toImage()
    theme.choose("dark")
    dark = banner._picture.grab().toImage()
    theme.choose("light")
    assert _colours(light) != _colours(dark)
    assert _colours(banner._picture.grab().toImage()) == _colours(light)


def _colours(image: object) -> set[int]:
    """Those that are painted thickly: not the blends at the edges."""
    width, height, pixel = image.width(), image.height(), image.pixel  # type: ignore[attr-defined]
    found = [pixel(x, y) for x in range(width) for y in range(height)]
    return {colour for colour in set(found) if found.count(colour) > 8}


def _walk(page: CasesPage, steps: int) -> list[QWidget]:
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    page.review.back_button.setFocus()
    met: list[QWidget] = []
    for _ in range(steps):
        here = QApplication.focusWidget()
        assert here is not None
        met.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return met


def test_tab_goes_through_the_head_of_a_case_from_left_to_right_and_then_to_its_pages(
    open_case: Open,
) -> None:
    page = open_case(told_file(), InstantRunner())
    review = page.review
    met = _walk(page, 5)
    head = [review.back_button, review.archive_button, review.names_button, review.export_button]
    assert met == [*head, review.bar.control.buttons["timeline"]]


@pytest.mark.parametrize("name", ["debt", "steps"])
def test_tab_comes_to_the_rows_of_a_card_before_the_next_card(open_case: Open, name: str) -> None:
    page = open_case(with_debt(told_file(), moment()), InstantRunner())
    page.review.sections.choose(name)
    page.review_presenter.refresh()  # the rows are made anew
    QApplication.processEvents()
    section = page.review.sections.section(name)
    met = [one for one in _walk(page, 12) if section.isAncestorOf(one)]
    names = [one.accessibleName() for one in met]
    before, row = {"debt": ("Write down a payment", "Receipt… Payment"), "steps": ("", "Change… Payment")}[
        name
    ]
    place = next(place for place, spoken in enumerate(names) if spoken.startswith(row))
    assert place == (names.index(before) + 1 if before else 1)
