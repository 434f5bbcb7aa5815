"""What an export had to do without: the folder goes out all the same, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.errors import Known


class Part(StrEnum):
    """A part of a case folder that nothing else in it depends on."""

    REPORT = "report"
    EVIDENCE_LIST = "evidence-list"
    TRANSCRIPT = "transcript"
    DEBT_SHEET = "debt-sheet"
    SIGNATURE = "signature"
    CHECKPOINT = "checkpoint"
    CHECKPOINTS = "checkpoints"
    STAMPS = "stamps"
    STAMP_WISH = "stamp-wish"


@dataclass(frozen=True, slots=True)
class NotMade:
    """A part that is not there, and why."""

    part: Part
    because: Known
