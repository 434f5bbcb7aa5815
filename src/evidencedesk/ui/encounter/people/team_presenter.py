"""How many came, what the rules say about that, and whether the user had agreed to the time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.case import Encounter, Mode
from evidencedesk.domain.rules import RuleItem, RulePack
from evidencedesk.ui.encounter.session import Session

MANY = 4
_RULE = "visit-team-size"


@dataclass(frozen=True, slots=True)
class TeamState:
    """How many were counted, and the items of the packs in use that ask for a number of people.

    ``agreed`` is None where nobody said anything.
    """

    visit: bool = True
    present: int | None = None
    agreed: bool | None = None
    rules: tuple[tuple[RulePack, RuleItem], ...] = ()


class TeamPresenter(QObject):
    """Keeps the number, and what was agreed.

    Emits:
        state_changed: the new TeamState.
        agreed_changed: the user said that the time was agreed, or no longer says so.
    """

    state_changed = Signal(object)
    agreed_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        mine = self._encounter()
        self.state = TeamState(
            visit=session.live.mode is Mode.VISIT,
            present=mine.present if mine else None,
            agreed=mine.agreed if mine else None,
            rules=_rules(session.services.packs),
        )

    @Slot(object)
    def counted(self, present: int) -> None:
        """So many came; the same number again takes it back."""
        self._count(None if present == self.state.present else present)

    @Slot(int)
    def exact_number(self, present: int) -> None:
        """More than the buttons offer."""
        if present != self.state.present:
            self._count(present)

    @Slot(bool)
    def agreed_clicked(self, agreed: bool) -> None:  # noqa: FBT001 - a signal's argument
        """The user had agreed to this time; without the mark nobody said anything."""
        said = True if agreed else None
        if said is not self.state.agreed:
            mine = self._encounter()
            self._keep(mine.present if mine else self.state.present, said)

    def _count(self, present: int | None) -> None:
        mine = self._encounter()
        self._keep(present, mine.agreed if mine else self.state.agreed)

    def _encounter(self) -> Encounter | None:
        """As it is known now: it may have been described elsewhere meanwhile."""
        case_file = self._session.attempt(self._session.case_file)
        encounters = case_file.encounters if case_file else ()
        return next((one for one in encounters if one.id == self._session.live.encounter), None)

    def _keep(self, present: int | None, agreed: bool | None) -> None:  # noqa: FBT001 - a third answer is possible
        live, services = self._session.live, self._session.services

        def describe() -> bool:
            services.describe_encounter(live.case, live.encounter, present, agreed)
            return True

        changed = agreed is not self.state.agreed
        kept = self._session.attempt(describe)
        if kept:
            self.state = replace(self.state, present=present, agreed=agreed)
        # Also after a failure: the page must not show what was not kept.
        self.state_changed.emit(self.state)
        if kept and changed:
            self.agreed_changed.emit()


def _rules(packs: tuple[RulePack, ...]) -> tuple[tuple[RulePack, RuleItem], ...]:
    return tuple((pack, item) for pack in packs for item in pack.items if _asks_for_people(item))


def _asks_for_people(item: RuleItem) -> bool:
    check = item.check
    return check.rule == _RULE or any(helper.rule == _RULE for helper in check.helpers)
