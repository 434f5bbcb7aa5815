"""Text at twice its size is never cut, on any page, in either language and window; and it changes at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.theme.text_size import text_scale
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.all_pages import ONE_OF_EACH, PAGES
from fakes.cut_text import cut


@pytest.fixture
def sized(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.choose_text_size("100")


@pytest.mark.parametrize(
    ("name", "language", "size"),
    [
        *((name, language, "200") for name in ONE_OF_EACH for language in ("zh", "en")),
        *((name, "en", "150") for name in ONE_OF_EACH[::3]),
    ],
)
def test_no_word_is_cut_where_text_is_large(
    name: str, language: str, size: str, sized: Theme, catalogues: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sized.choose_text_size(size)
    window = PAGES[name](UiWords("zh" if language == "zh" else "en", catalogues), tmp_path)
    qtbot.addWidget(window)
    for room in (QSize(1280, 800), QSize(960, 640)):
        window.resize(room)
        window.show()
        for _ in range(5):
            QApplication.processEvents()
        assert window.size() == room, "large text must not make the window larger than its screen"
        assert cut(window) == []
    window.hide()


@pytest.mark.parametrize("name", ["record/encounter", "case/timeline", "settings", "contacts/contacts"])
def test_an_open_page_takes_another_size_at_once_and_gives_it_back(
    name: str, sized: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    window = PAGES[name](en, tmp_path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    QApplication.processEvents()
    before = window.grab().toImage()
    heights = [label.fontMetrics().height() for label in window.findChildren(TextLabel)]
    sized.choose_text_size("200")
    for _ in range(5):
        QApplication.processEvents()
    assert text_scale() == 2
    large = [label.fontMetrics().height() for label in window.findChildren(TextLabel)]
    assert all(now > 1.7 * then for now, then in zip(large, heights, strict=True))
    assert cut(window) == []
    sized.choose_text_size("100")
    for _ in range(5):
        QApplication.processEvents()
    assert window.grab().toImage().size() == before.size()
    again = [label.fontMetrics().height() for label in window.findChildren(TextLabel)]
    assert again == heights
    window.hide()


def test_the_desktops_own_size_counts_where_the_user_left_it_to_the_desktop(sized: Theme) -> None:
    sized.choose_text_size("system")
    sized.desktop_wishes(1.5, less_motion=False)
    assert text_scale() == 1.5
    sized.choose_text_size("125")
    assert text_scale() == pytest.approx(1.25, abs=0.04)
    sized.choose_text_size("system")
    sized.desktop_wishes(3.0, less_motion=False)
    assert text_scale() == 2.0, "more than that has no room"
    sized.desktop_wishes(0.8, less_motion=False)
    assert text_scale() == 1.0
    sized.desktop_wishes(1.0, less_motion=False)


def test_what_is_cut_is_found(sized: Theme, en: UiWords, tmp_path: Path, qtbot: QtBot) -> None:
    """The check itself: one label pressed together must be told."""
    window = PAGES["settings"](en, tmp_path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    QApplication.processEvents()
    label = next(one for one in window.findChildren(TextLabel) if one.text() == "Settings")
    label.setFixedWidth(20)
    QApplication.processEvents()
    assert any("'Settings'" in one for one in cut(window))
    window.hide()
