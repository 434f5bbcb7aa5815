"""What the case pages ask of the workflows; tests bring their own.

Nothing here loads the workflows themselves: the window is painted before they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from evidencedesk.domain.card_remark import CardRemark
from evidencedesk.domain.case import (
    Case,
    CaseFile,
    CaseSummary,
    CollectorCard,
    Note,
    Recording,
    Stamp,
    TakenIn,
)
from evidencedesk.domain.errors import Known
from evidencedesk.domain.finding import Report
from evidencedesk.domain.not_made import NotMade
from evidencedesk.domain.redaction import Choices
from evidencedesk.domain.rules import Caution, RulePack, Topic
from evidencedesk.ui.cases.debt.services import DebtServices
from evidencedesk.ui.cases.evidence.services import EvidenceServices
from evidencedesk.ui.cases.files.services import FilesServices
from evidencedesk.ui.cases.letters.services import LettersServices
from evidencedesk.ui.cases.player.services import PlayerServices
from evidencedesk.ui.cases.review.services import PaymentServices, ResultServices
from evidencedesk.ui.cases.steps.services import NextStepsServices, StepsServices
from evidencedesk.ui.cases.transcripts.services import TranscriptsServices

ExportProgress = Callable[[int, int, str], None]
VerifyProgress = Callable[[int, int], None]


class CopiedFolder(Protocol):
    """A case folder that was written."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def files(self) -> int:
        """How many files are in it."""
        ...

    @property
    def from_drive(self) -> bool:
        """Whether all of it was read back from the drive itself."""
        ...

    @property
    def sealed(self) -> bool:
        """Whether it is one encrypted file, which only its receiver can open."""
        ...

    @property
    def signer(self) -> str:
        """Fingerprint of the key that signed it; empty when none did."""
        ...

    @property
    def unsigned(self) -> Known | None:
        """Why no key signed it."""
        ...

    @property
    def not_made(self) -> tuple[NotMade, ...]:
        """Parts it had to do without."""
        ...


@dataclass(frozen=True, slots=True)
class FolderStamps:
    """Outside time stamps over an export's signature: how many are waited for, and those that came.

    ``trouble`` tells why the last try of one that waits failed.
    """

    waiting: int = 0
    received: tuple[Stamp, ...] = ()
    trouble: str = ""
    detail: str = ""


class ArrivedCase(Protocol):
    """A case from another computer that was taken in."""

    @property
    def case(self) -> Case:
        """The case."""
        ...

    @property
    def new_entries(self) -> int:
        """How many entries of its journal are new here; 0 when all of it was here already."""
        ...

    @property
    def entries_beyond(self) -> int:
        """How many entries this library has besides."""
        ...


@dataclass(frozen=True, slots=True)
class Origin:
    """A case folder that a case, or a part of it, came from; ``device`` is the key that signed it."""

    utc: str
    offset_minutes: int
    folder: str
    device: str
    entries: int


class OverviewServices(Protocol):
    """What the case list needs."""

    def archive_case(self, case_id: str, *, archived: bool) -> None:
        """Put a case aside, or bring it back."""
        ...

    def import_case(self, path: Path, progress: VerifyProgress, cancelled: Callable[[], bool]) -> ArrivedCase:
        """Verify a case folder or a ZIP and take it in; called on the jobs thread."""
        ...

    def cases(self) -> tuple[CaseSummary, ...]:
        """List every case."""
        ...

    def open_case(self, title: str, creditor: str, contract: str) -> Case:
        """Start a case."""
        ...


class ReviewServices(ResultServices, PaymentServices, NextStepsServices, PlayerServices, Protocol):
    """What the page of one case needs."""

    def packs_for(self, case_file: CaseFile) -> tuple[RulePack, ...]:
        """Give the rules in use, and the versions that a case's ticks were made with."""
        ...

    def case_file(self, case_id: str) -> CaseFile:
        """Read everything about a case."""
        ...

    def change_case(self, case_id: str, title: str, creditor: str, contract: str) -> None:
        """Give a case other names."""
        ...

    def archive_case(self, case_id: str, *, archived: bool) -> None:
        """Put the case aside, or bring it back."""
        ...

    def origins(self, case_id: str) -> tuple[Origin, ...]:
        """Say which folders it came from, the first one first."""
        ...

    def take_note(self, case_id: str, text: str, encounter: str | None) -> Note:
        """Store a note written afterwards."""
        ...

    def correct_note(self, case_id: str, note_id: str, text: str) -> None:
        """Give a note new words."""
        ...

    def sound_file(self, recording: Recording) -> Path:
        """Say where the sound is kept."""
        ...

    def card_remarks(self, card: CollectorCard, day: date) -> tuple[CardRemark, ...]:
        """Look what is worth a second look on a card that was filled in on a day; quick."""
        ...

    def kept_file(self, kept: TakenIn) -> Path:
        """Say where a file taken in is kept."""
        ...

    def cautions(self, topic: Topic) -> tuple[Caution, ...]:
        """Give what the rules in use say to be careful with."""
        ...

    def delete_practice(self, case_id: str) -> None:
        """Delete a practice case with its files; called on the jobs thread."""
        ...


class HandoverServices(Protocol):
    """What the export panel needs."""

    def folder_name(self, case_id: str) -> str:
        """Propose a name for the folder, with the case and the time in it."""
        ...

    def export_case(
        self,
        case_id: str,
        destination: Path,
        language: str,
        *,
        zip_too: bool,
        progress: ExportProgress,
        cancelled: Callable[[], bool],
        encrypt_to: Sequence[str] = (),
        reading_back: ExportProgress | None = None,
        passphrase: str = "",
    ) -> CopiedFolder:
        """Write the case folder; called on the jobs thread.

        Without a passphrase that the key takes it is not signed; a wrong one raises and nothing is written.
        """
        ...

    def key_asks(self) -> bool:
        """Whether signing takes a passphrase now; called on the jobs thread."""
        ...

    def folder_stamps(self, case_id: str, exported: CopiedFolder) -> FolderStamps:
        """Look how the time stamps over its signature stand; called on the jobs thread."""
        ...

    def verify(self, path: Path, progress: VerifyProgress) -> Report:
        """Check what was written; called on the jobs thread."""
        ...


class RedactedCopy(Protocol):
    """A copy for showing around that was written."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def from_drive(self) -> bool:
        """Whether all of it was read back from the drive itself."""
        ...

    @property
    def still_named(self) -> int:
        """How many notes in it still name a person who was left out."""
        ...

    @property
    def also_heard(self) -> tuple[str, ...]:
        """The recordings in which a muted stretch may still be heard."""
        ...


class RedactServices(Protocol):
    """What the panel for redacted copies needs."""

    def folder_name(self, case_id: str) -> str:
        """Propose a name for the folder, with the case and the time in it."""
        ...

    def redact_case(
        self,
        case_id: str,
        destination: Path,
        language: str,
        choices: Choices,
        *,
        progress: ExportProgress,
        cancelled: Callable[[], bool],
    ) -> RedactedCopy:
        """Write the copy; called on the jobs thread."""
        ...


class CaseServices(
    OverviewServices,
    ReviewServices,
    HandoverServices,
    RedactServices,
    FilesServices,
    TranscriptsServices,
    DebtServices,
    StepsServices,
    LettersServices,
    EvidenceServices,
    Protocol,
):
    """All of them: what the window hands over."""
