"""Three seconds that tell whether the microphone will do, before it matters.

It listens to the same level the page shows all the time. In a call the computer's own sound is
listened to as well; nothing is played, and nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from evidencedesk.domain.errors import Known
from evidencedesk.ui.background import Runner
from evidencedesk.ui.record.hearing import LEVELS_PER_S, Outcome, far_is_heard, judge
from evidencedesk.ui.record.inputs import Input

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.ui.services import RecordServices

TEST_S = 3
_LEVELS = TEST_S * LEVELS_PER_S
_PATIENCE = 7 * LEVELS_PER_S  # a microphone that was only just chosen takes a moment to open
_FAR_PATIENCE = 12 * LEVELS_PER_S  # time to start some music


class Phase(StrEnum):
    """How far a test is."""

    IDLE = "idle"
    LISTENING = "listening"
    FAR_SIDE = "far-side"
    DONE = "done"


class FarSide(StrEnum):
    """Whether the other side's sound arrives."""

    NOT_TESTED = "not-tested"
    WAITING = "waiting"
    ARRIVES = "arrives"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SelfTest:
    """A test, and in the end what it found. ``outcome`` is set from FAR_SIDE on."""

    phase: Phase = Phase.IDLE
    device: str = ""
    seconds_left: int = 0
    outcome: Outcome | None = None
    far: FarSide = FarSide.NOT_TESTED
    far_device: str = ""

    @property
    def running(self) -> bool:
        """Whether it listens."""
        return self.phase in (Phase.LISTENING, Phase.FAR_SIDE)


class SelfTestRun(QObject):
    """One test after the other.

    Emits:
        changed: the new SelfTest.
    """

    changed = Signal(object)

    def __init__(self, services: RecordServices, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._source = ""
        self._levels: list[int] = []
        self._looks = 0
        self.state = SelfTest()

    def begin(self, near: Input, far: Input | None) -> None:
        """Listen; ``far`` is the computer's own sound, in a call."""
        self.cancel()
        self._source = near.name
        self._levels, self._looks = [], 0
        if far is not None:
            work = partial(self._services.listen_far, far.name)
            self._runner.run(work, self._nothing_to_do, self._far_failed)
        self._show(
            SelfTest(
                Phase.LISTENING,
                near.label,
                TEST_S,
                far=FarSide.WAITING if far is not None else FarSide.NOT_TESTED,
                far_device=far.label if far is not None else "",
            )
        )

    def cancel(self) -> None:
        """Something else was chosen, or the recording begins: what was found no longer holds."""
        if self.state.running and self.state.far is not FarSide.NOT_TESTED:
            self._let_far_go()
        self.forget()

    def forget(self) -> None:
        """All inputs are let go by somebody else, who must not be kept waiting."""
        self._show(SelfTest())

    @Slot(object)
    def heard(self, peak: int | None) -> None:
        """The level of a tenth of a second; None while there is none."""
        if not self.state.running:
            return
        self._looks += 1
        if self.state.far is FarSide.WAITING and self._far_heard():
            self._show(replace(self.state, far=FarSide.ARRIVES))
        if self.state.phase is Phase.LISTENING:
            self._take(peak)
        elif self.state.far is not FarSide.WAITING:
            self._finish()
        elif self._looks >= _FAR_PATIENCE:
            self._show(replace(self.state, far=FarSide.NOTHING))
            self._finish()

    def _take(self, peak: int | None) -> None:
        if peak is not None:
            self._levels.append(peak)
        left = _LEVELS - len(self._levels)
        if left > 0 and self._looks < _PATIENCE:
            self._show(replace(self.state, seconds_left=-(-left // LEVELS_PER_S)))
            return
        outcome = judge(self._levels)
        if outcome is Outcome.NOTHING:
            work = partial(self._services.muted, self._source)
            self._runner.run(work, self._told_muted, self._not_told)
        else:
            self._judged(outcome)

    @Slot(object)
    def _told_muted(self, muted: object) -> None:
        self._judged(Outcome.MUTED if muted else Outcome.NOTHING)

    @Slot(object)
    def _not_told(self, _error: Known) -> None:
        self._judged(Outcome.NOTHING)

    def _judged(self, outcome: Outcome) -> None:
        if self.state.phase is not Phase.LISTENING:
            return  # cancelled meanwhile
        self._show(replace(self.state, phase=Phase.FAR_SIDE, seconds_left=0, outcome=outcome))
        if self.state.far is not FarSide.WAITING:
            self._finish()

    def _finish(self) -> None:
        if self.state.far is not FarSide.NOT_TESTED:
            self._let_far_go()
        self._show(replace(self.state, phase=Phase.DONE))

    def _far_heard(self) -> bool:
        try:
            return far_is_heard(self._services.far_level())
        except Known as error:
            self._far_failed(error)
            return False

    @Slot(object)
    def _far_failed(self, _error: Known) -> None:
        if self.state.running:
            self._show(replace(self.state, far=FarSide.NOTHING))

    def _let_far_go(self) -> None:
        self._runner.run(self._services.stop_listening_far, self._nothing_to_do, self._nothing_to_do)

    @Slot(object)
    def _nothing_to_do(self, _nothing: object) -> None:
        """It is told by the levels whether there is sound."""

    def _show(self, state: SelfTest) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
