"""What the law page shows: the packs, which of them are in use, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Known
from evidencedesk.domain.rules import Phase, RulePack
from evidencedesk.ui.law.sections import Section, count, sections
from evidencedesk.ui.law.services import Disagreement, LawServices, SetAside


class View(StrEnum):
    """What of the packs is read out."""

    ITEMS = "items"
    PACKS = "packs"
    DIFFERENCES = "differences"
    DEADLINES = "deadlines"
    CAUTIONS = "cautions"


@dataclass(frozen=True, slots=True)
class PackSections:
    """What is shown of one pack."""

    pack: RulePack
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class LawState:
    """All packs, those in use first. ``chosen`` is the one that is read out; ``phase`` None means all.

    With a ``query`` all packs are searched. ``added`` is the pack that was just taken in.
    """

    packs: tuple[RulePack, ...]
    in_use: tuple[str, ...]
    today: date
    view: View = View.ITEMS
    chosen: str = ""
    phase: Phase | None = None
    query: str = ""
    shown: tuple[PackSections, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    problem: Known | None = None
    added: RulePack | None = None

    @property
    def pack(self) -> RulePack:
        """The pack that is read out."""
        return next((pack for pack in self.packs if pack.id == self.chosen), self.packs[0])

    @property
    def found(self) -> int:
        """How many items are shown."""
        return sum(count(one.sections) for one in self.shown)

    def is_due(self, pack: RulePack) -> bool:
        """Whether somebody should have looked through it again."""
        return pack.review_by is not None and pack.review_by < self.today


class LawPresenter(QObject):
    """Chooses what is shown, and which rules are in use.

    Emits:
        state_changed: the new ``LawState``.
        packs_chosen: other rules are in use, or others lead.
    """

    state_changed = Signal(object)
    packs_chosen = Signal()

    def __init__(self, services: LawServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state = LawState((), (), services.today())
        self._read()

    @property
    def state(self) -> LawState:
        """What the page shows."""
        return self._state

    @Slot()
    def refresh(self) -> None:
        """Packs may have been chosen elsewhere."""
        self._read()

    def choose_view(self, view: View) -> None:
        """Read out something else."""
        self._become(replace(self._state, view=view))

    def choose_pack(self, pack_id: str) -> None:
        """Read out another pack."""
        self._become(replace(self._state, chosen=pack_id, view=View.ITEMS, query=""))

    def choose_phase(self, phase: Phase | None) -> None:
        """Show what matters in one phase, or all."""
        self._become(replace(self._state, phase=phase))

    def search(self, query: str) -> None:
        """Show only what has these words, in every pack."""
        self._become(replace(self._state, query=query.strip()))

    def use(self, pack_id: str, wanted: bool) -> None:  # noqa: FBT001 - a slot
        """Take a pack in use, or out of it; the last one stays."""
        in_use = [one for one in self._state.in_use if one != pack_id]
        if wanted:
            in_use.append(pack_id)
        self._choose(tuple(in_use) or self._state.in_use)

    def lead(self, pack_id: str) -> None:
        """Let a pack lead the checklist."""
        self._choose((pack_id, *(one for one in self._state.in_use if one != pack_id)))

    def add(self, path: Path) -> None:
        """Take a pack of the user's own in, and use it."""
        try:
            pack = self._services.add_pack(path)
        except Known as error:
            self._become(replace(self._state, problem=error, added=None))
            return
        self._state = replace(self._state, added=pack, problem=None)
        self.use(pack.id, wanted=True)

    def dismiss(self) -> None:
        """The reader has seen it."""
        self._become(replace(self._state, problem=None, added=None))

    def _choose(self, ids: tuple[str, ...]) -> None:
        problem = None
        try:
            self._services.choose_packs(ids)
        except Known as error:
            problem = error
        self._state = replace(self._state, problem=problem)
        self._read()
        self.packs_chosen.emit()

    def _read(self) -> None:
        used = self._services.packs
        in_use = tuple(pack.id for pack in used)
        others = tuple(pack for pack in self._services.all_packs if pack.id not in in_use)
        self._become(
            replace(
                self._state,
                packs=(*used, *others),
                in_use=in_use,
                today=self._services.today(),
                set_aside=tuple(self._services.set_aside),
                disagreements=tuple(self._services.disagreements()),
            )
        )

    def _become(self, state: LawState) -> None:
        state = replace(state, shown=_shown(state))
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _shown(state: LawState) -> tuple[PackSections, ...]:
    searched = state.packs if state.query else (state.pack,)
    found = (PackSections(pack, sections(pack, state.phase, state.query)) for pack in searched)
    return tuple(one for one in found if one.sections or not state.query)
