"""The fields of one contact: filled from its details, and read back into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from evidencedesk.domain.case import ContactDetails, ContactKind, Reached
from evidencedesk.domain.rules import Confidence, SenderPrefix
from evidencedesk.intake.times import place, read_length, read_time
from evidencedesk.ui.contacts.rows import local_time
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import TextLabel
from evidencedesk.ui.theme.text_size import fix_height
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.contacts import kind_text, reached_text
from evidencedesk.wording.language import mark

_KINDS = tuple(ContactKind)
_REACHED = tuple(Reached)
_MARKS = (
    ("announces", mark("It announces a visit")),
    ("agreed", mark("I had agreed to this time")),
    ("outgoing", mark("It came from me")),
)


class _TextEdit(QPlainTextEdit):
    """Tab goes to the next control; leaving it saves."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        fix_height(self, 76)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The words are complete."""
        super().focusOutEvent(event)
        self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A picture is no text: the card takes it."""
        return not source.hasImage() and super().canInsertFromMimeData(source)


class ContactForm(QWidget):
    """Writes nothing down itself.

    Emits:
        touched: somebody is writing.
        finished: a field was left, or something was chosen.
    """

    touched = Signal()
    finished = Signal()

    def __init__(self, words: UiWords, zone: tzinfo | None = None, parent: QWidget | None = None) -> None:
        """``zone`` is where written times are; None is the system's."""
        super().__init__(parent)
        self._words = words
        self._zone = zone
        self._filling = False
        self.kind = ElidedComboBox(self)
        self.when = Field(self, 60)
        self.when_hint = TextLabel(tone="bad", parent=self, wrap=True)
        self.number = Field(self, 100)
        self.sender_hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.name = Field(self, 200)
        self.length = Field(self, 20)
        self._reached_label = TextLabel(tone="faint", parent=self)
        self.reached = ElidedComboBox(self)
        self._text_label = TextLabel(tone="faint", parent=self)
        self.text = _TextEdit(self)
        self.checks = {field: QCheckBox(self) for field, _ in _MARKS}
        self._lay_out()
        self._connect()

    @property
    def written_in(self) -> Iterator[QWidget]:
        """Where a picture may be pasted while the keyboard is there."""
        yield from (field.edit for field in self._fields)
        yield self.text

    def fill(self, details: ContactDetails) -> None:
        """Show what is kept."""
        self._filling = True
        self.kind.setCurrentIndex(_KINDS.index(details.kind))
        self.when.set_text(_time_text(details))
        self.number.set_text(details.party)
        self.name.set_text(details.name)
        self.length.set_text("" if details.length_s is None else _length_text(details.length_s))
        self.reached.setCurrentIndex(_REACHED.index(details.reached))
        self.text.setPlainText(details.text)
        for field, check in self.checks.items():
            check.setChecked(bool(getattr(details, field)))
        self.when_hint.hide()
        self._filling = False

    def written(self, before: ContactDetails) -> ContactDetails | None:
        """The details as they are written; None when the time can't be read."""
        when = read_time(self.when.text) if self.when.text != _time_text(before) else None
        self.when_hint.setVisible(when is not None and when.value is None)
        length = read_length(self.length.text) if self.length.text.strip() else None
        if length is None and self.length.text.strip():
            length = before.length_s  # half-written
        written = replace(
            before,
            kind=_KINDS[self.kind.currentIndex()],
            reached=_REACHED[self.reached.currentIndex()],
            length_s=length,
            party=self.number.text.strip(),
            name=self.name.text.strip(),
            text=self.text.toPlainText().strip(),
            outgoing=self.checks["outgoing"].isChecked(),
            announces=self.checks["announces"].isChecked(),
            agreed=self.checks["agreed"].isChecked(),
        )
        if when is None:
            return written
        if when.value is None:
            return None
        placed = place(when.value, self._zone_of(before))
        return replace(written, begun_utc=placed.utc, begun_offset_minutes=placed.offset_minutes)

    def show_sender(self, sender: SenderPrefix | None) -> None:
        """What the beginning of the number says, and does not say."""
        said = "" if sender is None else sender.text.in_language(self._words.language)
        if sender is not None and sender.confidence is Confidence.REPORTED:
            said = self._words.text("{text} (as reported)", text=said)
        self.sender_hint.setText(said)
        self.sender_hint.setVisible(bool(said))

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        words = self._words.words
        _fill_combo(self.kind, [kind_text(words, kind) for kind in _KINDS])
        _fill_combo(self.reached, [reached_text(words, reached) for reached in _REACHED])
        self.kind.setAccessibleName(t("Kind of contact"))
        self._reached_label.setText(t("Who was reached"))
        self.reached.setAccessibleName(t("Who was reached"))
        self.when.set_texts(t("When"), "2026-11-20 21:03")
        self.number.set_texts(t("Number or sender"), t("as it was shown"))
        self.name.set_texts(t("Who it said it was"), t("may stay empty"))
        self.length.set_texts(t("Length"), "1:20")
        self._text_label.setText(t("What was said or written"))
        self.text.setAccessibleName(t("What was said or written"))
        for field, msgid in _MARKS:
            self.checks[field].setText(t(msgid))
            self.checks[field].setAccessibleName(t(msgid))
        self.when_hint.setText(t("Not saved yet: write date and time such as 2026-11-20 21:03."))

    @property
    def _fields(self) -> tuple[Field, ...]:
        return self.when, self.number, self.name, self.length

    def _zone_of(self, details: ContactDetails) -> tzinfo | None:
        """The zone here, or the contact's own offset where it came at a place with another time."""
        kept = local_time(details.begun_utc, details.begun_offset_minutes)
        return self._zone if kept.astimezone(self._zone).utcoffset() == kept.utcoffset() else kept.tzinfo

    def _lay_out(self) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.when, 5)
        pair.addWidget(self.length, 2)
        for combo in (self.kind, self.reached):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.kind)
        column.addLayout(pair)
        for widget in (
            self.when_hint,
            self.number,
            self.sender_hint,
            self.name,
            self._reached_label,
            self.reached,
            self._text_label,
            self.text,
            *self.checks.values(),
        ):
            column.addWidget(widget)
        self.when_hint.hide()
        self.sender_hint.hide()

    def _connect(self) -> None:
        for field in self._fields:
            field.edit.textEdited.connect(self._touched)
            field.edit.editingFinished.connect(self.finished)
        self.text.textChanged.connect(self._touched)
        self.text.left.connect(self.finished)
        self.kind.activated.connect(self._finished)
        self.reached.activated.connect(self._finished)
        for check in self.checks.values():
            check.clicked.connect(self._finished)

    @Slot()
    def _touched(self) -> None:
        if not self._filling:
            self.touched.emit()

    @Slot()
    def _finished(self) -> None:
        self.finished.emit()


def _fill_combo(combo: QComboBox, texts: list[str]) -> None:
    index = max(0, combo.currentIndex())
    combo.blockSignals(True)
    combo.clear()
    combo.addItems(texts)
    combo.setCurrentIndex(index)
    combo.blockSignals(False)


def _time_text(details: ContactDetails) -> str:
    return f"{local_time(details.begun_utc, details.begun_offset_minutes):%Y-%m-%d %H:%M:%S}"


def _length_text(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
