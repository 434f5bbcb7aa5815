"""What the record page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidencedesk.domain.mode import Mode
from evidencedesk.ui.record.hearing import Hearing
from evidencedesk.ui.record.inputs import Input
from evidencedesk.ui.record.self_test import Phase, SelfTest
from evidencedesk.ui.second_place import SecondPlace

if TYPE_CHECKING:  # not for the first paint
    from evidencedesk.domain.case import Case
    from evidencedesk.domain.errors import Known
    from evidencedesk.domain.moment import Moment
    from evidencedesk.domain.rules import ConsentNotice, RuleItem
    from evidencedesk.domain.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing to do before anyone comes; ``tick`` names the tick that says it is done, ``done_at`` when.

    ``suggestion`` is what the records say about one that is not done.
    """

    item: RuleItem
    tick: str = ""
    done_at: Moment | None = None
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class RecordState:
    """Everything on the record page but the dancing level. The default is the page before it is ready.

    Not ``ready``: the library is being opened; ``failed``: it can't be. ``earlier_s`` is set while the last
    seconds are kept in memory. ``recorded`` are the devices, by label, that gave a recording already or
    were tested well; None while that is not known. ``consent`` is what a pack in use says about recording,
    by the codes of two places.
    """

    ready: bool = False
    failed: bool = False
    starting: bool = False
    case: Case | None = None
    cases: tuple[Case, ...] = ()
    mode: Mode = Mode.VISIT
    inputs: tuple[Input, ...] = ()
    chosen: str = ""
    far_inputs: tuple[Input, ...] = ()
    far_chosen: str = ""
    looking: bool = True
    sound_problem: Known | None = None
    hearing: Hearing = Hearing.UNKNOWN
    minutes_left: int | None = None
    earlier_s: int = 0
    second: SecondPlace = SecondPlace.NONE
    test: SelfTest = field(default_factory=SelfTest)
    recorded: frozenset[str] | None = None
    preparations: tuple[Preparation, ...] = ()
    consent: ConsentNotice | None = None
    place_here: str = ""
    place_there: str = ""

    @property
    def no_microphone(self) -> bool:
        """Looked, and there is none. When looking itself failed, recording may still work."""
        return self.ready and not self.looking and not self.inputs and self.sound_problem is None

    @property
    def in_trouble(self) -> bool:
        """Whether nothing can be heard, and why is said beside the microphones."""
        return self.no_microphone or self.sound_problem is not None

    @property
    def can_start(self) -> bool:
        """Whether pressing the button makes sense: from the first paint on, as the press is kept."""
        return not self.starting and not self.failed and not self.no_microphone

    @property
    def can_practise(self) -> bool:
        """A practice needs no microphone."""
        return self.ready and not self.starting

    @property
    def input(self) -> Input | None:
        """The microphone that would be used."""
        return next((one for one in self.inputs if one.name == self.chosen), None)

    @property
    def far(self) -> Input | None:
        """The other side's sound that would be recorded in a call on this computer."""
        if self.mode is not Mode.CALL:
            return None
        return next((one for one in self.far_choices if one.name == self.far_chosen), None)

    @property
    def far_choices(self) -> tuple[Input, ...]:
        """What may carry the other side: where microphones are listed too, not the one that is used."""
        return tuple(one for one in self.far_inputs if one.name != self.chosen)

    @property
    def untried(self) -> bool:
        """Whether the microphone was never used, so that a test is worth three seconds."""
        if self.input is None or self.recorded is None or self.test.phase is not Phase.IDLE:
            return False
        return self.input.label not in self.recorded

    @property
    def done(self) -> int:
        """How many preparations are done."""
        return sum(bool(one.tick) for one in self.preparations)
