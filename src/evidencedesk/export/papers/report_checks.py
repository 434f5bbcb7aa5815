"""Section 4 of the report: how errors were looked for while recording, and which were noticed."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.case import Recording
from evidencedesk.domain.moment import Moment, clock_text
from evidencedesk.domain.pulse import Copy
from evidencedesk.export.papers.blocks import Block, Bullets, Cell, Column, Paragraph, Row, Table
from evidencedesk.export.papers.telling import Telling, clock
from evidencedesk.export.start_here_labels import trouble_text
from evidencedesk.wording.labels import label, stop_reason_text
from evidencedesk.wording.language import mark

_COPIES = {
    Copy.SAME: mark("second copy the same"),
    Copy.DIFFERS: mark("second copy differs"),
    Copy.LOST: mark("second copy lost"),
    Copy.ALONE: mark("from the second place only"),
}


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A gap, which has a length, or a warning."""

    moment: Moment
    recording: str
    at_ms: int
    code: str
    length_ms: int | None = None


def checks(telling: Telling) -> tuple[Block, ...]:
    """4: checks against error."""
    t = telling.t
    case_file = telling.case_file
    blocks: list[Block] = [
        Paragraph(t("While a recording runs, the program:")),
        Bullets(
            (
                t("forces the sound to the disk several times a second;"),
                t(
                    "writes about once a second, into a pulse journal beside it, how much is safe and the "
                    "SHA-256 of exactly that; each line names the SHA-256 of the line before;"
                ),
                t(
                    "counts the samples against the computer's steady clock and notes every gap, silence, "
                    "distortion and change of device or clock, with its position;"
                ),
                t("reads the finished file back from the disk and compares it with what was recorded."),
            )
        ),
    ]
    columns: tuple[Column, ...]
    if case_file.recordings:
        columns = (
            Column(t("Recording"), 4),
            Column(t("How it ended"), 4),
            Column(t("Pulses"), 2),
            Column(t("Read back"), 4),
            Column(t("Gaps"), 2),
            Column(t("Warnings"), 2),
        )
        blocks.append(Table(columns, tuple(_checked(telling, one) for one in case_file.recordings)))
    troubles = _troubles(telling)
    if troubles:
        columns = (
            Column(t("Local time"), 4),
            Column(t("Recording and position"), 5),
            Column(t("What"), 7),
        )
        blocks.append(Table(columns, tuple(_told(telling, one) for one in troubles)))
    elif case_file.recordings:
        blocks.append(Paragraph(t("No gap and no warning was noted in any recording.")))
    return tuple(blocks)


def _troubles(telling: Telling) -> list[_Trouble]:
    case_file = telling.case_file
    gaps = [
        _Trouble(one.moment, one.recording, one.at_ms, one.cause, one.length_ms) for one in case_file.gaps
    ]
    warnings = [_Trouble(one.moment, one.recording, one.at_ms, one.code) for one in case_file.warnings]
    return sorted(gaps + warnings, key=lambda one: (one.moment.utc, one.at_ms))


def _told(telling: Telling, trouble: _Trouble) -> Row:
    lost: tuple[str, ...] = ()
    if trouble.length_ms is not None:
        lost = (telling.t("gap: {seconds} seconds not recorded", seconds=f"{trouble.length_ms / 1000:g}"),)
    return Row(
        (
            Cell(clock(trouble.moment)),
            Cell(telling.titles.get(trouble.recording, trouble.recording), (clock_text(trouble.at_ms),)),
            Cell(trouble_text(telling.words, trouble.code), lost),
        )
    )


def _checked(telling: Telling, recording: Recording) -> Row:
    t = telling.t
    case_file = telling.case_file
    gaps = [one for one in case_file.gaps if one.recording == recording.id]
    missing_ms = sum(one.length_ms for one in gaps)
    origin = telling.material.sounds.get(recording.id)
    read_back = Cell(t("no proper end, see section 7"), look="warn")
    if origin is not None and origin.read_back is not None:
        read_back = Cell(t("the same"), look="ok") if origin.read_back else Cell(t("DIFFERS"), look="bad")
    if recording.copy in _COPIES:
        read_back = Cell(read_back.text, (t(_COPIES[Copy(recording.copy)]),), read_back.look)
    return Row(
        (
            Cell(telling.titles[recording.id]),
            Cell(
                label(telling.words, recording.state),
                (stop_reason_text(telling.words, recording.reason),) if recording.reason else (),
            ),
            Cell(f"{origin.pulses:,}" if origin else "–"),
            read_back,
            Cell(str(len(gaps)), (f"{missing_ms / 1000:g} s",) if gaps else ()),
            Cell(str(sum(one.recording == recording.id for one in case_file.warnings))),
        )
    )
