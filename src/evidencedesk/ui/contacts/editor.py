"""Everything that can be said about one contact. What is written here saves itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from evidencedesk.domain.case import Attachment, Contact, ContactDetails, ContactKind, Reached
from evidencedesk.domain.rules import Confidence, SenderPrefix
from evidencedesk.intake.times import place, read_length, read_time
from evidencedesk.ui.contacts.rows import local_time
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.field import Field
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.contacts import kind_text, reached_text
from evidencedesk.wording.language import mark

_SAVE_AFTER_MS = 700
_KINDS = tuple(ContactKind)
_REACHED = tuple(Reached)
_PERSONS = (
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
        self.setFixedHeight(76)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The words are complete."""
        super().focusOutEvent(event)
        self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A picture is no text: the card takes it."""
        return not source.hasImage() and super().canInsertFromMimeData(source)


class ContactEditor(Card):
    """Shows one contact and tells what was changed.

    Emits:
        changed: the contact's id and its ``ContactDetails`` as written now.
        withdraw_clicked: the contact's id.
        closed: nothing is to be edited any more.
        files_dropped, image_pasted: the id, and paths or a ``QImage`` that show it.
        choose_files_clicked: the id.
        open_clicked: the ``Attachment`` to look at.
    """

    changed = Signal(str, object)
    withdraw_clicked = Signal(str)
    closed = Signal()
    files_dropped = Signal(str, object)
    image_pasted = Signal(str, object)
    choose_files_clicked = Signal(str)
    open_clicked = Signal(object)

    def __init__(self, words: UiWords, zone: tzinfo | None = None, parent: QWidget | None = None) -> None:
        """``zone`` is where written times are; None is the system's."""
        super().__init__(parent)
        self._words = words
        self._zone = zone
        self._contact: Contact | None = None
        self._sender: SenderPrefix | None = None
        self._results: tuple[str, ...] = ()
        self._attachments: tuple[Attachment, ...] = ()
        self._attaching = 0
        self._filling = False
        self.setAcceptDrops(True)
        self._heading = SectionTitle(parent=self)
        self.close_button = PlainButton(icon_name="x", parent=self)
        self.close_button.make_flat()
        self._results_label = TextLabel(tone="warn", parent=self, wrap=True)
        self.kind = QComboBox(self)
        self.when = Field(self, 60)
        self._when_hint = TextLabel(tone="bad", parent=self, wrap=True)
        self.number = Field(self, 100)
        self._sender_hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.name = Field(self, 200)
        self.length = Field(self, 20)
        self._reached_label = TextLabel(tone="faint", parent=self)
        self.reached = QComboBox(self)
        self._text_label = TextLabel(tone="faint", parent=self)
        self.text = _TextEdit(self)
        self.checks = {field: QCheckBox(self) for field, _ in _PERSONS}
        self.attach_button = PlainButton(icon_name="paperclip", parent=self)
        self._attach_hint = TextLabel(tone="faint", parent=self, wrap=True)
        self._files = QWidget(self)
        self.withdraw_button = PlainButton(icon_name="undo-2", parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)
        self._lay_out()
        self._connect()
        words.language_changed.connect(self.retranslate)
        self.retranslate()

    @property
    def contact(self) -> Contact | None:
        """What is in the editor."""
        return self._contact

    def show_contact(
        self,
        contact: Contact | None,
        attachments: tuple[Attachment, ...],
        attaching: int,
        results: tuple[str, ...],
        sender: SenderPrefix | None,
    ) -> None:
        """Fill the fields, unless it is the contact that is being written about."""
        if contact is None or self._contact is None or contact.id != self._contact.id:
            self.save()
            self._contact = contact
            if contact is not None:
                self._fill(contact.details)
        else:
            self._contact = contact
        self._sender, self._results = sender, results
        self._show_around()
        if (attachments, attaching) != (self._attachments, self._attaching):
            self._attachments, self._attaching = attachments, attaching
            self._show_files()

    @Slot()
    def save(self) -> None:
        """Tell what is written, if it differs from what is kept and can be read."""
        self._timer.stop()
        contact = self._contact
        if contact is None or contact.withdrawn:
            return
        written = self._written(contact.details)
        if written is not None and written != contact.details:
            self.changed.emit(contact.id, written)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        words = self._words.words
        self._heading.setText(t("This contact"))
        self.close_button.setAccessibleName(t("Close"))
        self.close_button.setToolTip(t("Close"))
        self._fill_combo(self.kind, [kind_text(words, kind) for kind in _KINDS])
        self._fill_combo(self.reached, [reached_text(words, reached) for reached in _REACHED])
        self.kind.setAccessibleName(t("Kind of contact"))
        self._reached_label.setText(t("Who was reached"))
        self.reached.setAccessibleName(t("Who was reached"))
        self.when.set_texts(t("When"), "2026-11-20 21:03")
        self.number.set_texts(t("Number or sender"), t("as it was shown"))
        self.name.set_texts(t("Who it said it was"), t("may stay empty"))
        self.length.set_texts(t("Length"), "1:20")
        self._text_label.setText(t("What was said or written"))
        self.text.setAccessibleName(t("What was said or written"))
        for field, msgid in _PERSONS:
            self.checks[field].setText(t(msgid))
            self.checks[field].setAccessibleName(t(msgid))
        self.attach_button.setText(t("Screenshot…"))
        self.attach_button.setAccessibleName(t("Attach a screenshot or another file"))
        self._attach_hint.setText(t("Or paste it here (Ctrl+V), or drop a file."))
        self.withdraw_button.setText(t("Take it back"))
        self.withdraw_button.setAccessibleName(t("Take this contact back; it stays in the journal"))
        self._when_hint.setText(t("Not saved yet: write date and time such as 2026-11-20 21:03."))
        self._show_around()
        self._show_files()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A screenshot may be dropped anywhere on the card."""
        if self._contact is not None and (event.mimeData().hasImage() or _paths(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A picture pasted while a field has the keyboard belongs to the card."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if is_key and event.matches(QKeySequence.StandardKey.Paste):  # type: ignore[attr-defined]
            mime = QGuiApplication.clipboard().mimeData()
            if mime.hasImage() or _paths(mime):
                if event.type() is QEvent.Type.KeyPress:
                    self._take(mime)
                event.accept()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def paste(self) -> None:
        """A picture or files from the clipboard."""
        self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, mime: QMimeData) -> bool:
        contact = self._contact
        if contact is None:
            return False
        paths = _paths(mime)
        image = mime.imageData() if mime.hasImage() else None
        if paths:
            self.files_dropped.emit(contact.id, paths)
        elif isinstance(image, QImage) and not image.isNull():
            self.image_pasted.emit(contact.id, image)
        else:
            return False
        return True

    def _written(self, before: ContactDetails) -> ContactDetails | None:
        """The details as they are written; None when the time can't be read."""
        when = read_time(self.when.text) if self.when.text != _time_text(before) else None
        self._when_hint.setVisible(when is not None and when.value is None)
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

    def _zone_of(self, details: ContactDetails) -> tzinfo | None:
        """The zone here, or the contact's own offset where it came at a place with another time."""
        kept = local_time(details.begun_utc, details.begun_offset_minutes)
        return self._zone if kept.astimezone(self._zone).utcoffset() == kept.utcoffset() else kept.tzinfo

    def _fill(self, details: ContactDetails) -> None:
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
        self._when_hint.hide()
        self._filling = False

    def _show_around(self) -> None:
        self._results_label.setText("\n".join(self._results))
        self._results_label.setVisible(bool(self._results))
        sender = self._sender
        said = "" if sender is None else sender.text.in_language(self._words.language)
        if sender is not None and sender.confidence is Confidence.REPORTED:
            said = self._words.text("{text} (as reported)", text=said)
        self._sender_hint.setText(said)
        self._sender_hint.setVisible(bool(said))
        takes = self._contact is not None and not self._contact.withdrawn
        fields: tuple[QWidget, ...] = (self.when, self.number, self.name, self.length)
        choices: tuple[QWidget, ...] = (self.kind, self.reached, self.text, *self.checks.values())
        for control in (*fields, *choices, self.attach_button, self.withdraw_button):
            control.setEnabled(takes)

    def _show_files(self) -> None:
        empty_layout(self._file_column)
        for attachment in self._attachments:
            button = PlainButton(attachment.name, parent=self._files)
            button.make_small()
            button.setAccessibleName(self._words.text("Open {name}", name=attachment.name))
            button.clicked.connect(_Opens(self, attachment).open)
            self._file_column.addWidget(button)
        if self._attaching:
            text = self._words.text("Being taken in…")
            self._file_column.addWidget(TextLabel(text, "faint", self._files))
        self._files.setVisible(bool(self._attachments) or bool(self._attaching))

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 16, 14)
        self.column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.close_button)
        self.column.addLayout(top)
        self._file_column = QHBoxLayout(self._files)
        self._file_column.setContentsMargins(0, 0, 0, 0)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.when, 5)
        pair.addWidget(self.length, 2)
        for combo in (self.kind, self.reached):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        for button in (self.attach_button, self.withdraw_button):
            button.make_small()
        foot = QHBoxLayout()
        foot.addWidget(self.attach_button)
        foot.addStretch(1)
        foot.addWidget(self.withdraw_button)
        self.column.addWidget(self._results_label)
        self.column.addWidget(self.kind)
        self.column.addLayout(pair)
        for widget in (
            self._when_hint,
            self.number,
            self._sender_hint,
            self.name,
            self._reached_label,
            self.reached,
            self._text_label,
            self.text,
            *self.checks.values(),
            self._files,
        ):
            self.column.addWidget(widget)
        self.column.addLayout(foot)
        self.column.addWidget(self._attach_hint)
        for hint in (self._results_label, self._when_hint, self._sender_hint, self._files):
            hint.hide()

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._close_clicked)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.attach_button.clicked.connect(self._attach)
        for field in (self.when, self.number, self.name, self.length):
            field.edit.textEdited.connect(self._touched)
            field.edit.editingFinished.connect(self.save)
            field.edit.installEventFilter(self)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._touched)
        self.text.left.connect(self.save)
        self.kind.activated.connect(self.save)
        self.reached.activated.connect(self.save)
        for check in self.checks.values():
            check.clicked.connect(self.save)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    @Slot()
    def _touched(self) -> None:
        if not self._filling:
            self._timer.start()

    @Slot()
    def _close_clicked(self) -> None:
        self.save()
        self.closed.emit()

    @Slot()
    def _withdraw(self) -> None:
        if self._contact is not None:
            self._timer.stop()
            self.withdraw_clicked.emit(self._contact.id)

    @Slot()
    def _attach(self) -> None:
        if self._contact is not None:
            self.choose_files_clicked.emit(self._contact.id)

    def _fill_combo(self, combo: QComboBox, texts: list[str]) -> None:
        index = max(0, combo.currentIndex())
        combo.blockSignals(True)
        combo.clear()
        combo.addItems(texts)
        combo.setCurrentIndex(index)
        combo.blockSignals(False)


class _Opens(QObject):
    """Remembers which file a button opens."""

    def __init__(self, editor: ContactEditor, attachment: Attachment) -> None:
        super().__init__(editor)
        self._editor = editor
        self._attachment = attachment

    @Slot()
    def open(self) -> None:
        """Show it."""
        self._editor.open_clicked.emit(self._attachment)


def _time_text(details: ContactDetails) -> str:
    return f"{local_time(details.begun_utc, details.begun_offset_minutes):%Y-%m-%d %H:%M:%S}"


def _length_text(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
