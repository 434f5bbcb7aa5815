"""What the papers are made from: plain facts, gathered by the workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from evidencedesk.domain.case import CaseFile, RecordingState
from evidencedesk.domain.debt_sheet import DebtSheet
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.moment import Moment
from evidencedesk.domain.pulse import SoundClock
from evidencedesk.domain.rules import RulePack
from evidencedesk.export.case_folder import ImportedCopy, Listening

Columns = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class StampFact:
    """A time stamp: who gave it, over what, when (UTC), and where it stands (got, waiting, refused)."""

    authority: str
    what: str
    utc: str
    state: str


@dataclass(frozen=True, slots=True)
class SoundOrigin:
    """What a recording's own pulse journal says about how it was made.

    ``pulses`` counts the lines that promised samples; ``read_back`` tells whether the finished file, read
    again, held the samples that had been recorded; None where the recording had no proper end.
    """

    app: str
    pulses: int
    read_back: bool | None
    clock: SoundClock


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One export as the journal tells it; ``failed`` is the code of one that came to nothing."""

    moment: Moment
    folder: str
    failed: str = ""


@dataclass(frozen=True, slots=True)
class ArrivalEntry:
    """One case folder from another computer that the case came from; ``device`` is the key that signed it."""

    moment: Moment
    folder: str
    entries: int
    device: str = ""


@dataclass(frozen=True, slots=True)
class PaperMaterial:
    """Everything that stands on the papers.

    Mappings go by the id of a recording, attachment or imported recording: ``files`` says where it stands
    in the case folder, ``originals`` where it is kept on this computer. ``fingerprint`` is empty while the
    folder is not signed, ``debt`` None while neither contract nor claim is known. ``pages`` counts the
    printed pages of a piece of evidence: 0 for what has none, and nothing where they can't be counted.
    ``numbered`` are the ids of files that stand in the folder a second time, under their number.
    """

    case_file: CaseFile
    packs: Sequence[RulePack]
    exported: Moment
    app_version: str
    system: str
    files: Mapping[str, str]
    originals: Mapping[str, str]
    waveforms: Mapping[str, Columns] = field(default_factory=dict)
    sounds: Mapping[str, SoundOrigin] = field(default_factory=dict)
    listening: Mapping[str, Listening] = field(default_factory=dict)
    imported_copies: Mapping[str, ImportedCopy] = field(default_factory=dict)
    exports: Sequence[ExportEntry] = ()
    fingerprint: str = ""
    stamps: tuple[StampFact, ...] = ()
    due: tuple[DueDate, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    numbered: frozenset[str] = frozenset()
    debt: DebtSheet | None = None
    arrivals: tuple[ArrivalEntry, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether anything was played from a file or had its errors asked for."""
        return any(recording.simulated for recording in self.case_file.recordings)

    @property
    def recovered(self) -> bool:
        """Whether a recording was cut off and repaired."""
        return any(one.state is RecordingState.RECOVERED for one in self.case_file.recordings)

    def folder_of(self, recording: str) -> str:
        """The folder of a recording inside the case folder; empty when nothing of it was saved."""
        path = self.files.get(recording)
        return str(PurePosixPath(path).parent) if path else ""
