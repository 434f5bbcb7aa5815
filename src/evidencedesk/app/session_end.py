"""The end of the desktop's session, by logout, shutdown or an update: a running recording ends in good order.

Qt tells of it by ``QGuiApplication.commitDataRequest``: from the X session manager, on Windows from
``WM_QUERYENDSESSION``, on macOS from the quit event. Where nothing tells, the recorder process gets the
system's SIGTERM itself, which is a normal stop too; and what is killed is recovered at the next start.
"""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from evidencedesk.ui.shell.main_window import MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow

# Windows ends a program that takes longer than 5 s to answer; sealing an hour takes about two.
_PATIENCE_MS = 4500
_LOOK_MS = 20


class SessionEnd(QObject):
    """Stops the recording when the session ends, and waits until it is sealed, but not for ever."""

    def __init__(self, window: MainWindow, flow: RecordingFlow) -> None:
        super().__init__(window)
        self._window = window
        self._flow = flow
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - there is a window
        application.commitDataRequest.connect(self.commit)

    def commit(self, _manager: object = None) -> None:
        """Save what there is to save."""
        self._window.let_go()
        if self._flow.encounter is None:
            return
        self._flow.stop_for_system()
        loop = QEventLoop()
        QTimer.singleShot(_PATIENCE_MS, loop.quit)
        look = QTimer()
        look.timeout.connect(lambda: loop.quit() if self._flow.encounter is None else None)
        look.start(_LOOK_MS)
        loop.exec()
