"""The evidence list of one case, and what the user does with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Known
from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.ui.background import Runner
from evidencedesk.ui.cases.evidence import order
from evidencedesk.ui.cases.evidence.services import EvidenceServices, EvidenceStands, Piece
from evidencedesk.ui.latest_only import LatestOnly
from evidencedesk.wording.language import Words


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """A list on the screen; ``chosen`` is the id of a piece."""

    case_file: CaseFile | None = None
    stands: EvidenceStands | None = None
    chosen: str = ""

    def piece(self, name: str) -> Piece | None:
        """A piece, on the list or not."""
        if self.stands is None:
            return None
        listed = (item for group in self.stands.groups for item in group.items)
        left = (item for _, item in self.stands.left)
        return next((item for item in (*listed, *left) if item.id == name), None)

    def line(self, name: str) -> EvidenceChoice | None:
        """Its line, if it is on the list."""
        lines = () if self.stands is None else self.stands.lines
        return next((line for line in lines if line.id == name), None)


class EvidencePresenter(QObject):
    """Turns what the user does into a new list; every change is kept at once.

    Emits:
        state_changed: the new ``EvidenceState``.
        arranged: a list was stored.
        problem: the ``Known`` error that kept it from being stored.
    """

    state_changed = Signal(object)
    arranged = Signal()
    problem = Signal(object)

    def __init__(self, services: EvidenceServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._readings = LatestOnly(jobs, self)
        self._state = EvidenceState()
        self._words: Words | None = None

    @property
    def state(self) -> EvidenceState:
        """What the page shows."""
        return self._state

    def show_case(self, case_file: CaseFile, words: Words) -> None:
        """Read the list of a case, in a language."""
        before = self._state.case_file
        if before is not None and before.case.id != case_file.case.id:
            self._become(EvidenceState())
        self._words = words
        self._state = replace(self._state, case_file=case_file)
        work = partial(self._read, case_file, words)
        self._readings.run(work, success=self._was_read, failure=self._failed)

    def choose(self, name: str) -> None:
        """Show the details of a piece."""
        self._become(replace(self._state, chosen=name))

    def move(self, step: int) -> None:
        """The chosen piece one place up or down."""
        if self._state.line(self._state.chosen) is not None:
            self._arrange(order.moved(self._lines, self._state.chosen, step))

    def move_heading(self, title: str, step: int) -> None:
        """A heading one place up or down."""
        self._arrange(order.heading_moved(self._lines, title, step))

    def drop(self, name: str, before: str | None) -> None:
        """A piece was dropped in front of another, or at the end; one that is not on the list comes on it."""
        lines = self._lines
        if self._state.line(name) is None:
            added = self._left(name)
            if added is None:
                return
            lines = (*lines, added)
        self._arrange(order.placed(lines, name, before))

    def put_on(self, name: str) -> None:
        """Onto the list, under the heading where it would stand by itself."""
        added = self._left(name)
        if added is not None:
            self._arrange(order.in_order((*self._lines, added)))

    def leave_out(self, name: str) -> None:
        """Off the list; it is handed over all the same, without a number."""
        if self._state.line(name) is not None:
            self._arrange(order.without(self._lines, name))

    def change(self, name: str, group: str, proves: str) -> None:
        """Another heading or other words for a piece."""
        line = self._state.line(name)
        if line is not None and (line.group, line.proves) != (group, proves):
            self._arrange(order.changed(self._lines, name, group=group, proves=proves))

    def rename(self, title: str, new: str) -> None:
        """Another wording of a heading."""
        if new.strip() and new != title:
            self._arrange(order.renamed(self._lines, title, new))

    @property
    def _lines(self) -> order.Lines:
        return () if self._state.stands is None else self._state.stands.lines

    def _left(self, name: str) -> EvidenceChoice | None:
        left = () if self._state.stands is None else self._state.stands.left
        return next((choice for choice, _ in left if choice.id == name), None)

    def _arrange(self, lines: order.Lines) -> None:
        case_file = self._state.case_file
        if case_file is None or (lines == self._lines and self._state.stands and self._state.stands.arranged):
            return
        try:
            self._services.arrange_evidence(case_file.case.id, lines)
        except Known as error:
            self.problem.emit(error)
            return
        self.arranged.emit()

    def _read(self, case_file: CaseFile, words: Words) -> tuple[CaseFile, EvidenceStands]:
        return case_file, self._services.evidence_list(case_file, words)

    def _was_read(self, result: tuple[CaseFile, EvidenceStands]) -> None:
        case_file, stands = result
        if case_file is not self._state.case_file:
            return  # another case, or a newer state of it, is on its way
        now = replace(self._state, stands=stands)
        if now.piece(now.chosen) is None:
            first = next((item.id for group in stands.groups for item in group.items), "")
            now = replace(now, chosen=first)
        self._become(now)

    def _failed(self, error: Known) -> None:
        self.problem.emit(error)

    def _become(self, state: EvidenceState) -> None:
        self._state = state
        self.state_changed.emit(state)
