"""One step with where it stands, its days and its files."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.agenda import open_entry
from evidencedesk.domain.case import Attachment, FollowUp, Progress
from evidencedesk.ui.cases.review.files_form import receipts_in
from evidencedesk.ui.cases.steps.written import time_text
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.labels import label
from evidencedesk.wording.steps import done_text, due_words, step_facts, step_text

_SOON_DAYS = 3
_LOOKS: dict[Progress, Kind] = {
    Progress.PLANNED: "accent",
    Progress.DONE: "neutral",
    Progress.ANSWERED: "ok",
    Progress.CLOSED: "ok",
}


class StepRow(QWidget):
    """Files may be dropped on it.

    Emits:
        action: ``finish``, ``change``, ``files``, ``calendar`` or ``withdraw``, and the step's id.
        receipts_given: the step's id, and paths or ``QImage``.
        file_clicked: the id of a file to look at.
    """

    action = Signal(str, str)
    receipts_given = Signal(str, object)
    file_clicked = Signal(str)

    def __init__(
        self,
        words: UiWords,
        step: FollowUp,
        files: tuple[Attachment, ...],
        today: date,
        *,
        recording: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.step = step
        self._words = words
        self.buttons: dict[str, PlainButton] = {}
        self.setAcceptDrops(True)
        title = step_text(words.words, step.details)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(3)
        column.addLayout(self._head(title, today))
        for text in self._lines():
            column.addWidget(paragraph(text, "sub", self))
        column.addWidget(self._foot(title, files, recording=recording))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file of this step."""
        if receipts_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in."""
        self.receipts_given.emit(self.step.id, receipts_in(event.mimeData()))
        event.acceptProposedAction()

    def _head(self, title: str, today: date) -> QHBoxLayout:
        words = self._words.words
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(paragraph(title, "strong", self), 1)
        entry = open_entry(self.step)
        if entry is not None:
            left = (entry.day - today).days
            look: Kind = "bad" if left < 0 else "warn" if left <= _SOON_DAYS else "neutral"
            head.addWidget(Pill(due_words(words, entry.day, today), look, self))
        progress = self.step.details.progress
        if entry is None or progress is not Progress.PLANNED:  # "Planned:" stands in the title already
            head.addWidget(Pill(label(words, progress), _LOOKS[progress], self))
        return head

    def _lines(self) -> list[str]:
        t, details = self._words.text, self.step.details
        when = time_text(details)
        if details.progress is Progress.PLANNED:
            when = t("Planned for {time}", time=when)
        if details.remind:
            when += " · " + t("Reminder on {day}", day=details.remind)
        shown = {label(self._words.words, details.progress)}
        facts = (
            t("{field}: {value}", field=name, value=value)
            for name, value in step_facts(self._words.words, details)
            if value not in shown
        )
        return [when, *facts]

    def _foot(self, title: str, files: tuple[Attachment, ...], *, recording: bool) -> QWidget:
        t = self._words.text
        box = QWidget(self)
        flow = FlowLayout(box)
        for file in files:
            button = PlainButton(file.name, "file-text", box)
            button.make_small()
            button.setAccessibleName(t("Open {name}", name=file.name))
            button.clicked.connect(partial(self._file, file.id))
            flow.addWidget(button)
        wanted = [("change", t("Change…"), "pencil"), ("files", t("Files…"), "paperclip")]
        if open_entry(self.step) is not None:
            wanted.insert(0, ("finish", done_text(self._words.words, self.step.details), "check"))
            wanted.append(("calendar", t("Calendar…"), "clock"))
        wanted.append(("withdraw", t("Take back"), "undo-2"))
        for name, text, icon in wanted:
            button = PlainButton(text, icon, box)
            button.make_small()
            button.setAccessibleName(f"{text} {title}")
            button.setEnabled(not (recording and name in ("files", "calendar")))
            button.clicked.connect(partial(self._wanted, name))
            self.buttons[name] = button
            flow.addWidget(button)
        return box

    def _file(self, file: str) -> None:
        self.file_clicked.emit(file)

    def _wanted(self, name: str) -> None:
        self.action.emit(name, self.step.id)
