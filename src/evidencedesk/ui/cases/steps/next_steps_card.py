"""The next steps beside the timeline: three to five lines to check off, and the way to all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.due_date import as_of
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.review.results_presenter import ResultsState
from evidencedesk.ui.cases.steps.next_steps import Line, NextState, NextStepsPresenter
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.check_row import CheckRow
from evidencedesk.ui.kit.labels import SectionTitle, TextLabel
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.judgements import deadline_text
from evidencedesk.wording.steps import advice_text, due_words, entry_text, reason_text


class NextStepsCard(Card):
    """Emits ``all_clicked`` with what to show on the page of steps (or an empty text)."""

    all_clicked = Signal(str)

    def __init__(self, presenter: NextStepsPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._words = words
        self._shown: object = None
        self._results = ResultsState()
        self.rows: dict[str, CheckRow] = {}
        self._heading = SectionTitle(parent=self)
        self.all_button = PlainButton(parent=self)
        self.all_button.make_flat()
        self.banner = Banner("error", self)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._deadline = TextLabel(tone="faint", parent=self, wrap=True)
        header = QHBoxLayout()
        header.addWidget(self._heading, 1)
        header.addWidget(self.all_button)
        self.column.setSpacing(6)
        self.column.addLayout(header)
        self.column.addWidget(self.banner)
        self.column.addLayout(self._column)
        self.column.addWidget(self._deadline)
        self.all_button.clicked.connect(self._all_clicked)
        presenter.state_changed.connect(self.show_state)

    @Slot(object)
    def show_state(self, state: NextState) -> None:
        """Show the lines."""
        t = self._words.text
        show_problem(self.banner, self._words.words, state.problem)
        self._heading.setText(t("Next steps"))
        self.all_button.setText(t("All steps ›"))
        self.all_button.setAccessibleName(t("All steps and deadlines"))
        shown = (state.lines, state.more, state.today, self._words.words)
        if shown == self._shown:
            for line in state.lines:
                self.rows[line.key].set_checked(line.checked)
            return
        self._shown = shown
        empty_layout(self._column)
        self.rows = {}
        for line in state.lines:
            if self.rows:
                self._column.addWidget(Divider(self))
            self._column.addWidget(self._row(line, state))
        if not state.lines:
            self._column.addWidget(paragraph(t("Nothing is to be done just now."), "sub", self))
        if state.more:
            self._column.addWidget(paragraph(t("{n} more on the page Steps", n=state.more), "faint", self))
        tab_as_laid_out(self)

    def show_results(self, results: ResultsState) -> None:
        """Name the nearest deadline in one line; the page explains it."""
        self._results = results
        found = () if results.today is None else as_of(results.due, results.today).next
        if not found or results.today is None:
            self._deadline.setText("")
        else:
            said = deadline_text(self._words.words, found[0], results.today)
            self._deadline.setText(
                self._words.text("Next deadline: {due} · {what}", due=said.due, what=said.headline)
            )
        self._deadline.setVisible(bool(found))

    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        self.show_state(self._presenter.state)
        self.show_results(self._results)

    def _row(self, line: Line, state: NextState) -> CheckRow:
        words = self._words.words
        row = CheckRow(line.key, self)
        late = False
        if line.entry is not None and state.today is not None:
            text = entry_text(words, line.entry)
            hint = due_words(words, line.entry.day, state.today)
            late = line.entry.day <= state.today
        elif line.suggestion is not None:
            text = advice_text(words, line.suggestion.step)
            hint = reason_text(words, line.suggestion)
        else:
            text, hint = "", ""
        if line.checked:
            hint, late = words.text("Done just now; uncheck to take it back"), False
        row.set_texts(text, hint)
        row.set_hint_tone("remark" if late else "faint")
        row.set_checked(line.checked)
        row.toggled_by_user.connect(self._toggled)
        self.rows[line.key] = row
        return row

    @Slot(str, bool)
    def _toggled(self, key: str, done: bool) -> None:  # noqa: FBT001 - a slot
        self._presenter.set_done(key, done=done)

    @Slot()
    def _all_clicked(self) -> None:
        self.all_clicked.emit("")
