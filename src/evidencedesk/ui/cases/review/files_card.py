"""Files taken into the case, and a way to add more."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import ImportedSound, TakenIn
from evidencedesk.domain.moment import clock_text
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.cases.case_words import SEPARATOR, moment_text, short_hash
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.words import UiWords


class FilesCard(Card):
    """Lists the attachments.

    Emits:
        add_clicked: the user wants to choose files.
        open_clicked: the ``Attachment`` or ``ImportedSound`` to look at.
    """

    add_clicked = Signal()
    open_clicked = Signal(object)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.add_button = PlainButton(icon_name="paperclip", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.rows: list[QWidget] = []
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.add_button)
        self.column.setSpacing(6)
        self.column.addLayout(header)
        self.column.addWidget(self._hint)
        self.add_button.clicked.connect(self.add_clicked)

    def show_files(self, files: tuple[TakenIn, ...], attaching: int, *, recording: bool) -> None:
        """Replace the list; ``attaching`` files are still on their way."""
        t = self._words.text
        self._heading.setText(t("Attachments"))
        self.add_button.setText(t("Add files…"))
        # The system's dialog is modal.
        self.add_button.setEnabled(not recording)
        self.add_button.setToolTip(
            t("After the recording. Files can be dropped here now.") if recording else ""
        )
        self._hint.setText(
            self._words.plural("Taking in {n} file…", "Taking in {n} files…", attaching)
            if attaching
            else t(
                "Drop photos, screenshots, contracts, receipts or recordings made elsewhere here. "
                "They are kept bit for bit."
            )
        )
        if (files, self._words.words) == self._shown:
            return
        self._shown = (files, self._words.words)
        for widget in self.rows:
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows = []
        for file in files:
            self._add(Divider(self))
            row = _FileRow(self._words, file, self)
            row.open_clicked.connect(self.open_clicked)
            self._add(row)

    def _add(self, widget: QWidget) -> None:
        self.rows.append(widget)
        self.column.addWidget(widget)


class _FileRow(QWidget):
    open_clicked = Signal(object)

    def __init__(self, words: UiWords, file: TakenIn, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = file
        imported = isinstance(file, ImportedSound)
        facts = [
            size_text(file.file_bytes),
            moment_text(words.words, file.moment),
            words.text("SHA-256 {hash}", hash=short_hash(file.sha256)),
        ]
        if isinstance(file, ImportedSound) and file.duration_ms is not None:
            facts.insert(0, clock_text(file.duration_ms))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(IconLabel("volume-2" if imported else "file-text", "sub", 20, self))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(file.name, "ink", self))
        texts.addWidget(ElidedLabel(SEPARATOR.join(facts), "faint", self))
        row.addLayout(texts, 1)
        if imported:
            row.addWidget(Pill(words.text("Not recorded here"), "warn", self))
        self.open_button = PlainButton(words.text("Open"), parent=self)
        self.open_button.make_small()
        self.open_button.setAccessibleName(words.text("Open {name}", name=file.name))
        self.open_button.clicked.connect(self._open_clicked)
        row.addWidget(self.open_button)
        self.setToolTip(file.sha256)

    @Slot()
    def _open_clicked(self) -> None:
        self.open_clicked.emit(self._file)
