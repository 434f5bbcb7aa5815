"""The law on the screen: which duties were kept, which were not, and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.case import Tick, Verdict
from evidencedesk.domain.rules import Group, RuleItem
from evidencedesk.ui.encounter.session import Session


@dataclass(frozen=True, slots=True)
class Line:
    """One duty and the tick that stands."""

    item: RuleItem
    tick: Tick | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What the tick says."""
        return None if self.tick is None else self.tick.verdict


@dataclass(frozen=True, slots=True)
class ChecklistState:
    """The duties on the screen; ``hidden`` counts those behind "more"."""

    groups: tuple[tuple[Group, tuple[Line, ...]], ...] = ()
    breaches: int = 0
    hidden: int = 0
    all_shown: bool = False
    say: RuleItem | None = None
    local_time: str = ""


class ChecklistPresenter(QObject):
    """Ticks, and takes ticks back; a newer tick of an item replaces the older one.

    Emits:
        state_changed: the new ChecklistState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._primary, self._more = session.services.boundaries()
        self._ticks: dict[str, Tick] = {}
        self._taken_back: set[str] = set()
        self._touched = ""
        self._all_shown = False
        self.state = ChecklistState()
        case_file = session.attempt(session.case_file)
        for tick in case_file.ticks if case_file else ():
            if tick.encounter == session.live.encounter and not tick.withdrawn:
                self._ticks[tick.item] = tick
        self._rebuild()

    @property
    def breach_times(self) -> tuple[int, ...]:
        """Where breaches were ticked, in milliseconds of the recording."""
        return tuple(
            tick.at_ms
            for tick in self._ticks.values()
            if tick.verdict is Verdict.BREACHED and tick.at_ms is not None
        )

    @Slot(str, str)
    def verdict_clicked(self, item_id: str, verdict: str) -> None:
        """Tick; the same verdict again takes it back."""
        self._touched = item_id
        current = self._ticks.get(item_id)
        if current is not None and current.verdict == verdict:
            self._withdraw(current)
        else:
            self._tick(item_id, Verdict(verdict))
        self._rebuild()

    @Slot(str)
    def item_clicked(self, item_id: str) -> None:
        """Show what to say about this one."""
        self._touched = item_id
        self._rebuild()

    @Slot()
    def more_clicked(self) -> None:
        """Show all duties, or the first ones only."""
        self._all_shown = not self._all_shown
        self._rebuild()

    def note_breach(self, item_id: str) -> None:
        """A quick marker says that this duty was not kept."""
        self._touched = item_id
        current = self._ticks.get(item_id)
        if current is None or current.verdict is not Verdict.BREACHED:
            self._tick(item_id, Verdict.BREACHED)
        self._rebuild()

    def check_hours(self) -> None:
        """Let the clock decide; what the user ticked or took back by hand is left alone."""
        moment = self._session.services.now()
        known = {item.id for item in (*self._primary, *self._more)}
        for result in self._session.services.automatic(moment):
            current = self._ticks.get(result.item_id)
            by_hand = current is None and result.item_id in self._taken_back
            if result.item_id not in known or by_hand:
                continue
            if current is None or (current.automatic and current.verdict is not result.verdict):
                self._tick(result.item_id, result.verdict, automatic=True)
        self._rebuild(f"{moment.local:%H:%M}")

    def _tick(self, item_id: str, verdict: Verdict, *, automatic: bool = False) -> None:
        live = self._session.live
        work = partial(
            self._session.services.tick_item,
            live.case,
            live.encounter,
            item_id,
            verdict,
            live.recording,
            live.at_ms(),
            automatic=automatic,
        )
        tick = self._session.attempt(work)
        if tick is not None:
            self._ticks[item_id] = tick

    def _withdraw(self, tick: Tick) -> None:
        def work() -> bool:
            self._session.services.withdraw_tick(tick.case, tick.id)
            return True

        if self._session.attempt(work):
            del self._ticks[tick.item]
            self._taken_back.add(tick.item)

    def _rebuild(self, local_time: str = "") -> None:
        items = (*self._primary, *self._more) if self._all_shown else self._primary
        groups = []
        for group in self._session.services.pack.groups:
            lines = tuple(Line(item, self._ticks.get(item.id)) for item in items if item.group == group.id)
            if lines:
                groups.append((group, lines))
        known = {item.id for item in (*self._primary, *self._more)}
        state = ChecklistState(
            groups=tuple(groups),
            breaches=sum(
                tick.verdict is Verdict.BREACHED for tick in self._ticks.values() if tick.item in known
            ),
            hidden=len(self._more),
            all_shown=self._all_shown,
            say=self._what_to_say(),
            local_time=local_time or self.state.local_time,
        )
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _what_to_say(self) -> RuleItem | None:
        items = {item.id: item for item in (*self._primary, *self._more)}
        touched = items.get(self._touched)
        if touched is not None and touched.say is not None:
            return touched
        open_items = (item for item in items.values() if item.say and item.id not in self._ticks)
        return next(open_items, None)
