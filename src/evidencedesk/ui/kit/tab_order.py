"""Tab goes where the eye goes, also through what was made later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def tab_as_laid_out(part: QWidget) -> None:
    """Let Tab go through a part in the order of its layouts.

    Qt goes in the order in which widgets were made: rows that are made anew would come after everything else.
    """
    for before, after in pairwise(_in_widget(part)):
        QWidget.setTabOrder(before, after)


def _in_widget(part: QWidget) -> Iterator[QWidget]:
    layout = part.layout()
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    if isinstance(part, QScrollArea):
        inside = part.widget()
        if inside is not None:
            yield from _in_widget(inside)
    elif part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return
    elif layout is not None:
        yield from _in_layout(layout)
    else:
        # Parts that place their children by themselves: line by line.
        children = [child for child in part.children() if isinstance(child, QWidget) and not child.isWindow()]
        for child in sorted(children, key=lambda one: (one.y(), one.x())):
            yield from _in_widget(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        deeper, widget = item.layout(), item.widget()
        if deeper is not None:
            yield from _in_layout(deeper)
        elif widget is not None:
            yield from _in_widget(widget)
