"""Writes transcript.docx: the form for what was said (录音文字稿), begun with the user's notes."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.domain.case import Encounter, ImportedSound, Recording
from evidencedesk.domain.moment import clock_text
from evidencedesk.export.papers.machine_draft import machine_draft
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.word_file import Line, WordCell, WordFile
from evidencedesk.export.start_here_labels import trouble_text
from evidencedesk.export.start_here_players import time_text

_WIDTHS_CM = (2.9, 3.0, 11.5)
_HEAD_WIDTHS_CM = (3.6, 13.8)
# Beyond this many notes a free line below each would only make the form thick.
_LINES_BETWEEN = 60
_LINES_AT_LEAST = 12
_LINES_AT_END = 3


def transcript_docx(telling: Telling) -> bytes:
    """One form for each encounter with sound and each imported recording; an empty one without any."""
    t = telling.t
    title = t("Transcript of a recording")
    file = WordFile(title, telling.words.language, telling.material.exported)
    file.every_page(
        [text for _, text in telling.warnings_for_every_page()],
        telling.sealed_by(),
        t("Page {page} of {pages}", page="{page}", pages="{pages}"),
    )
    file.title(title)
    file.paragraph(
        t(
            "Write down word for word what is said, who says it, and where in the recording. Lines marked as "
            "notes were written by the user while it happened: they are not what was said word for word, and "
            "may be struck out."
        ),
        "quiet",
    )
    first = True
    for encounter in telling.case_file.encounters:
        own = [one for one in telling.saved if one.encounter == encounter.id]
        if own:
            _form(
                file,
                telling,
                telling.encounter_titles[encounter.id],
                _encounter_head(telling, encounter, own),
                _encounter_rows(telling, encounter, own),
                new_page=not first,
            )
            machine_draft(file, telling, encounter.id)
            first = False
    for sound in telling.case_file.imported:
        _form(file, telling, sound.name, _imported_head(telling, sound), [], new_page=not first)
        machine_draft(file, telling, sound.id)
        first = False
    if first:
        _form(file, telling, telling.case_file.case.title, _empty_head(telling), [], new_page=False)
    return file.to_bytes()


def _form(
    file: WordFile,
    telling: Telling,
    title: str,
    head: Sequence[tuple[str, Sequence[str]]],
    rows: Sequence[Sequence[WordCell]],
    *,
    new_page: bool,
) -> None:
    t = telling.t
    file.heading(title, new_page=new_page)
    file.table(
        (),
        _HEAD_WIDTHS_CM,
        [[[Line(name, "bold")], [Line(value) for value in values]] for name, values in head],
    )
    file.paragraph(t("□ whole recording    □ excerpt, from ____:____:____ to ____:____:____"), space_before=6)
    blank: list[WordCell] = [[], [], []]
    filled: list[Sequence[WordCell]] = []
    for row in rows:
        filled.append(row)
        if len(rows) <= _LINES_BETWEEN:
            filled.append(blank)
    filled += [blank] * max(_LINES_AT_END, _LINES_AT_LEAST - len(filled))
    file.table((t("Time"), t("Speaker"), t("Words")), _WIDTHS_CM, filled)
    file.paragraph(
        t(
            "I made this transcript from the recordings named above and compared it with them. It agrees "
            'with what is heard; what can\'t be understood is marked "(unclear)". Nothing was added or left '
            "out so as to change the meaning."
        ),
        space_before=10,
        with_next=True,
    )
    line = "_" * 14
    file.paragraph(
        t("Made by (signature): {line}    Compared by: {line}    Date: {line}", line=line), space_before=16
    )


def _encounter_head(
    telling: Telling, encounter: Encounter, own: Sequence[Recording]
) -> list[tuple[str, Sequence[str]]]:
    t = telling.t
    people = [
        " ".join(part for part in (one.card.name, one.card.organisation) if part)
        for one in telling.case_file.collectors
        if one.encounter == encounter.id
    ]
    files: list[str] = []
    for one in own:
        length = "–" if one.duration_ms is None else clock_text(one.duration_ms)
        simulated = f" · {t('SIMULATED, not evidence')}" if one.simulated else ""
        files.append(f"{telling.titles[one.id]} · {length}{simulated}")
        files.append(telling.material.files.get(one.id, t("not in this folder")))
        files.append(f"SHA-256 {one.file_sha256}" if one.file_sha256 else t("nothing seals it"))
    return [
        (t("Time"), [telling.period(encounter)]),
        (t("Place of the talk"), ["________________"]),
        (
            t("Persons present"),
            [t("Person who recorded: {line}", line="________________")]
            + [t("{name} (as noted by the user)", name=name) for name in people if name]
            + [t("Others: {line}", line="________________")],
        ),
        (t("Recorded with"), sorted({f"{one.device} · EvidenceDesk" for one in own})),
        (t("Recording, file, SHA-256"), files),
    ]


def _imported_head(telling: Telling, sound: ImportedSound) -> list[tuple[str, Sequence[str]]]:
    t = telling.t
    length = "–" if sound.duration_ms is None else clock_text(sound.duration_ms)
    return [
        (t("Time"), ["________________", t("taken in on {time}", time=time_text(sound.moment))]),
        (t("Place of the talk"), ["________________"]),
        (t("Persons present"), ["________________"]),
        (t("Recorded with"), [t("Imported, not recorded with this program"), "________________"]),
        (
            t("Recording, file, SHA-256"),
            [
                f"{sound.name} · {length}",
                telling.material.files.get(sound.id, t("not in this folder")),
                f"SHA-256 {sound.sha256}",
            ],
        ),
    ]


def _empty_head(telling: Telling) -> list[tuple[str, Sequence[str]]]:
    t = telling.t
    names = (
        t("Time"),
        t("Place of the talk"),
        t("Persons present"),
        t("Recorded with"),
        t("Recording, file, SHA-256"),
    )
    return [(name, ["________________"]) for name in names]


def _encounter_rows(
    telling: Telling, encounter: Encounter, own: Sequence[Recording]
) -> list[Sequence[WordCell]]:
    """Notes and gaps in the order of their moments."""
    t = telling.t
    several = len(own) > 1
    ids = {one.id for one in own}

    def place(recording: str | None, at_ms: int | None, time: str) -> WordCell:
        lines = [Line(clock_text(at_ms))] if at_ms is not None else []
        if several and recording in ids:
            lines.append(Line(telling.titles[recording or ""], "quiet"))
        return [*lines, Line(time, "quiet")]

    told: list[tuple[tuple[str, int], Sequence[WordCell]]] = []
    for note in telling.case_file.notes:
        if note.encounter == encounter.id:
            words = [Line(t("Note by the user"), "quiet"), Line(t("not word for word"), "quiet")]
            row = [
                place(note.recording, note.at_ms, f"{note.moment.local:%H:%M:%S}"),
                words,
                [Line(note.text, "note")],
            ]
            told.append(((note.moment.utc, note.at_ms or 0), row))
    for gap in telling.case_file.gaps:
        if gap.recording in ids:
            text = t("{seconds} seconds were not recorded", seconds=f"{gap.length_ms / 1000:g}")
            told.append(
                (
                    (gap.moment.utc, gap.at_ms),
                    [
                        place(gap.recording, gap.at_ms, f"{gap.moment.local:%H:%M:%S}"),
                        [Line(t("Noted by the program"), "quiet")],
                        [Line(f"{text}: {trouble_text(telling.words, gap.cause)}", "bad")],
                    ],
                )
            )
    return [row for _, row in sorted(told, key=lambda item: item[0])]
