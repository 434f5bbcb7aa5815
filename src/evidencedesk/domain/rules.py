"""Law as data: a pack of dated, sourced checklist items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Phase(StrEnum):
    """When an item matters. ANY is shown in every phase."""

    BEFORE = "before"
    DOOR = "door"
    CONVERSATION = "conversation"
    AFTER = "after"
    ANY = "any"


class Who(StrEnum):
    """Whose duty an item is."""

    USER = "user"
    COLLECTOR_MUST = "collector_must"
    COLLECTOR_MUST_NOT = "collector_must_not"


class Status(StrEnum):
    """What kind of text a pack carries; decides how its results are worded."""

    ADVICE = "advice"
    GUIDELINE = "guideline"
    STANDARD = "standard"
    LAW = "law"
    REPEALED = "repealed"


class CheckKind(StrEnum):
    """Who decides: the user's tick, a suggestion the user confirms, or recorded data."""

    TICK = "tick"
    SUGGEST = "suggest"
    AUTOMATIC = "automatic"


class Confidence(StrEnum):
    """How sure the source is. Unverified items are never shipped."""

    VERIFIED = "verified"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str

    def in_language(self, code: str) -> str:
        """Chinese for ``zh``, English for everything else."""
        return self.zh if code == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item comes from: document and place in it."""

    document: Text
    place: Text
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Helper:
    """An automatic rule that looks at recorded data beside the user's own tick."""

    rule: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """How an item is decided; ``rule`` and ``parameters`` only for automatic and suggested ones.

    ``helpers`` are automatic rules beside it: they add results, the item stays the user's to tick.
    """

    kind: CheckKind
    rule: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    helpers: tuple[Helper, ...] = ()

    def parameter(self, name: str) -> str:
        """Value of one parameter. Raises KeyError."""
        return dict(self.parameters)[name]


@dataclass(frozen=True, slots=True)
class RuleItem:
    """One line of the checklist."""

    id: str
    phases: tuple[Phase, ...]
    who: Who
    group: str
    order: int
    text: Text
    hint: Text | None
    say: Text | None
    sources: tuple[Source, ...]
    check: Check


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over checklist items."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Marker:
    """A quick marker for what just happened, on a function key.

    ``item`` is what the other side did not keep to. ``own`` is true for what the user did: no breach.
    """

    id: str
    key: str
    text: Text
    item: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to call. ``danger`` numbers stand out."""

    number: str
    text: Text
    danger: bool
    confidence: Confidence


class Topic(StrEnum):
    """What a caution is about, and so where it is shown."""

    NEGOTIATING = "negotiating"
    PUBLISHING = "publishing"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Caution:
    """What can hurt the user, shown beside ``items`` and wherever its topic comes up."""

    id: str
    topic: Topic
    text: Text
    items: tuple[str, ...]
    sources: tuple[Source, ...]


class Begins(StrEnum):
    """What starts a deadline."""

    BREACH = "breach"
    COMPLAINT = "complaint"
    OBJECTION = "objection"
    LAST_DUE = "last_due"
    SUMMONS = "summons"
    FIRST_CONTACT = "first_contact"
    NOTICE = "notice"


class Unit(StrEnum):
    """In what a deadline is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock of the law: ``length`` units from what ``begins`` it.

    ``numbers`` are the hotlines whose complaints start it; empty for all.
    """

    id: str
    text: Text
    begins: Begins
    length: int
    unit: Unit
    numbers: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SenderPrefix:
    """What is known, and what is not, about senders whose number begins so."""

    prefix: str
    text: Text
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ConsentNotice:
    """What to say about recording where lists of places disagree; never a verdict.

    ``places`` (ISO 3166-2) is the union of the lists; ``text`` is shown if either side is in one of them,
    ``otherwise`` if neither is.
    """

    places: tuple[str, ...]
    text: Text
    otherwise: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RulePack:
    """One source of rules, dated and versioned.

    ``applies_to`` says whom it binds or advises; ``in_force`` is set where a text has legal force or
    a starting day of its own. ``review_by`` is the day by which somebody should look through it again.
    """

    id: str
    version: str
    title: Text
    jurisdiction: str
    status: Status
    dated: date
    reviewed: date
    about: Text
    groups: tuple[Group, ...]
    items: tuple[RuleItem, ...]
    markers: tuple[Marker, ...]
    hotlines: tuple[Hotline, ...]
    keep_private: Text | None = None
    applies_to: Text | None = None
    in_force: date | None = None
    review_by: date | None = None
    cautions: tuple[Caution, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    senders: tuple[SenderPrefix, ...] = ()
    consent: ConsentNotice | None = None

    def item(self, item_id: str) -> RuleItem:
        """The item with this id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)
