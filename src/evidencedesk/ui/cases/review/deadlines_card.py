"""The days by which something is due, the nearest first; those that are over stay quiet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.domain.due_date import DueDate, as_of
from evidencedesk.domain.rules import Begins, RulePack
from evidencedesk.guidance.deadlines import GIVEN_BY_USER
from evidencedesk.ui.cases.review.results_presenter import ResultsState
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import SectionTitle
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.judgements import deadline_text

_SOON_DAYS = 14
_MOST = 40


class DeadlinesCard(Card):
    """Reads due dates out."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self.column.addLayout(self._column)

    def show_state(self, state: ResultsState) -> None:
        """Show what is due; hidden where the rules in use name no deadline."""
        t = self._words.text
        self._heading.setText(t("Deadlines"))
        asked = _asked_of_user(state.packs)
        self.setVisible(bool(state.due) or asked or any(pack.deadlines for pack in state.packs))
        shown = (state.due, state.today, state.packs, self._words.words)
        if shown == self._shown or state.today is None:
            return
        self._shown = shown
        empty_layout(self._column)
        found = as_of(state.due, state.today)
        if found.next:
            said = t("Counted by this program from what is written here. A reminder, not legal advice.")
            self._column.addWidget(paragraph(said, "faint", self))
        else:
            self._column.addWidget(paragraph(t("Nothing is due."), "sub", self))
        for due in found.next:
            self._column.addWidget(self._due(due, state.today))
        self._fold(t("Later dates: {n}", n=len(found.later)), found.later, state.today)
        self._fold(t("Over: {n}", n=len(found.passed)), found.passed, state.today)
        if asked:
            unknown = t(
                "Deadlines that count from the last instalment, a court's letter or a notice are not shown: "
                "their dates can't be entered here yet."
            )
            self._column.addWidget(paragraph(unknown, "faint", self))

    def _due(self, due: DueDate, today: date, tone: str = "") -> QWidget:
        said = deadline_text(self._words.words, due, today)
        soon = 0 <= due.days_left(today) <= _SOON_DAYS
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(1)
        column.addWidget(paragraph(said.due, tone or ("alarm" if soon else "strong"), box))
        column.addWidget(paragraph(said.headline, tone or "ink", box))
        for text in (said.began, said.note, said.source):
            if text:
                column.addWidget(paragraph(text, "faint", box))
        return box

    def _fold(self, title: str, due: Sequence[DueDate], today: date) -> None:
        if not due:
            return
        fold = Fold(self)
        fold.button.setText(title)
        for one in due[:_MOST]:
            fold.column.addWidget(self._due(one, today, "sub"))
        self._column.addWidget(fold)


def _asked_of_user(packs: Sequence[RulePack]) -> bool:
    begins: set[Begins] = {one.begins for pack in packs for one in pack.deadlines}
    return bool(begins & GIVEN_BY_USER)
