"""What happens to errors nobody caught: they are written down and told; recording goes on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from types import TracebackType
from typing import Any, Self

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from evidencedesk.domain.errors import Known
from evidencedesk.ui.messages import Messages

_LOG = logging.getLogger("evidencedesk.window")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Hooks:
    """Holds the hooks for the length of a ``with`` block. They may be called on any thread."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._old_excepthook = sys.excepthook
        self._old_thread_hook = threading.excepthook
        self._old_qt_handler: Any = None

    def __enter__(self) -> Self:
        self._old_excepthook = sys.excepthook
        self._old_thread_hook = threading.excepthook
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        self._old_qt_handler = qInstallMessageHandler(_qt_said)
        if sys.stderr is not None and not faulthandler.is_enabled():  # a windowed Windows program has none
            faulthandler.enable()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.excepthook = self._old_excepthook
        threading.excepthook = self._old_thread_hook
        qInstallMessageHandler(self._old_qt_handler)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._old_excepthook(kind, error, trace)
            return
        if isinstance(error, Known):
            self._messages.show_known(error)
            return
        _LOG.critical("not caught", exc_info=(kind, error, trace))
        self._messages.show_bug(error)

    def _caught_in_thread(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            self._caught(facts.exc_type, facts.exc_value, facts.exc_traceback)


def _qt_said(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s (%s)", text, context.category or "default")
