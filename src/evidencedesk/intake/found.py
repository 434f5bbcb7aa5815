"""What a reader found in a list: contacts, lines it could not take, and names for numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from evidencedesk.domain.case import ContactDetails

# A list that is longer is read up to here, and says so: nobody looks through more.
MAX_CONTACTS = 50_000
MAX_REFUSED = 1_000
MAX_TEXT = 20_000
MAX_NAME = 200
_SHOWN = 120
_LOOKED_AT = 2_000
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)", re.ASCII)
_NOT_DIALLED = re.compile(r"[\s\-()\u2010-\u2015.]")
_DIALLED = re.compile(r"\+?[\d*#]{2,30}", re.ASCII)


class Form(StrEnum):
    """What kind of list it is."""

    TABLE = "table"
    BACKUP = "backup"
    PASTED = "pasted"
    CARDS = "cards"


class Trouble(StrEnum):
    """What is not as it should be with a line."""

    # The line is not taken.
    NO_TIME = "no-time"
    TIME_UNREADABLE = "time-unreadable"
    DAY_OR_MONTH = "day-or-month"
    LINE_UNREADABLE = "line-unreadable"
    DRAFT = "draft"
    CUT_HERE = "cut-here"
    TOO_MANY = "too-many"
    # It is taken, and this is told.
    TIME_TWICE = "time-twice"
    TIME_SKIPPED = "time-skipped"
    KIND_UNKNOWN = "kind-unknown"
    NOT_ANSWERED = "not-answered"
    LENGTH_UNREADABLE = "length-unreadable"
    TEXT_CUT = "text-cut"


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A contact, the line it stands on, and what should be told about it."""

    line: int
    details: ContactDetails
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that gave no contact, with the beginning of what stands there."""

    line: int
    trouble: Trouble
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """All of a list. ``names`` are (number, name), from address cards."""

    form: Form
    found: tuple[FoundContact, ...] = ()
    refused: tuple[RefusedLine, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


class Gathering:
    """Collects what a reader finds, and stops where it is too much."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._found: list[FoundContact] = []
        self._refused: list[RefusedLine] = []
        self.full = False

    def add(self, line: int, details: ContactDetails, troubles: tuple[Trouble, ...] = ()) -> None:
        """Take a contact."""
        if len(self._found) >= MAX_CONTACTS:
            if not self.full:
                self._refused.append(RefusedLine(line, Trouble.TOO_MANY))
            self.full = True
            return
        self._found.append(FoundContact(line, details, troubles))

    def refuse(self, line: int, trouble: Trouble, text: str = "") -> None:
        """Tell about a line."""
        if len(self._refused) < MAX_REFUSED:
            self._refused.append(RefusedLine(line, trouble, plain(text)[:_SHOWN]))

    @property
    def empty(self) -> bool:
        """Whether nothing was found yet."""
        return not self._found

    def done(self) -> ReadList:
        """Everything."""
        return ReadList(self._form, tuple(self._found), tuple(self._refused))


def plain(text: str) -> str:
    """One line without control characters. No name or number is longer than what is looked at."""
    return " ".join("".join(c if _shown(c) else " " for c in text[:_LOOKED_AT]).split())


def cut_text(text: str) -> tuple[str, tuple[Trouble, ...]]:
    """What was written, fit for the journal, and whether it had to be cut (the original file is whole)."""
    lines = text[: 2 * MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in lines if c in "\n\t" or _shown(c)).strip()
    normal = unicodedata.normalize("NFC", clean)
    whole = len(text) <= 2 * MAX_TEXT and len(normal) <= MAX_TEXT
    return (normal, ()) if whole else (normal[:MAX_TEXT], (Trouble.TEXT_CUT,))


def party_of(text: str) -> str:
    """A number without its spaces and dashes; a sender that is a word stays as it is."""
    wide = plain(unicodedata.normalize("NFKC", text[:_LOOKED_AT]))
    bare = _NOT_DIALLED.sub("", wide)
    return bare if _DIALLED.fullmatch(bare) else wide[:MAX_NAME]


def same_party(text: str) -> str:
    """What two ways to write one number have in common: no country code, no spaces."""
    return _COUNTRY.sub("", party_of(text)).casefold()


def _shown(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs")
