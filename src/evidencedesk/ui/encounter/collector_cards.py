"""The people at the door or on the phone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from evidencedesk.domain.case import Document
from evidencedesk.ui.encounter.people.camera import Camera, find_camera
from evidencedesk.ui.encounter.people.card_form import CardForm
from evidencedesk.ui.encounter.people.hotline_box import HotlineBox
from evidencedesk.ui.encounter.people.hotline_presenter import HotlineState
from evidencedesk.ui.encounter.people.incoming import Incoming, clipboard, incoming
from evidencedesk.ui.encounter.people.paper_row import PaperRow
from evidencedesk.ui.encounter.people.photo_files import PhotoFiles
from evidencedesk.ui.encounter.people.photo_strip import PhotoStrip
from evidencedesk.ui.encounter.people.photos_presenter import PhotosState
from evidencedesk.ui.encounter.people.seen_before import SeenBefore
from evidencedesk.ui.encounter.people.team_presenter import TeamState
from evidencedesk.ui.encounter.people.team_row import TeamRow
from evidencedesk.ui.encounter.people_presenter import PeopleState, Person, Proof
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Kind, Pill
from evidencedesk.ui.kit.restyle import set_look
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_PROOF: dict[Proof, tuple[str, Kind]] = {
    Proof.OPEN: (mark("not verified"), "warn"),
    Proof.SHOWN: (mark("papers shown"), "ok"),
    Proof.REFUSED: (mark("refused papers"), "bad"),
}


class CollectorCards(Card):
    """One open card, the others as tabs.

    Emits:
        field_edited, name_on_edited, listed_clicked, editing_finished: what was typed on the card.
        document_clicked: a paper and how it came.
        person_clicked, add_clicked, take_over_clicked: which card.
        files_came, picture_came: photos, for a ``Document`` or (None) the person.
    """

    field_edited = Signal(str, str)
    name_on_edited = Signal(str, str)
    listed_clicked = Signal(str)
    editing_finished = Signal()
    document_clicked = Signal(str, str)
    person_clicked = Signal(int)
    add_clicked = Signal()
    take_over_clicked = Signal(int)
    files_came = Signal(object, object)
    picture_came = Signal(object, object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._person = ""
        self._open_tab = 0
        self._photos = PhotosState()
        self._camera: Camera | None = None
        self._camera_for: Document | None = None
        self._camera_sought = False
        self._team = TeamState()
        self._hotline = HotlineState()
        self.setAcceptDrops(True)
        self._title = SectionTitle(parent=self)
        self.proof = Pill(parent=self)
        self._tab_box = QWidget(self)
        self._tab_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._tabs = FlowLayout(self._tab_box)
        self.tabs: list[PlainButton] = []
        self.add = PlainButton(parent=self._tab_box)
        set_look(self.add, "scale", "tab")
        self.add.clicked.connect(self.add_clicked)
        self._saved = TextLabel(tone="faint", wrap=True)
        self._scroll = VerticalScroll(self)
        body = self._scroll.body
        self.form = CardForm(words, body)
        self.seen = SeenBefore(words, body)
        self.rows = {document: PaperRow(document, words, body) for document in Document}
        self.papers: dict[Document, ChoiceChips] = {one: row.choices for one, row in self.rows.items()}
        self._person_caption = TextLabel(tone="caption", parent=body, wrap=True)
        self.person_photos = PhotoStrip(words, body)
        self.team = TeamRow(words, body)
        self.hotline = HotlineBox(words, body)
        self.files = PhotoFiles(words, self)
        self._lay_out()
        self._connect()
        self.fields: dict[str, QLineEdit] = {name: one.line for name, one in self.form.fields.items()}

    def render(self, state: PeopleState) -> None:  # type: ignore[override]
        """Show the open card and the tabs."""
        t = self._words.text
        self._title.setText(t("Collectors"))
        text, kind = _PROOF[state.proof]
        self.proof.show_text(t(text), kind)
        self._show_tabs(state)
        self.form.render(state)
        self.seen.show_seen(state.seen)
        papers, times = dict(state.person.card.documents), dict(state.person.times)
        for document, row in self.rows.items():
            row.show_paper(papers.get(document), times.get(document, ""))
        self._person_caption.setText(t("Photos of the person or their car"))
        self.person_photos.retranslate(t("the person or their car"))
        if state.current != self._open_tab:
            self.files.close()  # what is chosen there was meant for the card before
        self._open_tab, self._person = state.current, state.person.id
        self.render_team(self._team)
        self.render_hotline(self._hotline)
        self.render_photos(self._photos)
        if state.unsaved:
            self._saved.setText(t("Saving…"))

    @Slot(object)
    def render_team(self, state: TeamState) -> None:
        """Show how many came."""
        self._team = state
        self.team.render(state)

    @Slot(object)
    def render_hotline(self, state: HotlineState) -> None:
        """Show the calls to the hotline."""
        self._hotline = state
        self.hotline.render(state)

    @Slot(object)
    def render_photos(self, state: PhotosState) -> None:
        """Show the photos of the open card."""
        self._photos = state
        for document, row in self.rows.items():
            row.show_photos(state.of(self._person, document))
        self.person_photos.show_photos(state.of(self._person, None))
        t = self._words.text
        self._saved.setText(t("Saving…") if state.pending else t("Saved by itself"))

    def paste(self, document: Document | None) -> None:
        """Take what is on the clipboard as a photo, or say that it is none."""
        came = incoming(clipboard())
        if came:
            self._take(document, came)
        else:
            self._saved.setText(self._words.text("There is no picture on the clipboard."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos can be dropped anywhere on the card; on a paper they belong to it."""
        data = event.mimeData()
        if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        came = incoming(event.mimeData())
        if came:
            self._take(self._paper_at(event.position().toPoint()), came)
            event.acceptProposedAction()

    def _take(self, document: Document | None, came: Incoming) -> None:
        if came.paths:
            self.files_came.emit(document, came.paths)
        else:
            self.picture_came.emit(document, came.picture)

    def _paper_at(self, place: QPoint) -> Document | None:
        return self._paper_of(self.childAt(place))

    def _paper_of(self, widget: QWidget | None) -> Document | None:
        while widget is not None and widget is not self:
            if isinstance(widget, PaperRow):
                return widget.document
            widget = widget.parentWidget()
        return None

    @Slot()
    def _paste_shortcut(self) -> None:
        self.paste(self._paper_of(QApplication.focusWidget()))

    @Slot()
    def _paste_clicked(self) -> None:
        self.paste(self._paper_of_sender())

    @Slot()
    def _choose_clicked(self) -> None:
        self.files.ask(self._paper_of_sender())

    @Slot()
    def _photos_opened(self) -> None:
        """Somebody wants to add a photo: only now a camera is looked for."""
        if self._camera_sought:
            return
        self._camera_sought = True
        self._camera = find_camera(self)
        if self._camera is not None:
            self._camera.took.connect(self._camera_took)
            for strip in self._strips:
                strip.camera.show()

    @Slot()
    def _camera_clicked(self) -> None:
        if self._camera is not None:
            self._camera_for = self._paper_of_sender()
            self._camera.take()

    @Slot(QImage)
    def _camera_took(self, picture: QImage) -> None:
        self.picture_came.emit(self._camera_for, picture)

    @property
    def _strips(self) -> tuple[PhotoStrip, ...]:
        return (*(row.strip for row in self.rows.values()), self.person_photos)

    def _paper_of_sender(self) -> Document | None:
        sender = self.sender()
        return self._paper_of(sender) if isinstance(sender, QWidget) else None

    @Slot()
    def _tab_clicked(self) -> None:
        self.person_clicked.emit(self.sender().property("index"))

    @Slot(str)
    def _paper_answered(self, shown: str) -> None:
        row = self.sender()
        if isinstance(row, PaperRow):
            self.document_clicked.emit(row.document.value, shown)

    def _show_tabs(self, state: PeopleState) -> None:
        t = self._words.text
        while len(self.tabs) < len(state.people):
            tab = PlainButton(parent=self._tab_box)
            set_look(tab, "scale", "tab")
            tab.setCheckable(True)
            tab.setProperty("index", len(self.tabs))
            tab.clicked.connect(self._tab_clicked)
            self.tabs.append(tab)
            self._tabs.removeWidget(self.add)
            self._tabs.addWidget(tab)
            self._tabs.addWidget(self.add)
            tab.show()
        for index, (tab, person) in enumerate(zip(self.tabs, state.people, strict=True)):
            name = self._tab_name(index, person)
            tab.setText(name)
            tab.setAccessibleName(t("Collector: {name}", name=name))
            tab.setChecked(index == state.current)
        self.add.setText(t("+ Add"))
        self.add.setAccessibleName(t("Add another collector"))
        self._tab_box.updateGeometry()

    def _tab_name(self, index: int, person: Person) -> str:
        name = person.card.name.strip()
        if not name:
            return self._words.text("Person {n}", n=index + 1)
        return (name if len(name) <= 12 else f"{name[:11]}…").replace("&", "&&")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.proof)
        self.column.addLayout(head)
        self.column.addSpacing(8)
        self.column.addWidget(self._tab_box)
        self.column.addSpacing(2)
        self.column.addWidget(self._scroll, 1)
        column = self._scroll.column
        column.setContentsMargins(0, 0, 4, 0)
        self.form.add_first(column, self._scroll.body)
        for row in self.rows.values():
            column.addWidget(row)
        for part in (self.team, self.seen, self.form, self.hotline, self._person_caption, self.person_photos):
            column.addWidget(part)
        column.addSpacing(6)
        column.addWidget(self._saved)
        column.addStretch(1)

    def _connect(self) -> None:
        form = self.form
        form.edited.connect(self.field_edited)
        form.name_on_edited.connect(self.name_on_edited)
        form.listed_clicked.connect(self.listed_clicked)
        form.editing_finished.connect(self.editing_finished)
        form.photo_pasted.connect(self._paste_shortcut)
        self.seen.take_over_clicked.connect(self.take_over_clicked)
        for row in self.rows.values():
            row.answered.connect(self._paper_answered)
            row.photo.clicked.connect(self._photos_opened)
        for strip in self._strips:
            strip.camera_clicked.connect(self._camera_clicked)
            strip.paste_clicked.connect(self._paste_clicked)
            strip.choose_clicked.connect(self._choose_clicked)
        self.files.chosen.connect(self.files_came)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasting.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasting.activated.connect(self._paste_shortcut)
