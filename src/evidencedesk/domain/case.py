"""The facts of a case, as they stand after all its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from evidencedesk.domain.debt import Claim, Debt, Instalment
from evidencedesk.domain.evidence import EvidenceList
from evidencedesk.domain.mode import Mode as Mode  # noqa: PLC0414 - a part of the case for all others
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.stamp import Subject
from evidencedesk.domain.transcript import Transcript


class Leg(StrEnum):
    """Which side of a conversation a recording took."""

    NEAR = "near"
    FAR = "far"


class Verdict(StrEnum):
    """What the user, or an automatic check, found about a checklist item."""

    KEPT = "kept"
    BREACHED = "breached"
    NOT_SEEN = "not_seen"


class RecordingState(StrEnum):
    """Where a recording stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    RECOVERED = "recovered"


class Document(StrEnum):
    """The papers a collector may be asked for."""

    WORK_ID = "work_id"
    AUTHORISATION = "authorisation"
    LICENCE = "licence"
    ID_CARD = "id_card"


class Shown(StrEnum):
    """How a paper came, or did not."""

    NOT_ASKED = "not_asked"
    UNASKED = "shown_unasked"
    WHEN_ASKED = "shown_when_asked"
    REFUSED = "refused"


class Listed(StrEnum):
    """Whether the lender's published list of partners names the agency."""

    YES = "yes"
    NO = "no"


class ContactKind(StrEnum):
    """By which way somebody got in touch."""

    VISIT = "visit"
    CALL = "call"
    MISSED_CALL = "missed_call"
    SMS = "sms"
    CHAT = "chat"
    LETTER = "letter"
    OTHER = "other"


class Reached(StrEnum):
    """Who was reached by a contact, as seen from the debt."""

    DEBTOR = "debtor"
    GUARANTOR = "guarantor"
    FAMILY = "family"
    WORK = "work"
    OTHER = "other"


class ContactSource(StrEnum):
    """Where a contact is known from."""

    USER = "user"
    LIST = "list"


class AttachmentKind(StrEnum):
    """What a file shows."""

    SMS = "sms"
    CHAT = "chat"
    CALL_LIST = "call_list"
    CONTRACT = "contract"
    BILL = "bill"
    RECEIPT = "receipt"
    ID_CARD = "id_card"
    DOOR_PHOTO = "door_photo"
    LETTER = "letter"
    OFFICIAL = "official"
    OTHER = "other"


class Step(StrEnum):
    """What the user did about it, or will do."""

    CALL = "call"
    PAYMENT = "payment"
    REQUEST_PAPERS = "request_papers"
    DISPUTE = "dispute"
    RECHECK = "recheck"
    COMPLAINT = "complaint"
    POLICE_REPORT = "police_report"
    LEGAL_HELP = "legal_help"
    PLAN_PROPOSED = "plan_proposed"
    PLAN_AGREED = "plan_agreed"
    DEMAND = "demand"
    DATA_REQUEST = "data_request"
    CREDIT_OBJECTION = "credit_objection"
    COURT_PAPERS = "court_papers"
    OTHER = "other"


class Progress(StrEnum):
    """How far a step is."""

    PLANNED = "planned"
    DONE = "done"
    ANSWERED = "answered"
    CLOSED = "closed"


# A field that case.json had not from the beginning: it is left out while it says nothing new, so that
# folders exported before stay as they were.
ADDED_LATER = {"added_later": True}


@dataclass(frozen=True, slots=True)
class Case:
    """One dispute with one creditor; ``hotline`` is the platform's own number, as the user found it.

    An archived case is out of the way, and otherwise as it was.
    """

    id: str
    title: str
    creditor: str
    contract: str
    opened: Moment
    hotline: str = field(default="", metadata=ADDED_LATER)
    archived: bool = field(default=False, metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class Encounter:
    """What the other side did at one time.

    ``present`` is how many of them came, as the user counted. ``agreed`` tells whether the user had
    agreed to this time.
    """

    id: str
    case: str
    mode: Mode
    opened: Moment
    closed: Moment | None = None
    present: int | None = field(default=None, metadata=ADDED_LATER)
    agreed: bool | None = field(default=None, metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class Recording:
    """One unbroken sound of an encounter: one leg, one device, one file.

    A call has a near leg (the microphone) and a far leg (the computer's own sound). A long encounter,
    or one whose microphone changed, has several parts of a leg, counted from 1; ``begins_ms`` is where
    the part begins, counted from the beginning of the encounter's sound by the steady clock. The first
    ``earlier_ms`` were heard before the user pressed the button.
    ``file`` is the path of the sound to hear, relative to the recording's folder; a recovered
    recording keeps the file as it was found beside the repaired one. ``saved_samples`` is what the
    last pulse before a crash promised; ``missing_ms`` is the most that can be missing after it.
    """

    id: str
    case: str
    encounter: str
    state: RecordingState
    started: Moment
    device: str
    rate_hz: int
    channels: int
    simulated: bool
    file: str
    samples: int | None = None
    file_bytes: int | None = None
    file_sha256: str | None = None
    pcm_sha256: str | None = None
    pulse_sha256: str | None = None
    found_file: str | None = None
    found_sha256: str | None = None
    missing_ms: int | None = None
    cut_bytes: int | None = None
    stopped: Moment | None = None
    reason: str | None = None
    leg: Leg = field(default=Leg.NEAR, metadata=ADDED_LATER)
    part: int = field(default=1, metadata=ADDED_LATER)
    begins_ms: int = field(default=0, metadata=ADDED_LATER)
    earlier_ms: int = field(default=0, metadata=ADDED_LATER)
    copy: str | None = field(default=None, metadata=ADDED_LATER)

    @property
    def duration_ms(self) -> int | None:
        """Length of the sound, counted in samples, never by the wall clock."""
        return None if self.samples is None else self.samples * 1000 // self.rate_hz


@dataclass(frozen=True, slots=True)
class Gap:
    """Time not recorded, with its cause."""

    case: str
    recording: str
    at_ms: int
    length_ms: int
    cause: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class RecordingWarning:
    """Something that was not as it should be while recording.

    ``by_ms`` tells how far a clock was set, signed.
    """

    case: str
    recording: str
    at_ms: int
    code: str
    moment: Moment
    by_ms: int | None = field(default=None, metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class Note:
    """What the user wrote, with its second; ``earlier`` holds the wordings a correction replaced."""

    id: str
    case: str
    encounter: str | None
    recording: str | None
    at_ms: int | None
    text: str
    marker: str | None
    moment: Moment
    corrected: bool = False
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A checklist item marked, with its second and the pack it came from.

    An automatic one names the ``rule`` that decided, the ``facts`` it rests on, sorted by name, and its
    ``subject``: the id of the contact, collector or follow-up it is about, a day (``2026-11-25``), or
    nothing for the encounter as a whole.
    """

    id: str
    case: str
    encounter: str | None
    recording: str | None
    at_ms: int | None
    pack: str
    pack_version: str
    item: str
    verdict: Verdict
    automatic: bool
    moment: Moment
    withdrawn: bool = False
    rule: str = field(default="", metadata=ADDED_LATER)
    facts: tuple[tuple[str, str], ...] = field(default=(), metadata=ADDED_LATER)
    subject: str = field(default="", metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class CollectorCard:
    """What can be written down about a person; every field may stay empty.

    ``credit_code`` is the company's 统一社会信用代码 as shown. ``names_on`` is the company's name as it
    stands on each paper; ``letter_until`` the last day (ISO 8601) of the letter of authorisation.
    """

    name: str = ""
    staff_number: str = ""
    organisation: str = ""
    lender: str = ""
    phone: str = ""
    plate: str = ""
    description: str = ""
    documents: tuple[tuple[Document, Shown], ...] = ()
    credit_code: str = field(default="", metadata=ADDED_LATER)
    names_on: tuple[tuple[Document, str], ...] = field(default=(), metadata=ADDED_LATER)
    letter_until: str = field(default="", metadata=ADDED_LATER)
    listed: Listed | None = field(default=None, metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class Collector:
    """A person who came or called, with what was asked, shown, refused.

    ``document_moments`` tells when each paper came to stand as the card says.
    """

    id: str
    case: str
    encounter: str
    card: CollectorCard
    moment: Moment
    document_moments: tuple[tuple[Document, Moment], ...] = field(default=(), metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file taken in, kept bit for bit under ``attachments/<id>/<stored_name>``.

    It may show a collector (and which paper), a contact, belong to a follow-up, or be about the debt.
    ``kind`` is what it shows, ``text`` the user's own words for it. ``template`` names what a letter was
    made from.
    """

    id: str
    case: str
    encounter: str | None
    name: str
    stored_name: str
    file_bytes: int
    sha256: str
    moment: Moment
    collector: str | None = field(default=None, metadata=ADDED_LATER)
    document: Document | None = field(default=None, metadata=ADDED_LATER)
    contact: str | None = field(default=None, metadata=ADDED_LATER)
    follow_up: str | None = field(default=None, metadata=ADDED_LATER)
    kind: AttachmentKind | None = field(default=None, metadata=ADDED_LATER)
    text: str = field(default="", metadata=ADDED_LATER)
    debt: bool = field(default=False, metadata=ADDED_LATER)
    template: str = field(default="", metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What is known about a contact: when, how, by whom, to whom.

    ``begun_utc`` and ``begun_offset_minutes`` are when it began, in the local time of the place where it
    reached somebody. ``length_s`` is None where nobody knows. ``party`` is the number or sender as it was
    shown, ``name`` who it said it was. ``outgoing`` contacts came from the user. ``announces`` is true for
    one that announced a visit, ``agreed`` for one at a time the user had agreed to.
    """

    kind: ContactKind
    begun_utc: str
    begun_offset_minutes: int
    reached: Reached = Reached.DEBTOR
    length_s: int | None = None
    party: str = ""
    name: str = ""
    text: str = ""
    outgoing: bool = False
    announces: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """One time somebody got in touch, recorded or not; written down at ``moment``."""

    id: str
    case: str
    encounter: str | None
    source: ContactSource
    details: ContactDetails
    moment: Moment
    changed: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpDetails:
    """What the user did: whom they called and what was said, what they paid, asked for or reported.

    ``done_utc`` and ``done_offset_minutes`` are when, for a planned step when it is to be done. ``number`` is
    what was dialled, ``whom`` the office, ``agent`` the person, officer or staff number that answered,
    ``receipt`` the number given, ``answer`` what was said. ``amount`` is a sum in decimal digits
    (``1280.50``), empty where none was paid. ``due`` is the day by which an answer is expected, ``remind``
    the day on which the user wants to be reminded, ``outcome`` what came of it, ``plan`` the instalments
    that were proposed or agreed.
    """

    step: Step
    done_utc: str
    done_offset_minutes: int
    item: str = ""
    number: str = ""
    whom: str = ""
    agent: str = ""
    receipt: str = ""
    answer: str = ""
    amount: str = ""
    progress: Progress = field(default=Progress.DONE, metadata=ADDED_LATER)
    due: str = field(default="", metadata=ADDED_LATER)
    remind: str = field(default="", metadata=ADDED_LATER)
    outcome: str = field(default="", metadata=ADDED_LATER)
    plan: tuple[Instalment, ...] = field(default=(), metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A step of the user's, with its second where a recording ran; ``collector`` is whom it was about."""

    id: str
    case: str
    encounter: str | None
    recording: str | None
    at_ms: int | None
    collector: str | None
    details: FollowUpDetails
    moment: Moment
    changed: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ImportedSound:
    """A sound or film made elsewhere, kept bit for bit under ``attachments/<id>/<stored_name>``.

    It was not recorded here: nothing is known of it before ``moment``, when it was taken in.
    ``file_modified_utc`` is what the file said then of its last change; anybody could have set it.
    ``format``, length, rate and channels are what ``decoder`` found; without a decoder that could read
    it they are empty.
    """

    id: str
    case: str
    encounter: str | None
    name: str
    stored_name: str
    file_bytes: int
    sha256: str
    file_modified_utc: str | None
    format: str
    duration_ms: int | None
    rate_hz: int | None
    channels: int | None
    decoder: str
    moment: Moment


TakenIn = Attachment | ImportedSound


@dataclass(frozen=True, slots=True)
class Stamp:
    """An outside authority's time stamp (RFC 3161), received at ``moment``.

    ``imprint`` is the SHA-256 of what was stamped: a checkpoint that holds the journal up to ``seq``, or
    an export's signature. ``gen_time`` is what the authority's clock said; ``token_sha256`` is the hash
    of its whole answer.
    """

    id: str
    case: str
    subject: Subject
    imprint: str
    seq: int | None
    authority: str
    gen_time: str
    serial: str
    policy: str
    token_sha256: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything known about one case: what pages show and exports tell."""

    case: Case
    encounters: tuple[Encounter, ...] = ()
    recordings: tuple[Recording, ...] = ()
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[RecordingWarning, ...] = ()
    notes: tuple[Note, ...] = ()
    ticks: tuple[Tick, ...] = ()
    collectors: tuple[Collector, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    head: str = ""
    events: int = 0
    imported: tuple[ImportedSound, ...] = field(default=(), metadata=ADDED_LATER)
    stamps: tuple[Stamp, ...] = field(default=(), metadata=ADDED_LATER)
    contacts: tuple[Contact, ...] = field(default=(), metadata=ADDED_LATER)
    follow_ups: tuple[FollowUp, ...] = field(default=(), metadata=ADDED_LATER)
    debt: Debt | None = field(default=None, metadata=ADDED_LATER)
    claims: tuple[Claim, ...] = field(default=(), metadata=ADDED_LATER)
    transcripts: tuple[Transcript, ...] = field(default=(), metadata=ADDED_LATER)
    evidence: EvidenceList | None = field(default=None, metadata=ADDED_LATER)

    @property
    def practice(self) -> bool:
        """Whether everything recorded in it is simulated, and nothing came from elsewhere."""
        return bool(self.recordings) and all(r.simulated for r in self.recordings) and not self.imported

    @property
    def taken_in(self) -> tuple[TakenIn, ...]:
        """All files that came from outside, kept under ``attachments/``."""
        return (*self.imported, *self.attachments)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One line of the case list; ``practice`` when everything recorded in it is simulated."""

    case: Case
    encounters: int = 0
    recordings: int = 0
    recorded_ms: int = 0
    notes: int = 0
    breaches: int = 0
    attachments: int = 0
    imported: int = 0
    last_utc: str = ""
    last_offset_minutes: int = 0
    simulated: bool = field(default=False)
    practice: bool = field(default=False)
