"""The small question mark beside things, and how it finds whoever shows the help."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.theme.text_size import fix_size, icon_size
from evidencedesk.ui.words import UiWords

_SIZE = 28


@runtime_checkable
class HelpGiver(Protocol):
    """A part of the window that can show the help: the window, or the page while recording."""

    def show_help(self, topic: str) -> None:
        """Show a place in the help."""
        ...


class HelpButton(PlainButton):
    """Leads to a place in the help; the nearest part around it that shows help does so."""

    def __init__(self, topic: Topic, words: UiWords, parent: QWidget) -> None:
        super().__init__(icon_name="circle-help", parent=parent)
        self.topic = topic
        self._words = words
        self.make_flat()
        self.make_icon()
        icon_size(self, 18)
        fix_size(self, _SIZE, _SIZE)
        self.clicked.connect(self._clicked)
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say what it does."""
        self.setAccessibleName(self._words.text("Help about this"))
        self.setToolTip(self._words.text("Help about this"))

    @Slot()
    def _clicked(self) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, HelpGiver):
            around = around.parentWidget()
        if isinstance(around, HelpGiver):
            around.show_help(self.topic.value)


def titled(title: QWidget, topic: Topic, words: UiWords, parent: QWidget) -> QHBoxLayout:
    """A heading with the question mark beside it."""
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(title)
    row.addWidget(HelpButton(topic, words, parent))
    row.addStretch(1)
    return row
