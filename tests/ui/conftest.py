"""What every page test has: no screen, both languages, and no stray word from Qt."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.ui.garbage import collect_if_due
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.catalogues import locale_dir
from fakes.ui_stage import EncounterStage, Heard

# The offscreen platform says this of every window with size limits.
_HARMLESS = "This plugin does not support propagateSizeHints()"


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return locale_dir(tmp_path_factory.mktemp("locale"))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture(autouse=True)
def _garbage_of_widgets_is_collected_on_this_thread() -> Iterator[None]:
    gc.disable()
    yield
    collect_if_due()
    gc.enable()


@pytest.fixture(autouse=True)
def _qt_says_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    log = getattr(request.node, "qt_log_capture", None)
    records = log.records if log is not None else []
    loud = [r.message for r in records if r.type != QtMsgType.QtDebugMsg and r.message != _HARMLESS]
    assert loud == []


@pytest.fixture
def zh(qtbot: QtBot, theme: Theme, catalogues: Path) -> UiWords:
    return UiWords("zh", catalogues)


@pytest.fixture
def en(qtbot: QtBot, theme: Theme, catalogues: Path) -> UiWords:
    return UiWords("en", catalogues)


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    return Heard()


@pytest.fixture
def stage(en: UiWords) -> EncounterStage:
    return EncounterStage(en)
