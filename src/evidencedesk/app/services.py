"""The workflows as the pages ask for them. Loaded after the first paint: everything heavy hangs on this."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from evidencedesk.app.debt_services import DebtOnDesk
from evidencedesk.app.evidence_services import EvidenceOnDesk
from evidencedesk.app.files_services import FilesOnDesk
from evidencedesk.app.later import later
from evidencedesk.app.letters_services import LettersOnDesk
from evidencedesk.app.library_services import LibraryOnDesk
from evidencedesk.app.people_services import PeopleOnDesk
from evidencedesk.app.readable_file import readable
from evidencedesk.app.search_services import SearchOnDesk
from evidencedesk.app.sound_services import SoundOnDesk
from evidencedesk.app.stamping import Stamping, folder_stamps
from evidencedesk.app.steps_services import StepsOnDesk
from evidencedesk.app.transcripts_services import TranscriptsOnDesk
from evidencedesk.capture.devices import list_sources
from evidencedesk.capture.far_side import far_sources
from evidencedesk.capture.level_meter import LevelMeter
from evidencedesk.capture.remote import RunningCapture, running_captures
from evidencedesk.capture.sound_server import source_state
from evidencedesk.capture.source import SourceChoice
from evidencedesk.custody.device_key import Kept
from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.custody.plain_copy import PLAIN_COPIES
from evidencedesk.custody.vault import VaultKeys
from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    CaseSummary,
    Collector,
    CollectorCard,
    Contact,
    ContactDetails,
    Mode,
    Note,
    Recording,
    TakenIn,
    Tick,
    Verdict,
)
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.finding import Report
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Clock, Moment
from evidencedesk.domain.pulse import EARLIER_S
from evidencedesk.domain.redaction import Choices
from evidencedesk.domain.rules import Caution, ConsentNotice, RuleItem, RulePack, Topic
from evidencedesk.domain.stamp import Authority
from evidencedesk.guidance.live import HoursNow, hours_now
from evidencedesk.guidance.selection import before_list, cautions_about, consent_notice
from evidencedesk.intake.offers import Preview
from evidencedesk.system.disk import free_bytes, same_drive
from evidencedesk.system.kind import MAC, SYSTEM
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings, save_settings
from evidencedesk.ui.cases.services import CopiedFolder, FolderStamps
from evidencedesk.ui.services import Facts, LiveEncounter, SecondPlace
from evidencedesk.ui.settings.presenter import Installation, Microphone
from evidencedesk.ui.settings.time_presenter import Draft, StampsStanding
from evidencedesk.wording.language import Words
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.authorities import checked_authority
from evidencedesk.workflows.delete_practice import delete_practice
from evidencedesk.workflows.describe_collector import add_collector, change_collector
from evidencedesk.workflows.desk import Authorities, ChosenPacks, Desk, DeskHolder, as_delivered, nobody
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.judge_case import judgements, keep_judgements
from evidencedesk.workflows.log_contact import change_contact, link_contact, log_contact, withdraw_contact
from evidencedesk.workflows.open_case import change_case, latest_case, open_case
from evidencedesk.workflows.practise import practise
from evidencedesk.workflows.record_encounter import (
    RecordEncounter,
    RecordOptions,
    encounters_running,
)
from evidencedesk.workflows.recover_recordings import Recovery, recover_all
from evidencedesk.workflows.take_note import correct_note, take_note
from evidencedesk.workflows.tick_item import taken_back, tick_item, withdraw_tick

if TYPE_CHECKING:
    from evidencedesk.export.case_folder import ExportedFolder
    from evidencedesk.workflows import export_case as exporting
    from evidencedesk.workflows import import_contacts as contact_lists
    from evidencedesk.workflows import redact_copy as redacting
    from evidencedesk.workflows import verify_folder as verifying
    from evidencedesk.workflows.import_contacts import TakenList
    from evidencedesk.workflows.redact_copy import RedactedFolder
else:
    exporting = later("evidencedesk.workflows.export_case")
    contact_lists = later("evidencedesk.workflows.import_contacts")
    redacting = later("evidencedesk.workflows.redact_copy")
    verifying = later("evidencedesk.workflows.verify_folder")


_NAMED = 3


class OpenedDesk:
    """What opening a library brought: the desk, what a crash left, and recorders that still run."""

    def __init__(
        self,
        library: Path,
        clock: Clock,
        authorities: Authorities = nobody,
        chosen_packs: ChosenPacks = as_delivered,
        keys: VaultKeys | None = None,
    ) -> None:
        """``keys`` open a locked library."""
        self._holder = DeskHolder(
            library, clock, authorities=authorities, chosen_packs=chosen_packs, keys=keys
        )
        self.desk = self._holder.open()
        try:
            self.recoveries: tuple[Recovery, ...] = recover_all(self.desk)
            self.running = running_captures(library)
        except Known as error:
            # A recording that can't be recovered must not keep the next one from being made.
            self.recoveries, self.running = (), ()
            self.trouble: Known | None = error
        else:
            self.trouble = next((r.failed for r in self.recoveries if r.failed is not None), None)

    def names_of(self, recordings: Sequence[str]) -> str:
        """Recordings by their case and beginning, as the message about them says it; the first few."""
        names = []
        for one in filter(None, map(self.desk.store.recording, recordings[:_NAMED])):
            title = self.desk.store.find_case(one.case).title
            names.append(f"“{title}” {one.started.local:%Y-%m-%d %H:%M}")
        return ", ".join([*names, "…"] if len(recordings) > len(names) else names)

    def resume(self) -> RecordEncounter | None:
        """Take up a recorder that outlived its window, if there is one."""
        for running in encounters_running(self.running):
            return RecordEncounter.resume(self.desk, running)
        return None

    def drop_copies(self) -> None:
        """Take away what other programs were given to show."""
        PLAIN_COPIES.drop()

    def close(self) -> None:
        """Let the library go."""
        self._holder.close()


class Services(
    PeopleOnDesk,
    FilesOnDesk,
    TranscriptsOnDesk,
    DebtOnDesk,
    StepsOnDesk,
    LettersOnDesk,
    EvidenceOnDesk,
    SoundOnDesk,
    SearchOnDesk,
    LibraryOnDesk,
):
    """Everything the pages ask for, on one desk."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        settings_path: Path,
        running: Iterable[RunningCapture] = (),
        platform: str = SYSTEM,
    ) -> None:
        """``running`` are the recorders that outlived their window."""
        SoundOnDesk.__init__(self)
        # As chosen here, also when the disk did not take the choice.
        self._desk = replace(
            desk,
            authorities=lambda: self._settings.authorities_asked,
            chosen_packs=lambda: self._settings.packs,
        )
        self._settings = settings
        self._settings_path = settings_path
        self._platform = platform
        self._meter: LevelMeter | None = None
        self._far_meter: LevelMeter | None = None
        self._clicked = False
        # By encounter: the choice may change while one is being recorded, its place does not.
        self._second_folders = {one.plan.encounter: one.plan.second_folder for one in running}
        self._stamping = Stamping(self._desk)
        self._stamping.look()

    # Rules and clock

    @property
    def pack(self) -> RulePack:
        """The rules on the screen."""
        return self._desk.pack

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The rules in use, in the order in which they were chosen."""
        return self._desk.packs

    def packs_for(self, case_file: CaseFile) -> tuple[RulePack, ...]:
        """The rules in use, and those of other versions that a case's ticks were made with."""
        return self._desk.packs_for(case_file.ticks)

    def now(self) -> Moment:
        """Read the clock."""
        return self._desk.clock.now()

    def before_items(self) -> tuple[RuleItem, ...]:
        """What can be done before anyone comes."""
        return before_list(self.pack)

    def hours_now(self, encounter: str, moment: Moment) -> tuple[HoursNow, ...]:
        """What the rules in use say about the hours of a running encounter."""
        known = self._desk.store.encounter(encounter)
        return () if known is None else hours_now(self.packs, known, moment)

    # Cases

    def cases(self) -> tuple[CaseSummary, ...]:
        """All cases."""
        return self._desk.store.cases()

    def latest_case(self) -> Case | None:
        """The case something happened to last."""
        return latest_case(self._desk)

    def open_case(self, title: str, creditor: str = "", contract: str = "") -> Case:
        """Start a case."""
        return open_case(self._desk, title, creditor, contract)

    def change_case(self, case_id: str, title: str, creditor: str, contract: str) -> None:
        """Give a case other names."""
        change_case(self._desk, case_id, title, creditor, contract)

    def case_file(self, case_id: str) -> CaseFile:
        """Everything about a case."""
        return self._desk.store.case_file(case_id)

    # What the user writes down

    def take_note(
        self,
        case_id: str,
        text: str,
        encounter: str | None = None,
        recording: str | None = None,
        at_ms: int | None = None,
        marker: str | None = None,
    ) -> Note:
        """Store a note."""
        return take_note(self._desk, case_id, text, encounter, recording, at_ms, marker)

    def correct_note(self, case_id: str, note_id: str, text: str) -> None:
        """Give a note new words."""
        correct_note(self._desk, case_id, note_id, text)

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
        return tick_item(
            self._desk,
            case_id,
            encounter,
            next((one for one in self.packs if one.id == pack), self.pack),
            item_id,
            verdict,
            recording,
            at_ms,
            automatic=automatic,
            rule=rule,
            facts=facts,
        )

    def withdraw_tick(self, case_id: str, tick_id: str, *, automatic: bool = False) -> None:
        """Take a tick back; ``automatic`` where nobody asked for it."""
        withdraw_tick(self._desk, case_id, tick_id, automatic=automatic)

    def taken_back(self, case_id: str) -> frozenset[str]:
        """The ticks that the user took back."""
        return taken_back(self._desk.store, case_id)

    def add_collector(self, case_id: str, encounter: str, card: CollectorCard) -> Collector:
        """Store a new person."""
        return add_collector(self._desk, case_id, encounter, card)

    def change_collector(self, case_id: str, collector_id: str, card: CollectorCard) -> None:
        """Store what is known now."""
        change_collector(self._desk, case_id, collector_id, card)

    # Sound

    def sources(self) -> tuple[SourceChoice, ...]:
        """The microphones; monitors ("what you hear") are left out."""
        return tuple(source for source in list_sources() if not source.is_monitor)

    def listen(self, source: str) -> None:
        """Begin to measure a level, or change the input."""
        meter = self._meter
        if self._clicked and meter is not None and meter.source == source:
            return  # asked for before the button was pressed: what is kept since then must not be let go
        self._meter = None
        _stop(meter)
        self._meter = _started(LevelMeter(source, self.earlier_s()))

    def level(self) -> int | None:
        """Peak of the last moment."""
        return _peak(self._meter)

    def keep_all(self) -> None:
        """Somebody pressed the button."""
        meter = self._meter
        if meter is not None:
            self._clicked = True
            # One that is being stopped at this very moment has nothing to keep any more.
            with contextlib.suppress(ValueError):
                meter.keep_all()

    def stop_listening(self) -> None:
        """Let go of the inputs."""
        meter, self._meter = self._meter, None
        self._clicked = False
        _stop(meter)
        self.stop_listening_far()

    def listen_far(self, source: str) -> None:
        """Begin to measure the computer's own sound."""
        self.stop_listening_far()
        self._far_meter = _started(LevelMeter(source))

    def far_level(self) -> int | None:
        """Peak of the last moment of the computer's own sound."""
        return _peak(self._far_meter)

    def stop_listening_far(self) -> None:
        """Let go of the computer's own sound."""
        meter, self._far_meter = self._far_meter, None
        _stop(meter)

    def earlier_s(self) -> float:
        """How many seconds before the click are kept in memory."""
        return EARLIER_S if self._settings.earlier == "yes" else 0.0

    def recorded_devices(self) -> frozenset[str]:
        """The devices that gave a recording already."""
        return self._desk.store.recorded_devices()

    def free_bytes(self, folder: str = "") -> int | None:
        """Room for recordings, in the library or in ``folder``; None where the disk does not say."""
        try:
            return free_bytes(Path(folder) if folder else self._desk.library)
        except OSError:
            return None

    def second_place(self) -> SecondPlace:
        """How the folder for the second copy stands."""
        chosen = self._settings.second_folder
        if not chosen:
            return SecondPlace.NONE
        try:
            there = Path(chosen).is_dir()
        except OSError:
            there = False
        if not there:
            return SecondPlace.NOT_THERE
        return SecondPlace.SAME_DRIVE if same_drive(Path(chosen), self._desk.library) else SecondPlace.READY

    def second_folder(self, live: LiveEncounter) -> str:
        """The folder in which this encounter is written a second time; empty for none."""
        return self._second_folders.get(live.encounter, "")

    def far_sources(self) -> tuple[SourceChoice, ...]:
        """What gives the other side of a call on this computer, the usual one first."""
        # A Mac has no sound of its own to record; a virtual device stands among the microphones.
        return self.sources() if self._platform == MAC else far_sources()

    def muted(self, source: str) -> bool:
        """Whether the system has muted an input; False where it does not say."""
        state = source_state(source)
        return state is not None and state.muted

    def begin(self, mode: Mode, source: str, far_source: str, case_id: str) -> RecordEncounter:
        """Start to record, each side in a process that outlives the window."""
        self.end_playing()
        options = RecordOptions(
            far_source=far_source,
            second_folder=self._settings.second_folder,
            fallback=self._settings.fallback == "yes",
            meter=self._meter,
        )
        try:
            live = RecordEncounter.begin(self._desk, mode, source, case_id, apart=True, options=options)
        finally:
            self.stop_listening()
        self._second_folders[live.encounter] = options.second_folder
        return live

    def practise(self, title: str) -> RecordEncounter:
        """Start to record a simulated visit, in a process that outlives the window."""
        self.end_playing()
        self.stop_listening()
        return practise(self._desk, title)

    def delete_practice(self, case_id: str) -> None:
        """Delete a practice case with its files."""
        delete_practice(self._desk, case_id)

    def consent(self) -> ConsentNotice | None:
        """What the rules in use say about recording."""
        return consent_notice(self.packs)

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        """What the rules in use say to be careful with."""
        return cautions_about(self.packs, topic)

    def sound_file(self, recording: Recording) -> Path:
        """The sound, where any program can read it."""
        place = self._desk.recording_folder(recording.case, recording.id) / recording.file
        return readable(place, recording.file)

    def kept_file(self, kept: TakenIn) -> Path:
        """A file taken in, where any program can read it."""
        return readable(self.kept_place(kept), kept.stored_name)

    def sealed(self) -> bool:
        """Whether other programs get a copy of it."""
        return self._desk.seals_to is not None

    def kept_place(self, kept: TakenIn) -> Path:
        """Where a file taken in is kept."""
        return attachment_file(self._desk.case_folder(kept.case), kept)

    # Handing over

    def folder_name(self, case_id: str) -> str:
        """A name for the folder, with the case and the time in it."""
        return exporting.folder_name(
            self._desk.store.find_case(case_id).title, f"{self.now().local:%Y%m%d-%H%M%S}"
        )

    def export_case(
        self,
        case_id: str,
        destination: Path,
        language: str,
        *,
        zip_too: bool,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
        encrypt_to: Sequence[str] = (),
        reading_back: Callable[[int, int, str], None] | None = None,
        passphrase: str = "",
    ) -> ExportedFolder:
        """Write the case folder."""
        words = Words("zh" if language == "zh" else "en", resource("locale"))
        return exporting.export_case(
            self._desk,
            case_id,
            destination,
            words,
            zip_too=zip_too,
            passphrase=passphrase,
            progress=progress,
            cancelled=cancelled,
            encrypt_to=encrypt_to,
            reading_back=reading_back,
        )

    def redact_case(
        self,
        case_id: str,
        destination: Path,
        language: str,
        choices: Choices,
        *,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
    ) -> RedactedFolder:
        """Write a copy for showing around."""
        words = Words("zh" if language == "zh" else "en", resource("locale"))
        return redacting.redact_copy(
            self._desk, case_id, destination, words, choices, progress=progress, cancelled=cancelled
        )

    def key_asks(self) -> bool:
        """Whether signing takes a passphrase now."""
        return self._desk.key.kept is Kept.PASSPHRASE and self._desk.key.opened is None

    def folder_stamps(self, case_id: str, exported: CopiedFolder) -> FolderStamps:
        """How the time stamps over the signature of an export stand."""
        return folder_stamps(self._desk, case_id, exported)

    def verify(
        self,
        path: Path,
        progress: Callable[[int, int], None],
        zip_names: str = "utf-8",
        trust: Sequence[Path] = (),
        trust_time: Sequence[Path] = (),
    ) -> Report:
        """Check a case folder or a ZIP of one."""
        return verifying.verify(path, progress, trust, zip_names, trust_time)

    # Settings

    def settings(self) -> Settings:
        """The choices as they are."""
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Keep the choices. They hold until the window closes, even when the disk does not take them."""
        self._settings = settings
        self._stamping.look()
        save_settings(self._settings_path, settings)

    # Time stamps

    def check_authority(self, draft: Draft, taken: tuple[str, ...]) -> Authority:
        """Check an authority as it was written."""
        return checked_authority(draft.name, draft.url, draft.headers, draft.root_file, draft.policy, taken)

    def stamps_standing(self) -> StampsStanding:
        """What waits to be stamped."""
        return self._stamping.standing()

    def send_stamps(self) -> None:
        """Send what waits."""
        self._stamping.send_now()

    def close_stamping(self) -> None:
        """Ask no authority any more."""
        self._stamping.close()

    def microphones(self) -> tuple[Microphone, ...]:
        """The inputs of this computer."""
        return tuple(Microphone(source.name, source.label) for source in self.sources())

    def installation(self) -> Installation:
        """Where things are, and the version."""
        return Installation(self._desk.library, self._desk.app_version)

    # Contacts

    def log_contact(self, case_id: str, details: ContactDetails) -> Contact:
        """Store a contact."""
        return log_contact(self._desk, case_id, details)

    def change_contact(self, case_id: str, contact_id: str, details: ContactDetails) -> None:
        """Store what is known of a contact now."""
        change_contact(self._desk, case_id, contact_id, details)

    def link_contact(self, case_id: str, contact_id: str, encounter: str | None) -> None:
        """Say which recorded encounter a contact is about, or none."""
        link_contact(self._desk, case_id, contact_id, encounter)

    def withdraw_contact(self, case_id: str, contact_id: str) -> None:
        """Take a contact back."""
        withdraw_contact(self._desk, case_id, contact_id)

    def judgements(self, case_id: str) -> tuple[Judgement, ...]:
        """Say what the rules in use say of a case."""
        return judgements(self._desk, case_id)

    def keep_judgements(self, case_id: str) -> None:
        """Put into the journal what did not keep to the rules in use."""
        keep_judgements(self._desk, case_id)

    def attach_to_contact(self, case_id: str, path: Path, contact_id: str) -> Attachment:
        """Take a file in that shows a contact."""
        return attach_file(self._desk, case_id, path, contact=contact_id)

    def kept_contact_file(self, attachment: Attachment) -> Path:
        """Where such a file is kept."""
        return self.kept_file(attachment)

    def due_dates(self, case_file: CaseFile) -> tuple[DueDate, ...]:
        """Say what is due by the rules in use."""
        return due_dates(self._desk, case_file)

    def preview_contacts(self, case_id: str, source: Path | str, zone: tzinfo | None) -> Preview:
        """Look at a list."""
        return contact_lists.preview(self._desk, case_id, source, zone)

    def take_contacts(self, case_id: str, looked_at: Preview, chosen: Collection[int]) -> TakenList:
        """Keep the list and log what was chosen."""
        return contact_lists.take_list(self._desk, case_id, looked_at, chosen)


def _started(meter: LevelMeter) -> LevelMeter:
    try:
        meter.start()
    except OSError as error:
        raise MachineFailure(Code.NO_SOUND_SYSTEM, detail=str(error)) from error
    return meter


def _stop(meter: LevelMeter | None) -> None:
    if meter is not None:
        meter.stop()


def _peak(meter: LevelMeter | None) -> int | None:
    level = meter.latest() if meter is not None else None
    if level is None:
        return None
    if level.error:
        raise MachineFailure(Code(level.error))
    return level.peak
