"""The people who came or called; what is typed is saved by itself."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.card_remark import CardRemark, Remarkable
from evidencedesk.domain.case import CaseFile, Collector, CollectorCard, Document, Listed, Shown
from evidencedesk.domain.errors import Known
from evidencedesk.domain.sighting import Sighting
from evidencedesk.ui.encounter.people.days import read_day
from evidencedesk.ui.encounter.people.paper_times import PaperTimes, paper_times, short_clock
from evidencedesk.ui.encounter.session import Session

SAVE_AFTER_MS = 1_000
_EMPTY = CollectorCard()
_NOT_A_DAY = CardRemark("letter_until", Remarkable.NOT_A_DAY)


class Proof(StrEnum):
    """Whether a person has shown who they are."""

    OPEN = "open"
    SHOWN = "shown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Person:
    """One card; without an id as long as nothing was written on it.

    ``times`` tells when each paper came to stand as the card says. ``letter_until`` is the day as it was
    typed, also while it is no day yet.
    """

    card: CollectorCard = _EMPTY
    id: str = ""
    times: PaperTimes = ()
    letter_until: str = ""


@dataclass(frozen=True, slots=True)
class PeopleState:
    """All cards, and which one is open; ``unsaved`` while something typed is not yet on the disk.

    ``remarks`` and ``seen`` (where this person was written down before) are about the open card.
    """

    people: tuple[Person, ...] = (Person(),)
    current: int = 0
    unsaved: bool = False
    remarks: tuple[CardRemark, ...] = ()
    seen: tuple[Sighting, ...] = ()

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
        self._asked = 0
        case_file = session.attempt(session.case_file)
        people = tuple(
            _person(case_file, collector)
            for collector in (case_file.collectors if case_file else ())
            if case_file is not None and collector.encounter == session.live.encounter
        )
        self.state = PeopleState(people or (Person(),))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)
        self._look_at()

    @Slot(str, str)
    def field_edited(self, name: str, text: str) -> None:
        """Something was typed; it is saved when the typing pauses."""
        person = self.state.person
        if name == "letter_until":
            day = read_day(text)
            # What is no day yet stays on the page and is not kept; the day it replaces is no longer right.
            card = replace(person.card, letter_until=day or "")
            self._change(replace(person, card=card, letter_until=text))
            return
        # mypy takes any field for any type; the names come from the page's own list of text fields.
        self._change(replace(person, card=replace(person.card, **{name: text})))  # type: ignore[arg-type]

    @Slot(str, str)
    def name_on_edited(self, document: str, text: str) -> None:
        """The company's name as it stands on a paper."""
        person = self.state.person
        names = dict(person.card.names_on)
        names[Document(document)] = text
        kept = tuple(sorted((paper, name) for paper, name in names.items() if name))
        self._change(replace(person, card=replace(person.card, names_on=kept)))

    @Slot(str)
    def listed_clicked(self, listed: str) -> None:
        """Whether the lender's list names the agency; an empty text for: nobody looked."""
        person = self.state.person
        card = replace(person.card, listed=Listed(listed) if listed else None)
        self._change(replace(person, card=card))
        self.save()

    @Slot(str, str)
    def document_clicked(self, document: str, shown: str) -> None:
        """A paper was shown or refused; the same choice again takes it back."""
        person, paper = self.state.person, Document(document)
        papers, times = dict(person.card.documents), dict(person.times)
        if papers.get(paper) == shown:
            del papers[paper]
            times.pop(paper, None)
        else:
            papers[paper] = Shown(shown)
            at_ms = self._session.live.at_ms()
            now = self._session.services.now().local
            times[paper] = short_clock(at_ms) if at_ms is not None else f"{now:%H:%M:%S}"
        card = replace(person.card, documents=tuple(sorted(papers.items())))
        self._change(replace(person, card=card, times=tuple(sorted(times.items()))))
        self.save()

    @Slot(int)
    def person_clicked(self, index: int) -> None:
        """Open another card."""
        if self.save():
            self._show(replace(self.state, current=index, seen=()))
            self._look_at()

    @Slot()
    def add_clicked(self) -> None:
        """One more person."""
        if self.save():
            empty = next((i for i, one in enumerate(self.state.people) if not one.id), None)
            if empty is None:
                empty = len(self.state.people)
                self._show(replace(self.state, people=(*self.state.people, Person())))
            self._show(replace(self.state, current=empty, seen=()))
            self._look_at()

    @Slot(int)
    def take_over(self, index: int) -> None:
        """Fill what is empty with what was written down at another time."""
        person = self.state.person
        known = self.state.seen[index].card
        missing = {
            one.name: getattr(known, one.name)
            for one in fields(known)
            if isinstance(getattr(known, one.name), str) and not getattr(person.card, one.name)
        }
        # A letter's last day was that of another letter.
        missing.pop("letter_until")
        self._change(replace(person, card=replace(person.card, **missing)))
        self.save()

    @Slot()
    def save(self) -> bool:
        """Put the open card on the disk if it was changed; False when that failed."""
        self._timer.stop()
        if not self.state.unsaved:
            return True
        if not self.state.person.id and self.state.person.card == _EMPTY:
            self._show(replace(self.state, unsaved=False))
            return True
        if not self._store():
            return False
        self._look_at()
        return True

    def saved_id(self) -> str:
        """The open person's id, with the card on the disk, empty or not; an empty text when that failed."""
        if not self.save():
            return ""
        if not self.state.person.id and not self._store():
            return ""
        return self.state.person.id

    def _store(self) -> bool:
        person, live, services = self.state.person, self._session.live, self._session.services
        if not person.id:
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

    def _look_at(self) -> None:
        """Look through the open card, and for the same person elsewhere."""
        self._show(replace(self.state, remarks=self._remarks(self.state.person)))
        self._asked += 1
        person = self.state.person
        if person.card == _EMPTY:
            self._show(replace(self.state, seen=()))
            return
        asked = partial(self._recognised, self._asked, person)
        self._session.run(asked, self._recognition_came, self._recognition_failed)

    def _recognised(self, asked: int, person: Person) -> tuple[int, tuple[Sighting, ...]]:
        return asked, self._session.services.recognise(person.card, person.id)

    @Slot(object)
    def _recognition_came(self, answer: tuple[int, tuple[Sighting, ...]]) -> None:
        asked, seen = answer
        if asked == self._asked:  # another card may be open by now
            self._show(replace(self.state, seen=seen))

    @Slot(object)
    def _recognition_failed(self, _error: Known) -> None:
        """It only helps; what matters fails, and is told, when the card is saved."""

    def _remarks(self, person: Person) -> tuple[CardRemark, ...]:
        services = self._session.services
        remarks = services.card_remarks(person.card, services.now().local.date())
        return remarks if read_day(person.letter_until) is not None else (*remarks, _NOT_A_DAY)

    def _change(self, person: Person) -> None:
        if person != self.state.person:
            self._put(person, unsaved=True)
            self._show(replace(self.state, remarks=self._remarks(person)))
            self._timer.start()

    def _put(self, person: Person, *, unsaved: bool) -> None:
        people = list(self.state.people)
        people[self.state.current] = person
        self._show(replace(self.state, people=tuple(people), unsaved=unsaved))

    def _show(self, state: PeopleState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _person(case_file: CaseFile, collector: Collector) -> Person:
    card = collector.card
    return Person(card, collector.id, paper_times(case_file, collector), card.letter_until)
