"""One file: what is in it, what it says of itself, what it shows and belongs to."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from evidencedesk.domain.case import CaseFile, ImportedSound, TakenIn
from evidencedesk.domain.moment import clock_text
from evidencedesk.intake.preview import Look, PictureShown
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.cases.case_words import SEPARATOR, moment_text
from evidencedesk.ui.cases.files.links import FileLinks
from evidencedesk.ui.cases.files.presenter import FilesState
from evidencedesk.ui.cases.files.preview_view import PreviewView
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import ElidedLabel, TextLabel
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.theme.text_size import at_least_wide
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.previews import place_text, taken_text

_LOWEST, _HIGHEST = 130, 460


class FileDetails(VerticalScroll):
    """The chosen file.

    Emits:
        open_clicked: the file, to be shown by its own program.
        folder_clicked: the file, whose folder shall be shown.
        changed: the ``Attachment`` as it is told now.
        page_wanted: the page or sheet to look at.
        hear_clicked: the id of a sound to play on the timeline.
    """

    open_clicked = Signal(object)
    folder_clicked = Signal(object)
    changed = Signal(object)
    page_wanted = Signal(int)
    hear_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._kept: TakenIn | None = None
        self._sealed = False
        self.preview = PreviewView(words, self)
        self.name = ElidedLabel(tone="section", parent=self)
        self.facts = TextLabel(tone="sub", parent=self, wrap=True)
        self.remarks = TextLabel(tone="warn", parent=self, wrap=True)
        self.hash = ElidedLabel(tone="faint", parent=self)
        self.open_button = PlainButton(icon_name="external-link", parent=self)
        self.folder_button = PlainButton(icon_name="folder", parent=self)
        self.hear_button = PlainButton(icon_name="play", parent=self)
        self.links = FileLinks(words, self)
        self.links.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.hear_button)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(8)
        for widget in (self.preview, self.name, self.facts, self.remarks):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.column.addSpacing(4)
        self.column.addWidget(self.links)
        self.column.addWidget(self.hash)
        self.column.addStretch(1)
        self.open_button.clicked.connect(self._open)
        self.folder_button.clicked.connect(self._folder)
        self.hear_button.clicked.connect(self._hear)
        self.links.changed.connect(self.changed)
        self.preview.page_wanted.connect(self.page_wanted)
        at_least_wide(self, 300)

    def show_state(self, state: FilesState, *, sealed: bool = False) -> None:
        """Show the chosen file; hidden when there is none."""
        self._sealed = sealed
        kept, case_file = state.kept, state.case_file
        self.setVisible(kept is not None)
        if kept is None or case_file is None:
            self.links.forget()
            self._kept = None
            return
        if self._kept is None or self._kept.id != kept.id:
            self.verticalScrollBar().setValue(0)
        self._kept = kept
        self.name.setText(kept.name)
        self.hash.setText(self._words.text("SHA-256 {hash}", hash=kept.sha256))
        self._show_facts(kept, state.look)
        self._show_links(case_file, kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Half of the room for the preview, the other for what is said about the file."""
        super().resizeEvent(event)
        self.preview.set_height(min(_HIGHEST, max(_LOWEST, self.viewport().height() // 2)))

    def retranslate(self) -> None:
        """Name everything anew."""
        t = self._words.text
        self.hear_button.setText(t("Hear it"))
        self.open_button.setText(t("Open"))
        self.folder_button.setText(t("Show in folder"))
        self.links.retranslate()
        self.preview.retranslate()

    def _show_facts(self, kept: TakenIn, look: Look | None) -> None:
        t = self._words.text
        words = self._words.words
        facts = [size_text(kept.file_bytes), t("taken in on {time}", time=moment_text(words, kept.moment))]
        remarks = []
        # The timeline plays what belongs to an encounter; anything else its own program.
        heard = (
            isinstance(kept, ImportedSound) and kept.encounter is not None and kept.duration_ms is not None
        )
        self.hear_button.setVisible(heard)
        if isinstance(kept, ImportedSound):
            if kept.duration_ms is not None:
                facts.insert(0, t("Length: {length}", length=clock_text(kept.duration_ms)))
            remarks.append(t("Imported, not recorded here"))
            self.preview.show_text(
                t("A sound or film of an encounter: it can be heard on the timeline.")
                if heard
                else t("A sound or film. Open it to hear or see it with its own program.")
            )
        elif look is None:
            self.preview.show_text(t("Looking into the file…"))
        else:
            self.preview.show_look(look)
            lines, remarks = self._said_of_itself(look)
            facts += lines
        if self._sealed:
            remarks.append(
                t("“Open” makes a readable copy for as long as the library is open; then it is deleted.")
            )
        self.facts.setText(SEPARATOR.join(facts))
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))

    def _said_of_itself(self, look: Look) -> tuple[list[str], list[str]]:
        t = self._words.text
        facts, remarks = [], []
        shown = look.shown
        if look.misnamed:
            remarks.append(
                t("The name says something else than the content: this is {form}.", form=look.form)
            )
        if isinstance(shown, PictureShown):
            facts.append(t("{width} × {height} pixels", width=shown.width, height=shown.height))
            if shown.taken:
                facts.append(taken_text(self._words.words, shown.taken))
            if shown.camera:
                facts.append(t("Camera: {camera}", camera=shown.camera))
            if shown.has_place:
                remarks.append(place_text(self._words.words, shown.place))
        return facts, remarks

    def _show_links(self, case_file: CaseFile, kept: TakenIn) -> None:
        self.links.setVisible(not isinstance(kept, ImportedSound))
        if isinstance(kept, ImportedSound):
            self.links.forget()
        else:
            self.links.show_file(case_file, kept)

    @Slot()
    def _hear(self) -> None:
        if self._kept is not None:
            self.hear_clicked.emit(self._kept.id)

    @Slot()
    def _open(self) -> None:
        self.open_clicked.emit(self._kept)

    @Slot()
    def _folder(self) -> None:
        self.folder_clicked.emit(self._kept)
