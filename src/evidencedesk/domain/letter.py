"""Letters that are made from a case: which there are, what is asked for them, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from evidencedesk.domain.case import Step

LetterLanguage = Literal["zh", "en"]

# What stands where nobody knows: to be filled by hand.
BLANK = "________"


class LetterKind(StrEnum):
    """The letters; the value is the name of the template."""

    REQUEST_PAPERS = "request-papers"
    DISPUTE = "dispute"
    PLAN = "plan"
    THIRD_PARTIES = "third-parties"
    PERSONAL_DATA = "personal-data"
    REGULATOR = "regulator"
    SPAM = "spam"
    MARKET = "market"
    POLICE = "police"


class LetterPurpose(StrEnum):
    """What letters are for, and so how they are grouped."""

    DEBT = "debt"
    PRIVACY = "privacy"
    COMPLAINT = "complaint"
    POLICE = "police"


PURPOSES: dict[LetterPurpose, tuple[LetterKind, ...]] = {
    LetterPurpose.DEBT: (LetterKind.REQUEST_PAPERS, LetterKind.DISPUTE, LetterKind.PLAN),
    LetterPurpose.PRIVACY: (LetterKind.THIRD_PARTIES, LetterKind.PERSONAL_DATA),
    LetterPurpose.COMPLAINT: (LetterKind.REGULATOR, LetterKind.SPAM, LetterKind.MARKET),
    LetterPurpose.POLICE: (LetterKind.POLICE,),
}

STEP_OF: dict[LetterKind, Step] = {
    LetterKind.REQUEST_PAPERS: Step.REQUEST_PAPERS,
    LetterKind.DISPUTE: Step.DISPUTE,
    LetterKind.PLAN: Step.PLAN_PROPOSED,
    LetterKind.THIRD_PARTIES: Step.DEMAND,
    LetterKind.PERSONAL_DATA: Step.DATA_REQUEST,
    LetterKind.REGULATOR: Step.COMPLAINT,
    LetterKind.SPAM: Step.COMPLAINT,
    LetterKind.MARKET: Step.COMPLAINT,
    LetterKind.POLICE: Step.POLICE_REPORT,
}


def letter_for(name: str) -> LetterKind | None:
    """The letter of this name, or the first one that serves the step of this name."""
    if name in set(LetterKind):
        return LetterKind(name)
    # One letter disputes and asks for the re-check.
    step = Step.DISPUTE.value if name == Step.RECHECK.value else name
    return next((kind for kind, serves in STEP_OF.items() if serves.value == step), None)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes; every line may stay empty. Never in the journal but by a letter that is kept."""

    name: str = ""
    address: str = ""
    phone: str = ""
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What the user decides about a letter.

    ``requests`` and ``own_words`` are lines. ``plan`` has an instalment on each line (``2026-12-25 500``).
    ``breaches`` and ``pieces`` are the ids of what goes in.
    """

    kind: LetterKind
    language: LetterLanguage = "zh"
    addressee: str = ""
    subject: str = ""
    requests: str = ""
    own_words: str = ""
    place: str = ""
    plan: str = ""
    sender: Sender = Sender()
    breaches: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """One thing that can go into a letter: a line, a smaller line under it."""

    id: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """An unmade letter with everything that can be chosen for it."""

    form: LetterForm
    breaches: tuple[LetterChoice, ...] = ()
    pieces: tuple[LetterChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A finished letter, not kept yet.

    ``template`` names what it was made from: the name and the SHA-256 of the template's file. ``own`` is
    true for a template of the user's. ``missing`` are the names of the fields that stay blank.
    """

    form: LetterForm
    name: str
    content: bytes
    page: str
    template: str
    own: bool = False
    missing: tuple[str, ...] = ()
