"""What the law page shows: one pack, one phase, one search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from evidencedesk.domain.rules import Phase, RulePack
from evidencedesk.ui.law.sections import Section, count, sections


@dataclass(frozen=True, slots=True)
class LawState:
    """The chosen pack with what of it is shown; ``phase`` None means all."""

    packs: tuple[RulePack, ...]
    chosen: int = 0
    phase: Phase | None = None
    query: str = ""
    shown: tuple[Section, ...] = ()

    @property
    def pack(self) -> RulePack:
        """The pack on the screen."""
        return self.packs[self.chosen]

    @property
    def found(self) -> int:
        """How many items are shown."""
        return count(self.shown)


class LawPresenter(QObject):
    """Chooses what is shown.

    Emits:
        state_changed: the new ``LawState``.
    """

    state_changed = Signal(object)

    def __init__(self, packs: tuple[RulePack, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = LawState(packs)
        self._state = replace(self._state, shown=self._sections(self._state))

    @property
    def state(self) -> LawState:
        """What the page shows."""
        return self._state

    def choose_pack(self, index: int) -> None:
        """Show another pack."""
        self._become(replace(self._state, chosen=index))

    def choose_phase(self, phase: Phase | None) -> None:
        """Show what matters in one phase, or all."""
        self._become(replace(self._state, phase=phase))

    def search(self, query: str) -> None:
        """Show only what has these words."""
        self._become(replace(self._state, query=query.strip()))

    def _become(self, state: LawState) -> None:
        if state == self._state:
            return
        self._state = replace(state, shown=self._sections(state))
        self.state_changed.emit(self._state)

    @staticmethod
    def _sections(state: LawState) -> tuple[Section, ...]:
        return sections(state.pack, state.phase, state.query)
