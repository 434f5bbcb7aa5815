"""What the rules say of the case: breaches by pack, advice to the user, and what can't be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencedesk.domain.case import CaseFile
from evidencedesk.ui.cases.case_words import show_problem
from evidencedesk.ui.cases.review.results import PackLines, ResultLine, results_of
from evidencedesk.ui.cases.review.results_presenter import ResultsState
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.ui.kit.fold import Fold
from evidencedesk.ui.kit.labels import SectionTitle
from evidencedesk.ui.kit.layouts import empty_layout
from evidencedesk.ui.kit.paragraph import paragraph
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.kit.surfaces import Card, Divider
from evidencedesk.ui.kit.tab_order import tab_as_laid_out
from evidencedesk.ui.words import UiWords

# So many of a pack stand open; the rest is one touch away.
_OPEN = 2
# Nobody reads more in a side column; the contacts page and the export hold them all.
_MOST = 60


def _about(case_file: CaseFile | None) -> object:
    """All of a case that stands in the results beside the judgements themselves."""
    return None if case_file is None else (case_file.case.id, case_file.collectors, case_file.encounters)


class ResultsCard(Card):
    """Reads the results out."""

    def __init__(self, words: UiWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: object = None
        self._heading = SectionTitle(parent=self)
        self.banner = Banner("error", self)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self.column.addWidget(self.banner)
        self.column.addLayout(self._column)
        self.banner.closed.connect(self.banner.hide)

    def show_state(self, state: ResultsState) -> None:
        """Show what was found; what stood here stays while the rules are asked again."""
        words = self._words.words
        self._heading.setText(words.text("What the rules say"))
        show_problem(self.banner, words, state.problem)
        asking = state.judging and not state.judgements
        shown = (_about(state.case_file), state.judgements, state.packs, asking, words)
        if shown == self._shown:
            return  # ten thousand judgements take a second to be said: not with every word written elsewhere
        self._shown = shown
        empty_layout(self._column)
        if state.case_file is not None:
            self._fill(state)
            tab_as_laid_out(self)

    def _fill(self, state: ResultsState) -> None:
        if state.case_file is None:
            return
        words = self._words.words
        found = results_of(words, state.case_file, state.judgements, state.packs)
        if not (found.breaches or found.advice):
            text = (
                words.text("The rules are being asked…")
                if state.judging and not state.judgements
                else words.text("Nothing in the records is outside the rules in use.")
            )
            self._column.addWidget(paragraph(text, "sub", self))
        self._packs(found.breaches, own=False)
        if found.advice:
            self._column.addWidget(paragraph(words.text("Advice to you"), "strong", self))
            self._packs(found.advice, own=True)
        open_title = words.text("Can't be told: {n}", n=len(found.open))
        self._quiet(open_title, found.open)
        kept_title = words.text("As it should be: {n}", n=len(found.kept))
        self._quiet(kept_title, found.kept)

    def _packs(self, packs: Sequence[PackLines], *, own: bool) -> None:
        for number, one in enumerate(packs):
            if number:
                self._column.addWidget(Divider(self))
            self._column.addWidget(paragraph(one.pack, "faint", self))
            for line in one.lines[:_OPEN]:
                self._column.addWidget(self._line(line, own=own))
            rest = one.lines[_OPEN:]
            if rest:
                title = self._words.text("{n} more", n=len(rest))
                self._fold(title, [self._line(line, own=own) for line in rest[:_MOST]])

    def _line(self, line: ResultLine, *, own: bool) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(2)
        if not own:
            column.addWidget(Pill(line.result, "bad", box, shrinks=True))
        column.addWidget(paragraph(line.headline, "ink", box))
        for text in (line.facts, line.beside):
            if text:
                column.addWidget(paragraph(text, "sub", box))
        return box

    def _quiet(self, title: str, lines: Iterable[str]) -> None:
        some = [paragraph(line, "sub", self) for line in list(lines)[:_MOST]]
        if some:
            self._fold(title, some)

    def _fold(self, title: str, widgets: Sequence[QWidget]) -> None:
        fold = Fold(self)
        fold.button.setText(title)
        fold.column.setSpacing(4)
        for widget in widgets:
            fold.column.addWidget(widget)
        self._column.addWidget(fold)
