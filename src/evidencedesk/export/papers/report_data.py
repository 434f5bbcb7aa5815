"""The whole report as blocks: cover, thirteen sections, statement of the original carrier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.moment import clock_text, parse_utc
from evidencedesk.export.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Paragraph,
    Row,
    Signature,
    Table,
    as_json,
)
from evidencedesk.export.papers.headings import Heading, court_texts
from evidencedesk.export.papers.plain import shortened
from evidencedesk.export.papers.report_checks import checks
from evidencedesk.export.papers.report_keeping import extraction, keeping, unchanged, verifiable
from evidencedesk.export.papers.report_making import equipment, maker, time_place
from evidencedesk.export.papers.report_meaning import agrees, interest, lawful, ordinary, relevant
from evidencedesk.export.papers.telling import Telling, utc_text
from evidencedesk.export.start_here_players import time_text
from evidencedesk.export.start_here_rows import current_ticks
from evidencedesk.export.start_here_view import Fact

SECTIONS: dict[str, Callable[[Telling], tuple[Block, ...]]] = {
    "maker": maker,
    "time-place": time_place,
    "equipment": equipment,
    "checks": checks,
    "keeping": keeping,
    "extraction": extraction,
    "unchanged": unchanged,
    "verifiable": verifiable,
    "ordinary": ordinary,
    "lawful": lawful,
    "relevant": relevant,
    "agrees": agrees,
    "interest": interest,
}
_HEADER_LENGTH = 40


def report_data(telling: Telling, shown: Callable[[str], str], *, chinese: bool = True) -> dict[str, Any]:
    """What the template draws. Without a ``chinese`` font the report says so."""
    t = telling.t
    material = telling.material
    case = telling.case_file.case
    texts = court_texts()
    language = telling.words.language
    sections = [_section(telling, number, one) for number, one in enumerate(texts.headings, start=1)]
    told: dict[str, Any] = {
        "title": t("Report on the recordings"),
        "subtitle": t("How they were made, kept and taken out"),
        "case_title": case.title,
        "head_left": f"{shortened(case.title, _HEADER_LENGTH)} · {case.id}",
        "page": t("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "bands": [{"look": look, "text": text} for look, text in telling.warnings_for_every_page()],
        "foot_left": telling.sealed_by(),
        "foot_right": t(
            "EvidenceDesk {version} · {time}", version=material.app_version, time=time_text(material.exported)
        ),
        "cover": _cover(telling, chinese=chinese),
        "contents": t("Contents"),
        "sections": sections,
        "statement": {
            "title": t("Statement of the original carrier"),
            "source": texts.carrier.in_language(language),
            "blocks": _statement(telling),
        },
        "texts": {
            "title": t("Texts the headings come from"),
            "items": [text.in_language(language) for text in texts.texts],
        },
    }
    return {
        **as_json(told, shown),
        "language": language,
        "date": list(parse_utc(material.exported.utc).timetuple()[:6]),
    }


def _section(telling: Telling, number: int, heading: Heading) -> dict[str, Any]:
    language = telling.words.language
    return {
        "number": str(number),
        "title": heading.title.in_language(language),
        "looks_at": telling.t(
            "Asked here: {question} ({source})",
            question=heading.looks_at.in_language(language),
            source=heading.source.in_language(language),
        ),
        "blocks": SECTIONS[heading.id](telling),
    }


def _cover(telling: Telling, *, chinese: bool) -> tuple[Block, ...]:
    t = telling.t
    material, case_file = telling.material, telling.case_file
    case = case_file.case
    current = current_ticks(case_file.ticks)
    breaches = sum(tick.id in current and tick.verdict is Verdict.BREACHED for tick in case_file.ticks)
    recorded_ms = sum(recording.duration_ms or 0 for recording in case_file.recordings)
    blocks: list[Block] = [
        Facts(
            (
                Fact(t("Creditor"), case.creditor or t("not given")),
                Fact(t("Contract"), case.contract or t("not given")),
                Fact(t("Case"), case.id, mono=True),
                Fact(
                    t("Taken out on"), f"{time_text(material.exported)} · {utc_text(material.exported.utc)}"
                ),
                Fact(
                    t("Recordings"),
                    t(
                        "{count}, together {length}",
                        count=len(case_file.recordings),
                        length=clock_text(recorded_ms),
                    ),
                ),
                Fact(t("Notes"), str(len(case_file.notes))),
                Fact(t("Breaches marked"), str(breaches)),
                Fact(t("Gaps in the sound"), str(len(case_file.gaps))),
                Fact(t("Files taken in"), str(len(case_file.taken_in))),
            )
        )
    ]
    remarks = [
        t(
            "This report was written by the program from the case's journal. What it does not know is said, "
            "or left as a line to be filled in by hand."
        ),
        t(
            "It shows how the recordings were made and that they are whole. Whether what was said is true is "
            "another question."
        ),
    ]
    if material.recovered:
        remarks.append(t("A recording was cut off and repaired: see section 7."))
    if not chinese:
        remarks.append(
            t(
                "This computer had no Chinese font: the report is in English, and Chinese characters stand "
                "as numbers. START-HERE.html shows them."
            )
        )
    blocks.append(Bullets(tuple(remarks)))
    return tuple(blocks)


def _statement(telling: Telling) -> tuple[Block, ...]:
    t = telling.t
    rows = tuple(
        Row(
            (
                Cell(
                    telling.titles[one.id],
                    (t("SIMULATED, not evidence"),) if one.simulated else (),
                ),
                Cell(
                    telling.material.originals.get(one.id, ""),
                    (f"SHA-256 {one.file_sha256}" if one.file_sha256 else t("nothing seals it"),),
                    "mono",
                ),
            )
        )
        for one in telling.saved
    )
    if not rows:
        return (Paragraph(t("Nothing was recorded in this case.")),)
    return (
        Paragraph(
            t(
                "1. The originals of the recordings below are kept, unedited since their end, on my computer "
                "at the places named."
            )
        ),
        Table((Column(t("Recording"), 4), Column(t("Original and its SHA-256"), 10)), rows),
        Paragraph(
            t(
                "2. The files in this folder are identical copies of them, made on {time} with EvidenceDesk "
                "{version}; the SHA-256 of each copy was compared with that of its original.",
                time=time_text(telling.material.exported),
                version=telling.material.app_version,
            )
        ),
        Paragraph(
            t("3. I will show the originals on the device that holds them when the court asks for it.")
        ),
        Signature((t("Signature"), t("Date"))),
    )
