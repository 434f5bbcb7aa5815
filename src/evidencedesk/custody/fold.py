"""The facts of a case while its events pass by."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidencedesk.domain.case import (
    Attachment,
    Case,
    Collector,
    Contact,
    Encounter,
    FollowUp,
    Gap,
    ImportedSound,
    Note,
    Recording,
    RecordingWarning,
    Stamp,
    Tick,
)
from evidencedesk.domain.debt import Claim, Debt
from evidencedesk.domain.evidence import EvidenceList
from evidencedesk.domain.transcript import Transcript


@dataclass
class Fold:
    """What is known so far; dicts keep the order in which things began."""

    case: Case | None = None
    encounters: dict[str, Encounter] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    warnings: list[RecordingWarning] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    ticks: dict[str, Tick] = field(default_factory=dict)
    collectors: dict[str, Collector] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    imported: dict[str, ImportedSound] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    follow_ups: dict[str, FollowUp] = field(default_factory=dict)
    debt: Debt | None = None
    claims: dict[str, Claim] = field(default_factory=dict)
    transcripts: dict[str, Transcript] = field(default_factory=dict)
    evidence: EvidenceList | None = None
