"""A leg whose recorder is lost gets another one, and what it shows and tells goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import (
    PartStatus,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    StopReason,
)
from evidencedesk.workflows.leg import Leg

RATE = 8000
NOW = Moment("2026-11-23T14:05:09.000000Z", 480, "boot", 1)
PLAN = RecordingPlan("c-00000001", "e-00000001", "r-00000001", "/cases/r-00000001", "visit", "mic", "0")


@dataclass
class PlayedRecorder:
    """A recorder with a second of sound for each call of ``sound``."""

    plan: RecordingPlan
    seconds: int = 0
    state: RecorderState = RecorderState.RECORDING
    stops: list[StopReason] = field(default_factory=list)

    def start(self) -> None:
        pass

    def status(self, columns_from: int = 0) -> RecorderStatus:
        columns = tuple((-1, 1) for _ in range(20 * self.seconds))
        plan = self.plan
        part = PartStatus(
            plan.recording, plan.folder, plan.part, plan.begins_ms, "Mic", "mic", RATE, 1, simulated=False,
            started=NOW, samples=self.seconds * RATE,
        )  # fmt: skip
        return RecorderStatus(
            self.state,
            rate_hz=RATE,
            channels=1,
            samples=self.seconds * RATE,
            columns=columns[columns_from:],
            columns_from=columns_from,
            parts=(part,),
            error=Code.CAPTURE_LOST.value if self.state is RecorderState.FAILED else "",
        )

    def request_stop(self, reason: StopReason) -> None:
        self.stops.append(reason)

    def wait(self, timeout_s: float) -> bool:
        return True

    def kill(self) -> None:
        self.state = RecorderState.FAILED


class Journal:
    """What was told."""

    def __init__(self) -> None:
        self.told: list[tuple[EventType, dict[str, Any]]] = []

    def tell(self, kind: EventType, facts: dict[str, Any], _moment: Moment | None) -> None:
        self.told.append((kind, facts))


def leg_of(first: PlayedRecorder, following: list[PlayedRecorder] | None = None) -> Leg:
    def begin(plan: RecordingPlan) -> PlayedRecorder:
        if following is None:
            raise MachineFailure(Code.NO_MICROPHONE)
        following.append(PlayedRecorder(plan))
        return following[-1]

    return Leg(PLAN, first, begin, began_ns=0, now_ns=lambda: 7_500_000_000)


def look_until_replaced(leg: Leg, journal: Journal, columns_from: int) -> None:
    deadline = time.monotonic() + 10
    while len(leg.last.parts) < 2:
        assert time.monotonic() < deadline
        leg.look(journal.tell, columns_from)
        time.sleep(0.01)


def test_the_next_recorder_begins_a_part_at_its_place_in_the_encounter() -> None:
    journal, first, following = Journal(), PlayedRecorder(PLAN, seconds=3), list[PlayedRecorder]()
    leg = leg_of(first, following)
    leg.look(journal.tell)
    first.kill()
    look_until_replaced(leg, journal, 0)
    assert [(part.number, part.begins_ms) for part in leg.last.parts] == [(1, 0), (2, 7500)]
    assert leg.unsealed == [PLAN.folder]
    assert leg.restarts == 1
    assert [kind for kind, _ in journal.told] == [EventType.RECORDING_STARTED] * 2


def test_the_picture_of_the_sound_goes_on_behind_what_was_drawn_already() -> None:
    journal, first, following = Journal(), PlayedRecorder(PLAN, seconds=3), list[PlayedRecorder]()
    leg = leg_of(first, following)
    leg.look(journal.tell)  # nobody wants columns yet
    drawn = len(leg.look(journal.tell, 0).columns)
    assert drawn == 60
    first.kill()
    look_until_replaced(leg, journal, drawn)
    following[0].seconds = 2
    status = leg.look(journal.tell, drawn)
    assert (status.columns_from, len(status.columns)) == (60, 40)
    assert status.elapsed_ms() == 5000


def test_an_end_that_was_asked_for_is_not_replaced() -> None:
    journal, first, following = Journal(), PlayedRecorder(PLAN, seconds=3), list[PlayedRecorder]()
    leg = leg_of(first, following)
    leg.stop(StopReason.USER)
    first.kill()
    leg.look(journal.tell)
    assert leg.ended
    assert following == []
    assert leg.unsealed == [PLAN.folder]


def test_a_leg_that_can_not_be_begun_again_ends_without_counting_anything_twice() -> None:
    journal, first = Journal(), PlayedRecorder(PLAN, seconds=3)
    leg = leg_of(first)
    leg.look(journal.tell)
    first.kill()
    leg.look(journal.tell)
    leg.stop(StopReason.USER)  # the user has had enough of waiting
    deadline = time.monotonic() + 10
    while not leg.ended:
        assert time.monotonic() < deadline
        leg.look(journal.tell)
        time.sleep(0.01)
    leg.look(journal.tell)
    assert len(leg.last.parts) == 1
    assert leg.last.error == Code.CAPTURE_LOST
    assert leg.last.elapsed_ms() == 3000
