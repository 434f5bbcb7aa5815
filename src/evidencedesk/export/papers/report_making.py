"""Sections 1 to 3 of the report: who made it, when and where, with what."""

from __future__ import annotations

from evidencedesk.domain.case import Recording
from evidencedesk.domain.moment import clock_text
from evidencedesk.domain.pulse import WarningCode
from evidencedesk.export.papers.blocks import (
    Blanks,
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    Table,
)
from evidencedesk.export.papers.telling import Telling, clock, utc_text
from evidencedesk.export.start_here_labels import trouble_text
from evidencedesk.export.start_here_players import SYNC, time_text
from evidencedesk.export.start_here_view import Fact
from evidencedesk.wording.labels import label

_CLOCK_TROUBLES = frozenset({WarningCode.CLOCK_JUMPED, WarningCode.ZONE_CHANGED, WarningCode.SLEPT})


def maker(telling: Telling) -> tuple[Block, ...]:
    """1: who made it."""
    t = telling.t
    material = telling.material
    return (
        Facts(
            (
                Fact(t("Recorded by"), t("the person who used the program; it keeps no account of names")),
                Fact(t("Program"), f"EvidenceDesk {material.app_version}"),
                Fact(t("Notes and marks"), t("written by the same person while the recording ran, or later")),
                Fact(
                    t("Device certificate"),
                    material.fingerprint or t("none: this folder is not signed"),
                    mono=bool(material.fingerprint),
                ),
            )
        ),
        Blanks(
            (
                t("Name of the person who recorded"),
                t("Part in the talk or event"),
                t("Owner of the computer"),
            )
        ),
    )


def time_place(telling: Telling) -> tuple[Block, ...]:
    """2: when and where."""
    t = telling.t
    case_file = telling.case_file
    blocks: list[Block] = []
    if case_file.encounters:
        rows = tuple(
            Row(
                (
                    Cell(str(number)),
                    Cell(label(telling.words, one.mode)),
                    Cell(time_text(one.opened), (utc_text(one.opened.utc),)),
                    Cell(time_text(one.closed), (utc_text(one.closed.utc),)) if one.closed else Cell("–"),
                )
            )
            for number, one in enumerate(case_file.encounters, start=1)
        )
        columns = (
            Column(t("No.")),
            Column(t("Encounter"), 3),
            Column(t("Begun"), 4),
            Column(t("Ended"), 4),
        )
        blocks.append(Table(columns, rows))
    if case_file.recordings:
        columns = (
            Column(t("Recording"), 4),
            Column(t("Started"), 4),
            Column(t("Length"), 2),
            Column(t("Computer's clock at the start; the device's own clock"), 5),
        )
        blocks.append(Table(columns, tuple(_recording_times(telling, one) for one in case_file.recordings)))
        blocks.append(
            Paragraph(
                t(
                    "Positions and lengths are counted in samples of the sound, not by the clock: setting "
                    "the clock does not move them. Times of day are those of the recording computer."
                ),
                "quiet",
            )
        )
        blocks.append(_clock_troubles(telling))
    else:
        blocks.append(Paragraph(t("Nothing was recorded in this case.")))
    blocks.append(Blanks((t("Place of each encounter (not recorded by the program)"),)))
    return tuple(blocks)


def _clock_troubles(telling: Telling) -> Block:
    t = telling.t
    troubles = [one for one in telling.case_file.warnings if one.code in _CLOCK_TROUBLES]
    if not troubles:
        return Paragraph(
            t("While recording, no jump of the clock, change of time zone or sleep was noticed.")
        )
    return Bullets(
        tuple(
            f"{clock(one.moment)} · {telling.titles.get(one.recording, one.recording)} · "
            f"{trouble_text(telling.words, one.code)}"
            + ("" if one.by_ms is None else f" ({one.by_ms / 1000:+.3f} s)")
            for one in troubles
        )
    )


def _recording_times(telling: Telling, recording: Recording) -> Row:
    t = telling.t
    length = "–" if recording.duration_ms is None else clock_text(recording.duration_ms)
    origin = telling.material.sounds.get(recording.id)
    clocks = Cell(t("not recorded by the program"))
    if origin is not None:
        sound_clock = origin.clock
        drift = t("device clock: recording too short to tell")
        if sound_clock.ppm is not None and sound_clock.ppm_uncertainty is not None:
            drift = t(
                "device clock: {ppm} millionths, certain to {uncertainty}",
                ppm=f"{sound_clock.ppm:+.1f}",
                uncertainty=f"{sound_clock.ppm_uncertainty:.1f}",
            )
        clocks = Cell(t(SYNC.get(sound_clock.sync, SYNC["unknown"])), (drift,))
    return Row(
        (
            Cell(telling.titles[recording.id]),
            Cell(time_text(recording.started), (utc_text(recording.started.utc),)),
            Cell(length),
            clocks,
        )
    )


def equipment(telling: Telling) -> tuple[Block, ...]:
    """3: with what."""
    t = telling.t
    blocks: list[Block] = []
    if telling.case_file.recordings:
        columns = (
            Column(t("Recording"), 4),
            Column(t("Sound device, as the system names it"), 5),
            Column(t("Format"), 4),
            Column(t("Program"), 3),
        )
        blocks.append(Table(columns, tuple(_made_with(telling, one) for one in telling.case_file.recordings)))
    blocks += [
        Facts(
            (
                Fact(t("System at the export"), telling.material.system or t("not recorded by the program")),
                Fact(
                    t("Working order"),
                    t("what was not as it should be while recording is listed in section 4"),
                ),
            )
        ),
        Blanks(
            (
                t("Computer (make, model, serial number)"),
                t("Microphone or headset (make, model)"),
                t("In working order while recording?"),
            )
        ),
    ]
    return tuple(blocks)


def _made_with(telling: Telling, recording: Recording) -> Row:
    t = telling.t
    origin = telling.material.sounds.get(recording.id)
    device = Cell(recording.device)
    if recording.simulated:
        device = Cell(
            recording.device, (t("SIMULATED: played from a file, or errors were asked for"),), "bad"
        )
    app = f"EvidenceDesk {origin.app}" if origin and origin.app else t("not recorded by the program")
    channels = telling.words.plural("{n} channel", "{n} channels", recording.channels)
    sound_format = t("FLAC, without loss")
    return Row(
        (
            Cell(telling.titles[recording.id]),
            device,
            Cell(sound_format, (f"{recording.rate_hz:,} Hz, {channels}",)),
            Cell(app),
        )
    )
