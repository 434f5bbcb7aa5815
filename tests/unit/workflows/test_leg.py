"""A leg whose recorder is lost gets another one, and what it shows and tells goes on."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.event import EventType
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import (
    PartStatus,
    PulseWarning,
    RecorderState,
    RecorderStatus,
    RecordingPlan,
    StopReason,
)
from evidencedesk.workflows.leg import Leg
from evidencedesk.workflows.recording_events import mark_of

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
    answering: bool = True
    first_sample_ns: int | None = None
    earlier_ms: int = 0
    warnings: tuple[PulseWarning, ...] = ()
    killed: int = 0

    def start(self) -> None:
        pass

    def status(self, columns_from: int = 0) -> RecorderStatus:
        columns = tuple((-1, 1) for _ in range(20 * self.seconds))
        plan = self.plan
        part = PartStatus(
            plan.recording, plan.folder, plan.part, plan.begins_ms, "Mic", "mic", RATE, 1, simulated=False,
            started=NOW, samples=self.seconds * RATE, earlier_ms=self.earlier_ms,
        )  # fmt: skip
        return RecorderStatus(
            self.state,
            rate_hz=RATE,
            channels=1,
            samples=self.seconds * RATE,
            columns=columns[columns_from:],
            columns_from=columns_from,
            parts=(part,),
            answering=self.answering,
            first_sample_mono_ns=self.first_sample_ns,
            warnings=self.warnings,
            error=Code.CAPTURE_LOST.value if self.state is RecorderState.FAILED else "",
        )

    def request_stop(self, reason: StopReason) -> None:
        self.stops.append(reason)

    def wait(self, timeout_s: float) -> bool:
        return True

    def kill(self) -> None:
        self.killed += 1
        self.answering = True
        self.state = RecorderState.FAILED


class Journal:
    """What was told."""

    def __init__(self) -> None:
        self.told: list[tuple[EventType, dict[str, Any]]] = []

    def tell(self, kind: EventType, facts: dict[str, Any], _moment: Moment | None) -> None:
        self.told.append((kind, facts))


class HandClock:
    """A steady clock that the test sets."""

    def __init__(self, seconds: float = 7.5) -> None:
        self.seconds = seconds

    def now_ns(self) -> int:
        return int(self.seconds * 1_000_000_000)


def leg_of(
    first: PlayedRecorder,
    following: list[PlayedRecorder] | None = None,
    clock: HandClock | None = None,
    pause_s: float = 1.0,
) -> Leg:
    def begin(plan: RecordingPlan) -> PlayedRecorder:
        if following is None:
            raise MachineFailure(Code.NO_MICROPHONE)
        following.append(PlayedRecorder(plan))
        return following[-1]

    now_ns = (clock or HandClock()).now_ns
    return Leg(PLAN, first, begin, began_ns=0, now_ns=now_ns, pause_s=pause_s)


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


def test_the_next_part_stands_behind_the_seconds_from_before_the_click() -> None:
    journal, following = Journal(), list[PlayedRecorder]()
    # The button was pressed at 20 s of the steady clock, the sound begins ten seconds before it.
    first = PlayedRecorder(PLAN, seconds=14, first_sample_ns=10_000_000_000, earlier_ms=10_000)
    leg = leg_of(first, following, HandClock(26.0))
    leg.began_ns = 20_000_000_000
    leg.look(journal.tell)
    first.kill()
    look_until_replaced(leg, journal, 0)
    # 14 s were recorded of the 16 until the loss: two are missing, as the journal can now tell.
    assert [part.begins_ms for part in leg.last.parts] == [0, 16_000]


def test_the_next_part_never_begins_inside_the_one_before() -> None:
    journal, first, following = Journal(), PlayedRecorder(PLAN, seconds=9), list[PlayedRecorder]()
    leg = leg_of(first, following, HandClock(7.5))
    leg.look(journal.tell)
    first.kill()
    look_until_replaced(leg, journal, 0)
    assert [part.begins_ms for part in leg.last.parts] == [0, 9000]


def test_a_part_that_took_several_tries_stands_where_it_began_at_last() -> None:
    clock, first, begun = HandClock(5), PlayedRecorder(PLAN, seconds=3), list[PlayedRecorder]()

    def begin(plan: RecordingPlan) -> PlayedRecorder:
        clock.seconds += 10
        if clock.seconds < 30:
            raise MachineFailure(Code.NO_MICROPHONE)
        begun.append(PlayedRecorder(plan))
        return begun[-1]

    leg = Leg(PLAN, first, begin, began_ns=0, now_ns=clock.now_ns, pause_s=0)
    journal = Journal()
    leg.look(journal.tell)
    first.kill()
    look_until_replaced(leg, journal, 0)
    assert [part.begins_ms for part in leg.last.parts] == [0, 25_000]


def test_a_recorder_that_stands_still_is_ended_and_followed_after_a_while() -> None:
    journal, clock, following = Journal(), HandClock(100), list[PlayedRecorder]()
    first = PlayedRecorder(PLAN, seconds=3)
    leg = leg_of(first, following, clock)
    leg.look(journal.tell)
    first.answering = False
    for _ in range(115):
        clock.seconds += 0.1
        leg.look(journal.tell)
    assert first.state is RecorderState.RECORDING
    for _ in range(10):
        clock.seconds += 0.1
        leg.look(journal.tell)
    assert first.killed == 1
    look_until_replaced(leg, journal, 0)
    assert leg.unsealed == [PLAN.folder]
    assert leg.restarts == 1
    assert not following[0].killed


def test_a_recorder_that_answers_again_is_left_alone() -> None:
    journal, clock, first = Journal(), HandClock(100), PlayedRecorder(PLAN, seconds=3)
    leg = leg_of(first, [], clock)
    for answering in (False, True, False):
        first.answering = answering
        for _ in range(100):
            clock.seconds += 0.1
            leg.look(journal.tell)
    assert not first.killed


def test_a_window_that_stood_still_itself_does_not_take_that_for_silence() -> None:
    journal, clock, first = Journal(), HandClock(100), PlayedRecorder(PLAN, seconds=3)
    leg = leg_of(first, [], clock)
    leg.look(journal.tell)
    clock.seconds += 3600
    first.answering = False  # the first answer after that hour is late
    leg.look(journal.tell)
    clock.seconds += 0.1
    leg.look(journal.tell)
    assert not first.killed


def test_a_recorder_that_stands_still_while_it_should_end_is_ended_but_not_followed() -> None:
    journal, clock, following = Journal(), HandClock(100), list[PlayedRecorder]()
    first = PlayedRecorder(PLAN, seconds=3)
    leg = leg_of(first, following, clock)
    leg.look(journal.tell)
    leg.stop(StopReason.USER)
    first.answering = False
    for _ in range(14):
        clock.seconds += 1
        leg.look(journal.tell)
    assert leg.ended
    assert leg.unsealed == [PLAN.folder]
    assert following == []


def test_a_leg_that_tries_to_begin_again_lets_go_at_once_when_it_is_stopped() -> None:
    journal, first = Journal(), PlayedRecorder(PLAN, seconds=3)
    leg = leg_of(first, pause_s=60)
    leg.look(journal.tell)
    first.kill()
    leg.look(journal.tell)
    (restart,) = [one for one in threading.enumerate() if one.name == "recorder-restart"]
    assert restart.daemon
    leg.stop(StopReason.USER)
    restart.join(10)
    assert not restart.is_alive()
    leg.look(journal.tell)
    assert leg.ended


def test_a_recorder_that_comes_up_after_the_stop_is_stopped_although_nobody_looks() -> None:
    journal, first, come_up = Journal(), PlayedRecorder(PLAN, seconds=3), threading.Event()
    begun: list[PlayedRecorder] = []

    def begin(plan: RecordingPlan) -> PlayedRecorder:
        assert come_up.wait(10)
        begun.append(PlayedRecorder(plan))
        return begun[-1]

    leg = Leg(PLAN, first, begin, began_ns=0, now_ns=HandClock().now_ns)
    leg.look(journal.tell)
    first.kill()
    leg.look(journal.tell)
    leg.stop(StopReason.SIGNAL)
    (restart,) = [one for one in threading.enumerate() if one.name == "recorder-restart"]
    come_up.set()
    restart.join(10)
    assert begun[0].stops == [StopReason.SIGNAL]


def test_warnings_that_the_journal_has_are_known_by_what_they_say_not_by_their_number() -> None:
    journal = Journal()
    old = PulseWarning("silent", 500, NOW.utc, recording=PLAN.recording)
    new = replace(old, at_ms=2500)
    first = PlayedRecorder(PLAN, seconds=3, warnings=(old,))
    leg = leg_of(first)
    leg.begun.add(PLAN.recording)
    # The journal also has what no recorder noted: that the other side is missing.
    leg.told.update([mark_of(old), mark_of(replace(old, code="far-missing"))])
    leg.look(journal.tell)
    assert journal.told == []
    first.warnings = (old, new)
    leg.look(journal.tell)
    leg.look(journal.tell)
    assert [facts["at_ms"] for _, facts in journal.told] == [2500]
