"""One piece of evidence: its heading, what it is to prove, and what the list says of it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.ui.cases.evidence.services import Piece
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.elided_combo import ElidedComboBox
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.theme.text_size import fix_height
from evidencedesk.ui.words import UiWords

_WAIT_MS = 900
# A hash has no place where a line could be broken.
_HASH = re.compile(r"([0-9a-f]{32})([0-9a-f]{32})")


class PieceDetails(Card):
    """Emits what the user writes, once they pause or go on to something else.

    Emits:
        written: the id of the piece, its heading and what it is to prove (empty for the program's words).
        put_on, left_out: the id of the piece.
        open_clicked: the id of the file.
    """

    written = Signal(str, str, str)
    put_on = Signal(str)
    left_out = Signal(str)
    open_clicked = Signal(str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._piece: Piece | None = None
        self._line: EvidenceChoice | None = None
        self._title = SectionTitle(parent=self)
        self._title.setWordWrap(True)
        self._facts = TextLabel(tone="sub", parent=self, wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._heading_label = TextLabel(tone="faint", parent=self)
        self.heading = ElidedComboBox(self)
        self.heading.setEditable(True)
        self.heading.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.heading.setMinimumContentsLength(8)
        self.heading.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._proves_label = TextLabel(tone="faint", parent=self)
        self.proves = QPlainTextEdit(self)
        self.proves.setTabChangesFocus(True)
        fix_height(self.proves, 104)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.on_button = PlainButton(parent=self)
        self.open_button = PlainButton(icon_name="external-link", parent=self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_WAIT_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_piece(
        self, piece: Piece | None, line: EvidenceChoice | None, headings: list[str], *, is_file: bool
    ) -> None:
        """Show a piece; what is being typed for the same piece stays."""
        same = piece is not None and self._piece is not None and piece.id == self._piece.id
        if not same:
            self.keep()
        typing = same and self._pause.isActive()
        self._piece, self._line = piece, line
        self.setVisible(piece is not None)
        if piece is None:
            return
        t = self._words.text
        self._title.setText(f"{piece.number}  {piece.name}" if piece.number else piece.name)
        pages = [t("Pages: {pages}", pages=piece.pages)] if piece.pages else []
        facts = [piece.form, piece.source, *pages, *piece.remarks]
        self._facts.setText("\n".join(_HASH.sub(r"\1\n\2", fact) for fact in facts if fact))
        self.on_button.setText(t("Leave off the list") if line is not None else t("Put on the list"))
        self.open_button.setVisible(is_file)
        for widget in (self._heading_label, self.heading, self._proves_label, self.proves, self._hint):
            widget.setVisible(line is not None)
        if line is None or typing:
            return
        for signals in (self.heading, self.proves):
            signals.blockSignals(True)
        self.heading.clear()
        self.heading.addItems(headings)
        self.heading.setCurrentText(line.group)
        if self.proves.toPlainText() != line.proves:
            self.proves.setPlainText(line.proves)
        self.proves.setPlaceholderText("\n".join(piece.proves) if not line.proves else "")
        for signals in (self.heading, self.proves):
            signals.blockSignals(False)

    @Slot()
    def keep(self) -> None:
        """Tell what was written, if anything is new."""
        self._pause.stop()
        line = self._line
        if line is None:
            return
        group = self.heading.currentText().strip() or line.group
        proves = self.proves.toPlainText().strip()
        if (group, proves) != (line.group, line.proves):
            self.written.emit(line.id, group, proves)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._heading_label.setText(t("Heading"))
        self.heading.setAccessibleName(t("Heading"))
        written = self.heading.lineEdit()
        if written is not None:
            written.setAccessibleName(t("Heading"))
        self._proves_label.setText(t("What it is to prove"))
        self.proves.setAccessibleName(t("What it is to prove"))
        self._hint.setText(t("Left empty, the list says what your own marks say."))
        self.open_button.setText(t("Open the file"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Going on to something else keeps what was written."""
        if event.type() is QEvent.Type.FocusOut and watched in (self.proves, self.heading.lineEdit()):
            self.keep()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.on_button)
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        self.column.setSpacing(8)
        self.column.addWidget(self._title)
        self.column.addWidget(self._heading_label)
        self.column.addWidget(self.heading)
        self.column.addWidget(self._proves_label)
        self.column.addWidget(self.proves)
        self.column.addWidget(self._hint)
        self.column.addWidget(Divider(self))
        self.column.addWidget(self._facts)
        self.column.addLayout(buttons)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.keep)
        self.proves.textChanged.connect(self._pause.start)
        self.heading.editTextChanged.connect(self._pause.start)
        self.heading.activated.connect(self.keep)
        self.proves.installEventFilter(self)
        line_edit = self.heading.lineEdit()
        if line_edit is not None:
            line_edit.installEventFilter(self)
        self.on_button.clicked.connect(self._on_clicked)
        self.open_button.clicked.connect(self._open_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        if self._piece is not None:
            (self.put_on if self._line is None else self.left_out).emit(self._piece.id)

    @Slot()
    def _open_clicked(self) -> None:
        if self._piece is not None:
            self.open_clicked.emit(self._piece.id)
