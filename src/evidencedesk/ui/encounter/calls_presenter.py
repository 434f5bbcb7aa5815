"""The numbers at hand, and what came of calling them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evidencedesk.domain.case import CaseFile, FollowUp, FollowUpDetails, Step
from evidencedesk.domain.rules import Confidence, Hotline
from evidencedesk.guidance.in_use import hotlines_in_use
from evidencedesk.ui.encounter.session import Session

SAVE_AFTER_MS = 1_000
OWN = "own"  # the platform's number, also before anybody knows it


@dataclass(frozen=True, slots=True)
class CallsState:
    """Every number, the platform's own among them, and the panel about one of them.

    ``open`` is the number the panel is about, ``OWN`` for the platform's; ``all_shown`` lists them all.
    ``calls`` are those of this encounter, ``details`` the latest one to the open number as it is being
    written.
    """

    hotlines: tuple[Hotline, ...] = ()
    own: str = ""
    open: str = ""
    all_shown: bool = False
    calls: tuple[FollowUp, ...] = ()
    details: FollowUpDetails | None = None
    unsaved: bool = False

    @property
    def number(self) -> str:
        """What to dial."""
        return self.own if self.open == OWN else self.open

    @property
    def hotline(self) -> Hotline | None:
        """The open one of the packs'."""
        return next((one for one in self.hotlines if one.number == self.open), None)

    @property
    def call(self) -> FollowUp | None:
        """The latest call to the open number."""
        found = [call for call in self.calls if self.number and call.details.number == self.number]
        return found[-1] if found else None


class CallsPresenter(QObject):
    """Keeps calls; what is typed about one is saved by itself.

    Emits:
        state_changed: the new CallsState.
    """

    state_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ended = False
        case_file = session.attempt(session.case_file)
        hotlines = hotlines_in_use(session.services.packs)
        self.state = CallsState(
            hotlines=tuple(sorted(hotlines, key=lambda one: not one.danger)),
            own=case_file.case.hotline if case_file else "",
            calls=self._mine(case_file),
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    def end(self) -> None:
        """The recording is over: what comes now has no second in it."""
        self.save()
        self._ended = True

    @Slot(str)
    def number_clicked(self, number: str) -> None:
        """Open the panel about a number; the same one again closes it."""
        if not self.save():
            return
        opened = "" if self.state.open == number else number
        state = replace(self.state, open=opened, all_shown=False)
        self._show(replace(state, details=state.call.details if state.call else None))

    @Slot()
    def all_clicked(self) -> None:
        """List all numbers, or no longer."""
        if self.save():
            shown = not self.state.all_shown
            self._show(replace(self.state, open="", all_shown=shown, details=None))

    @Slot()
    def close(self) -> None:
        """Back to the rules."""
        if self.save():
            self._show(replace(self.state, open="", all_shown=False, details=None))

    @Slot(str)
    def own_entered(self, number: str) -> None:
        """The platform's number was typed."""
        number = number.strip()
        if not number or number == self.state.own:
            return

        def change() -> bool:
            self._session.services.change_hotline(self._session.live.case, number)
            return True

        if self._session.attempt(change):
            state = replace(self.state, own=number)
            self._show(replace(state, details=state.call.details if state.call else None))

    @Slot(str)
    def called(self, whom: str) -> None:
        """The user calls the open number now."""
        services, live = self._session.services, self._session.live
        if not self.state.number or not self.save():
            return
        now = services.now()
        details = FollowUpDetails(Step.CALL, now.utc, now.offset_minutes, number=self.state.number, whom=whom)
        step = self._session.attempt(
            partial(
                services.log_follow_up,
                live.case,
                details,
                encounter=live.encounter,
                recording=live.recording,
                at_ms=None if self._ended else live.at_ms(),
            )
        )
        if step is not None:
            calls = (*self.state.calls, step)
            self._show(replace(self.state, calls=calls, details=step.details))

    @Slot()
    def call_withdrawn(self) -> None:
        """The latest call to the open number was none."""
        call = self.state.call
        if call is None:
            return

        def withdraw() -> bool:
            self._session.services.withdraw_follow_up(call.case, call.id)
            return True

        if self._session.attempt(withdraw):
            self._timer.stop()
            calls = tuple(one for one in self.state.calls if one.id != call.id)
            state = replace(self.state, calls=calls, unsaved=False)
            self._show(replace(state, details=state.call.details if state.call else None))

    @Slot(str, str)
    def field_edited(self, name: str, text: str) -> None:
        """Something was typed; it is saved when the typing pauses."""
        if self.state.details is None:
            return
        # mypy takes any field for any type; the names come from the panel's own list of text fields.
        details = replace(self.state.details, **{name: text})  # type: ignore[arg-type]
        if details != self.state.details:
            self._show(replace(self.state, details=details, unsaved=True))
            self._timer.start()

    @Slot()
    def save(self) -> bool:
        """Put what was typed on the disk; False when that failed."""
        self._timer.stop()
        call, details = self.state.call, self.state.details
        if not self.state.unsaved or call is None or details is None:
            return True

        def change() -> bool:
            self._session.services.change_follow_up(call.case, call.id, details)
            return True

        if not self._session.attempt(change):
            return False
        changed = replace(call, details=details, changed=True)
        calls = tuple(changed if one.id == call.id else one for one in self.state.calls)
        self._show(replace(self.state, calls=calls, unsaved=False))
        return True

    def _mine(self, case_file: CaseFile | None) -> tuple[FollowUp, ...]:
        return tuple(
            step
            for step in (case_file.follow_ups if case_file else ())
            if step.encounter == self._session.live.encounter
            and step.details.step is Step.CALL
            and step.collector is None  # a call about a person stands on that person's card
            and not step.withdrawn
        )

    def _show(self, state: CallsState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def as_reported(hotline: Hotline | None) -> bool:
    """Whether a number could not be read in the original."""
    return hotline is not None and hotline.confidence is Confidence.REPORTED
