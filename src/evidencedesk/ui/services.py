"""What the record and encounter pages ask of the workflows.

Nothing here, and nothing the pages import, loads the database, the sound or the workflows: the
window is painted first, and the app package hands these services over when they are ready.
"""

from __future__ import annotations

from typing import Protocol

from evidencedesk.domain.case import (
    Case,
    CaseFile,
    CaseSummary,
    Collector,
    CollectorCard,
    Mode,
    Note,
    Tick,
    Verdict,
)
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import RecorderStatus, StopReason
from evidencedesk.domain.rules import ConsentNotice, RuleItem, RulePack
from evidencedesk.guidance.live import HoursNow
from evidencedesk.ui.encounter.people.services import PeopleServices
from evidencedesk.ui.second_place import SecondPlace as SecondPlace  # noqa: PLC0414 - a part of what is asked

# Names with their values, sorted by name.
Facts = tuple[tuple[str, str], ...]


class SourceChoice(Protocol):
    """One input that can be recorded from."""

    @property
    def name(self) -> str:
        """What the system calls it."""
        ...

    @property
    def label(self) -> str:
        """What people call it."""
        ...

    @property
    def rate_hz(self) -> int:
        """Its own rate, 0 where unknown."""
        ...

    @property
    def channels(self) -> int:
        """How many channels it has, 0 where unknown."""
        ...

    @property
    def is_default(self) -> bool:
        """Whether the system would take it."""
        ...


class LiveEncounter(Protocol):
    """An encounter being recorded; none of its methods blocks noticeably."""

    @property
    def case(self) -> str:
        """The case's id."""
        ...

    @property
    def encounter(self) -> str:
        """The encounter's id."""
        ...

    @property
    def recording(self) -> str:
        """The recording's id."""
        ...

    @property
    def folder(self) -> str:
        """Where the near leg's sound is being written."""
        ...

    @property
    def mode(self) -> Mode:
        """Visit or call."""
        ...

    @property
    def finished(self) -> bool:
        """Whether the recorder has ended and the journal knows it, or has refused to know it."""
        ...

    @property
    def journal_refused(self) -> Known | None:
        """Why the database did not take the end of it; the next start writes it down."""
        ...

    @property
    def recovery_failed(self) -> Known | None:
        """Why an interrupted part could not be repaired; the next start does it."""
        ...

    @property
    def journal_behind(self) -> bool:
        """Whether events wait for the database."""
        ...

    @property
    def far(self) -> RecorderStatus | None:
        """How the other side's sound stands; None when only the microphone is recorded."""
        ...

    def poll(self, columns_from: int = 0) -> RecorderStatus:
        """Ask how it stands and journal what is new."""
        ...

    def at_ms(self) -> int | None:
        """Position of this moment in the recording."""
        ...

    def stop(self, reason: StopReason = StopReason.USER) -> None:
        """Ask for a normal end."""
        ...

    def kill(self) -> None:
        """End a recorder that no longer answers."""
        ...


class RecordServices(Protocol):
    """What the record page needs."""

    @property
    def pack(self) -> RulePack:
        """The rules on the screen."""
        ...

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def cases(self) -> tuple[CaseSummary, ...]:
        """All cases."""
        ...

    def latest_case(self) -> Case | None:
        """The case something happened to last."""
        ...

    def open_case(self, title: str, creditor: str = "", contract: str = "") -> Case:
        """Start a case."""
        ...

    def case_file(self, case_id: str) -> CaseFile:
        """Everything about a case."""
        ...

    def sources(self) -> tuple[SourceChoice, ...]:
        """List the inputs; slow, called on a thread of the runner."""
        ...

    def far_sources(self) -> tuple[SourceChoice, ...]:
        """List what gives the other side of a call on this computer; slow, called on a thread."""
        ...

    def muted(self, source: str) -> bool:
        """Whether an input is muted in the system's settings; slow, called on a thread."""
        ...

    def listen(self, source: str) -> None:
        """Begin to measure the level of an input, or change to another one; raises a Known error."""
        ...

    def level(self) -> int | None:
        """Peak of the last moment, 0..1000; None while nothing is known yet; raises a Known error."""
        ...

    def keep_all(self) -> None:
        """Somebody pressed the button: nothing heard from now on is let go. Returns at once."""
        ...

    def stop_listening(self) -> None:
        """Let go of the inputs."""
        ...

    def listen_far(self, source: str) -> None:
        """Begin to measure the computer's own sound beside the microphone; raises a Known error."""
        ...

    def far_level(self) -> int | None:
        """The same as ``level``, of the computer's own sound."""
        ...

    def stop_listening_far(self) -> None:
        """Let go of the computer's own sound."""
        ...

    def recorded_devices(self) -> frozenset[str]:
        """Names, for people, of the devices that gave a recording; slow, called on a thread."""
        ...

    def earlier_s(self) -> float:
        """How many seconds before the click are kept in memory; 0 for none."""
        ...

    def second_place(self) -> SecondPlace:
        """How the folder for the second copy stands; slow, called on a thread."""
        ...

    def free_bytes(self, folder: str = "") -> int | None:
        """Room for recordings, in the library or elsewhere; None where the disk does not say."""
        ...

    def begin(self, mode: Mode, source: str, far_source: str, case_id: str) -> LiveEncounter:
        """Stop listening and start to record, with the other side's sound unless that is empty.

        Takes a second, called on a thread of the runner; raises a Known error.
        """
        ...

    def before_items(self) -> tuple[RuleItem, ...]:
        """What can be done before anyone comes."""
        ...

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
        """Store a tick of an item of a pack in use; without a name, of the leading one."""
        ...

    def withdraw_tick(self, case_id: str, tick_id: str, *, automatic: bool = False) -> None:
        """Take a tick back; ``automatic`` where nobody asked for it."""
        ...

    def consent(self) -> ConsentNotice | None:
        """What the rules in use say about recording, if they say anything."""
        ...

    def practise(self, title: str) -> LiveEncounter:
        """Begin to record a simulated visit into a case of its own; otherwise like ``begin``."""
        ...


class EncounterServices(PeopleServices, Protocol):
    """What the encounter page needs."""

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The rules in use, the leading ones first."""
        ...

    def now(self) -> Moment:
        """Read the clock."""
        ...

    def case_file(self, case_id: str) -> CaseFile:
        """Everything about a case."""
        ...

    def second_folder(self, live: LiveEncounter) -> str:
        """The folder in which this encounter is written a second time; empty for none."""
        ...

    def free_bytes(self, folder: str = "") -> int | None:
        """Room for recordings, in the library or elsewhere; None where the disk does not say."""
        ...

    def hours_now(self, encounter: str, moment: Moment) -> tuple[HoursNow, ...]:
        """What the rules in use say about the hours of this encounter until now."""
        ...

    def taken_back(self, case_id: str) -> frozenset[str]:
        """The ticks of a case that the user took back."""
        ...

    def take_note(
        self,
        case_id: str,
        text: str,
        encounter: str | None = None,
        recording: str | None = None,
        at_ms: int | None = None,
        marker: str | None = None,
    ) -> Note:
        """Store a note; when this returns it is on the disk."""
        ...

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
        """Store a tick of an item of a pack in use; without a name, of the leading one."""
        ...

    def withdraw_tick(self, case_id: str, tick_id: str, *, automatic: bool = False) -> None:
        """Take a tick back; ``automatic`` where nobody asked for it."""
        ...

    def add_collector(self, case_id: str, encounter: str, card: CollectorCard) -> Collector:
        """Store a new person."""
        ...

    def change_collector(self, case_id: str, collector_id: str, card: CollectorCard) -> None:
        """Store what is known now."""
        ...

    def change_hotline(self, case_id: str, number: str) -> None:
        """Store the platform's own number."""
        ...


class DeskServices(RecordServices, EncounterServices, Protocol):
    """Both of them: what the app package hands over."""
