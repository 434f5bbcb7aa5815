"""Notes and quick markers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from evidencedesk.domain.case import Note
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.rules import Marker
from evidencedesk.ui.encounter.notes_presenter import NotesState
from evidencedesk.ui.kit.buttons import ChipButton
from evidencedesk.ui.kit.flow_layout import FlowLayout
from evidencedesk.ui.kit.labels import ElidedLabel, SectionTitle, TextLabel
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider, VerticalScroll
from evidencedesk.ui.theme.fonts import mono_font
from evidencedesk.ui.theme.text_size import fix_width, letters_of, scaled
from evidencedesk.ui.words import UiWords

_LONGEST = 5_000
_SMALL = 600
_MOST_LINES = 3
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


class NoteLine(QLineEdit):
    """The line to write in. Undo is the line's own as long as it has something to undo."""

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the page where there is no typing to take back."""
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undo and event.type() is QEvent.Type.ShortcutOverride and not self.isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)


class NoteRow(QWidget):
    """One saved note; a quiet line says that it has numbers nobody else should read."""

    def __init__(
        self,
        note: Note,
        markers: dict[str, Marker],
        words: UiWords,
        parent: QWidget,
        *,
        private: bool = False,
    ) -> None:
        super().__init__(parent)
        self._note = note
        self._marker = markers.get(note.marker or "")
        self._words = words
        at = TextLabel(clock_text(note.at_ms) if note.at_ms is not None else "–", "accent", self)
        letters_of(at, mono_font(13))
        fix_width(at, 68)
        # What the user did is no breach.
        own = self._marker is not None and self._marker.own
        self._pill = Pill(kind="accent" if own else "bad", parent=self, shrinks=True)
        self._text = TextLabel(note.text, wrap=True, parent=self)
        self.private = TextLabel(tone="faint", wrap=True, parent=self)
        self.private.setVisible(private)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addWidget(self._text)
        texts.addWidget(self.private)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(8)
        row.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self._text.setVisible(bool(note.text))
        self.retranslate()

    def retranslate(self) -> None:
        """Name the marker in the language in force."""
        known = self._marker
        name = known.text.in_language(self._words.language) if known else self._note.marker or ""
        self._pill.show_text(name)
        self._pill.setToolTip(name)
        self.private.setText(
            self._words.text("Has an ID, card or phone number: masked in copies for showing around.")
        )


class NotesCard(Card):
    """Markers on top, notes under them, the line to write in at the bottom."""

    note_entered = Signal(str)
    marker_clicked = Signal(str, str)

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state = NotesState()
        self._title = SectionTitle(parent=self)
        self._hint = ElidedLabel(tone="faint", parent=self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._chip_box = QWidget(self)
        # Its height comes from its width; as a mere hint it would be that of one marker on each line.
        self._chip_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._chips = FlowLayout(self._chip_box)
        self.chips: dict[str, ChipButton] = {}
        self._shortcuts: list[QShortcut] = []
        self._list = VerticalScroll(self)
        self._list.column.addStretch(1)
        self.rows: list[NoteRow] = []
        self.input = NoteLine(self)
        self.input.setObjectName("note-input")
        self.input.setMaxLength(_LONGEST)
        self.input.returnPressed.connect(self.enter)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        self.column.addLayout(head)
        self.column.addSpacing(10)
        self.column.addWidget(self._chip_box)
        self.column.addSpacing(10)
        self.column.addWidget(self._list, 1)
        self.column.addSpacing(10)
        self.column.addWidget(self.input)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window two markers share a line, so that there is room for notes."""
        super().resizeEvent(event)
        room = self.contentsRect().width() - 2 * 18
        small = self.height() < scaled(_SMALL) and self._lines(room) > _MOST_LINES
        for chip in self.chips.values():
            chip.setMaximumWidth((room - self._chips.spacing()) // 2 if small else _UNLIMITED)
        self._chips.invalidate()

    def _lines(self, room: int) -> int:
        """How many lines the markers take in their full width."""
        lines, x = 1, 0
        for chip in self.chips.values():
            width = chip.sizeHint().width()
            if x and x + width > room:
                lines, x = lines + 1, 0
            x += width + self._chips.spacing()
        return lines

    def render(self, state: NotesState) -> None:  # type: ignore[override]
        """Show markers and notes."""
        t, language = self._words.text, self._words.language
        self._title.setText(t("Notes"))
        self._hint.setText(t("Enter notes the second"))
        self.input.setPlaceholderText(t("Write what just happened… (Enter saves)"))
        self.input.setAccessibleName(t("New note"))
        if state.markers != self._state.markers:
            self._build_chips(state.markers)
        for marker in state.markers:
            chip = self.chips[marker.id]
            name = marker.text.in_language(language)
            chip.setText(name)
            keyed = t("{marker} (key {key})", marker=name, key=marker.key)
            chip.setAccessibleName(keyed if marker.key else name)
        self._chip_box.updateGeometry()
        self._state = state
        for row in self.rows:
            row.retranslate()
        self._append(state)

    @Slot()
    def clear_input(self) -> None:
        """The note is on the disk; what was typed can't come back by undo."""
        self.input.setText("")

    @Slot()
    def enter(self) -> None:
        """Take what stands in the line as a note."""
        self.note_entered.emit(self.input.text())

    def _append(self, state: NotesState) -> None:
        markers = {marker.id: marker for marker in state.markers}
        body, column = self._list.body, self._list.column
        for note in state.notes[len(self.rows) :]:
            row = NoteRow(note, markers, self._words, body, private=note.id in state.private)
            self.rows.append(row)
            column.insertWidget(column.count() - 1, Divider(body))
            column.insertWidget(column.count() - 1, row)
            self._list.follow_end()

    def _build_chips(self, markers: tuple[Marker, ...]) -> None:
        for marker in markers:
            chip = ChipButton(key=marker.key, parent=self._chip_box)
            chip.setProperty("marker", marker.id)
            chip.clicked.connect(self._chip_clicked)
            self.chips[marker.id] = chip
            self._chips.addWidget(chip)
            if marker.key:
                shortcut = QShortcut(QKeySequence(marker.key), self)
                shortcut.activated.connect(chip.click)
                self._shortcuts.append(shortcut)

    @Slot()
    def _chip_clicked(self) -> None:
        marker = self.sender().property("marker")
        self.marker_clicked.emit(marker, self.input.text())
