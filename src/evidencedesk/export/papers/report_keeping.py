"""Sections 5 to 8 of the report: how it was kept, taken out, that it is unchanged, how to verify it."""

from __future__ import annotations

from evidencedesk.domain.case import Recording, RecordingState
from evidencedesk.export.papers.blocks import (
    Blanks,
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    Subheading,
    Table,
)
from evidencedesk.export.papers.telling import Telling, utc_text
from evidencedesk.export.start_here_players import time_text
from evidencedesk.export.start_here_view import Fact


def keeping(telling: Telling) -> tuple[Block, ...]:
    """5: how it was kept."""
    t = telling.t
    blocks: list[Block] = []
    rows = [
        Row((Cell(telling.titles[one.id]), Cell(telling.material.originals.get(one.id, ""), look="mono")))
        for one in telling.saved
    ]
    rows += [
        Row(
            (
                Cell(one.name, (t("taken in on {time}", time=time_text(one.moment)),)),
                Cell(telling.material.originals.get(one.id, ""), look="mono"),
            )
        )
        for one in telling.case_file.taken_in
    ]
    if rows:
        columns = (Column(t("Original"), 5), Column(t("Kept on this computer at"), 9))
        blocks.append(Table(columns, tuple(rows)))
    blocks += [
        Bullets(
            (
                t("The program writes sound only into new files and makes them read-only at their end."),
                t("It has no function that edits a sound; copies for listening are files of their own."),
                t("Files taken in are copied bit for bit; the program never writes to them again."),
                t(
                    "Notes, marks and corrections are entries of a journal; each entry names the SHA-256 of "
                    "the one before it, and none is changed or deleted."
                ),
            )
        ),
        Blanks(
            (
                t("Storage medium (disk or stick: make, serial number)"),
                t("In whose keeping since the recording"),
            )
        ),
    ]
    return tuple(blocks)


def extraction(telling: Telling) -> tuple[Block, ...]:
    """6: how it was taken out."""
    t = telling.t
    material = telling.material
    blocks: list[Block] = [
        Facts(
            (
                Fact(t("Tool"), t("EvidenceDesk {version}, export", version=material.app_version)),
                Fact(
                    t("Taken out on"), f"{time_text(material.exported)} · {utc_text(material.exported.utc)}"
                ),
                Fact(
                    t("Method"),
                    t(
                        "Each original is read once, copied and hashed at the same time; the SHA-256 is "
                        "compared with that in the journal, and a difference ends the export. All names "
                        "and SHA-256 then go into the lists of the folder (BagIt, RFC 8493)."
                    ),
                ),
                Fact(
                    t("Can be repeated"),
                    t(
                        "yes: the same case gives the same originals and hashes; each export is an entry "
                        "of the journal"
                    ),
                ),
            )
        )
    ]
    columns: tuple[Column, ...]
    if material.exports:
        columns = (
            Column(t("No.")),
            Column(t("Export begun"), 5),
            Column(t("Folder"), 7),
            Column(t("Outcome"), 4),
        )
        rows = tuple(
            Row(
                (
                    Cell(str(number)),
                    Cell(time_text(one.moment)),
                    Cell(one.folder),
                    Cell(t("came to nothing ({code})", code=one.failed), look="warn")
                    if one.failed
                    else Cell(t("this folder") if number == len(material.exports) else t("a folder")),
                )
            )
            for number, one in enumerate(material.exports, start=1)
        )
        blocks += [Subheading(t("All exports of this case")), Table(columns, rows)]
    blocks += _arrivals(telling)
    copies = [
        (one.path, one.sha256, ", ".join(telling.titles.get(name, name) for name, _ in one.made_from))
        for one in material.listening.values()
    ]
    names = {one.id: one.name for one in telling.case_file.imported}
    copies += [
        (one.path, one.sha256, names.get(one.imported, one.imported))
        for one in material.imported_copies.values()
    ]
    if copies:
        columns = (Column(t("File"), 9), Column(t("Made from"), 5))
        rows = tuple(
            Row((Cell(path, (f"SHA-256 {sha256}",), "mono"), Cell(made_from)))
            for path, sha256, made_from in copies
        )
        blocks += [Subheading(t("Copies for listening (not evidence)")), Table(columns, rows)]
    return tuple(blocks)


def _arrivals(telling: Telling) -> tuple[Block, ...]:
    """Which part of the journal was kept on another computer before."""
    t = telling.t
    if not telling.material.arrivals:
        return ()
    columns = (
        Column(t("Taken in"), 5),
        Column(t("Folder"), 6),
        Column(t("Journal up to entry"), 3),
        Column(t("Key that signed the folder"), 6),
    )
    rows = tuple(
        Row(
            (
                Cell(time_text(one.moment)),
                Cell(one.folder),
                Cell(str(one.entries)),
                Cell(one.device or t("not signed"), look="mono" if one.device else ""),
            )
        )
        for one in telling.material.arrivals
    )
    checked = t(
        "Each of these folders was verified and found intact before its journal was taken in as it is."
    )
    return (Subheading(t("Kept on another computer before")), Paragraph(checked), Table(columns, rows))


def unchanged(telling: Telling) -> tuple[Block, ...]:
    """7: unchanged."""
    t = telling.t
    case_file = telling.case_file
    blocks: list[Block] = []
    for recording in telling.saved:
        blocks += [Subheading(telling.titles[recording.id]), *_hashes(telling, recording)]
    for kept in case_file.taken_in:
        blocks += [
            Subheading(kept.name),
            Facts(
                (
                    Fact(t("File"), telling.material.files.get(kept.id, t("not in this folder")), mono=True),
                    Fact(t("Size"), t("{count} bytes", count=f"{kept.file_bytes:,}")),
                    Fact(t("SHA-256 of the file"), kept.sha256, mono=True),
                )
            ),
        ]
    corrected = sum(note.corrected for note in case_file.notes)
    withdrawn = sum(tick.withdrawn for tick in case_file.ticks)
    gaps_ms = sum(gap.length_ms for gap in case_file.gaps)
    blocks += [
        Subheading(t("The case as a whole")),
        Facts(
            (
                Fact(t("Journal"), t("{count} entries, in an unbroken chain", count=f"{case_file.events:,}")),
                Fact(t("SHA-256 of the last entry"), case_file.head, mono=True),
                Fact(
                    t("Notes corrected later"),
                    t("{count}; both wordings are in the journal", count=corrected) if corrected else "0",
                ),
                Fact(
                    t("Marks withdrawn later"),
                    t("{count}; they stay visible, struck out", count=withdrawn) if withdrawn else "0",
                ),
                Fact(
                    t("Gaps in the sound"),
                    t(
                        "{count}, together {seconds} seconds; listed in section 4",
                        count=len(case_file.gaps),
                        seconds=f"{gaps_ms / 1000:g}",
                    )
                    if case_file.gaps
                    else "0",
                ),
            )
        ),
    ]
    return tuple(blocks)


def _hashes(telling: Telling, recording: Recording) -> tuple[Block, ...]:
    t = telling.t
    facts = [
        Fact(t("File"), telling.material.files.get(recording.id, ""), mono=True),
        Fact(
            t("Size"),
            "" if recording.file_bytes is None else t("{count} bytes", count=f"{recording.file_bytes:,}"),
        ),
        Fact(t("Samples per channel"), "" if recording.samples is None else f"{recording.samples:,}"),
        Fact(t("SHA-256 of the file"), recording.file_sha256 or "", mono=True),
        Fact(t("SHA-256 of the sound"), recording.pcm_sha256 or "", mono=True),
        Fact(t("SHA-256 of the pulse journal"), recording.pulse_sha256 or "", mono=True),
        Fact(t("SHA-256 as found"), recording.found_sha256 or "", mono=True),
    ]
    blocks: list[Block] = [Facts(tuple(fact for fact in facts if fact.value))]
    if recording.missing_ms is not None:
        blocks.append(
            Paragraph(
                t(
                    "The recording was cut off. What was safe on the disk was repaired into a second file; "
                    "the file as it was found is kept beside it. "
                    "At most {seconds} seconds can be missing at the end.",
                    seconds=f"{-(-recording.missing_ms // 100) / 10:.1f}",
                ),
                "strong",
            )
        )
    if recording.state is RecordingState.RUNNING:
        blocks.append(
            Paragraph(
                t(
                    "The recording was cut off and could not be repaired: nothing seals it. "
                    "Handed over as found."
                ),
                "strong",
            )
        )
    return tuple(blocks)


def verifiable(telling: Telling) -> tuple[Block, ...]:
    """8: can be verified."""
    t = telling.t
    material = telling.material
    signature = Fact(t("Signature"), t("Not signed"))
    if material.fingerprint:
        signature = Fact(t("Signed with the device certificate, SHA-256"), material.fingerprint, mono=True)
    blocks: list[Block] = [Facts((signature,)), Subheading(t("Time stamps"))]
    if material.stamps:
        columns = (
            Column(t("Authority"), 4),
            Column(t("Over what"), 4),
            Column(t("Time (UTC)"), 4),
            Column(t("State"), 3),
        )
        rows = tuple(
            Row(
                (
                    Cell(stamp.authority),
                    Cell(stamp.what),
                    Cell(utc_text(stamp.utc) if stamp.utc else "–"),
                    Cell(stamp.state),
                )
            )
            for stamp in material.stamps
        )
        blocks += [
            Table(columns, rows),
            Paragraph(
                t(
                    "A time stamp (RFC 3161) is technical support: it shows that certain data existed at "
                    "that time and was not changed since. What weight it has is for the court to say."
                ),
                "quiet",
            ),
        ]
    else:
        blocks.append(
            Paragraph(
                t(
                    "No outside time stamp: self-attested. All times come from the recording computer. The "
                    "hashes show agreement only from the moment when somebody else has a copy of them."
                ),
                "strong",
            )
        )
    blocks += [
        Subheading(t("How anyone can check it")),
        Bullets(
            (
                t("All files at once (Linux): sha256sum -c manifest-sha256.txt"),
                t("One file (Windows): certutil -hashfile FILE SHA256, compared with section 7"),
                t("The sound itself: flac -t FILE. Everything together: evidencedesk verify ."),
                t("HOW-TO-CHECK.txt in the folder has the commands, step by step."),
            )
        ),
        Subheading(t("What this does not show")),
        Bullets(
            (
                t(
                    "Whole does not mean true: matching hashes do not show that what was said or noted "
                    "is true."
                ),
                t("Who is speaking. If that is disputed, an expert can examine the original sound."),
                t("That nobody who had the whole folder wrote it anew, unless it is signed or stamped."),
            )
        ),
    ]
    return tuple(blocks)
