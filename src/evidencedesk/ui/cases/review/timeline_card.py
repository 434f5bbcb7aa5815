"""The timeline with its switch, and the line to write what is remembered later."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from evidencedesk.domain.case import Note
from evidencedesk.ui.cases.review.filter_bar import FilterBar
from evidencedesk.ui.cases.review.presenter import ReviewState
from evidencedesk.ui.cases.review.timeline import of_encounter, timeline
from evidencedesk.ui.cases.review.timeline_line import Kind, Line
from evidencedesk.ui.cases.review.timeline_table import TimelineTable
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.segmented import Segment, SegmentedControl
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.kit.turning_row import TurningRow
from evidencedesk.ui.theme.text_size import at_least_high
from evidencedesk.ui.words import UiWords

_ENCOUNTER, _CASE = "encounter", "case"


class TimelineCard(Card):
    """Shows what happened.

    Emits:
        whole_case_chosen: whether every encounter shall be shown.
        line_chosen: the ``Line`` under the cursor, or None.
        line_stepped, line_wanted: the ``Line`` reached by keys; the one to be heard now.
        note_written: text of a new note.
        correction_begun: the id of a note.
        correction_written: the note's new words.
        correction_dropped: the note shall stay as it is.
    """

    whole_case_chosen = Signal(bool)
    line_chosen = Signal(object)
    line_stepped = Signal(object)
    line_wanted = Signal(object)
    note_written = Signal(str)
    correction_begun = Signal(str)
    correction_written = Signal(str)
    correction_dropped = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._correcting: str | None = None
        self._draft = ""
        self._state = ReviewState()
        self._made: tuple[object, tuple[Line, ...]] = (None, ())
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.correct_button = PlainButton(icon_name="pencil", parent=self)
        self.switch = SegmentedControl([Segment(_ENCOUNTER), Segment(_CASE)], small=True, parent=self)
        self.filters = FilterBar(words, self)
        self._count = TextLabel(tone="faint", parent=self)
        self.all_button = PlainButton(parent=self)
        self.all_button.make_small()
        self.table = TimelineTable(self)
        at_least_high(self.table, 190)
        self._task = TextLabel(tone="faint", parent=self, wrap=True)
        self.line_edit = QLineEdit(self)
        self.line_edit.setMaxLength(4000)
        self.keep_button = PlainButton(parent=self)
        self.drop_button = PlainButton(parent=self)
        self.drop_button.make_flat()
        name = QHBoxLayout()
        name.setSpacing(10)
        name.addWidget(self._heading)
        name.addStretch(1)
        name.addWidget(self.correct_button)
        finding = QHBoxLayout()
        finding.setSpacing(10)
        finding.addWidget(self.filters.search, 2)
        finding.addWidget(self.filters.origin)
        finding.addWidget(self.switch)
        header = TurningRow(self)
        header.row.addLayout(name, 1)
        header.row.addLayout(finding, 2)
        writing = QHBoxLayout()
        writing.setSpacing(8)
        writing.addWidget(self.line_edit, 1)
        writing.addWidget(self.keep_button)
        writing.addWidget(self.drop_button)
        self.column.setSpacing(8)
        self.column.addWidget(header)
        counted = QHBoxLayout()
        counted.setSpacing(10)
        counted.addWidget(self._count)
        counted.addWidget(self.all_button)
        counted.addStretch(1)
        self.column.addWidget(self.filters)
        self.column.addLayout(counted)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._task)
        self.column.addLayout(writing)
        self.switch.clicked.connect(self._switch_clicked)
        self.table.line_chosen.connect(self._table_line_chosen)
        self.table.line_stepped.connect(self.line_stepped)
        self.table.line_wanted.connect(self.line_wanted)
        self.table.correction_wanted.connect(self._correction_wanted)
        self.filters.changed.connect(self._filter_changed)
        self.all_button.clicked.connect(self.filters.clear)
        self.correct_button.clicked.connect(self._correct_clicked)
        self.keep_button.clicked.connect(self._keep_clicked)
        self.line_edit.returnPressed.connect(self._keep_clicked)
        self.drop_button.clicked.connect(self.correction_dropped)

    def show_state(self, state: ReviewState) -> None:
        """Show the lines, and whether a note is being corrected."""
        self._state = state
        if state.case_file is None:
            self._shown = None  # the same case may come back, and its lines with it
            self.table.show_lines(())
            return
        lines = self._lines(state)
        # Stamps and many files belong to no encounter: there must be a way to see them.
        several = len(state.case_file.encounters) > 1 or any(line.encounter is None for line in lines)
        self._show_lines()
        self.switch.setVisible(several)
        self.switch.set_current(_CASE if state.whole_case else _ENCOUNTER)
        if state.correcting != self._correcting:
            self._turn_to(state.correcting, state.case_file.notes)
        self._write()

    def _lines(self, state: ReviewState) -> tuple[Line, ...]:
        """All lines of the case, made once for each state of it: there may be ten thousand of them."""
        case_file, words = state.case_file, self._words.words
        made_of = (case_file, state.packs, words)
        if case_file is not None and self._made[0] != made_of:
            self._made = (made_of, timeline(case_file, state.packs, words))
        return self._made[1]

    def _show_lines(self) -> None:
        state, chosen = self._state, self.filters.filter
        lines = self._lines(state)
        shown_of = (lines, None if state.whole_case else state.encounter, chosen)
        if shown_of == self._shown:
            return
        self._shown = shown_of
        within = lines if state.whole_case else of_encounter(lines, state.encounter)
        shown = chosen.of(within) if chosen.narrows else within
        self.table.show_lines(shown)
        self._count.setVisible(chosen.narrows)
        self.all_button.setVisible(chosen.narrows)
        t = self._words.text
        self._count.setText(t("{number} of {count} lines", number=len(shown), count=len(within)))
        self.all_button.setText(t("Show all"))

    @Slot(object)
    def _filter_changed(self, _filter: object) -> None:
        if self._state.case_file is not None:
            self._show_lines()

    def empty_line(self) -> None:
        """The note is on the disk."""
        self.line_edit.clear()

    def _turn_to(self, note_id: str | None, notes: tuple[Note, ...]) -> None:
        if self._correcting is None:
            self._draft = self.line_edit.text()
        self._correcting = note_id
        note = next((note for note in notes if note.id == note_id), None)
        self.line_edit.setText(self._draft if note is None else note.text)
        if note is not None:
            self.line_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        t = self._words.text
        correcting = self._correcting is not None
        self._heading.setText(t("Timeline"))
        self.filters.retranslate()
        self.table.setAccessibleDescription(
            t("Return or a click goes there; F2 or a double click corrects a note.")
        )
        self.correct_button.setText(t("Correct the note"))
        self.correct_button.setToolTip(t("Correct the note (F2)"))
        self.correct_button.setVisible(self._note() is not None and not correcting)
        self.switch.set_label(_ENCOUNTER, t("This encounter"))
        self.switch.set_label(_CASE, t("Whole case"))
        self.table.setAccessibleName(t("Timeline"))
        headings = (t("Time"), t("Position"), t("What"), t("Source"), "")
        self.table.lines.set_headings(headings, t("earlier: {text}", text="{text}"))
        self._task.setText(
            t("The new words are added; the old ones stay readable, here and in every export.")
            if correcting
            else t("A note written now bears the time of now, not of the visit.")
        )
        name = t("New words of the note") if correcting else t("Add a note…")
        self.line_edit.setPlaceholderText(name)
        self.line_edit.setAccessibleName(name)
        self.keep_button.setText(t("Save the correction") if correcting else t("Add"))
        self.drop_button.setText(t("Cancel"))
        self.drop_button.setVisible(correcting)

    def _note(self) -> Line | None:
        line = self.table.line
        return line if line is not None and line.kind is Kind.NOTE else None

    @Slot(object)
    def _table_line_chosen(self, line: Line | None) -> None:
        self._write()
        self.line_chosen.emit(line)

    @Slot(object)
    def _correction_wanted(self, line: Line | None) -> None:
        if line is not None and line.kind is Kind.NOTE:
            self.correction_begun.emit(line.id)

    @Slot()
    def _correct_clicked(self) -> None:
        note = self._note()
        if note is not None:
            self.correction_begun.emit(note.id)

    @Slot()
    def _keep_clicked(self) -> None:
        text = self.line_edit.text()
        if self._correcting is not None:
            self.correction_written.emit(text)
        elif text.strip():
            self.note_written.emit(text)

    @Slot(str)
    def _switch_clicked(self, segment: str) -> None:
        self.whole_case_chosen.emit(segment == _CASE)
