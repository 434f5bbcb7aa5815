"""Hands and eyes for stories in the real window: they click what can be seen, type, choose, and wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLineEdit, QScrollArea, QWidget

PATIENCE_S = 25.0
_LOOK_MS = 50
_BOX_PX = 22


def until(what: str, condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Let the window live until something is so."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen: {what}")
        QApplication.processEvents()
        time.sleep(0.02)  # QTest.qWait would keep the interpreter from the window's other threads


def click(button: QWidget | Callable[[], QWidget]) -> None:
    """Press in the middle, as a hand would; what is scrolled away is brought into sight first.

    Where rows are made anew at any time, the button is looked for each time it is looked at.
    """

    def ready() -> bool:
        found = button if isinstance(button, QWidget) else button()
        if not (found.isVisible() and found.isEnabled()):
            return False
        if not found.visibleRegion().contains(_middle(found)):
            _scroll_to(found)
            return False
        QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=_middle(found))
        return True

    until(f"{button} can be seen and pressed", ready)


def _middle(button: QWidget) -> QPoint:
    # A tick box as wide as its page takes clicks only where it is drawn.
    across = _BOX_PX // 2 if isinstance(button, QCheckBox) else button.width() // 2
    return QPoint(across, button.height() // 2)


def write(field: QWidget, text: str) -> None:
    """Go to a field and write, Chinese as an input method gives it; what stood there is replaced."""
    _scroll_to(field)
    QApplication.processEvents()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    until(f"{field} has the keyboard", field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text.isascii() and "\n" not in text:
        QTest.keyClicks(field, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def choose(box: QComboBox, wanted: Callable[[str], bool]) -> None:
    """Open a list and go down to the first entry whose words are right, by keys."""
    row = next((row for row in range(box.count()) if wanted(box.itemText(row))), None)
    assert row is not None, [box.itemText(row) for row in range(box.count())]
    click(box)
    view = box.view()
    until("the list is open", view.isVisible)
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(row):
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == row
    QTest.keyClick(view, Qt.Key.Key_Return)
    until("the list is closed", lambda: not view.isVisible())


def answer_dialog(path: Path) -> None:
    """Choose a file or a folder in the system's dialog, as soon as there is one."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(_LOOK_MS, answer)
            return
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        name.setText(str(path))
        QTest.keyClick(name, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)


def _scroll_to(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
