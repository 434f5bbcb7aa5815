"""Record while the library is locked: nobody at the door waits for a passphrase.

The recorders need no secret, only the vault's public key, to which everything is sealed. The recording goes
into a case of its own, which is opened when somebody unlocks (``begun_cases.py``). Then the recording is
taken up as one that outlived its window, or recovered as one that a crash left.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from evidencedesk import __version__
from evidencedesk.domain.case import Mode
from evidencedesk.domain.errors import Known
from evidencedesk.domain.event import EventType
from evidencedesk.domain.identifiers import Kind, new_id
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.pulse import RecorderStatus, RecordingPlan
from evidencedesk.workflows.begun_cases import leave_word, take_away
from evidencedesk.workflows.leg import ENDED, Leg
from evidencedesk.workflows.record_encounter import RecordOptions, begin_apart, far_plan


class RecordBeforeUnlock:
    """One encounter that is recorded while nobody can read the library. ``poll`` is to be called often."""

    def __init__(self, legs: tuple[Leg, ...]) -> None:
        """``legs`` has the near one first."""
        self._legs = legs

    @property
    def case(self) -> str:
        """The case that will be opened for it."""
        return self._legs[0].plan.case

    @property
    def ended(self) -> bool:
        """Whether no recorder runs any more."""
        return all(leg.ended for leg in self._legs)

    def poll(self) -> RecorderStatus:
        """Ask how it stands, and begin again where a recorder was lost."""
        statuses = [leg.look(_untold) for leg in self._legs]
        # It is being recorded as long as one side is.
        return next((status for status in statuses if status.state not in ENDED), statuses[0])


def begin_before_unlock(
    library: Path,
    sealed_to: bytes | None,
    clock: Clock,
    mode: Mode,
    source: str,
    title: str,
    options: RecordOptions | None = None,
) -> RecordBeforeUnlock:
    """Start to record; when this returns, sound is being taken.

    ``title`` is the name of the case that will be opened. Raises what the recorder raises when there is no
    microphone, no room or no right to write; then nothing is left behind.
    """
    opened = clock.now()
    options = options or RecordOptions()
    case, recording = new_id(Kind.CASE), new_id(Kind.RECORDING)
    folder = library / "cases" / case
    plan = RecordingPlan(
        case=case,
        encounter=new_id(Kind.ENCOUNTER),
        recording=recording,
        folder=str(folder / "recordings" / recording),
        mode=mode.value,
        source=source,
        app_version=__version__,
        part_s=options.part_s,
        second_folder=options.second_folder,
        fallback=options.fallback,
        sealed_to=(sealed_to or b"").hex(),
    )
    leave_word(folder, title, plan.encounter, mode, opened)
    try:
        legs = [_leg(plan, clock, opened)]
    except Known:
        take_away(folder)
        raise
    if options.far_source:
        # One side is better than none; that the other one is missing shows in the case.
        with contextlib.suppress(Known):
            legs.append(_leg(far_plan(plan, options.far_source), clock, opened))
    return RecordBeforeUnlock(tuple(legs))


def _leg(plan: RecordingPlan, clock: Clock, opened: Moment) -> Leg:
    return Leg(plan, begin_apart(plan), begin_apart, opened.mono_ns, lambda: clock.now().mono_ns)


def _untold(_kind: EventType, _facts: dict[str, Any], _moment: Moment | None) -> None:
    """The journal is closed; the pulses beside the sound say the same."""
