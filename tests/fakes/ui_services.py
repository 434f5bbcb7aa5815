"""A desk that keeps everything in memory, and a recorder that hears what the test says."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from evidencedesk.domain.case import (
    Case,
    CaseFile,
    CaseSummary,
    Collector,
    CollectorCard,
    Mode,
    Note,
    Recording,
    RecordingState,
    Tick,
    Verdict,
)
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.moment import Moment, format_utc, parse_utc
from evidencedesk.domain.pulse import RecorderState, RecorderStatus, SealedSound, StopReason
from evidencedesk.domain.rules import ConsentNotice, RuleItem, RulePack
from evidencedesk.guidance.checks import CONTACT_HOURS
from evidencedesk.guidance.contact_hours import automatic
from evidencedesk.guidance.loader import load_packs
from evidencedesk.guidance.selection import before_list
from evidencedesk.system.resources import resource
from evidencedesk.ui.services import AutomaticVerdict, Facts, LiveEncounter, SecondPlace
from fakes.ui_people import FakePeople

RATE_HZ = 48_000


def moment(utc: str = "2026-11-23T13:34:00.000000Z", offset_minutes: int = 480) -> Moment:
    """21:34 in Beijing: after the hours the article advises."""
    return Moment(utc, offset_minutes, "boot", 1)


class InstantRunner:
    """Does all work at once, on the caller's thread."""

    def run(
        self, work: Callable[[], Any], success: Callable[[Any], None], failure: Callable[[Known], None]
    ) -> None:
        try:
            result = work()
        except Known as error:
            failure(error)
            return
        success(result)


class HeldRunner:
    """Keeps work until the test lets it run."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Any, Any, Any]] = []

    def run(
        self, work: Callable[[], Any], success: Callable[[Any], None], failure: Callable[[Known], None]
    ) -> None:
        self.waiting.append((work, success, failure))

    def let_go(self) -> None:
        waiting, self.waiting = self.waiting, []
        for work, success, failure in waiting:
            InstantRunner().run(work, success, failure)


@dataclass(frozen=True)
class FakeSource:
    name: str
    label: str
    rate_hz: int = RATE_HZ
    channels: int = 1
    is_default: bool = False


@dataclass
class FakeLive:
    """A recorder whose status is set by the test."""

    case: str
    mode: Mode = Mode.VISIT
    encounter: str = "e-00000001"
    recording: str = "r-00000001"
    status: RecorderStatus = field(
        default_factory=lambda: RecorderStatus(
            RecorderState.RECORDING, device="Built-in microphone", rate_hz=RATE_HZ, channels=1
        )
    )
    columns: list[tuple[int, int]] = field(default_factory=list)
    finished: bool = False
    journal_behind: bool = False
    stops: int = 0
    stop_reason: StopReason | None = None
    far: RecorderStatus | None = None
    folder: str = "library/cases/c-1/recordings/r-00000001"
    journal_refused: Known | None = None
    recovery_failed: Known | None = None

    def poll(self, columns_from: int = 0) -> RecorderStatus:
        return replace(self.status, columns=tuple(self.columns[columns_from:]), columns_from=columns_from)

    def at_ms(self) -> int | None:
        return self.status.elapsed_ms()

    def stop(self, reason: StopReason = StopReason.USER) -> None:
        self.stops += 1
        self.stop_reason = reason

    def kill(self) -> None:
        self.finished = True

    def at(self, seconds: float, **changed: Any) -> None:
        """Let the recording be this long, saved up to a second before its end."""
        samples = int(seconds * RATE_HZ)
        saved = max(0, samples - RATE_HZ)
        self.status = replace(self.status, samples=samples, saved_samples=saved, peak=300, **changed)

    def seal(self, reason: StopReason = StopReason.USER) -> None:
        """Let the recorder come to its normal end."""
        sealed = SealedSound(reason, self.status.samples, "audio.flac", 1, "0" * 64, "0" * 64, "0" * 64)
        self.status = replace(self.status, state=RecorderState.STOPPED, sealed=sealed)
        self.finished = True


class FakeDesk(FakePeople):
    """The services of both pages."""

    def __init__(self) -> None:
        super().__init__()
        self.pack: RulePack = load_packs(resource("packs"))[0]
        self.other_packs: tuple[RulePack, ...] = ()
        self.clock = moment()
        self.files: dict[str, CaseFile] = {}
        self.inputs: tuple[FakeSource, ...] = (
            FakeSource("mic", "Built-in microphone", is_default=True),
            FakeSource("usb", "USB headset", 44_100),
        )
        self.list_error: Known | None = None
        self.begin_error: Known | None = None
        self.write_error: Known | None = None
        self.peak: int | None = 120
        self.free: int | None = 110_000_000_000
        self.listening: str | None = None
        self.begun: list[FakeLive] = []
        self.begun_with: list[tuple[str, str]] = []
        self.far_inputs: tuple[FakeSource, ...] = (
            FakeSource("speakers.monitor", "Monitor of Speakers", channels=2),
        )
        self.muted_inputs: set[str] = set()
        self.far_peak: int | None = 0
        self.listening_far: str | None = None
        self.recorded: set[str] = {"Built-in microphone", "USB headset"}
        self.earlier = 0.0
        self.second = SecondPlace.NONE
        self.second_folders: dict[str, str] = {}
        self.free_elsewhere: dict[str, int | None] = {}
        self.asked: list[str] = []  # what was asked of the sound and the database, in order
        self.consent_notice: ConsentNotice | None = None
        self._numbers = itertools.count(1)

    # Cases

    def now(self) -> Moment:
        return self.clock

    def cases(self) -> tuple[CaseSummary, ...]:
        return tuple(CaseSummary(file.case, practice=file.practice) for file in self.files.values())

    def latest_case(self) -> Case | None:
        real = [file.case for file in self.files.values() if not file.practice]
        return real[-1] if real else None

    def open_case(self, title: str, creditor: str = "", contract: str = "") -> Case:
        self.asked.append("open_case")
        self._write()
        case = Case(f"c-{next(self._numbers):08}", title, creditor, contract, self.clock)
        self.files[case.id] = CaseFile(case)
        return case

    def case_file(self, case_id: str) -> CaseFile:
        return self.files[case_id]

    # Sound

    def sources(self) -> tuple[FakeSource, ...]:
        if self.list_error is not None:
            raise self.list_error
        return self.inputs

    def listen(self, source: str) -> None:
        self.asked.append("listen")
        self.listening = source

    def level(self) -> int | None:
        return self.peak if self.listening else None

    def keep_all(self) -> None:
        self.asked.append("keep_all")

    def stop_listening(self) -> None:
        self.asked.append("stop_listening")
        self.listening = None
        self.listening_far = None

    def listen_far(self, source: str) -> None:
        self.listening_far = source

    def far_level(self) -> int | None:
        return self.far_peak if self.listening_far else None

    def stop_listening_far(self) -> None:
        self.listening_far = None

    def recorded_devices(self) -> frozenset[str]:
        return frozenset(self.recorded)

    def earlier_s(self) -> float:
        return self.earlier

    def second_place(self) -> SecondPlace:
        return self.second

    def second_folder(self, live: LiveEncounter) -> str:
        return self.second_folders.get(live.encounter, "")

    def free_bytes(self, folder: str = "") -> int | None:
        return self.free_elsewhere.get(folder, self.free)

    def far_sources(self) -> tuple[FakeSource, ...]:
        return self.far_inputs

    def muted(self, source: str) -> bool:
        return source in self.muted_inputs

    def begin(self, mode: Mode, source: str, far_source: str, case_id: str) -> FakeLive:
        self.asked.append("begin")
        if self.begin_error is not None:
            raise self.begin_error
        self.begun_with.append((source, far_source))
        self.stop_listening()
        live = FakeLive(case_id, mode)
        self.begun.append(live)
        return live

    def practise(self, title: str) -> FakeLive:
        self.asked.append("practise")
        if self.begin_error is not None:
            raise self.begin_error
        self.stop_listening()
        case = self.open_case(title)
        live = FakeLive(case.id)
        live.status = replace(live.status, simulated=True)
        self.begun.append(live)
        recording = Recording(
            live.recording,
            case.id,
            live.encounter,
            RecordingState.RUNNING,
            self.clock,
            "visit.flac",
            RATE_HZ,
            1,
            simulated=True,
            file="audio.flac",
        )
        self.files[case.id] = replace(self.files[case.id], recordings=(recording,))
        return live

    # Guidance

    def consent(self) -> ConsentNotice | None:
        return self.consent_notice

    def before_items(self) -> tuple[RuleItem, ...]:
        return before_list(self.pack)

    @property
    def packs(self) -> tuple[RulePack, ...]:
        return (self.pack, *self.other_packs)

    def automatic(self, at: Moment, mode: Mode) -> tuple[AutomaticVerdict, ...]:
        return tuple(
            AutomaticVerdict(pack.id, result.item_id, result.verdict, CONTACT_HOURS, result.facts)
            for pack in self.packs
            for result in automatic(pack, at, mode)
        )

    # Writing

    def take_note(
        self,
        case_id: str,
        text: str,
        encounter: str | None = None,
        recording: str | None = None,
        at_ms: int | None = None,
        marker: str | None = None,
    ) -> Note:
        self._write()
        number = f"n-{next(self._numbers):08}"
        note = Note(number, case_id, encounter, recording, at_ms, text.strip(), marker, self.clock)
        file = self.files[case_id]
        self.files[case_id] = replace(file, notes=(*file.notes, note))
        return note

    def tick_item(
        self,
        case_id: str,
        encounter: str | None,
        item_id: str,
        verdict: Verdict,
        recording: str | None = None,
        at_ms: int | None = None,
        *,
        automatic: bool = False,
        pack: str = "",
        rule: str = "",
        facts: Facts = (),
    ) -> Tick:
        self._write()
        used = next((one for one in self.packs if one.id == pack), self.pack)
        used.item(item_id)
        tick = Tick(
            f"t-{next(self._numbers):08}",
            case_id,
            encounter,
            recording,
            at_ms,
            used.id,
            used.version,
            item_id,
            verdict,
            automatic,
            self.clock,
            rule=rule,
            facts=facts,
        )
        file = self.files[case_id]
        self.files[case_id] = replace(file, ticks=(*file.ticks, tick))
        return tick

    def withdraw_tick(self, case_id: str, tick_id: str) -> None:
        self._write()
        file = self.files[case_id]
        ticks = tuple(replace(t, withdrawn=True) if t.id == tick_id else t for t in file.ticks)
        self.files[case_id] = replace(file, ticks=ticks)

    def add_collector(self, case_id: str, encounter: str, card: CollectorCard) -> Collector:
        self._write()
        collector = Collector(f"p-{next(self._numbers):08}", case_id, encounter, card, self.clock)
        file = self.files[case_id]
        self.files[case_id] = replace(file, collectors=(*file.collectors, collector))
        return collector

    def change_collector(self, case_id: str, collector_id: str, card: CollectorCard) -> None:
        self._write()
        file = self.files[case_id]
        people = tuple(replace(p, card=card) if p.id == collector_id else p for p in file.collectors)
        self.files[case_id] = replace(file, collectors=people)

    def change_hotline(self, case_id: str, number: str) -> None:
        self._write()
        file = self.files[case_id]
        self.files[case_id] = replace(file, case=replace(file.case, hotline=number))

    def at_hour(self, hour: int, minute: int = 0) -> None:
        """Set the wall clock of the fake (Beijing time)."""
        day = parse_utc(self.clock.utc).replace(hour=(hour - 8) % 24, minute=minute, second=0)
        self.clock = replace(self.clock, utc=format_utc(day))

    def _write(self) -> None:
        if self.write_error is not None:
            raise self.write_error


def disk_full() -> MachineFailure:
    return MachineFailure(Code.DISK_FULL, path="library", detail="No space left on device")
