"""The help inside the window: to read, to search, and never a way out without the reader's word."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.ui.help.card import HelpCard
from evidencedesk.ui.help.page import HelpPage
from evidencedesk.ui.help.texts import HelpTexts
from evidencedesk.ui.help.topics import PAGES, Topic
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.help_pages import shown_help
from fakes.ui_pages import unnamed


@pytest.fixture
def page(en: UiWords, qtbot: QtBot) -> HelpPage:
    made = shown_help(en)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_from_the_list(page: HelpPage, name: str) -> None:
    page.list.setCurrentRow(PAGES.index(name))
    assert page.presenter.state.page == name
    title = HelpTexts("en").page(name).title
    assert page.reader.toPlainText().startswith(title)


def test_a_link_leads_to_its_place_and_back(page: HelpPage, qtbot: QtBot) -> None:
    page.reader.link_clicked.emit("trouble.md#lost")
    assert page.presenter.state.place == "trouble#lost"
    assert page.list.currentRow() == PAGES.index("trouble")
    qtbot.waitUntil(lambda: page.reader.verticalScrollBar().value() > 0)
    page.back_button.click()
    assert page.presenter.state.place == "start"
    assert not page.back_button.isEnabled()


def test_a_link_inside_a_page_stays_on_it(page: HelpPage) -> None:
    page.presenter.show("visit")
    page.reader.link_clicked.emit("#record")
    assert page.presenter.state.place == "visit#record"


@pytest.mark.parametrize(
    "link", ["nowhere.md", "trouble.md#no-such-place", "file:///etc/passwd", "javascript:1"]
)
def test_a_link_to_nowhere_changes_nothing(page: HelpPage, link: str) -> None:
    before = page.presenter.state
    page.reader.link_clicked.emit(link)
    assert page.presenter.state == before


def test_an_address_is_opened_only_when_the_reader_says_so(page: HelpPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.presenter.address_opened):
        page.reader.link_clicked.emit("https://example.org/")
    assert page.banner.isVisible()
    with qtbot.waitSignal(page.presenter.address_opened) as opened:
        page.banner.button("open").click()
    assert opened.args == ["https://example.org/"]
    assert page.banner.isHidden()


def test_an_address_can_be_copied_instead(page: HelpPage, qtbot: QtBot) -> None:
    page.reader.link_clicked.emit("https://example.org/")
    with qtbot.assertNotEmitted(page.presenter.address_opened):
        page.banner.button("copy").click()
    assert QGuiApplication.clipboard().text() == "https://example.org/"


def test_nothing_is_loaded_but_pictures_beside_the_guides(page: HelpPage) -> None:
    picture = QTextDocument.ResourceType.ImageResource.value
    assert isinstance(page.reader.loadResource(picture, QUrl("welcome-en.png")), QImage)
    for name in ("../../README.md", "https://example.org/x.png", "/etc/hostname", "no-such.png"):
        assert page.reader.loadResource(picture, QUrl(name)) is None
    assert (
        page.reader.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, QUrl("x.css")) is None
    )


def test_pictures_are_no_wider_than_the_page(page: HelpPage) -> None:
    page.presenter.show("visit")
    picture = QTextDocument.ResourceType.ImageResource.value
    image = page.reader.loadResource(picture, QUrl("welcome-en.png"))
    assert isinstance(image, QImage)
    assert image.deviceIndependentSize().width() <= page.reader.viewport().width()
    assert page.reader.horizontalScrollBar().maximum() == 0


def test_the_field_finds_a_passage_and_return_opens_it_with_its_words_marked(page: HelpPage) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Slash)
    assert page.field.hasFocus()
    QTest.keyClicks(page.field, "recovery code")
    assert page.found.isVisible()
    assert "Locking the library" in page.field.accessibleDescription()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.presenter.state.place == "safety#vault"
    assert page.reader.isVisible()
    assert {one.cursor.selectedText().lower() for one in page.reader.extraSelections()} == {
        "recovery",
        "code",
    }


def test_nothing_found_is_said_and_escape_shows_the_page_again(page: HelpPage) -> None:
    page.field.setText("zebra")
    assert page.empty.isVisible()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.reader.isVisible()


def test_another_language_shows_the_same_place(page: HelpPage, en: UiWords) -> None:
    page.presenter.show(Topic.KEY.value)
    en.set_language("zh")
    assert page.presenter.state.place == Topic.KEY.value
    assert page.reader.toPlainText().startswith(HelpTexts("zh").page("safety").title)
    assert page._title.text() == "帮助"


def test_the_page_follows_the_theme(page: HelpPage, theme: Theme, qtbot: QtBot) -> None:
    before = page.reader.toHtml()
    theme.choose("dark")
    try:
        qtbot.waitUntil(lambda: page.reader.toHtml() != before)
    finally:
        theme.choose("light")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_page_fits(page: HelpPage, en: UiWords, language: str) -> None:
    en.set_language("zh" if language == "zh" else "en")
    assert unnamed(page) == []
    assert page.minimumSizeHint().width() <= 876


def test_nothing_is_read_before_somebody_looks(en: UiWords, qtbot: QtBot) -> None:
    card = HelpCard(en)
    qtbot.addWidget(card)
    assert card.presenter._texts is None
    card.show_topic(Topic.RECORDING.value)
    assert "press the red button" in card.reader.toPlainText()


def test_no_address_is_followed_while_recording(en: UiWords, qtbot: QtBot) -> None:
    card = HelpCard(en)
    qtbot.addWidget(card)
    card.show_topic(Topic.RECORDING.value)
    with qtbot.assertNotEmitted(card.presenter.address_opened):
        card.reader.link_clicked.emit("https://example.org/")
    assert card.presenter.state.address == ""
