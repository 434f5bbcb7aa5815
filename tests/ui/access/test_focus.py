"""Where the keyboard is can be seen on every kind of control, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.all_pages import PAGES
from fakes.focus_look import focus_contrast
from fakes.tab_walk import named, walk

# Together they have every kind of control there is.
_NAMES = (
    "record/record",
    "record/encounter-call",
    "case/timeline",
    "case/evidence",
    "case/files",
    "contacts/contacts_editor",
    "more/cases",
    "more/law",
    "more/redacting",
    "search/hits",
    "settings",
)
_LEAST = 3.0


@pytest.fixture(params=["light", "dark"])
def shade(request: pytest.FixtureRequest, theme: Theme) -> Iterator[str]:
    theme.choose(request.param)
    yield request.param
    theme.choose("light")


@pytest.mark.parametrize("name", _NAMES)
def test_the_place_of_the_keyboard_is_drawn_with_enough_contrast(
    name: str, shade: str, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    window = PAGES[name](en, tmp_path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    QApplication.processEvents()
    weak, seen = [], set()
    for one in walk(window):
        kind = _kind(one)
        if kind in seen:
            continue
        seen.add(kind)
        found = focus_contrast(one)
        if found < _LEAST:
            weak.append((named(one), found))
    assert weak == []
    window.hide()


def test_a_control_without_a_ring_is_found(theme: Theme, qtbot: QtBot) -> None:
    """The check itself."""
    bare = QLabel("no ring")
    qtbot.addWidget(bare)
    bare.show()
    assert focus_contrast(bare) < _LEAST


def _kind(widget: QWidget) -> tuple[object, ...]:
    looks = tuple(widget.property(name) for name in ("scale", "flat", "tone", "kind", "checked"))
    return type(widget), *looks
