"""What a small window, or large text in one, must not lose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.help.reader import HelpReader
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.lock.neutral_page import NeutralPage
from evidencedesk.ui.lock.page import LockPage
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.all_pages import PAGES


def small(name: str, words: UiWords, place: Path, qtbot: QtBot) -> MainWindow:
    window = PAGES[name](words, place)
    qtbot.addWidget(window)
    window.resize(960, 640)
    with qtbot.waitExposed(window):
        window.show()
    QApplication.processEvents()
    return window


def test_the_notes_keep_their_share_beside_the_rules_in_english(
    theme: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    page = small("record/encounter", en, tmp_path, qtbot).findChild(EncounterPage)
    assert page is not None
    assert page.notes.width() >= page.width() * 0.23


def test_all_of_the_rail_is_in_sight_with_large_text_and_a_lock(
    theme: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    theme.choose_text_size("200")
    try:
        window = small("settings", en, tmp_path, qtbot)
        window.set_lockable(lockable=True)
        QApplication.processEvents()
        rail = window.rail
        bottoms = [one.geometry().bottom() for one in (*rail.buttons.values(), *rail.others.values())]
        assert max(bottoms) <= rail.height()
        window.hide()
    finally:
        theme.choose_text_size("100")
    again = small("settings", en, tmp_path, qtbot)
    assert again.rail.buttons["record"].height() == 58


def test_the_red_button_stays_in_sight_before_a_locked_library(
    theme: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    theme.choose_text_size("200")
    try:
        window = small("lock/door-wrong", en, tmp_path, qtbot)
        door = window.findChild(LockPage)
        assert door is not None
        assert door.rect().contains(door.button.geometry())
        window.hide()
    finally:
        theme.choose_text_size("100")


def test_the_help_is_written_as_large_as_everything_else(
    theme: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    window = small("help/help", en, tmp_path, qtbot)
    reader = window.findChild(HelpReader)
    assert reader is not None

    def pixels() -> int:
        return reader.document().begin().next().charFormat().font().pixelSize()

    before = pixels()
    theme.choose_text_size("200")
    try:
        qtbot.waitUntil(lambda: pixels() == 2 * before)
    finally:
        theme.choose_text_size("100")
    window.hide()


def test_a_box_to_tick_has_room_for_its_frame(theme: Theme, qtbot: QtBot) -> None:
    row = CheckRow("one")
    row.set_texts("One")
    qtbot.addWidget(row)
    row.resize(300, 60)
    row.show()
    QTest.qWaitForWindowExposed(row)
    image = row.box.grab().toImage()
    middle = image.height() // 2
    colours = [image.pixelColor(x, middle).name() for x in range(image.width())]
    paper = colours[len(colours) // 2]
    framed = [x for x, one in enumerate(colours) if one != paper]
    assert min(framed) < len(colours) // 3, "the left edge of the box is drawn"
    assert max(framed) > len(colours) * 2 // 3, "and its right edge"


def test_the_empty_sheet_has_no_ring_that_tells_of_this_program(
    theme: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    window = small("lock/hidden", en, tmp_path, qtbot)
    page = window.findChild(NeutralPage)
    assert page is not None
    assert page.sheet.hasFocus()
    image = page.grab().toImage()
    edge = {image.pixelColor(x, 0).name() for x in range(0, image.width(), 7)}
    assert edge == {image.pixelColor(image.width() // 2, image.height() - 30).name()}
    window.hide()
