"""What a check found: never a bare yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """The layers ``verify`` speaks about, in its order."""

    FILES = "files"
    JOURNAL = "journal"
    RECORDINGS = "recordings"
    FACTS = "facts"
    SIGNATURE = "signature"
    TIME = "time"
    ORIGIN = "origin"


class Weight(StrEnum):
    """How much a finding matters. Only FAULT makes ``verify`` end with 1."""

    FAULT = "fault"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as expected, with what was expected and what was found.

    ``code`` names the kind; ``wording/findings.py`` has a sentence for each code.
    """

    layer: Layer
    code: str
    subject: str
    expected: str = ""
    found: str = ""
    weight: Weight = Weight.FAULT


@dataclass(frozen=True, slots=True)
class Checked:
    """How much a layer covered: ``7 files``, ``41 events``; so that silence is not proof."""

    layer: Layer
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one verification found."""

    folder: str
    findings: tuple[Finding, ...]
    checked: tuple[Checked, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that mean: not as it was handed over."""
        return tuple(f for f in self.findings if f.weight is Weight.FAULT)

    @property
    def redacted(self) -> bool:
        """Whether it is a redacted copy: what was left out can't be checked."""
        return any(finding.code == "redacted" for finding in self.findings)

    @property
    def intact(self) -> bool:
        """No fault was found in what was checked, and it is an original, not a redacted copy."""
        return not self.faults and not self.redacted
