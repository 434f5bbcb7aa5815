"""Logout and shutdown: the recording ends in good order, and nobody is asked anything."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import SIGNAL, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.app import session_end
from evidencedesk.app.session_end import SessionEnd
from evidencedesk.domain.pulse import StopReason
from evidencedesk.system.settings import Settings
from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import Heard


class Stage:
    """A window that records, and waits for the end of the session."""

    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        heard = Heard()
        self.desk = FakeDesk()
        self.window = MainWindow(words, heard.messages)
        qtbot.addWidget(self.window)
        self.window.show()
        self.flow = RecordingFlow(self.window, self.desk, InstantRunner(), words, heard.messages, Settings())
        self.end = SessionEnd(self.window, self.flow)


@pytest.fixture
def stage(en: UiWords, theme: Theme, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot)


def test_qt_tells_it_when_the_session_ends(stage: Stage, qapp: QApplication) -> None:
    told = SIGNAL("commitDataRequest(QSessionManager&)")
    before = qapp.receivers(told)
    SessionEnd(stage.window, stage.flow)
    assert qapp.receivers(told) == before + 1


def test_a_recording_is_sealed_before_the_session_goes_on(stage: Stage) -> None:
    stage.flow.start()
    (live,) = stage.desk.begun

    QTimer.singleShot(300, lambda: live.seal(StopReason.SIGNAL))
    stage.end.commit()
    assert live.stop_reason is StopReason.SIGNAL
    assert not stage.window.recording
    assert stage.window.close(), "closing asks nothing any more"


def test_a_recorder_that_hangs_does_not_hold_the_session(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_end, "_PATIENCE_MS", 200)
    stage.flow.start()
    began = time.monotonic()
    stage.end.commit()
    assert 0.15 < time.monotonic() - began < 3
    assert stage.window.close()


def test_without_a_recording_it_goes_at_once(stage: Stage) -> None:
    stage.end.commit()
    assert stage.desk.begun == []
    assert stage.window.close()
