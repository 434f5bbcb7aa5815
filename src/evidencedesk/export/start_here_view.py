"""What START-HERE.html shows, as plain values: no markup here."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.export.due_view import DueView


@dataclass(frozen=True, slots=True)
class Pill:
    """A short label; ``look`` is ok, bad, warn, n (neutral) or empty (accent)."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; ``mono`` for hashes and names of files."""

    name: str
    value: str
    mono: bool = False


@dataclass(frozen=True, slots=True)
class MarkerView:
    """A place in a waveform that plays when chosen; ``kind`` is bad, note, kept or warn."""

    kind: str
    at_ms: int
    percent: str
    label: str


@dataclass(frozen=True, slots=True)
class HeardView:
    """One sentence that a machine wrote down; ``machine`` is what it had written where it was corrected."""

    at_ms: int
    position: str
    text: str
    corrected: bool = False
    machine: str = ""


@dataclass(frozen=True, slots=True)
class PlayerView:
    """One recording with its picture and facts; ``sound`` is empty when there is nothing to hear.

    ``heard`` is a machine's draft. ``original`` is the file made elsewhere that a copy for listening was made
    from; ``missing`` says why there is nothing to hear.
    """

    id: str
    title: str
    sound: str
    found_sound: str
    wave: str
    bars: int
    markers: tuple[MarkerView, ...]
    duration_ms: int
    duration: str
    pills: tuple[Pill, ...]
    remarks: tuple[str, ...]
    facts: tuple[Fact, ...]
    original: str = ""
    missing: str = ""
    heard: tuple[HeardView, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that belongs to something; ``link`` is empty when it is not in the folder."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of a timeline; ``by`` says who judged.

    ``void`` rows were withdrawn or replaced and are struck out.
    """

    key: tuple[str, int]
    day: str
    time: str
    recording: str
    at_ms: int | None
    position: str
    text: str
    details: tuple[str, ...]
    source: str
    by: str
    pills: tuple[Pill, ...]
    look: str
    void: bool = False
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactView:
    """One time somebody got in touch; ``encounter_id`` is the one it says more about, or empty.

    ``source`` tells who wrote it down and ``noted`` when. ``void`` ones were withdrawn.
    """

    day: str
    time: str
    zone: str
    what: str
    length: str
    name: str
    party: str
    reached: str
    text: str
    pills: tuple[Pill, ...]
    source: str
    noted: str
    encounter_id: str
    encounter: str
    files: tuple[FileLink, ...]
    void: bool = False


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper, how it came and when; ``recording`` and ``at_ms`` are where in the sound, if it ran then."""

    name: str
    pill: Pill
    when: str = ""
    recording: str = ""
    at_ms: int | None = None
    position: str = ""
    remarks: tuple[str, ...] = ()
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectorView:
    """A card about a person."""

    name: str
    facts: tuple[Fact, ...]
    papers: tuple[PaperView, ...]
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file with its link."""

    name: str
    link: str
    is_picture: bool
    size: str
    sha256: str
    added: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class EncounterView:
    """Everything about one encounter; ``id`` is ``loose`` for what belongs to none."""

    id: str
    title: str
    period: str
    pills: tuple[Pill, ...]
    players: tuple[PlayerView, ...]
    rows: tuple[RowView, ...]
    collectors: tuple[CollectorView, ...]
    attachments: tuple[AttachmentView, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper that lies in the folder, ready to hand in."""

    name: str
    link: str
    about: str


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page."""

    title: str
    facts: tuple[Fact, ...]
    counts: tuple[Fact, ...]
    simulated: bool
    recovered: bool
    interrupted: bool
    imported: bool
    encounters: tuple[EncounterView, ...]
    packs: tuple[Fact, ...]
    papers: tuple[PaperLink, ...]
    journal_head: str
    events: int
    exported: str
    example_sound: str
    stamped: bool
    redacted: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()
    contacts: tuple[ContactView, ...] = ()
    steps: tuple[RowView, ...] = ()
    due: tuple[DueView, ...] = ()
    due_notice: str = ""
