"""How many came, and what the rules say about that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.case import Mode
from evidencedesk.domain.rules import RuleItem, RulePack
from evidencedesk.ui.encounter.session import Session

MANY = 4
_RULE = "visit-team-size"


@dataclass(frozen=True, slots=True)
class TeamState:
    """How many were counted, and the items of the packs in use that ask for a number of people."""

    visit: bool = True
    present: int | None = None
    rules: tuple[tuple[RulePack, RuleItem], ...] = ()


class TeamPresenter(QObject):
    """Keeps the number.

    Emits:
        state_changed: the new TeamState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        case_file = session.attempt(session.case_file)
        mine = [one for one in case_file.encounters if one.id == session.live.encounter] if case_file else []
        self.state = TeamState(
            visit=session.live.mode is Mode.VISIT,
            present=mine[0].present if mine else None,
            rules=_rules(session.services.packs),
        )

    @Slot(object)
    def counted(self, present: int) -> None:
        """So many came; the same number again takes it back."""
        self._keep(None if present == self.state.present else present)

    @Slot(int)
    def exact_number(self, present: int) -> None:
        """More than the buttons offer."""
        if present != self.state.present:
            self._keep(present)

    def _keep(self, present: int | None) -> None:
        live, services = self._session.live, self._session.services

        def describe() -> bool:
            # Another part of the page may have noted meanwhile whether the time was agreed.
            encounters = services.case_file(live.case).encounters
            agreed = next((one.agreed for one in encounters if one.id == live.encounter), None)
            services.describe_encounter(live.case, live.encounter, present, agreed)
            return True

        if self._session.attempt(describe):
            self.state = replace(self.state, present=present)
        # Also after a failure: the page must not show what was not kept.
        self.state_changed.emit(self.state)


def _rules(packs: tuple[RulePack, ...]) -> tuple[tuple[RulePack, RuleItem], ...]:
    return tuple((pack, item) for pack in packs for item in pack.items if _asks_for_people(item))


def _asks_for_people(item: RuleItem) -> bool:
    check = item.check
    return check.rule == _RULE or any(helper.rule == _RULE for helper in check.helpers)
