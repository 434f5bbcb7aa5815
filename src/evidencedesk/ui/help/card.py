"""The help while something is recorded: in place of the rules, the recording goes on beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.ui.help.presenter import HelpPresenter, HelpState
from evidencedesk.ui.help.reader import HelpReader
from evidencedesk.ui.help.topics import Topic
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords


class HelpCard(Card):
    """One page to read; ``closed`` when the reader is done. Addresses are not followed from here."""

    closed = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.presenter = HelpPresenter(words.language, parent=self)
        self.back = PlainButton(parent=self)
        self.back.make_flat()
        self.back.make_tall()
        self.reader = HelpReader(self)
        self.reader.setStyleSheet("QTextBrowser { border: 0; background: transparent; padding: 0 }")
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch(1)
        self.column.setContentsMargins(4, 8, 1, 6)
        self.column.addLayout(top)
        self.column.addWidget(self.reader, 1)
        self.back.clicked.connect(self.closed)
        self.reader.link_clicked.connect(self._follow)
        self.presenter.state_changed.connect(self._render)
        self.retranslate()

    def show_topic(self, topic: str) -> None:
        """Open a place in the help."""
        self.presenter.show(topic)

    def retranslate(self) -> None:
        """Write everything anew, the page as well."""
        self.back.setText(self._words.text("‹ Back to the rules"))
        self.back.setAccessibleName(self._words.text("Back to the rules"))
        self.reader.setAccessibleName(self._words.text("Page of the help"))
        self.presenter.set_language(self._words.language)

    @Slot(str)
    def _follow(self, link: str) -> None:
        if not link.startswith(("http://", "https://")):
            self.presenter.follow(link)

    @Slot(object)
    def _render(self, state: HelpState) -> None:
        if state == HelpState(place=Topic.START.value) and not self.isVisible():
            return  # nobody has asked for anything yet
        texts = self.presenter.texts
        self.reader.show_page(texts.page(state.page), texts.folder, state.anchor)
