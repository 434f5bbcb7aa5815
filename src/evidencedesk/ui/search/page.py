"""The search page: one field, what was found under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from evidencedesk.domain.search import SearchHit
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.choice_chips import ChoiceChips
from evidencedesk.ui.kit.empty_state import EmptyState
from evidencedesk.ui.kit.labels import PageTitle, TextLabel
from evidencedesk.ui.kit.search_field import SearchField
from evidencedesk.ui.kit.segmented import Segment
from evidencedesk.ui.search.presenter import ALL, FILTERS, SearchPresenter, SearchState
from evidencedesk.ui.search.result_list import ROW_ROLE, ResultList
from evidencedesk.ui.search.rows import rows_of
from evidencedesk.ui.theme.text_size import at_least_high
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import mark

_LONGEST = 400
_FILTER_NAMES = {
    ALL: mark("All"),
    "notes": mark("Notes"),
    "transcripts": mark("Transcripts"),
    "people": mark("People"),
    "files": mark("Documents"),
    "contacts": mark("Contacts"),
    "steps": mark("Steps"),
    "debt": mark("Debt"),
    "cases": mark("Cases"),
}


class SearchPage(QWidget):
    """Finds what was written down in all cases."""

    def __init__(self, presenter: SearchPresenter, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._words = words
        self._title = PageTitle(parent=self)
        self.field = SearchField(self)
        self.field.setMaxLength(_LONGEST)
        at_least_high(self.field, 42)
        self.kinds = ChoiceChips([Segment(name) for name in FILTERS], self)
        self.only_case = QCheckBox(self)
        self.banner = Banner("error", self)
        self.count = TextLabel(tone="sub", parent=self)
        self.list = ResultList(self)
        self.empty = EmptyState("search", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()
        self.retranslate()

    def take_focus(self) -> None:
        """The page comes into sight: what is typed next replaces what was looked for."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot(object)
    def render_state(self, state: SearchState) -> None:
        """Show what was found."""
        words = self._words.words
        show_problem(self.banner, words, state.problem)
        if self.field.text() != state.query:
            self.field.setText(state.query)
        self.kinds.set_current(state.kinds)
        self.only_case.setVisible(state.case is not None)
        self.only_case.setChecked(state.only_case)
        if state.case is not None:
            self.only_case.setText(words.text("Only in “{case}”", case=_short(state.case.title)))
        answer = state.answer
        self.list.show_rows(() if answer is None else rows_of(answer, words))
        self._stack.setCurrentWidget(self.list if self.list.results.rows else self.empty)
        self._write_count(state)
        if answer is None:
            self.empty.set_texts(*self._invitation())
        elif not answer.hits:
            self.empty.set_texts(
                words.text("Nothing found for “{query}”", query=_short(answer.query)), self._hint()
            )

    @Slot()
    def retranslate(self) -> None:
        """Write everything in the language of the moment."""
        t = self._words.text
        self._title.setText(t("Search"))
        self.field.set_texts(
            self._words, t("Words to look for"), t("Name, place, sum, number, or words that were said")
        )
        for name, msgid in _FILTER_NAMES.items():
            self.kinds.set_label(name, t(msgid))
        self.kinds.setAccessibleName(t("What to look through"))
        self.list.setAccessibleName(t("What was found"))
        self.render_state(self.presenter.state)

    def _write_count(self, state: SearchState) -> None:
        words, answer = self._words.words, state.answer
        if answer is None or not answer.hits:
            self.count.setText("")
        elif answer.count > len(answer.hits):
            told = words.text(
                "The first {shown} of {count} hits. One word more makes them fewer.",
                shown=len(answer.hits),
                count=answer.count,
            )
            self.count.setText(told)
        else:
            self.count.setText(words.plural("{n} hit", "{n} hits", answer.count))

    def _invitation(self) -> tuple[str, str]:
        t = self._words.text
        return (
            t("Find anything that was written down"),
            t(
                "Notes, transcripts, people, documents, contacts, steps and sums of all cases. One character "
                "is enough; of several words all must occur. Arrow keys choose, Enter opens the place."
            ),
        )

    def _hint(self) -> str:
        t = self._words.text
        if self.presenter.state.narrowed:
            return t("Not everything was searched. Choose “All”, or all cases.")
        return t(
            "Try fewer or shorter words. Simplified and traditional characters are different here. "
            "What was only recorded can be found when it has a transcript."
        )

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.count, 1)
        below.addWidget(self.only_case)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 12)
        column.setSpacing(12)
        for widget in (self._title, self.banner, self.field, self.kinds):
            column.addWidget(widget)
        column.addLayout(below)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        self.field.textChanged.connect(presenter.type)
        self.field.returnPressed.connect(self._entered)
        self.field.moved.connect(self.list.move_by)
        self.kinds.clicked.connect(presenter.choose_kinds)
        self.only_case.clicked.connect(presenter.choose_only_case)
        self.banner.closed.connect(presenter.dismiss_problem)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(self._activated)
        self.list.clicked.connect(self._activated)
        presenter.state_changed.connect(self.render_state)
        self._words.language_changed.connect(self.retranslate)

    @Slot()
    def _entered(self) -> None:
        state, row = self.presenter.state, self.list.row
        answered = state.answer is not None and state.answer.query == state.query.strip()
        if answered and row is not None and isinstance(row.hit, SearchHit):
            self.presenter.choose(row.hit)
        else:
            self.presenter.ask_now()

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        # The cursor stays in the field: there a screen reader hears which hit Return would open.
        row = index.data(ROW_ROLE)
        self.field.setAccessibleDescription("" if row is None else row.spoken)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row.hit, SearchHit):
            self.presenter.choose(row.hit)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
