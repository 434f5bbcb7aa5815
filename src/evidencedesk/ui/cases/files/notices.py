"""What became of files that were not taken in: the case has them, or they can't be read."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.ui.cases.case_words import moment_text
from evidencedesk.ui.cases.files.presenter import Notice
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.surfaces import Inset, VerticalScroll
from evidencedesk.ui.theme.text_size import at_least_wide, at_most_high
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.errors import describe

_SHOWN = 5
_HIGHEST = 150


class Notices(VerticalScroll):
    """One line for each file, with what can be done.

    Emits:
        show_clicked: the id of the file that the case has already.
        again_clicked, closed: the ``Notice``.
    """

    show_clicked = Signal(str)
    again_clicked = Signal(object)
    closed = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self.lines: list[NoticeLine] = []
        # A bad folder brings many: they scroll, and the page keeps its room.
        at_most_high(self, _HIGHEST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.setSpacing(6)
        self.hide()

    def show_notices(self, notices: tuple[Notice, ...]) -> None:
        """Show the latest ones; how many more is said."""
        if (notices, self._words.words) == self._shown:
            return
        self._shown = (notices, self._words.words)
        empty_layout(self.column)
        self.lines = [NoticeLine(one, self._words, self) for one in notices[-_SHOWN:]]
        for line in self.lines:
            self.column.addWidget(line)
        more = len(notices) - len(self.lines)
        if more:
            text = self._words.plural("{n} more like these", "{n} more like these", more)
            self.column.addWidget(TextLabel(text, "faint", self))
        self.setVisible(bool(notices))


class NoticeLine(Inset):
    """About one file."""

    def __init__(self, notice: Notice, words: UiWords, owner: Notices) -> None:
        super().__init__(owner)
        self._notice = notice
        self._owner = owner
        self.text = TextLabel(parent=self, wrap=True)
        self.text.setText(_said(notice, words))
        # The height that a wrapped text asks for is that of its least width.
        at_least_wide(self.text, 380)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        self.column.addLayout(row)
        name = notice.name
        if notice.kept is not None:
            self.show_button = _button(words.text("Show it"), self)
            self.show_button.clicked.connect(self._show)
            row.addWidget(self.show_button)
            if notice.path is not None:
                self.again_button = _button(words.text("Take in again"), self)
                self.again_button.clicked.connect(self._again)
                row.addWidget(self.again_button)
        self.close_button = _button(words.text("Dismiss"), self)
        self.close_button.setAccessibleName(words.text("Dismiss what is said about {name}", name=name or "…"))
        self.close_button.clicked.connect(self._close)
        row.addWidget(self.close_button)

    @Slot()
    def _show(self) -> None:
        if self._notice.kept is not None:
            self._owner.show_clicked.emit(self._notice.kept.id)

    @Slot()
    def _again(self) -> None:
        self._owner.again_clicked.emit(self._notice)

    @Slot()
    def _close(self) -> None:
        self._owner.closed.emit(self._notice)


def _button(text: str, parent: QWidget) -> PlainButton:
    button = PlainButton(text, parent=parent)
    button.make_small()
    return button


def _said(notice: Notice, words: UiWords) -> str:
    if notice.problem is not None:
        said = describe(words.words, notice.problem)
        return f"{said.what} {said.next}"
    if notice.kept is None:
        return notice.name
    return words.text(
        "“{name}” is in this case already: the same bytes stand here as “{kept}”, taken in on {time}.",
        name=notice.name,
        kept=notice.kept.name,
        time=moment_text(words.words, notice.kept.moment),
    )
