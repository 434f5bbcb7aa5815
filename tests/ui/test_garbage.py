"""Widgets that nobody holds any more end on the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.ui.garbage import WindowGarbage


class Ring:
    """Garbage that only a collector finds, with a widget in it."""

    def __init__(self, ends: list[int]) -> None:
        self.myself = self
        self.widget = QWidget()
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


def allocate() -> None:
    for _ in range(100):
        rings = [[number] for number in range(2_000)]
        for ring in rings:
            ring.append(ring)  # type: ignore[arg-type]


def test_a_widget_in_a_ring_ends_here_however_much_another_thread_allocates(qtbot: QtBot) -> None:
    ends: list[int] = []
    with WindowGarbage() as garbage:
        Ring(ends)
        worker = threading.Thread(target=allocate)
        worker.start()
        worker.join()
        assert ends == []
        garbage.look()
        qtbot.waitUntil(lambda: ends == [threading.get_ident()])


def test_python_collects_by_itself_again_when_the_window_is_gone(qtbot: QtBot) -> None:
    with WindowGarbage():
        assert not gc.isenabled()
    assert gc.isenabled()
