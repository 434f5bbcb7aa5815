"""An invented case, and services that answer from memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import (
    Attachment,
    Case,
    CaseFile,
    CaseSummary,
    Collector,
    CollectorCard,
    Contact,
    ContactDetails,
    ContactKind,
    ContactSource,
    Document,
    Encounter,
    FollowUp,
    FollowUpDetails,
    Gap,
    ImportedSound,
    Mode,
    Note,
    Recording,
    RecordingState,
    RecordingWarning,
    Shown,
    Step,
    TakenIn,
    Tick,
    Verdict,
)
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.errors import Code, Known, MachineFailure, WrongUse
from evidencedesk.domain.finding import Checked, Finding, Layer, Report, Weight
from evidencedesk.domain.judgement import Judgement
from evidencedesk.domain.moment import Moment, format_utc, parse_utc
from evidencedesk.domain.not_made import NotMade
from evidencedesk.domain.redaction import Choices
from evidencedesk.domain.rules import Caution, RulePack, Topic
from evidencedesk.guidance.deadlines import deadlines
from evidencedesk.guidance.judge import judge
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings
from evidencedesk.ui.cases.services import CopiedFolder, FolderStamps
from evidencedesk.ui.services import SecondPlace
from evidencedesk.ui.settings.presenter import Installation, Microphone
from evidencedesk.workflows.due_dates import last_due
from fakes.desk_debt import FakeDebt
from fakes.desk_evidence import FakeEvidence
from fakes.desk_files import FakeFiles
from fakes.desk_letters import FakeLetters
from fakes.desk_library import FakeLibrary
from fakes.desk_search import FakeSearch
from fakes.desk_sound import FakeSound
from fakes.desk_steps import FakeSteps
from fakes.desk_transcripts import FakeTranscripts

BEGAN = "2026-11-19T13:34:08.000000Z"
PACK = "cn-article-2025"
FINGERPRINT = "4f9c07ab53d1e21a" * 4


def moment(seconds: float = 0, began: str = BEGAN) -> Moment:
    """So many seconds after the visit began, in China."""
    utc = format_utc(parse_utc(began) + timedelta(seconds=seconds))
    return Moment(utc, 480, "boot", 1_000_000_000 + round(seconds * 1e9))


def example_case_file() -> CaseFile:
    """A case with a visit, a recovered call and a simulated visit."""
    case = Case("c-0000aaaa", "来分期", "来分期", "LFQ-2024-0831", moment(-86_400 * 3))
    visit = Encounter("e-0000visit"[:10], case.id, Mode.VISIT, moment(), moment(1293))
    call = Encounter("e-0000ca11", case.id, Mode.CALL, moment(-86_400 * 2), moment(-86_400 * 2 + 300))
    played = Encounter("e-0000p1ay", case.id, Mode.VISIT, moment(-86_400 * 3), moment(-86_400 * 3 + 60))
    sound = Recording(
        "r-0000v1s1",
        case.id,
        visit.id,
        RecordingState.STOPPED,
        moment(),
        "内置麦克风",
        48_000,
        1,
        simulated=False,
        file="audio.flac",
        samples=1293 * 48_000,
        file_bytes=71_402_113,
        file_sha256="4f9c" + "07ab53d1" * 7 + "e21a",
        pcm_sha256="11" * 32,
        pulse_sha256="22" * 32,
        stopped=moment(1293),
        reason="user",
    )
    broken = replace(
        sound,
        id="r-0000ca11",
        encounter=call.id,
        state=RecordingState.RECOVERED,
        started=moment(-86_400 * 2),
        file="audio.recovered.flac",
        samples=299 * 48_000,
        file_sha256="a7c3" + "90be11f4" * 7 + "09d2",
        found_file="audio.flac",
        found_sha256="77" * 32,
        missing_ms=1365,
        cut_bytes=4096,
        stopped=moment(-86_400 * 2 + 300),
        reason=None,
    )
    demo = replace(
        sound,
        id="r-0000p1ay",
        encounter=played.id,
        started=moment(-86_400 * 3),
        device="file:visit.flac",
        simulated=True,
        samples=60 * 48_000,
        file_sha256="c0de" + "5eed5eed" * 7 + "1234",
        stopped=moment(-86_400 * 3 + 60),
        reason="source-ended",
    )
    return CaseFile(
        case,
        encounters=(played, call, visit),
        recordings=(demo, broken, sound),
        gaps=(Gap(case.id, sound.id, 903_000, 2400, "stalled", moment(903)),),
        warnings=(RecordingWarning(case.id, sound.id, 640_000, "clipped", moment(640)),),
        notes=_notes(case.id, visit.id, sound.id),
        ticks=_ticks(case.id, visit.id, sound.id),
        collectors=_collectors(case.id, visit.id),
        attachments=_attachments(case.id, visit.id),
        head="33" * 32,
        events=41,
    )


def told_file() -> CaseFile:
    """The same case with names that differ, a call late in the evening, a complaint and two payments."""
    file = example_case_file()
    case = file.case.id
    man = file.collectors[0]
    names = ((Document.LICENCE, "甲信用管理有限公司"), (Document.AUTHORISATION, "乙咨询有限公司"))
    person = replace(man, card=replace(man.card, names_on=names, letter_until="2026-10-31"))
    late = ContactDetails(ContactKind.CALL, moment(86_400 - 300).utc, 480, party="021 5555 0000")

    def step(number: int, seconds: float, details: FollowUpDetails) -> FollowUp:
        when = moment(seconds)
        done = replace(details, done_utc=when.utc, done_offset_minutes=480)
        return FollowUp(f"f-0000st{number}p", case, None, None, None, None, done, when)

    paid = FollowUpDetails(Step.PAYMENT, "", 0, item="keep-receipts", amount="1280.50", answer="还第 7 期")
    steps = (
        step(1, 3600, FollowUpDetails(Step.CALL, "", 0, number="12363", whom="人民银行")),
        step(2, -7200, paid),
        step(3, 7200, replace(paid, amount="300", answer="")),
    )
    receipt = replace(file.attachments[0], id="a-0000rcpt", name="回单.png", follow_up="f-0000st2p")
    return replace(
        file,
        collectors=(person, *file.collectors[1:]),
        contacts=(Contact("k-00001ate", case, None, ContactSource.USER, late, moment(86_400)),),
        follow_ups=steps,
        attachments=(*file.attachments, receipt),
    )


def _notes(case: str, encounter: str, recording: str) -> tuple[Note, ...]:
    def note(number: int, seconds: int, text: str, marker: str | None = None) -> Note:
        name = f"n-0000n0t{number}"
        return Note(name, case, encounter, recording, seconds * 1000, text, marker, moment(seconds))

    corrected = replace(
        note(4, 535, "称欠款 18,600 元,未给明细"), corrected=True, earlier=("称欠款 16,800 元",)
    )
    return (
        note(1, 4, "两名男子敲门,自称来分期委托"),
        note(2, 192, "“证件在车里”", example_packs()[0].markers[2].id),
        note(3, 340, "出示某某信用管理公司营业执照照片"),
        corrected,
        note(5, 783, "在走廊大声说出姓名与欠款"),
    )


def _ticks(case: str, encounter: str, recording: str) -> tuple[Tick, ...]:
    def tick(number: int, seconds: int, item: str, verdict: Verdict, *, automatic: bool = False) -> Tick:
        return Tick(
            f"t-0000t1c{number}",
            case,
            encounter,
            recording,
            seconds * 1000,
            PACK,
            "1.0",
            item,
            verdict,
            automatic,
            moment(seconds),
        )

    items = [item for item in example_packs()[0].items if item.who.value.startswith("collector")]
    return (
        tick(1, 0, items[0].id, Verdict.BREACHED, automatic=True),
        tick(2, 192, items[1].id, Verdict.BREACHED),
        tick(3, 340, items[2].id, Verdict.KEPT),
        replace(tick(4, 400, items[3].id, Verdict.BREACHED), withdrawn=True),
        tick(5, 535, items[4].id, Verdict.NOT_SEEN),
        tick(6, 783, items[5].id, Verdict.BREACHED),
    )


def _collectors(case: str, encounter: str) -> tuple[Collector, ...]:
    card = CollectorCard(
        name="张某",
        organisation="某某信用管理有限公司",
        lender="来分期",
        phone="138 0000 0000",
        documents=(
            (Document.WORK_ID, Shown.REFUSED),
            (Document.AUTHORISATION, Shown.NOT_ASKED),
            (Document.LICENCE, Shown.WHEN_ASKED),
        ),
    )
    other = CollectorCard(description="黑色羽绒服,约一米八")
    return (
        Collector("p-0000man1", case, encounter, card, moment(30)),
        Collector("p-0000man2", case, encounter, other, moment(60)),
    )


def _attachments(case: str, encounter: str) -> tuple[Attachment, ...]:
    return (
        Attachment(
            "a-0000sms1",
            case,
            None,
            "短信截图.png",
            "短信截图.png",
            318_442,
            "ab" * 32,
            moment(-7200),
        ),
        Attachment(
            "a-0000d00r",
            case,
            encounter,
            "门口照片.jpg",
            "门口照片.jpg",
            4_120_881,
            "cd" * 32,
            moment(681),
        ),
    )


def imported_sound(name: str, case: str, encounter: str | None, file_name: str) -> ImportedSound:
    """A phone's recording of 83 s."""
    return ImportedSound(
        id=name,
        case=case,
        encounter=encounter,
        name=file_name,
        stored_name=file_name,
        file_bytes=1_204_331,
        sha256="ef" * 32,
        file_modified_utc=moment(60).utc,
        format="mov,mp4,m4a,3gp,3g2,mj2 / aac",
        duration_ms=83_000,
        rate_hz=44_100,
        channels=1,
        decoder="ffmpeg 5.1",
        moment=moment(90_000),
    )


def example_packs() -> tuple[RulePack, ...]:
    """The packs that are shipped."""
    return load_packs(resource("packs"))


def example_summaries() -> tuple[CaseSummary, ...]:
    """Three cases for the list."""
    case_file = example_case_file()
    real = CaseSummary(
        case_file.case,
        encounters=3,
        recordings=3,
        recorded_ms=1_652_000,
        notes=5,
        breaches=3,
        attachments=2,
        last_utc=moment(1293).utc,
        last_offset_minutes=480,
        simulated=True,
    )
    quiet = Case("c-0000bbbb", "某某银行信用卡", "某某银行", "", moment(-86_400 * 30))
    empty = Case("c-0000cccc", "还没有名字的案件", "", "", moment(-86_400 * 40))
    return (
        CaseSummary(empty),
        CaseSummary(
            quiet,
            encounters=1,
            recordings=1,
            recorded_ms=185_000,
            notes=1,
            last_utc=moment(-86_400 * 29).utc,
            last_offset_minutes=480,
        ),
        real,
    )


def example_report(*, faults: bool = False, folder: str = "EvidenceDesk-来分期-20261123-2205") -> Report:
    """What a check of the exported case says."""
    remarks = (
        Finding(Layer.RECORDINGS, "recording-recovered", "r-0000ca11", weight=Weight.REMARK),
        Finding(Layer.SIGNATURE, "signed-by-unknown", "", found="4f9c" * 16, weight=Weight.REMARK),
        Finding(Layer.TIME, "self-attested", "", weight=Weight.REMARK),
        Finding(Layer.ORIGIN, "simulated", "r-0000p1ay", weight=Weight.REMARK),
    )
    changed = Finding(
        Layer.FILES, "file-changed", "data/recordings/r-0000v1s1/audio.flac", "4f9c" * 16, "90aa" * 16
    )
    wrong = (changed, Finding(Layer.FILES, "file-extra", "data/attachments/other.pdf"))
    checked = (
        Checked(Layer.FILES, "files", 17),
        Checked(Layer.FILES, "bytes", 75_841_436),
        Checked(Layer.JOURNAL, "events", 41),
        Checked(Layer.RECORDINGS, "recordings", 3),
        Checked(Layer.RECORDINGS, "pulses", 1652),
        Checked(Layer.FACTS, "facts", 24),
    )
    return Report(folder, (*wrong, *remarks) if faults else remarks, checked)


@dataclass(frozen=True)
class Written:
    """A folder that is said to be written."""

    path: Path
    files: int
    sealed: bool = False
    from_drive: bool = True
    signer: str = ""
    unsigned: Known | None = None
    not_made: tuple[NotMade, ...] = ()


@dataclass(frozen=True)
class Redacted:
    """A redacted copy that is said to be written."""

    path: Path
    from_drive: bool = True
    still_named: int = 1
    also_heard: tuple[str, ...] = ()


@dataclass
class FakeCaseServices(
    FakeFiles,
    FakeTranscripts,
    FakeDebt,
    FakeSteps,
    FakeLetters,
    FakeEvidence,
    FakeSound,
    FakeSearch,
    FakeLibrary,
):
    """Answers from memory; ``refuse`` makes the next verb raise.

    With a ``passphrase`` the key that signs is locked by it.
    """

    file: CaseFile = field(default_factory=example_case_file)
    summaries: tuple[CaseSummary, ...] = field(default_factory=example_summaries)
    refuse: Known | None = None
    cancel_after: int | None = None
    report: Report = field(default_factory=example_report)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    passphrase: str = ""
    not_made: tuple[NotMade, ...] = ()
    unreadable_key: Known | None = None
    stamps: FolderStamps = field(default_factory=FolderStamps)
    remarks: tuple[CardRemark, ...] = ()
    asked_days: list[date] = field(default_factory=list)
    careful: tuple[Caution, ...] = ()
    files_sealed: bool = False
    packs: tuple[RulePack, ...] = field(default_factory=example_packs)
    refuse_job: Known | None = None

    def now(self) -> Moment:
        return moment(86_400)

    def judgements(self, case_id: str) -> tuple[Judgement, ...]:
        if self.refuse_job is not None:
            raise self.refuse_job
        if case_id != self.file.case.id:
            return ()
        return tuple(one for pack in self.packs for one in judge(pack, self.file))

    def due_dates(self, case_file: CaseFile) -> tuple[DueDate, ...]:
        given = last_due(case_file)
        return tuple(one for pack in self.packs for one in deadlines(pack, case_file, given, self.packs))

    def keep_judgements(self, case_id: str) -> None:
        self.calls.append(("keep judgements", case_id))

    def log_follow_up(self, case_id: str, details: FollowUpDetails, encounter: str | None = None) -> FollowUp:
        self._maybe_refuse()
        name = f"f-0000add{len(self.file.follow_ups)}"
        made = FollowUp(name, case_id, encounter, None, None, None, details, moment(90_000))
        self.file = replace(self.file, follow_ups=(*self.file.follow_ups, made))
        return made

    def change_follow_up(self, case_id: str, follow_up_id: str, details: FollowUpDetails) -> None:
        self._maybe_refuse()
        self._put_step(follow_up_id, details=details, changed=True)

    def withdraw_follow_up(self, case_id: str, follow_up_id: str) -> None:
        self._maybe_refuse()
        self._put_step(follow_up_id, withdrawn=True)

    def attach_to_follow_up(self, case_id: str, path: Path, follow_up_id: str) -> Attachment:
        self._maybe_refuse()
        taken = self.take_in(case_id, path, None)
        assert isinstance(taken, Attachment)
        receipt = replace(taken, follow_up=follow_up_id)
        self.file = replace(self.file, attachments=(*self.file.attachments[:-1], receipt))
        return receipt

    def _put_step(self, follow_up_id: str, **changed: Any) -> None:
        steps = tuple(
            replace(one, **changed) if one.id == follow_up_id else one for one in self.file.follow_ups
        )
        self.file = replace(self.file, follow_ups=steps)

    def key_asks(self) -> bool:
        if self.unreadable_key is not None:
            raise self.unreadable_key
        return bool(self.passphrase)

    def folder_stamps(self, case_id: str, exported: CopiedFolder) -> FolderStamps:
        self.calls.append(("stamps", case_id, exported.path))
        return self.stamps

    def cases(self) -> tuple[CaseSummary, ...]:
        self._maybe_refuse()
        return self.summaries

    def open_case(self, title: str, creditor: str, contract: str) -> Case:
        self._maybe_refuse()
        if not title.strip():
            raise WrongUse(Code.EMPTY_TEXT)
        case = Case(f"c-0000new{len(self.summaries)}", title, creditor, contract, moment(9999))
        self.summaries = (*self.summaries, CaseSummary(case))
        return case

    def packs_for(self, case_file: CaseFile) -> tuple[RulePack, ...]:
        return example_packs()

    def case_file(self, case_id: str) -> CaseFile:
        self._maybe_refuse()
        if case_id == self.file.case.id:
            return self.file
        for summary in self.summaries:
            if summary.case.id == case_id:
                return CaseFile(summary.case)
        raise WrongUse(Code.UNKNOWN_CASE, case=case_id)

    def change_case(self, case_id: str, title: str, creditor: str, contract: str) -> None:
        self._maybe_refuse()
        self.calls.append(("rename", case_id))
        if not title.strip():
            raise WrongUse(Code.EMPTY_TEXT)
        case = replace(self.file.case, title=title, creditor=creditor, contract=contract)
        self.file = replace(self.file, case=case)

    def take_note(self, case_id: str, text: str, encounter: str | None) -> Note:
        self._maybe_refuse()
        if not text.strip():
            raise WrongUse(Code.EMPTY_TEXT)
        name = f"n-0000add{len(self.file.notes)}"
        note = Note(name, case_id, encounter, None, None, text, None, moment(90_000))
        self.file = replace(self.file, notes=(*self.file.notes, note))
        return note

    def correct_note(self, case_id: str, note_id: str, text: str) -> None:
        self._maybe_refuse()
        self.calls.append(("correct", case_id, note_id))
        self.file = replace(
            self.file,
            notes=tuple(
                replace(n, text=text, corrected=True, earlier=(*n.earlier, n.text)) if n.id == note_id else n
                for n in self.file.notes
            ),
        )

    def take_in(self, case_id: str, path: Path, encounter: str | None) -> TakenIn:
        self._maybe_refuse()
        name = f"a-0000add{len(self.file.taken_in)}"
        if path.suffix == ".m4a":
            sound = imported_sound(name, case_id, encounter, path.name)
            self.file = replace(self.file, imported=(*self.file.imported, sound))
            return sound
        taken = Attachment(name, case_id, encounter, path.name, path.name, 12, "ef" * 32, moment(90_001))
        self.file = replace(self.file, attachments=(*self.file.attachments, taken))
        return taken

    def sound_file(self, recording: Recording) -> Path:
        return Path("/library/cases") / recording.case / "recordings" / recording.id / recording.file

    def card_remarks(self, card: CollectorCard, day: date) -> tuple[CardRemark, ...]:
        self.asked_days.append(day)
        return tuple(one for one in self.remarks if getattr(card, one.field))

    def kept_file(self, kept: TakenIn) -> Path:
        return Path("/library/cases") / kept.case / "attachments" / kept.id / kept.stored_name

    def sealed(self) -> bool:
        return self.files_sealed

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        return tuple(one for one in self.careful if one.topic is topic)

    def delete_practice(self, case_id: str) -> None:
        self._maybe_refuse()
        self.calls.append(("delete", case_id))
        self.summaries = tuple(one for one in self.summaries if one.case.id != case_id)

    def folder_name(self, case_id: str) -> str:
        return f"EvidenceDesk-{self.case_file(case_id).case.title}-20261123-220509"

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
    ) -> Written:
        self._maybe_refuse()
        if passphrase and passphrase != self.passphrase:
            raise WrongUse(Code.KEY_WRONG_PASSPHRASE)
        unsigned = self.unreadable_key
        if self.passphrase and not passphrase:
            unsigned = WrongUse(Code.KEY_LOCKED)
        self.calls.append(("export", case_id, destination, language, zip_too, *encrypt_to))
        names = ["data/case.json", "data/journal.jsonl", "data/recordings/r-0000v1s1/audio.flac"]
        for number, name in enumerate(names, 1):
            if cancelled() or number == self.cancel_after:
                raise WrongUse(Code.CANCELLED)
            progress(number * 1000, 3000, name)
        if reading_back is not None:
            reading_back(2000, 3000, names[-1])
        sealed = bool(encrypt_to)
        place = destination.with_name(f"{destination.name}.zip.age") if sealed else destination
        signer = "" if unsigned else FINGERPRINT
        return Written(place, 17, sealed, signer=signer, unsigned=unsigned, not_made=self.not_made)

    def redact_case(
        self,
        case_id: str,
        destination: Path,
        language: str,
        choices: Choices,
        *,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
    ) -> Redacted:
        self._maybe_refuse()
        self.calls.append(("redact", case_id, destination, language, choices))
        progress(1000, 3000, "data/redaction.json")
        if cancelled():
            raise WrongUse(Code.CANCELLED)
        return Redacted(destination)

    def verify(
        self,
        path: Path,
        progress: Callable[[int, int], None],
        zip_names: str = "utf-8",
        trust: Sequence[Path] = (),
        trust_time: Sequence[Path] = (),
    ) -> Report:
        self._maybe_refuse()
        asked: tuple[object, ...] = ("verify", path)
        if zip_names != "utf-8" or trust or trust_time:
            asked = (*asked, zip_names)
        if trust or trust_time:
            asked = (*asked, tuple(trust), tuple(trust_time))
        self.calls.append(asked)
        progress(1500, 3000)
        progress(3000, 3000)
        return replace(self.report, folder=str(path))

    def _maybe_refuse(self) -> None:
        if self.refuse is not None:
            problem, self.refuse = self.refuse, None
            raise problem


@dataclass
class FakeSettingsServices:
    """Settings in memory; ``full_disk`` refuses to keep them."""

    chosen: Settings = field(default_factory=Settings)
    full_disk: bool = False
    sound_system: bool = True
    second: SecondPlace = SecondPlace.NONE

    def settings(self) -> Settings:
        return self.chosen

    def save_settings(self, settings: Settings) -> None:
        self.chosen = settings
        if self.full_disk:
            raise MachineFailure(Code.DISK_FULL, path="/config")

    def second_place(self) -> SecondPlace:
        return self.second if self.chosen.second_folder else SecondPlace.NONE

    def microphones(self) -> tuple[Microphone, ...]:
        if not self.sound_system:
            raise MachineFailure(Code.NO_SOUND_SYSTEM)
        return (
            Microphone("default", "系统默认 · 内置麦克风"),
            Microphone("alsa_input.pci", "内置麦克风(48 kHz)"),
            Microphone("alsa_input.usb", "USB 麦克风(44.1 kHz)"),
        )

    def installation(self) -> Installation:
        return Installation(
            Path("/home/user/.local/share/EvidenceDesk/library"),
            "0.1.0",
        )


@dataclass
class FakeFileChoice:
    """Answers for the system's dialogs; remembers what was asked and opened."""

    chosen: list[Path] = field(default_factory=list)
    place: Path | None = None
    opened: list[Path] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def files(self, parent: object, title: str) -> list[Path]:
        self.asked.append((parent, title))
        return self.chosen

    def folder(self, parent: object, title: str, start: Path | None) -> Path | None:
        self.asked.append((parent, title, start))
        return self.place

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return True
