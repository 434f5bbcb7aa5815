"""What a file shows and belongs to, chosen from lists with readable names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QPlainTextEdit, QSizePolicy, QWidget

from evidencedesk.domain.case import Attachment, AttachmentKind, CaseFile, Document
from evidencedesk.domain.moment import local_text
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.theme.text_size import at_least_wide, fix_height
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.attachment_kinds import kind_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import mark
from evidencedesk.wording.records import contact_text, contact_time
from evidencedesk.wording.steps import step_text

_LONGEST = 20_000
_NAMES = {
    "kind": mark("What it is"),
    "encounter": mark("Encounter"),
    "collector": mark("Person"),
    "document": mark("Their paper"),
    "contact": mark("Contact"),
    "follow_up": mark("Step"),
}


class _Words(QPlainTextEdit):
    """The user's own words; ``left`` when the keyboard goes elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing more comes for now."""
        super().focusOutEvent(event)
        self.left.emit()


class _Choice(QComboBox):
    """One of many; a wheel over the page must not change it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        at_least_wide(self, 120)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page scrolls instead."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """A long name must not widen the page."""
        return QSize(120, super().minimumSizeHint().height())


class FileLinks(QWidget):
    """The fields of one file. What is chosen is kept at once; words when the keyboard leaves them.

    Emits:
        changed: the ``Attachment`` as it is told now.
    """

    changed = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._case_file: CaseFile | None = None
        self._file: Attachment | None = None
        self._shown: object = None
        self._labels = {name: TextLabel(tone="sub", parent=self) for name in _NAMES}
        self.choices = {name: _Choice(self) for name in _NAMES}
        self.debt = QCheckBox(self)
        self._text_label = TextLabel(tone="sub", parent=self)
        self.text = _Words(self)
        self.text.setTabChangesFocus(True)
        fix_height(self.text, 64)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._labels["kind"], 0, 0)
        grid.addWidget(self.choices["kind"], 0, 1)
        grid.addWidget(self._text_label, 1, 0)
        grid.addWidget(self.text, 1, 1)
        for row, name in enumerate(list(_NAMES)[1:], start=2):
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(self.choices[name], row, 1)
        grid.addWidget(self.debt, len(_NAMES) + 1, 1)
        for name, choice in self.choices.items():
            self._labels[name].setBuddy(choice)
            choice.activated.connect(self._chosen)
        self._text_label.setBuddy(self.text)
        self.debt.clicked.connect(self._chosen)
        self.text.left.connect(self.save)
        self.retranslate()

    def show_file(self, case_file: CaseFile, one: Attachment) -> None:
        """Show a file; words that are being written stay."""
        wanted = (case_file, one, self._words.words)
        if wanted == self._shown:
            return
        same = self._file is not None and self._file.id == one.id
        left_words = None if same else self._unsaved()
        self._shown = wanted
        writing = same and self._file is not None and self.text.toPlainText() != self._file.text
        self._case_file, self._file = case_file, one
        for name, choice in self.choices.items():
            choice.clear()
            choice.addItem("–" if name != "kind" else self._words.text("Not said yet"), None)
            for value, text in self._options(name):
                choice.addItem(text, value)
            present = getattr(one, name)
            choice.setCurrentIndex(max(0, choice.findData(None if present is None else str(present))))
        self.choices["document"].setEnabled(one.collector is not None)
        self.debt.setChecked(one.debt)
        if not writing:
            self.text.setPlainText(one.text)
        if left_words is not None:
            # Last: what is kept brings the case anew, and with it this very file.
            self.changed.emit(left_words)

    def forget(self) -> None:
        """No file is shown; words that were written are kept."""
        left_words = self._unsaved()
        self._file, self._shown = None, None
        if left_words is not None:
            self.changed.emit(left_words)

    @Slot()
    def save(self) -> None:
        """Keep the words."""
        told = self._unsaved()
        if told is not None:
            self.changed.emit(told)

    def retranslate(self) -> None:
        """Name the fields."""
        t = self._words.text
        for name, text in _NAMES.items():
            self._labels[name].setText(t(text))
            self.choices[name].setAccessibleName(t(text))
        self._text_label.setText(t("Your words"))
        self.text.setAccessibleName(t("Your words"))
        self.text.setPlaceholderText(t("What it shows, and where it comes from"))
        self.debt.setText(t("About the debt"))

    @Slot()
    def _chosen(self) -> None:
        told = self._told()
        if told is not None and told != self._file:
            self.changed.emit(told)

    def _unsaved(self) -> Attachment | None:
        """The file with words that were written and not kept yet."""
        told = self._told()
        return told if told is not None and self._file is not None and told.text != self._file.text else None

    def _told(self) -> Attachment | None:
        if self._file is None:
            return None
        value = {name: choice.currentData() for name, choice in self.choices.items()}
        collector = value["collector"]
        return replace(
            self._file,
            kind=None if value["kind"] is None else AttachmentKind(value["kind"]),
            encounter=value["encounter"],
            collector=collector,
            document=None if value["document"] is None or collector is None else Document(value["document"]),
            contact=value["contact"],
            follow_up=value["follow_up"],
            debt=self.debt.isChecked(),
            text=self.text.toPlainText()[:_LONGEST].strip(),
        )

    def _options(self, name: str) -> Iterator[tuple[str, str]]:
        words, case_file = self._words.words, self._case_file
        if case_file is None:
            return
        if name == "kind":
            yield from ((kind.value, kind_text(words, kind)) for kind in AttachmentKind)
        elif name == "document":
            yield from ((paper.value, label(words, paper)) for paper in Document)
        elif name == "encounter":
            for one in reversed(case_file.encounters):
                yield one.id, f"{one.opened.local:%Y-%m-%d %H:%M} {label(words, one.mode)}"
        elif name == "collector":
            for person in case_file.collectors:
                parts = (person.card.name, person.card.organisation, person.card.description)
                said = " · ".join(part for part in parts if part)
                yield person.id, said or words.text("Name not given")
        elif name == "contact":
            known = (one for one in case_file.contacts if not one.withdrawn)
            for contact in sorted(known, key=lambda one: one.details.begun_utc, reverse=True):
                yield contact.id, f"{contact_time(contact)[:16]} {contact_text(words, contact.details)}"
        else:
            taken = (one for one in case_file.follow_ups if not one.withdrawn)
            for step in sorted(taken, key=lambda one: one.details.done_utc, reverse=True):
                when = local_text(step.details.done_utc, step.details.done_offset_minutes)
                yield step.id, f"{when[:10]} {step_text(words, step.details)}"
