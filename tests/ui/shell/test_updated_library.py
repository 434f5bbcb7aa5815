"""The window opens a library of an earlier or a later version, and says what that means."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.app.window import Opening
from evidencedesk.domain.errors import Code
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.messages import Message, Messages
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.older_libraries import OLDER, REVISIONS, TODAY, files_of, older_library


def _open(qtbot: QtBot, words: UiWords, theme: Theme, library: Path) -> list[Message]:
    """Open it in a real window; what was said until it was there, or refused."""
    messages = Messages()
    window = MainWindow(words, messages)
    qtbot.addWidget(window)
    said: list[Message] = []
    messages.shown.connect(said.append)
    with Jobs("jobs") as jobs, Jobs("begin") as begin:
        opening = Opening(window, words, messages, theme, jobs, begin, library, Settings(welcomed="yes"))
        window.record_page.start_clicked.connect(opening.start_early)
        opening.begin()
        qtbot.waitUntil(lambda: opening._opened is not None or opening._failed, timeout=20_000)
        if opening._opened is not None:  # what it looks for at once is there, too
            qtbot.waitUntil(lambda: not opening.flow.record.state.looking, timeout=20_000)
        opening.end()
    return said


@pytest.mark.parametrize("revision", [OLDER[0], OLDER[-1]])
def test_it_says_that_a_copy_was_kept_and_how_to_go_back(
    revision: str, qtbot: QtBot, en: UiWords, theme: Theme, tmp_path: Path
) -> None:
    library = older_library(revision, tmp_path)
    (told,) = [one for one in _open(qtbot, en, theme, library) if one.key == "upgraded"]
    sentence, detail = told.texts(en.words)
    assert "earlier version" in sentence
    assert f"{library}/library.sqlite3.before-{TODAY}" in detail
    assert "evidencedesk rollback" in detail
    assert [one for one in _open(qtbot, en, theme, library) if one.key == "upgraded"] == []


def test_a_newer_one_is_refused_with_words_and_nothing_is_written(
    qtbot: QtBot, en: UiWords, theme: Theme, tmp_path: Path
) -> None:
    library = older_library(REVISIONS[-1], tmp_path)
    with closing(sqlite3.connect(library / "library.sqlite3")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    before = files_of(library)
    (told,) = _open(qtbot, en, theme, library)
    assert told.error is not None
    assert told.error.code is Code.LIBRARY_NEWER
    assert "newer version" in told.texts(en.words)[0]
    assert files_of(library) == before
