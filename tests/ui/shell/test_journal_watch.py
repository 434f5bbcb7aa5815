"""A journal whose end is missing is said when a library is opened, and keeps nobody from recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidencedesk.app.journal_watch import JournalWatch
from evidencedesk.custody.checkpoint import Why
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Runner
from evidencedesk.ui.messages import Message
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.message_area import MessageArea
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.words import UiWords
from evidencedesk.workflows.checkpoints import mark
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.take_note import take_note
from fakes.ui_services import FakeDesk, HeldRunner, InstantRunner
from fakes.ui_stage import Heard


@pytest.fixture
def cut_library(tmp_path: Path) -> Path:
    """A library whose database was put back to what it was before the last note."""
    library = tmp_path / "library"
    with open_desk(library, SystemClock()) as desk:
        case = open_case(desk, "来分期")
    earlier = (library / "library.sqlite3").read_bytes()
    with open_desk(library, SystemClock()) as desk:
        take_note(desk, case.id, "第二条", None, None, None, None)
        mark(desk, case.id, Why.RECORDING_STOPPED)
    (library / "library.sqlite3").write_bytes(earlier)
    return library


@contextmanager
def looking(library: Path, heard: Heard, runner: Runner | None = None) -> Iterator[JournalWatch]:
    with open_desk(library, SystemClock()) as desk:
        watch = JournalWatch(desk, runner or InstantRunner(), heard.messages)
        watch.look()
        yield watch


def test_a_missing_end_is_said_with_what_to_do(
    cut_library: Path, en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    area = MessageArea(en, heard.messages)
    qtbot.addWidget(area)
    with looking(cut_library, heard):
        (banner,) = area.banners
    assert banner.accessibleName() == "The end of a case's journal is missing: 来分期"
    for part in ("Change and delete nothing", str(cut_library), "go on recording"):
        assert part in banner.accessibleDescription()


def test_a_journal_that_was_made_anew_is_said(
    cut_library: Path, en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    with open_desk(cut_library, SystemClock()) as desk:
        take_note(desk, desk.store.cases()[0].case.id, "另一条", None, None, None, None)
    area = MessageArea(en, heard.messages)
    qtbot.addWidget(area)
    with looking(cut_library, heard):
        assert "not the one this program wrote: 来分期" in area.banners[0].accessibleName()


def test_a_whole_library_is_not_talked_about(tmp_path: Path, heard: Heard) -> None:
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        mark(desk, open_case(desk, "来分期").id, Why.RECORDING_STOPPED)
    with looking(tmp_path / "library", heard):
        assert heard.said == []


def test_it_stays_whatever_else_is_said(cut_library: Path, en: UiWords, heard: Heard, qtbot: QtBot) -> None:
    area = MessageArea(en, heard.messages)
    qtbot.addWidget(area)
    with looking(cut_library, heard):
        lasting = area.banners[0]
    for number in range(5):
        heard.messages.show(Message(key=str(number), kind="info", msgid="Notes"))
    assert lasting in area.banners
    assert len(area.banners) == 4
    assert lasting.close_button.isHidden(), "what happened to evidence can't be waved away"


def test_the_window_does_not_wait_for_it(cut_library: Path, heard: Heard) -> None:
    runner = HeldRunner()
    with looking(cut_library, heard, runner):
        assert heard.said == []
        runner.let_go()
        assert len(heard.said) == 1


def test_a_disk_that_does_not_answer_is_said(cut_library: Path, heard: Heard) -> None:
    (cut_library / "checkpoints.jsonl").unlink()
    (cut_library / "checkpoints.jsonl").mkdir()
    with looking(cut_library, heard):
        assert [message.error.code for message in heard.said if message.error] == [Code.INPUT_OUTPUT]


def test_the_red_button_can_be_pressed_under_all_that_is_said(
    cut_library: Path, en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    window = MainWindow(en, heard.messages)
    qtbot.addWidget(window, before_close_func=lambda _: window.set_recording(running=False))
    flow = RecordingFlow(window, FakeDesk(), InstantRunner(), en, heard.messages, Settings())
    window.resize(960, 640)
    window.show()
    with looking(cut_library, heard):
        for code in (Code.DISK_FULL, Code.NOT_WRITABLE, Code.INPUT_OUTPUT):
            heard.messages.show_error(MachineFailure(code, path="/library"))
    qtbot.waitUntil(window.record_page.button.isEnabled)
    button = window.record_page.button
    qtbot.waitUntil(lambda: button.visibleRegion().contains(button.rect().center()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert flow.encounter is not None
