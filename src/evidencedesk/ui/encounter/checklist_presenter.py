"""The law on the screen: which duties matter now, which were kept, which were not, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.case import Mode, Verdict
from evidencedesk.domain.rules import Caution, CheckKind, Phase, RuleItem
from evidencedesk.guidance.selection import PRIMARY_LIMIT, VISIT_PHASES, Duty, PhaseList, phase_list
from evidencedesk.ui.encounter.checklist_state import ChecklistState, Line
from evidencedesk.ui.encounter.marks import Key, Marks
from evidencedesk.ui.encounter.session import Session

_BEGINS = {Mode.VISIT: Phase.DOOR, Mode.CALL: Phase.CONVERSATION}


class ChecklistPresenter(QObject):
    """Ticks, and takes ticks back. What is shown keeps its order, whatever happens.

    Emits:
        state_changed: the new ChecklistState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        packs = session.services.packs
        self._leading = packs[0].id
        self._phases: dict[Phase, PhaseList] = {phase: phase_list(packs, phase) for phase in VISIT_PHASES}
        self._duties: dict[str, Duty] = {
            self._key(duty): duty for shown in self._phases.values() for duty in shown.duties
        }
        self._known = {(pack.id, item.id): item for pack in packs for item in pack.items}
        case_file = session.attempt(session.case_file)
        self._marks = Marks(session, case_file.ticks if case_file else ())
        self.state = ChecklistState(phase=_BEGINS[session.live.mode])
        self._rebuild()

    @property
    def breach_times(self) -> tuple[int, ...]:
        """Where breaches of the other side were ticked, in milliseconds of the recording."""
        ticks = [tick for line in self._lines(self._duties.values()) if line.breached for tick in line.found]
        return tuple(
            tick.at_ms
            for tick in ticks
            if tick is not None and tick.verdict is Verdict.BREACHED and tick.at_ms is not None
        )

    @Slot(str)
    def phase_clicked(self, phase: str) -> None:
        """Show what matters in this phase."""
        if phase != self.state.phase:
            self._rebuild(
                replace(self.state, phase=Phase(phase), all_shown=False, touched="", opened="", caution=None)
            )

    @Slot(int)
    def step_phase(self, by: int) -> None:
        """One phase on, or back."""
        place = VISIT_PHASES.index(self.state.phase) + by
        if 0 <= place < len(VISIT_PHASES):
            self.phase_clicked(VISIT_PHASES[place].value)

    @Slot(str, str)
    def verdict_clicked(self, row: str, verdict: str) -> None:
        """Tick; the same verdict again takes it back."""
        key = self._leading_key(row)
        current = self._marks.of(key)
        if current is not None and current.verdict == verdict:
            self._marks.clear(key)
        else:
            self._marks.set(key, Verdict(verdict))
        self._touch(row)

    @Slot(int, str)
    def number_pressed(self, number: int, verdict: str) -> None:
        """A key for the row with this number: it marks, and never takes back."""
        primary = self._phases[self.state.phase].primary
        if 0 < number <= min(PRIMARY_LIMIT, len(primary)):
            self._mark(self._key(primary[number - 1]), Verdict(verdict))

    @Slot(str)
    def item_clicked(self, row: str) -> None:
        """Show what to say about this one."""
        self._touch(row)

    @Slot(str)
    def source_clicked(self, row: str) -> None:
        """Show where it comes from, or no longer."""
        opened = "" if self.state.opened == row else row
        self._rebuild(replace(self.state, opened=opened, touched=row, caution=None))

    @Slot(str)
    def caution_clicked(self, row: str) -> None:
        """Open what to be careful of; the next one at each touch, and closed again after the last."""
        cautions: tuple[Caution | None, ...] = (*self._duties[row].cautions, None)
        shown = self.state.caution if self.state.touched == row else None
        following = cautions.index(shown) + 1 if shown in cautions[:-1] else 0
        self._rebuild(replace(self.state, touched=row, caution=cautions[following]))

    @Slot()
    def more_clicked(self) -> None:
        """Show everything of this phase, or the first ones only."""
        self._rebuild(replace(self.state, all_shown=not self.state.all_shown))

    @Slot()
    def undo_clicked(self) -> None:
        """Take the last mark back."""
        key = self._marks.undo()
        if key is not None:
            self._touch(self._row_of(key))

    def note_breach(self, item_id: str) -> None:
        """A quick marker says that this duty of the leading pack was not kept."""
        self._mark(item_id, Verdict.BREACHED)

    def check_hours(self) -> None:
        """Let the clock decide; what the user ticked or took back by hand is left alone."""
        moment = self._session.services.now()
        for result in self._session.services.automatic(moment, self._session.live.mode):
            key = (result.pack, result.item_id)
            current = self._marks.of(key)
            by_hand = current is None and key in self._marks.taken_back
            if key not in self._known or by_hand:
                continue
            if current is None or (current.automatic and current.verdict is not result.verdict):
                self._marks.set_by_clock(key, result)
        self._rebuild(replace(self.state, local_time=f"{moment.local:%H:%M}"))

    def _mark(self, row: str, verdict: Verdict) -> None:
        key = self._leading_key(row)
        current = self._marks.of(key)
        if current is None or current.verdict is not verdict:
            self._marks.set(key, verdict)
        self._touch(row)

    def _touch(self, row: str) -> None:
        self._rebuild(replace(self.state, touched=row, caution=None))

    def _rebuild(self, wanted: ChecklistState | None = None) -> None:
        state = wanted or self.state
        shown = self._phases[state.phase]
        last = self._marks.last
        every = self._lines(self._duties.values())
        state = replace(
            state,
            lines=self._lines(shown.duties if state.all_shown else shown.primary),
            breaches=sum(line.breached for line in every),
            hidden=len(shown.more),
            say=self._what_to_say(state),
            last=last,
            last_item=self._known.get((last.pack, last.item)) if last is not None else None,
            hours=tuple(line for line in every if _by_clock(line) and any(line.found)),
        )
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _what_to_say(self, state: ChecklistState) -> RuleItem | None:
        touched = self._duties.get(state.touched)
        if touched is not None and touched.item.say is not None:
            return touched.item
        open_items = (
            duty.item
            for duty in self._phases[state.phase].duties
            if duty.item.say and self._marks.of((duty.pack.id, duty.item.id)) is None
        )
        return next(open_items, None)

    def _lines(self, duties: Iterable[Duty]) -> tuple[Line, ...]:
        return tuple(
            Line(
                self._key(duty),
                duty,
                tuple(self._marks.of((one.pack.id, one.item.id)) for one in duty.members),
            )
            for duty in duties
        )

    def _key(self, duty: Duty) -> str:
        same = duty.pack.id == self._leading
        return duty.item.id if same else f"{duty.pack.id}/{duty.item.id}"

    def _leading_key(self, row: str) -> Key:
        duty = self._duties[row]
        return duty.pack.id, duty.item.id

    def _row_of(self, key: Key) -> str:
        pack, item = key
        return item if pack == self._leading else f"{pack}/{item}"


def _by_clock(line: Line) -> bool:
    return line.item.check.kind is CheckKind.AUTOMATIC
