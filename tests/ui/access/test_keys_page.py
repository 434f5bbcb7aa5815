"""The page of keys names exactly the keys there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from evidencedesk.ui.encounter.keys_card import KeysCard
from evidencedesk.ui.kit.key_cap import KeyCap
from evidencedesk.ui.shell.main_window import HIDE_KEYS, LOCK_KEYS
from evidencedesk.ui.words import UiWords
from fakes.all_pages import PAGES

DOCS = Path(__file__).parents[3] / "docs"
# Together they have every shortcut: those of a page stay there while another part of it is in sight.
_NAMES = (
    "record/record",
    "record/encounter",
    "case/timeline",
    "case/files",
    "contacts/contacts_editor",
    "settings",
    "help/help",
    "lock/door",
)


def shortcuts(en: UiWords, place: Path, qtbot: QtBot) -> set[str]:
    found: set[str] = set()
    for name in _NAMES:
        window = PAGES[name](en, place)
        qtbot.addWidget(window)
        for one in window.findChildren(QShortcut):
            keys = one.keys()
            found |= {key.toString() for key in keys}
        found |= {one.shortcut().toString() for one in window.findChildren(QAbstractButton)}
    return found - {""}


@pytest.mark.parametrize("page", ["accessibility.md", "accessibility.zh-CN.md"])
def test_every_shortcut_is_on_the_page_and_none_that_is_not_there(
    page: str, en: UiWords, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = re.findall(r"^\| (`.*?`) \|", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE)
    told = {key for row in rows for key in re.findall(r"`(.+?)`", row)}
    # Three presses are no shortcut of Qt: they are seen on their way into the window.
    assert told == shortcuts(en, tmp_path, qtbot) | {HIDE_KEYS}


def test_both_languages_tell_of_the_same_keys_in_the_same_order() -> None:
    columns = [
        re.findall(r"^\| (`.*?`) \|", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE)
        for page in ("accessibility.md", "accessibility.zh-CN.md")
    ]
    assert columns[0] == columns[1]
    assert len(columns[0]) > 15


def test_whoever_is_being_recorded_at_the_door_finds_the_keys_to_lock_and_to_hide(
    en: UiWords, qtbot: QtBot
) -> None:
    card = KeysCard(en, ())
    qtbot.addWidget(card)
    caps = {cap.key for cap in card.findChildren(KeyCap)}
    assert {LOCK_KEYS, HIDE_KEYS, "Shift+F1", "F12"} <= caps


@pytest.mark.parametrize("page", ["keys.md", "keys.zh-CN.md"])
def test_the_guide_names_the_keys_to_lock_to_hide_for_help_and_to_look_for_something(page: str) -> None:
    told = (DOCS / "guide" / page).read_text("utf-8")
    keys = re.findall(r"^\| (.+?) \|", told, flags=re.MULTILINE)
    assert {LOCK_KEYS, HIDE_KEYS, "Shift+F1", "/"} <= set(keys)
