"""Walk through a window with the Tab key, as somebody without a mouse does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QRadioButton, QTextBrowser, QWidget

from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.segmented import SegmentedControl
from evidencedesk.ui.settings.group_list import GroupList

_SPARE, _MOST_LINKS = 5, 100


def reachable(window: QWidget) -> set[QWidget]:
    """What can be used now and says that Tab leads to it."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is window
        and not isinstance(widget, QRadioButton)
    }


def walk(window: QWidget, *, back: bool = False) -> list[QWidget]:
    """Press Tab until the first one comes again; each that had the keyboard, in turn."""
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    reached: list[QWidget] = []
    for _ in range(len(reachable(window)) + _SPARE):
        _press(window, key)
        now = QApplication.focusWidget()
        if now is None or (reached and now is reached[0]):
            break
        if reached and now is reached[-1]:
            break  # a trap: whoever compares sees that the rest was not reached
        reached.append(now)
        if not back:
            reached += _along(now, reached)
    return reached


def _press(window: QWidget, key: Qt.Key) -> None:
    """Once; in a page to read each link on the way is a stop as well."""
    before = QApplication.focusWidget()
    QTest.keyClick(before or window, key)
    if isinstance(before, QTextBrowser):
        for _ in range(_MOST_LINKS):
            if QApplication.focusWidget() is not before:
                return
            QTest.keyClick(before, key)


def _along(now: QWidget, reached: list[QWidget]) -> list[QWidget]:
    """Choices beside each other are one stop of Tab; the arrow keys go along them."""
    group = now.parentWidget()
    if not isinstance(group, SegmentedControl | ChoiceChips | GroupList):
        return []
    found: list[QWidget] = []
    for _ in [one for one in group.buttons.values() if one.isVisible()]:
        QTest.keyClick(QApplication.focusWidget() or now, Qt.Key.Key_Right)
        one = QApplication.focusWidget()
        if one is not None and one is not now and one not in reached:
            found.append(one)
    return found


def place(widget: QWidget, window: QWidget) -> QRect:
    """Where it stands in the window, as if nothing were scrolled."""
    at = widget.mapTo(window, QPoint(0, 0))
    around = widget.parentWidget()
    while around is not None and around is not window:
        if isinstance(around, QAbstractScrollArea):
            at += QPoint(around.horizontalScrollBar().value(), around.verticalScrollBar().value())
        around = around.parentWidget()
    return QRect(at, widget.size())


def steps_back(reached: Sequence[QWidget], window: QWidget) -> list[tuple[QWidget, QWidget]]:
    """Steps that go up without going to the right, or left within a line: against the eye."""
    found = []
    for before, after in pairwise(reached):
        here, there = place(_seen(before, after), window), place(_seen(after, before), window)
        up = there.bottom() < here.top() and there.left() <= here.left()
        left = there.right() < here.left() and abs(there.center().y() - here.center().y()) < 4
        if up or left:
            found.append((before, after))
    return found


def _seen(widget: QWidget, other: QWidget) -> QWidget:
    """The part that scrolls, seen from outside of it: what is scrolled away stands there and not below."""
    seen, around = widget, widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea) and not around.isAncestorOf(other):
            seen = around
        around = around.parentWidget()
    return seen


def named(widget: QWidget) -> str:
    """For messages of tests."""
    text = getattr(widget, "text", None)
    return f"{type(widget).__name__} {widget.accessibleName() or (text() if callable(text) else '')!r}"
