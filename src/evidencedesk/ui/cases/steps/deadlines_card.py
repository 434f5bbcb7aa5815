"""The days by which something is due, the nearest first; those that are over stay quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencedesk.domain.due_date import DueDate, as_of
from evidencedesk.domain.rules import Begins
from evidencedesk.ui.cases.steps.state import StepsState
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import SectionTitle
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.judgements import deadline_text

_SOON_DAYS = 14
_MOST = 40


class DeadlinesCard(Card):
    """Reads due dates out.

    Emits:
        plan_clicked: the ``DueDate`` to be reminded of.
        notice_clicked: the id of the deadline whose notice came.
        debt_clicked: the page with the instalments is wanted.
    """

    plan_clicked = Signal(object)
    notice_clicked = Signal(str)
    debt_clicked = Signal()

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self.column.addLayout(self._column)
        self.plan_buttons: list[PlainButton] = []

    def show_state(self, state: StepsState) -> None:
        """Show what is due; hidden where the rules in use name no deadline."""
        t = self._words.text
        self._heading.setText(t("Deadlines"))
        self.setVisible(bool(state.due) or any(pack.deadlines for pack in state.packs))
        shown = (
            state.due,
            state.today,
            state.packs,
            state.planned_deadlines,
            state.looked,
            self._words.words,
        )
        if shown == self._shown or state.today is None:
            return
        self._shown = shown
        self.plan_buttons = []
        empty_layout(self._column)
        if not state.looked:
            self._column.addWidget(paragraph(t("Counting the days…"), "faint", self))
            return
        found = as_of(state.due, state.today)
        if found.next:
            said = t("Counted by this program from what is written here. A reminder, not legal advice.")
            self._column.addWidget(paragraph(said, "faint", self))
        else:
            self._column.addWidget(paragraph(t("Nothing is due."), "sub", self))
        for group in _of_one_paper(found.next):
            self._column.addWidget(self._due(group, state.today, planned=state.has_step(group[0])))
        self._fold(t("Later dates: {n}", n=len(found.later)), found.later, state.today)
        self._fold(t("Over: {n}", n=len(found.passed)), found.passed, state.today)
        self._unknown(state)
        tab_as_laid_out(self)

    def _due(
        self, group: Sequence[DueDate], today: date, tone: str = "", *, planned: bool | None = None
    ) -> QWidget:
        """One day with its explanation; ``planned`` is None where nothing can be planned any more."""
        t = self._words.text
        first = group[0]
        said = deadline_text(self._words.words, first, today)
        soon = 0 <= first.days_left(today) <= _SOON_DAYS
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(1)
        column.addWidget(paragraph(said.due, tone or ("alarm" if soon else "strong"), box))
        for due in group:
            said = deadline_text(self._words.words, due, today)
            column.addWidget(paragraph(said.headline, tone or "ink", box))
            for text in (said.began, said.note, said.source):
                if text:
                    column.addWidget(paragraph(text, "faint", box))
        if planned is not None:
            row = QHBoxLayout()
            row.setContentsMargins(0, 4, 0, 0)
            if planned:
                row.addWidget(Pill(t("Among your steps"), "ok", box))
            else:
                button = PlainButton(t("Remind me"), "plus", box)
                button.make_small()
                name = t("Remind me: {what}", what=deadline_text(self._words.words, first, today).headline)
                button.setAccessibleName(name)
                button.clicked.connect(partial(self._plan, first))
                self.plan_buttons.append(button)
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        return box

    def _plan(self, due: DueDate) -> None:
        self.plan_clicked.emit(due)

    def _notice(self, deadline: str) -> None:
        self.notice_clicked.emit(deadline)

    def _fold(self, title: str, due: Sequence[DueDate], today: date) -> None:
        if not due:
            return
        fold = Fold(self)
        fold.button.setText(title)
        for one in due[:_MOST]:
            fold.column.addWidget(self._due((one,), today, "sub"))
        self._column.addWidget(fold)

    def _unknown(self, state: StepsState) -> None:
        """What counts from a day that only the user knows."""
        t, language = self._words.text, self._words.language
        begun = {one.deadline.begins for one in state.due}
        asked = [one for pack in state.packs for one in pack.deadlines if one.begins not in begun]
        for deadline in asked:
            if deadline.begins is Begins.NOTICE:
                self._column.addWidget(paragraph(deadline.text.in_language(language), "sub", self))
                self._button(t("The notice came…"), partial(self._notice, deadline.id))
        if any(one.begins is Begins.LAST_DUE for one in asked):
            said = t(
                "Limitation of the debt counts from its last instalment: write that down on the page Debt."
            )
            self._column.addWidget(paragraph(said, "faint", self))
            self._button(t("Debt…"), self.debt_clicked.emit)

    def _button(self, text: str, clicked: Callable[[], object]) -> None:
        button = PlainButton(text, parent=self)
        button.make_small()
        button.clicked.connect(clicked)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)


def _of_one_paper(found: Iterable[DueDate]) -> list[tuple[DueDate, ...]]:
    """Where a paper says the last day, all that the rules would have counted stands under that one day."""
    groups: dict[object, list[DueDate]] = {}
    for due in found:
        own = (due.due, due.subjects, due.deadline.begins) if due.counted is not None else due
        groups.setdefault(own, []).append(due)
    return [tuple(group) for group in groups.values()]
