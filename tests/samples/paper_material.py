"""What papers are made from, for a sample case."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from evidencedesk.domain.case import Case, CaseFile, Encounter, ImportedSound, Mode, Note
from evidencedesk.domain.pulse import SoundClock
from evidencedesk.export.papers.material import ExportEntry, PaperMaterial, SoundOrigin
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource
from samples.collection_visit import moment, sample_case

PACKS = load_packs(resource("packs"))
COLUMNS = [(-abs(math.sin(n / 17)) * 60, abs(math.sin(n / 13)) * 70) for n in range(600)]
LIBRARY = "/home/zhang/.local/share/evidencedesk"


def sample_material(case_file: CaseFile | None = None, **changes: Any) -> PaperMaterial:
    """Material as the workflow gathers it."""
    case_file = case_file or sample_case()
    kept = {one.id: f"attachments/{one.id}/{one.stored_name}" for one in case_file.taken_in}
    sounds = {one.id: f"recordings/{one.id}/{one.file}" for one in case_file.recordings}
    where = f"{LIBRARY}/cases/{case_file.case.id}"
    material = PaperMaterial(
        case_file=case_file,
        packs=PACKS,
        exported=moment(100_000),
        app_version="0.1.0",
        system="Debian GNU/Linux 12 (bookworm), x86_64",
        files={name: f"data/{path}" for name, path in (sounds | kept).items()},
        originals={name: f"{where}/{path}" for name, path in (sounds | kept).items()},
        waveforms={one.id: COLUMNS for one in case_file.recordings},
        sounds={
            one.id: SoundOrigin("0.1.0", 25, True, SoundClock("synchronised", -3.2, 0.4))
            for one in case_file.recordings
        },
        exports=(ExportEntry(moment(90_000), "first", "disk-full"), ExportEntry(moment(100_000), "second")),
    )
    return replace(material, **changes)


def imported_sound(**changes: Any) -> ImportedSound:
    """A phone's own recording, taken in."""
    sound = ImportedSound(
        id="i-00000001",
        case="c-00000001",
        encounter="e-00000001",
        name="手机录音.m4a",
        stored_name="sound.m4a",
        file_bytes=4096,
        sha256="5e" * 32,
        file_modified_utc=None,
        format="M4A / AAC",
        duration_ms=61_000,
        rate_hz=44_100,
        channels=1,
        decoder="ffmpeg",
        moment=moment(500),
    )
    return replace(sound, **changes)


def case_with_notes(*texts: str) -> CaseFile:
    """The sample visit with these notes and no others, a tenth of a second apart."""
    notes = tuple(
        Note(
            id=f"n-{number:08}",
            case="c-00000001",
            encounter="e-00000001",
            recording="r-00000001",
            at_ms=number * 100 % 24_000,
            text=text,
            marker=None,
            moment=moment(number / 10),
        )
        for number, text in enumerate(texts)
    )
    return replace(sample_case(), notes=notes)


def empty_case() -> CaseFile:
    """A case in which nothing happened yet."""
    return CaseFile(Case("c-00000009", "空", "", "", moment(0)))


def visit_without_sound() -> CaseFile:
    """Somebody came, and nothing was recorded."""
    visit = Encounter("e-00000009", "c-00000009", Mode.VISIT, moment(0), moment(60))
    return replace(empty_case(), encounters=(visit,))
