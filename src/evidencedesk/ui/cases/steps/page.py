"""What the user does about it: steps, deadlines, reminders."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile, Step
from evidencedesk.domain.due_date import DueDate
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.steps.calendar_card import CalendarCard
from evidencedesk.ui.cases.steps.deadlines_card import DeadlinesCard
from evidencedesk.ui.cases.steps.path_card import PathCard
from evidencedesk.ui.cases.steps.presenter import StepsPresenter
from evidencedesk.ui.cases.steps.services import StepsServices
from evidencedesk.ui.cases.steps.state import StepsState
from evidencedesk.ui.cases.steps.step_row import StepRow
from evidencedesk.ui.cases.steps.suggestion_row import SuggestionRow
from evidencedesk.ui.kit.file_choice import FileChoice
from evidencedesk.ui.kit.surfaces import VerticalScroll
from evidencedesk.ui.theme.text_size import scaled
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.judgements import deadline_text

_TWO_COLUMNS = 1000


class StepsSection(CaseSection):
    """What the user does about it: steps, deadlines, reminders."""

    def __init__(
        self,
        services: StepsServices,
        jobs: Runner,
        words: UiWords,
        files: FileChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._choice = files
        self._recording = False
        self._subject = ""
        self.presenter = StepsPresenter(services, jobs, self)
        self.path = PathCard(self.presenter, words, self)
        self.deadlines = DeadlinesCard(words, self)
        self.calendar = CalendarCard(words, self)
        self._scroll = VerticalScroll(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_case(self, case_file: CaseFile) -> None:
        """Show a case, or the same case as it stands now."""
        self.presenter.show_case(case_file)

    def show_subject(self, subject: str) -> None:
        """A step that was written down, or one of the guidance that is to be."""
        self._subject = subject
        # Its place is known only when what was just added is laid out.
        QTimer.singleShot(0, self._bring_into_sight)

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self.path.set_recording(recording)
        self._show(self.presenter.state)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.path.retranslate()
        self._show(self.presenter.state)

    def take_focus(self) -> None:
        """Give the keyboard to the first button."""
        self.path.add_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window one thing lies under the other."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(_TWO_COLUMNS)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(wanted)

    @Slot()
    def _bring_into_sight(self) -> None:
        subject, row = self._subject, self._row(self._subject)
        if row is None:
            return
        if subject in set(Step) and self.path.more is not None and self.path.more.isAncestorOf(row):
            self.path.more.set_open(opened=True)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._scroll.ensureWidgetVisible(row, 0, 40)
        first = next(iter(row.buttons.values()), None)
        if first is not None:
            first.setFocus()

    def _row(self, subject: str) -> StepRow | SuggestionRow | None:
        if subject in self.path.rows:
            return self.path.rows[subject]
        return self.path.suggestions.get(Step(subject)) if subject in set(Step) else None

    @Slot(object)
    def _show(self, state: StepsState) -> None:
        self.deadlines.show_state(state)
        self.calendar.show_state(state, recording=self._recording)

    @Slot(object)
    def _plan(self, due: DueDate) -> None:
        today = self.presenter.state.today
        if today is not None:
            headline = deadline_text(self._words.words, due, today).headline
            self.presenter.plan_deadline(due, headline)

    @Slot(str)
    def _notice_came(self, deadline: str) -> None:
        self.presenter.open_form(Step.OTHER, item=deadline)

    @Slot()
    def _to_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    @Slot()
    def _debt(self) -> None:
        self.section_wanted.emit("debt", "")

    @Slot(str)
    def _choose(self, step: str) -> None:
        paths = self._choice.files(self, self._words.text("Files of this step"))
        if paths and step:
            self.presenter.attach(step, paths)
        elif paths:
            self.presenter.hold(paths)

    @Slot()
    def _calendar(self) -> None:
        self._export("")

    @Slot(str)
    def _export(self, step: str) -> None:
        folder = self._choice.folder(self, self._words.text("Folder for the calendar file"), None)
        if folder is not None:
            names = self.calendar.names
            self.presenter.export_calendar(self._words.words, folder, names=names, step_id=step)

    def _connect(self) -> None:
        self.presenter.state_changed.connect(self._show)
        self.presenter.changed.connect(self.case_changed)
        self.path.section_wanted.connect(self.section_wanted)
        self.path.choose_clicked.connect(self._choose)
        self.path.calendar_clicked.connect(self._export)
        self.path.form_opened.connect(self._to_top)
        self.path.file_clicked.connect(self.file_wanted)
        self.deadlines.plan_clicked.connect(self._plan)
        self.deadlines.notice_clicked.connect(self._notice_came)
        self.deadlines.debt_clicked.connect(self._debt)
        self.calendar.export_clicked.connect(self._calendar)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.path)
        left.addStretch(1)
        right.setSpacing(16)
        right.addWidget(self.deadlines)
        right.addWidget(self.calendar)
        right.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(16)
        self._both.addLayout(left, 8)
        self._both.addLayout(right, 5)
        self._scroll.column.setContentsMargins(26, 0, 26, 22)
        self._scroll.column.addLayout(self._both)
        self._scroll.column.addStretch(1)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._scroll)
