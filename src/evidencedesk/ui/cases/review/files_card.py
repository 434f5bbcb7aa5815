"""The newest documents of the case, and the way to all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile, ImportedSound
from evidencedesk.ui.cases.files.rows import FileRow, rows_of
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import IconLabel
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.words import UiWords

_NEWEST = 3


class FilesCard(Card):
    """Lists the latest three.

    Emits:
        add_clicked: the user wants to choose files.
        show_clicked: the id of a file to show among the documents; empty for all of them.
    """

    add_clicked = Signal()
    show_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.add_button = PlainButton(icon_name="paperclip", parent=self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.all_button = PlainButton(parent=self)
        self.all_button.make_flat()
        self.rows: list[QWidget] = []
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.setSpacing(6)
        self.column.addLayout(header)
        self.column.addWidget(self._hint)
        self.column.addLayout(self._list)
        self.column.addWidget(self.all_button)
        self.add_button.clicked.connect(self.add_clicked)
        self.all_button.clicked.connect(self._all_clicked)

    def show_files(self, case_file: CaseFile, *, recording: bool) -> None:
        """Show the case as it stands."""
        t = self._words.text
        count = len(case_file.taken_in)
        self._heading.setText(t("Documents"))
        self.add_button.setText(t("Add files…"))
        # The system's dialog is modal.
        self.add_button.setEnabled(not recording)
        self.add_button.setToolTip(
            t("After the recording. Files can be dropped here now.") if recording else ""
        )
        self._hint.setText(
            t(
                "Drop photos, screenshots, contracts, receipts or recordings made elsewhere here. "
                "They are kept bit for bit."
            )
        )
        self._hint.setVisible(not count)
        self.all_button.setVisible(bool(count))
        self.all_button.setText(t("All documents ({n})", n=count))
        if (case_file, self._words.words) == self._shown:
            return
        self._shown = (case_file, self._words.words)
        for widget in self.rows:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows = []
        for row in rows_of(case_file, self._words.words)[:_NEWEST]:
            self._add(Divider(self))
            line = _FileRow(self._words, row, self)
            line.show_clicked.connect(self.show_clicked)
            self._add(line)

    def _add(self, widget: QWidget) -> None:
        self.rows.append(widget)
        self._list.addWidget(widget)

    @Slot()
    def _all_clicked(self) -> None:
        self.show_clicked.emit("")


class _FileRow(QWidget):
    show_clicked = Signal(str)

    def __init__(self, words: UiWords, row: FileRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = row.id
        name = "volume-2" if isinstance(row.kept, ImportedSound) else "file-text"
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(10)
        line.addWidget(IconLabel(name, "sub", 20, self))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(row.name, "ink", self))
        texts.addWidget(ElidedLabel(row.facts, "faint", self))
        line.addLayout(texts, 1)
        said, kind = row.pills[0]
        line.addWidget(Pill(said, kind, self, shrinks=True))
        self.show_button = PlainButton(words.text("Show"), parent=self)
        self.show_button.make_small()
        self.show_button.setAccessibleName(words.text("Show {name}", name=row.name))
        self.show_button.clicked.connect(self._show)
        line.addWidget(self.show_button)

    @Slot()
    def _show(self) -> None:
        self.show_clicked.emit(self._id)
