"""Everything that can be said about one contact. What is written here saves itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import Attachment, Contact
from evidencedesk.domain.rules import SenderPrefix
from evidencedesk.guidance.approaches import told_of
from evidencedesk.guidance.number_forms import sender_prefix
from evidencedesk.ui.contacts.contact_files import ContactFiles, paths_of
from evidencedesk.ui.contacts.contact_form import ContactForm
from evidencedesk.ui.contacts.presenter import ContactsState
from evidencedesk.ui.contacts.recording_link import NO_LINKS, Links, RecordingLink, links_of
from evidencedesk.ui.contacts.rows import advice_lines, judgement_lines
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words

_SAVE_AFTER_MS = 700


@dataclass(frozen=True, slots=True)
class Shown:
    """A contact with what is known around it: what rules say, whose number it is, files, recordings."""

    contact: Contact | None = None
    attachments: tuple[Attachment, ...] = ()
    attaching: int = 0
    results: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    sender: SenderPrefix | None = None
    links: Links = NO_LINKS


def shown(state: ContactsState, words: Words) -> Shown:
    """What of a state the editor needs."""
    contact = state.contact(state.chosen) if state.chosen else None
    if contact is None or state.case_file is None:
        return Shown()
    tells = contact in told_of(state.case_file).get(contact.encounter or "", ())
    breaches = state.findings.breached(contact, tells=tells)
    advice = state.findings.advised(contact, tells=tells)
    return Shown(
        contact,
        state.attachments(contact.id),
        state.attaching,
        judgement_lines(breaches, state.packs, words),
        advice_lines(advice, state.packs, words),
        sender_prefix(contact.details.party, [one for pack in state.packs for one in pack.senders]),
        links_of(contact, state.case_file),
    )


class ContactEditor(Card):
    """Shows one contact and tells what was changed.

    Emits:
        changed: the contact's id and its ``ContactDetails`` as written now.
        linked: the id, and the encounter it is about or None.
        withdraw_clicked: the contact's id.
        closed: nothing is to be edited any more.
        files_dropped, image_pasted: the id, and paths or a ``QImage`` that show it.
        choose_files_clicked: the id.
        open_clicked: the ``Attachment`` to look at.
    """

    changed = Signal(str, object)
    linked = Signal(str, object)
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
        self._contact: Contact | None = None
        self.setAcceptDrops(True)
        self._heading = SectionTitle(parent=self)
        self.close_button = PlainButton(icon_name="x", parent=self)
        self.close_button.make_flat()
        self.results_label = TextLabel(tone="warn", parent=self, wrap=True)
        self.hints_label = TextLabel(tone="sub", parent=self, wrap=True)
        self.link = RecordingLink(words, self)
        self.form = ContactForm(words, zone, self)
        self.files = ContactFiles(words, self)
        self.attach_button = PlainButton(icon_name="paperclip", parent=self)
        self._attach_hint = TextLabel(tone="faint", parent=self, wrap=True)
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

    def show_contact(self, state: Shown) -> None:
        """Fill the fields, unless it is the contact that is being written about."""
        contact = state.contact
        if contact is None or self._contact is None or contact.id != self._contact.id:
            self.save()
            self._contact = contact
            if contact is not None:
                self.form.fill(contact.details)
        else:
            self._contact = contact
        for label, lines in ((self.results_label, state.results), (self.hints_label, state.hints)):
            label.setText("\n".join(lines))
            label.setVisible(bool(lines))
        takes = contact is not None and not contact.withdrawn
        self.form.show_sender(state.sender)
        self.link.show_links(state.links, enabled=takes)
        self.files.show_files(state.attachments, state.attaching)
        for control in (self.form, self.attach_button, self.withdraw_button):
            control.setEnabled(takes)

    @Slot()
    def save(self) -> None:
        """Tell what is written, if it differs from what is kept and can be read."""
        self._timer.stop()
        contact = self._contact
        if contact is None or contact.withdrawn:
            return
        written = self.form.written(contact.details)
        if written is not None and written != contact.details:
            self.changed.emit(contact.id, written)

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._heading.setText(t("This contact"))
        self.close_button.setAccessibleName(t("Close"))
        self.close_button.setToolTip(t("Close"))
        self.attach_button.setText(t("Screenshot…"))
        self.attach_button.setAccessibleName(t("Attach a screenshot or another file"))
        self._attach_hint.setText(t("Or paste it here (Ctrl+V), or drop a file."))
        self.withdraw_button.setText(t("Take it back"))
        self.withdraw_button.setAccessibleName(t("Take this contact back; it stays in the journal"))
        self.form.retranslate()
        self.files.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A screenshot may be dropped anywhere on the card."""
        if self._contact is not None and (event.mimeData().hasImage() or paths_of(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in."""
        if self._contact is not None and self.files.take(event.mimeData()):
            event.acceptProposedAction()

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 16, 14)
        self.column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.close_button)
        self.column.addLayout(top)
        foot = QHBoxLayout()
        for button in (self.attach_button, self.withdraw_button):
            button.make_small()
        foot.addWidget(self.attach_button)
        foot.addStretch(1)
        foot.addWidget(self.withdraw_button)
        for widget in (self.results_label, self.hints_label, self.link, self.form, self.files):
            self.column.addWidget(widget)
        self.column.addLayout(foot)
        self.column.addWidget(self._attach_hint)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._close_clicked)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.attach_button.clicked.connect(self._attach)
        self.form.touched.connect(self._timer.start)
        self.form.finished.connect(self.save)
        self.link.linked.connect(self._link)
        self.files.files_given.connect(self._files_given)
        self.files.image_given.connect(self._image_given)
        self.files.open_clicked.connect(self.open_clicked)
        for widget in self.form.written_in:
            self.files.watch(widget)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.files.paste)

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

    @Slot(object)
    def _link(self, encounter: str | None) -> None:
        self.save()
        if self._contact is not None:
            self.linked.emit(self._contact.id, encounter)

    @Slot(object)
    def _files_given(self, paths: object) -> None:
        if self._contact is not None:
            self.files_dropped.emit(self._contact.id, paths)

    @Slot(object)
    def _image_given(self, image: object) -> None:
        if self._contact is not None:
            self.image_pasted.emit(self._contact.id, image)
