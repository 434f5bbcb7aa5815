"""What the page of the evidence list asks of the workflows; tests bring their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.evidence import EvidenceChoice
from evidencedesk.wording.language import Words


class Piece(Protocol):
    """One piece of evidence, as the papers tell of it."""

    @property
    def number(self) -> str:
        """Its number; empty where it is not on the list."""
        ...

    @property
    def id(self) -> str:
        """Of a recording or file, or the name of a paper."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def form(self) -> str:
        """Kind and form."""
        ...

    @property
    def source(self) -> str:
        """Where it comes from."""
        ...

    @property
    def proves(self) -> tuple[str, ...]:
        """What it is to prove, in the user's words or the program's."""
        ...

    @property
    def remarks(self) -> tuple[str, ...]:
        """File, length, hash, stamps."""
        ...

    @property
    def pages(self) -> str:
        """Its pages, where they can be counted."""
        ...


class Heading(Protocol):
    """A heading with what stands under it."""

    @property
    def title(self) -> str:
        """Its words."""
        ...

    @property
    def items(self) -> Sequence[Piece]:
        """What stands under it."""
        ...


class EvidenceStands(Protocol):
    """How the list of a case stands."""

    @property
    def arranged(self) -> bool:
        """Whether the user arranged it."""
        ...

    @property
    def groups(self) -> Sequence[Heading]:
        """What is on it."""
        ...

    @property
    def lines(self) -> tuple[EvidenceChoice, ...]:
        """The same as the user's choices."""
        ...

    @property
    def left(self) -> Sequence[tuple[EvidenceChoice, Piece]]:
        """What is not on it, with the heading it would stand under."""
        ...


class EvidenceServices(Protocol):
    """What is handed over, in which order and under which number."""

    def evidence_list(self, case_file: CaseFile, words: Words) -> EvidenceStands:
        """Say how the list stands, in a language; called on the jobs thread."""
        ...

    def arrange_evidence(self, case_id: str, items: Sequence[EvidenceChoice]) -> None:
        """Store the list as it is to be."""
        ...
