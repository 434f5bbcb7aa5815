"""What was done, what is under way, and what the guidance says comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.case import Step
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.caution_line import CautionLine
from evidencedesk.ui.cases.steps.presenter import StepsPresenter
from evidencedesk.ui.cases.steps.state import StepsState
from evidencedesk.ui.cases.steps.step_form import StepForm
from evidencedesk.ui.cases.steps.step_row import StepRow
from evidencedesk.ui.cases.steps.suggestion_row import SuggestionRow
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton, PrimaryButton
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card, Divider, Inset
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords


class PathCard(Card):
    """Lists steps; the form opens in the card.

    Emits:
        section_wanted: the name of another page, and what to show there.
        choose_clicked: files are to be chosen for a step's id, or "" for the one in the form.
        calendar_clicked: a calendar file of this step is wanted.
        file_clicked: the id of a file to look at.
        form_opened: a form, or the caution before it, is at the top.
    """

    section_wanted = Signal(str, str)
    choose_clicked = Signal(str)
    calendar_clicked = Signal(str)
    file_clicked = Signal(str)
    form_opened = Signal()

    def __init__(self, presenter: StepsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._recording = False
        self._shown: object = None
        self._opened: object = None
        self.rows: dict[str, StepRow] = {}
        self.suggestions: dict[Step, SuggestionRow] = {}
        self._heading = SectionTitle(parent=self)
        self.add_button = PlainButton(icon_name="plus", parent=self)
        self.banner = Banner("error", self)
        self.warning = Inset(self)
        self.caution = CautionLine(words, self.warning)
        self.go_on_button = PrimaryButton(parent=self.warning)
        self.leave_button = PlainButton(parent=self.warning)
        self.form = StepForm(words, self)
        self._hint = TextLabel(tone="faint", parent=self, wrap=True)
        self.more: Fold | None = None
        self._lay_out()
        self._connect()
        self.form.hide()
        self.warning.hide()

    def set_recording(self, recording: bool) -> None:  # noqa: FBT001 - a setter
        """No modal dialog while something is being recorded."""
        self._recording = recording
        self._shown = None
        self.show_state(self._presenter.state)

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.form.retranslate()
        self.caution.retranslate()
        self.show_state(self._presenter.state)

    @Slot(object)
    def show_state(self, state: StepsState) -> None:
        """Show the steps, and the form where it is asked for."""
        t = self._words.text
        show_problem(self.banner, self._words.words, state.problem)
        self._heading.setText(t("Steps"))
        self.add_button.setText(t("Another step…"))
        self.go_on_button.setText(t("I have read this"))
        self.leave_button.setText(t("Not now"))
        self._hint.setText(self._words.plural("Taking in {n} file…", "Taking in {n} files…", state.attaching))
        self._hint.setVisible(state.attaching > 0)
        self._show_form(state)
        shown = (state.steps, state.files, state.suggestions, state.today, state.form, self._words.words)
        if shown != self._shown and state.today is not None:
            self._shown = shown
            self._show_rows(state)
            tab_as_laid_out(self)

    def _show_form(self, state: StepsState) -> None:
        form = state.form
        self.add_button.setEnabled(bool(state.case_id) and form is None)
        self.warning.setVisible(form is not None and not form.warned)
        asked = None if form is None else (state.case_id, form)
        opens, self._opened = asked is not None and asked != self._opened, asked
        if form is None:
            self.form.hide()
        elif not form.warned:
            self.form.hide()
            self.caution.show_cautions(form.cautions)
            self.caution.setVisible(True)
            if opens:
                self.go_on_button.setFocus()
        else:
            if opens:
                self.form.open(form, self._presenter.when(), state.encounters)
            self.form.show_receipts(state.receipts, recording=self._recording)
        if opens:
            self.form_opened.emit()

    def _show_rows(self, state: StepsState) -> None:
        t = self._words.text
        today = state.today
        if today is None:
            return
        empty_layout(self._list)
        self.rows, self.suggestions, self.more = {}, {}, None
        changing = None if state.form is None or state.form.before is None else state.form.before.id
        for step in state.steps:
            if step.id == changing:
                continue
            row = StepRow(
                self._words, step, state.files_of(step.id), today, recording=self._recording, parent=self
            )
            row.action.connect(self._row_action)
            row.receipts_given.connect(self._presenter.attach)
            row.file_clicked.connect(self.file_clicked)
            if self.rows:
                self._list.addWidget(Divider(self))
            self._list.addWidget(row)
            self.rows[step.id] = row
        if not state.steps:
            said = t(
                "Nothing is written down yet. What the guidance advises stands below, each with its reason."
            )
            self._list.addWidget(paragraph(said, "sub", self))
        wanted = [one for one in state.suggestions if one.reason is not None]
        if wanted:
            self._list.addSpacing(8)
            heading = SectionTitle(parent=self)
            heading.setText(t("What comes next"))
            self._list.addWidget(heading)
        for one in wanted:
            self._suggest(SuggestionRow(self._words, one, self), self._list)
        rest = [one for one in state.suggestions if one.reason is None]
        if rest:
            self.more = Fold(self)
            self.more.button.setText(t("More steps: {n}", n=len(rest)))
            for one in rest:
                self._suggest(SuggestionRow(self._words, one, self.more.body), self.more.column)
            self._list.addWidget(self.more)

    def _suggest(self, row: SuggestionRow, column: QVBoxLayout) -> None:
        row.action.connect(self._suggestion_action)
        self.suggestions[row.suggestion.step] = row
        column.addWidget(row)

    @Slot(str, str)
    def _row_action(self, name: str, step: str) -> None:
        found = self._presenter.state.find(step)
        if name == "finish":
            self._presenter.finish(step)
        elif name == "change" and found is not None and found.details.step is Step.PAYMENT:
            self.section_wanted.emit("debt", step)
        elif name == "change":
            self._presenter.change(step)
        elif name == "files":
            self.choose_clicked.emit(step)
        elif name == "calendar":
            self.calendar_clicked.emit(step)
        elif name == "withdraw":
            self._presenter.withdraw(step)

    @Slot(str, object)
    def _suggestion_action(self, name: str, step: Step) -> None:
        if name == "letter":
            self.section_wanted.emit("letters", step.value)
        elif name == "debt":
            self.section_wanted.emit("debt", "")
        else:
            self._presenter.open_form(step, planned=name == "plan")

    @Slot()
    def _add_clicked(self) -> None:
        self._presenter.open_form(Step.OTHER)

    @Slot()
    def _choose_for_form(self) -> None:
        self.choose_clicked.emit("")

    def _connect(self) -> None:
        presenter = self._presenter
        self.add_button.clicked.connect(self._add_clicked)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.go_on_button.clicked.connect(presenter.go_on)
        self.leave_button.clicked.connect(presenter.close_form)
        self.form.kept.connect(presenter.keep)
        self.form.dismissed.connect(presenter.close_form)
        self.form.receipts_given.connect(presenter.hold)
        self.form.choose_clicked.connect(self._choose_for_form)
        presenter.state_changed.connect(self.show_state)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self._heading, 1)
        header.addWidget(self.add_button)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.go_on_button)
        self.warning.column.setSpacing(10)
        self.warning.column.addWidget(self.caution)
        self.warning.column.addLayout(foot)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.setSpacing(8)
        self.column.addLayout(header)
        for widget in (self.banner, self.warning, self.form, self._hint):
            self.column.addWidget(widget)
        self.column.addLayout(self._list)
