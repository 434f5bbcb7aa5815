"""The people who came or called; what is typed is saved by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import CollectorCard, Document, Shown
from evidencedesk.ui.encounter.session import Session

SAVE_AFTER_MS = 1_000
_EMPTY = CollectorCard()


class Proof(StrEnum):
    """Whether a person has shown who they are."""

    OPEN = "open"
    SHOWN = "shown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Person:
    """One card; without an id as long as nothing was written on it."""

    card: CollectorCard = _EMPTY
    id: str = ""


@dataclass(frozen=True, slots=True)
class PeopleState:
    """All cards, and which one is open; ``unsaved`` while something typed is not yet on the disk."""

    people: tuple[Person, ...] = (Person(),)
    current: int = 0
    unsaved: bool = False

    @property
    def person(self) -> Person:
        """The card that is open."""
        return self.people[self.current]

    @property
    def proof(self) -> Proof:
        """Work ID and authorisation decide; one refusal outweighs the rest."""
        papers = dict(self.person.card.documents)
        if Shown.REFUSED in papers.values():
            return Proof.REFUSED
        needed = (papers.get(Document.WORK_ID), papers.get(Document.AUTHORISATION))
        return Proof.SHOWN if all(one in (Shown.UNASKED, Shown.WHEN_ASKED) for one in needed) else Proof.OPEN


class PeoplePresenter(QObject):
    """Keeps the cards.

    Emits:
        state_changed: the new PeopleState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        case_file = session.attempt(session.case_file)
        people = tuple(
            Person(collector.card, collector.id)
            for collector in (case_file.collectors if case_file else ())
            if collector.encounter == session.live.encounter
        )
        self.state = PeopleState(people or (Person(),))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    @Slot(str, str)
    def field_edited(self, name: str, text: str) -> None:
        """Something was typed; it is saved when the typing pauses."""
        # mypy takes any field for any type; the names come from the page's own list of text fields.
        self._change(replace(self.state.person.card, **{name: text}))  # type: ignore[arg-type]

    @Slot(str, str)
    def document_clicked(self, document: str, shown: str) -> None:
        """A paper was shown or refused; the same choice again takes it back."""
        papers = dict(self.state.person.card.documents)
        if papers.get(Document(document)) == shown:
            del papers[Document(document)]
        else:
            papers[Document(document)] = Shown(shown)
        self._change(replace(self.state.person.card, documents=tuple(sorted(papers.items()))))
        self.save()

    @Slot(int)
    def person_clicked(self, index: int) -> None:
        """Open another card."""
        if self.save():
            self._show(replace(self.state, current=index))

    @Slot()
    def add_clicked(self) -> None:
        """One more person."""
        if self.save():
            empty = next((i for i, one in enumerate(self.state.people) if not one.id), None)
            if empty is None:
                empty = len(self.state.people)
                self._show(replace(self.state, people=(*self.state.people, Person())))
            self._show(replace(self.state, current=empty))

    @Slot()
    def save(self) -> bool:
        """Put the open card on the disk if it was changed; False when that failed."""
        self._timer.stop()
        if not self.state.unsaved:
            return True
        person, live, services = self.state.person, self._session.live, self._session.services
        if not person.id:
            if person.card == _EMPTY:
                self._show(replace(self.state, unsaved=False))
                return True
            added = self._session.attempt(
                partial(services.add_collector, live.case, live.encounter, person.card)
            )
            if added is None:
                return False
            self._put(replace(person, id=added.id), unsaved=False)
            return True

        def change() -> bool:
            services.change_collector(live.case, person.id, person.card)
            return True

        if not self._session.attempt(change):
            return False
        self._show(replace(self.state, unsaved=False))
        return True

    def _change(self, card: CollectorCard) -> None:
        if card != self.state.person.card:
            self._put(replace(self.state.person, card=card), unsaved=True)
            self._timer.start()

    def _put(self, person: Person, *, unsaved: bool) -> None:
        people = list(self.state.people)
        people[self.state.current] = person
        self._show(replace(self.state, people=tuple(people), unsaved=unsaved))

    def _show(self, state: PeopleState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
