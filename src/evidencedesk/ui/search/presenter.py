"""What is looked for, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Known
from evidencedesk.domain.search import SearchAnswer, SearchHit, SearchKind
from evidencedesk.ui.background import Runner
from evidencedesk.ui.search.services import SearchServices

HITS_SHOWN = 200
# Shorter than a pause between words, longer than one between keys.
_PAUSE_MS = 120
ALL = "all"
FILTERS: Mapping[str, frozenset[SearchKind]] = {
    ALL: frozenset(),
    "notes": frozenset({SearchKind.NOTE}),
    "transcripts": frozenset({SearchKind.SENTENCE}),
    "people": frozenset({SearchKind.PERSON}),
    "files": frozenset({SearchKind.FILE}),
    "contacts": frozenset({SearchKind.CONTACT}),
    "steps": frozenset({SearchKind.STEP}),
    "debt": frozenset({SearchKind.CLAIM, SearchKind.DEBT}),
    "cases": frozenset({SearchKind.CASE}),
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """One question as a whole: an answer counts only while this is still what is wanted."""

    query: str
    case: str | None
    kinds: frozenset[SearchKind]


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the page shows; ``case`` is the one that was open last, ``answer`` None before the first."""

    query: str = ""
    kinds: str = ALL
    case: Case | None = None
    only_case: bool = False
    answer: SearchAnswer | None = None
    problem: Known | None = None

    @property
    def narrowed(self) -> bool:
        """Whether not everything is searched."""
        return self.kinds != ALL or self.only_case


class SearchPresenter(QObject):
    """Asks while the user types.

    One question is on its way at a time; when its answer comes and something else is wanted by then, it is
    dropped and the newest is asked. So no answer ever replaces a newer one, and none piles up.

    Emits:
        state_changed: the new ``SearchState``.
        hit_chosen: the ``SearchHit`` to show in its place.
    """

    state_changed = Signal(object)
    hit_chosen = Signal(object)

    def __init__(self, services: SearchServices, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._state = SearchState()
        self._on_its_way: _Wish | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    @property
    def state(self) -> SearchState:
        """What the page shows."""
        return self._state

    def type(self, query: str) -> None:
        """Other words; asked for when the user pauses."""
        if query != self._state.query:
            self._become(replace(self._state, query=query))
            self._pause.start()

    def ask_now(self) -> None:
        """Ask without waiting: Return was pressed, or the page came into sight."""
        self._pause.stop()
        self._ask()

    def choose_kinds(self, kinds: str) -> None:
        """Only hits of this kind, or all."""
        self._become(replace(self._state, kinds=kinds))
        self.ask_now()

    def choose_only_case(self, only_case: bool) -> None:  # noqa: FBT001 - a slot of a switch
        """Only in the case that was open last, or in all."""
        self._become(replace(self._state, only_case=only_case))
        self.ask_now()

    def offer_case(self, case: Case | None) -> None:
        """The case that can be searched alone; another one, or none, ends that."""
        known = self._state.case
        same = case is not None and known is not None and case.id == known.id
        self._become(replace(self._state, case=case, only_case=self._state.only_case and same))

    def choose(self, hit: SearchHit) -> None:
        """Show this one in its place."""
        self.hit_chosen.emit(hit)

    def dismiss_problem(self) -> None:
        """The reader has seen what went wrong."""
        self._become(replace(self._state, problem=None))

    def _wish(self) -> _Wish:
        state = self._state
        case = state.case.id if state.only_case and state.case is not None else None
        return _Wish(state.query.strip(), case, FILTERS[state.kinds])

    @Slot()
    def _ask(self) -> None:
        wish = self._wish()
        if not wish.query:
            self._become(replace(self._state, answer=None, problem=None))
        elif self._on_its_way is None:
            self._on_its_way = wish
            work = partial(self._services.search, wish.query, wish.case, wish.kinds, HITS_SHOWN)
            self._jobs.run(work, success=self._found, failure=self._failed)

    def _found(self, answer: SearchAnswer) -> None:
        if self._wanted_still():
            self._become(replace(self._state, answer=answer, problem=None))

    def _failed(self, problem: Known) -> None:
        if self._wanted_still():
            self._become(replace(self._state, answer=None, problem=problem))

    def _wanted_still(self) -> bool:
        answered, self._on_its_way = self._on_its_way, None
        if answered == self._wish():
            return True
        if not self._pause.isActive():
            self._ask()
        return False

    def _become(self, state: SearchState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
