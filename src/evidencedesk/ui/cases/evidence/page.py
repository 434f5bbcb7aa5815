"""What is handed over, in which order and under which number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.evidence.details import PieceDetails
from evidencedesk.ui.cases.evidence.list_view import EvidenceList
from evidencedesk.ui.cases.evidence.presenter import EvidencePresenter, EvidenceState
from evidencedesk.ui.cases.evidence.rows import Row, RowKind, rows_of
from evidencedesk.ui.cases.evidence.services import EvidenceServices
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.surfaces import Card, VerticalScroll
from evidencedesk.ui.words import UiWords


class EvidenceSection(CaseSection):
    """The list on the left, the chosen piece on the right."""

    def __init__(
        self,
        services: EvidenceServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files
        self.presenter = EvidencePresenter(services, jobs, self)
        self.list = EvidenceList(self)
        self.details = PieceDetails(words, self)
        self._heading = SectionTitle(parent=self)
        self._hint = TextLabel(tone="sub", parent=self, wrap=True)
        self.up_button = PlainButton("↑", parent=self)
        self.down_button = PlainButton("↓", parent=self)
        self.empty = EmptyState("file-text", self)
        self._side = VerticalScroll(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.render_state(self.presenter.state)  # nothing is said before the list was read

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now."""
        self.presenter.show_case(case_file, self._words.words)

    def show_subject(self, subject: str) -> None:
        """Choose a piece."""
        self.presenter.choose(subject)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """Other programs may be opened only afterwards: they could play what is being recorded."""
        self.details.open_button.setEnabled(not recording)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._heading.setText(t("Evidence list"))
        self.list.setAccessibleName(t("Evidence list"))
        self.up_button.setAccessibleName(t("One place up"))
        self.down_button.setAccessibleName(t("One place down"))
        self.up_button.setToolTip(t("One place up (Alt+Up)"))
        self.down_button.setToolTip(t("One place down (Alt+Down)"))
        self.empty.set_texts(
            t("Nothing to hand over yet"),
            t("Recordings, documents and what this program writes about them are listed here as they come."),
        )
        self.details.retranslate()
        case_file = self.presenter.state.case_file
        if case_file is not None:
            self.presenter.show_case(case_file, self._words.words)

    def take_focus(self) -> None:
        """The keyboard goes to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def render_state(self, state: EvidenceState) -> None:
        """Show the list."""
        t = self._words.text
        self.list.show_rows(rows_of(state, self._words.words), state.chosen)
        stands = state.stands
        bare = stands is not None and not stands.groups and not stands.left
        self.empty.setVisible(bare)
        for widget in (self.list, self._hint, self.up_button, self.down_button, self._side):
            widget.setVisible(not bare)
        self._hint.setText(
            ""
            if stands is None
            else t(
                "Your own order. Report, letters and file names follow these numbers; what is not on the "
                "list is handed over without one."
            )
            if stands.arranged
            else t(
                "Everything, in the program's order. Drag, tick or change something, and it becomes your own "
                "list: report, letters and file names follow its numbers."
            )
        )
        self._show_details(state)

    def _show_details(self, state: EvidenceState) -> None:
        headings = [] if state.stands is None else [group.title for group in state.stands.groups]
        kept = () if state.case_file is None else state.case_file.taken_in
        self.details.show_piece(
            state.piece(state.chosen),
            state.line(state.chosen),
            headings,
            is_file=any(one.id == state.chosen for one in kept),
        )
        row = self.list.row
        movable = row is not None and row.kind in (RowKind.PIECE, RowKind.HEADING)
        self.up_button.setEnabled(movable)
        self.down_button.setEnabled(movable)

    def _lay_out(self) -> None:
        card = Card(self)
        header = QHBoxLayout()
        header.addWidget(self._heading)
        header.addStretch(1)
        for button in (self.up_button, self.down_button):
            button.make_small()
            header.addWidget(button)
        card.column.setSpacing(8)
        card.column.addLayout(header)
        card.column.addWidget(self._hint)
        card.column.addWidget(self.list, 1)
        card.column.addWidget(self.empty, 1)
        self._side.column.addWidget(self.details)
        self._side.column.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(card, 8)
        columns.addWidget(self._side, 5)
        self.column.addLayout(columns, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.state_changed.connect(self.render_state)
        presenter.arranged.connect(self.case_changed)
        presenter.problem.connect(self.problem)
        self.list.row_chosen.connect(self._row_chosen)
        self.list.toggled.connect(self._toggled)
        self.list.moved.connect(self._moved)
        self.list.dropped.connect(self._dropped)
        self.list.renamed.connect(presenter.rename)
        self.details.written.connect(presenter.change)
        self.details.put_on.connect(presenter.put_on)
        self.details.left_out.connect(presenter.leave_out)
        self.details.open_clicked.connect(self.file_wanted)
        self.up_button.clicked.connect(self._up_clicked)
        self.down_button.clicked.connect(self._down_clicked)

    @Slot(object)
    def _row_chosen(self, row: Row | None) -> None:
        if row is not None and row.id and row.id != self.presenter.state.chosen:
            self.presenter.choose(row.id)
        else:
            self._show_details(self.presenter.state)

    @Slot(str)
    def _toggled(self, name: str) -> None:
        if self.presenter.state.line(name) is None:
            self.presenter.put_on(name)
        else:
            self.presenter.leave_out(name)

    @Slot(int)
    def _moved(self, step: int) -> None:
        row = self.list.row
        if row is not None and row.kind is RowKind.HEADING:
            self.presenter.move_heading(row.text, step)
        elif row is not None and row.kind is RowKind.PIECE:
            self.presenter.move(step)

    @Slot()
    def _up_clicked(self) -> None:
        self._moved(-1)

    @Slot()
    def _down_clicked(self) -> None:
        self._moved(1)

    @Slot(str, str)
    def _dropped(self, name: str, before: str) -> None:
        self.presenter.drop(name, before or None)
