"""The lines of the list of files: what each shows, what it belongs to, when it came."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import Attachment, AttachmentKind, CaseFile, ImportedSound, TakenIn
from evidencedesk.domain.moment import clock_text
from evidencedesk.ui.amounts import size_text
from evidencedesk.ui.cases.case_words import SEPARATOR, moment_text
from evidencedesk.ui.kit.pill import Kind
from evidencedesk.wording.attachment_kinds import kind_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words
from evidencedesk.wording.records import contact_time, subject_text
from evidencedesk.wording.steps import step_text

SOUND = "sound"
UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line. ``pills`` say what it is, then what it belongs to; ``search`` is what a filter reads."""

    kept: TakenIn
    kind: str
    facts: str
    pills: tuple[tuple[str, Kind], ...]
    search: str

    @property
    def id(self) -> str:
        """The file's."""
        return self.kept.id

    @property
    def name(self) -> str:
        """The file's."""
        return self.kept.name


def rows_of(case_file: CaseFile, words: Words) -> tuple[FileRow, ...]:
    """Every file taken in, the latest first."""
    ordered = sorted(case_file.taken_in, key=lambda one: (one.moment.utc, one.id), reverse=True)
    return tuple(_row(case_file, one, words) for one in ordered)


def shown_rows(rows: tuple[FileRow, ...], kind: str, text: str, *, oldest_first: bool) -> tuple[FileRow, ...]:
    """Those of a kind (or all) that have every word of a text."""
    wanted = text.casefold().split()
    found = tuple(
        row for row in rows if (not kind or row.kind == kind) and all(word in row.search for word in wanted)
    )
    return found[::-1] if oldest_first else found


def links_of(case_file: CaseFile, one: Attachment, words: Words) -> tuple[str, ...]:
    """What a file belongs to, each in a few words."""
    links = []
    encounter = next((e for e in case_file.encounters if e.id == one.encounter), None)
    if encounter is not None:
        links.append(f"{label(words, encounter.mode)} {encounter.opened.local:%m-%d %H:%M}")
    if one.collector is not None and (person := subject_text(words, case_file, one.collector)):
        links.append(person if one.document is None else f"{person} {label(words, one.document)}")
    contact = next((c for c in case_file.contacts if c.id == one.contact), None)
    if contact is not None:
        links.append(f"{label(words, contact.details.kind)} {contact_time(contact)[5:16]}")
    step = next((s for s in case_file.follow_ups if s.id == one.follow_up), None)
    if step is not None:
        links.append(step_text(words, step.details))
    if one.debt:
        links.append(words.text("About the debt"))
    return tuple(links)


def _row(case_file: CaseFile, kept: TakenIn, words: Words) -> FileRow:
    facts = [moment_text(words, kept.moment), size_text(kept.file_bytes)]
    if isinstance(kept, ImportedSound):
        if kept.duration_ms is not None:
            facts.append(clock_text(kept.duration_ms))
        pills: list[tuple[str, Kind]] = [(words.text("Not recorded here"), "warn")]
        return _made(kept, SOUND, facts, pills, "")
    what = words.text("What is it?") if kept.kind is None else kind_text(words, kept.kind)
    pills = [(what, "warn" if kept.kind is None else "accent")]
    pills += [(link, "neutral") for link in links_of(case_file, kept, words)]
    return _made(kept, kept.kind.value if kept.kind else UNSAID, facts, pills, kept.text)


def _made(kept: TakenIn, kind: str, facts: list[str], pills: list[tuple[str, Kind]], text: str) -> FileRow:
    search = " ".join((kept.name, text, *(pill for pill, _ in pills))).casefold()
    return FileRow(kept, kind, SEPARATOR.join(facts), tuple(pills), search)


def kind_choices(rows: tuple[FileRow, ...], words: Words) -> tuple[tuple[str, str], ...]:
    """The kinds there are, with how many, for the filter; all of them first."""
    count = {kind: sum(row.kind == kind for row in rows) for kind in {row.kind for row in rows}}
    named = [(kind.value, kind_text(words, kind)) for kind in AttachmentKind]
    named += [
        (SOUND, words.text("Recordings made elsewhere")),
        (UNSAID, words.text("Nobody said yet what it is")),
    ]
    all_kinds = words.text("All kinds ({n})", n=len(rows))
    return (
        ("", all_kinds),
        *(
            (kind, words.text("{kind} ({n})", kind=name, n=count[kind]))
            for kind, name in named
            if kind in count
        ),
    )
