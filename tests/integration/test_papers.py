"""The papers of the demo's case folder, in the hands of other programs: poppler and LibreOffice."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencedesk.custody.projection import project
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.event import event_from_json
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from evidencedesk.workflows.run_demo import run_demo
from fakes.poppler import as_pdf, info_of, pages_of, run_together, stream_of

KANGXI = re.compile(r"[\u2f00-\u2fdf]")


@dataclass(frozen=True)
class Demo:
    """A demo visit, exported."""

    folder: Path
    language: Language
    case_file: CaseFile


@pytest.fixture(scope="module", params=["zh", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One demo visit in each language (20 s of sound in real time)."""
    language: Language = request.param
    folder = tmp_path_factory.mktemp(f"demo-{language}") / "folder"
    result = run_demo(folder, SystemClock(), Words(language, resource("locale")), lambda _: None)
    assert result.report.faults == ()
    lines = (folder / "data/journal.jsonl").read_text("utf-8").splitlines()
    return Demo(folder, language, project([event_from_json(json.loads(line)) for line in lines]))


def test_every_note_and_mark_stands_in_the_report(demo: Demo) -> None:
    text = run_together(stream_of(demo.folder / "data/report.pdf"))
    # Played in the night it is outside more than one set of hours.
    packs = {pack.id: pack for pack in load_packs(resource("packs"))}
    assert len(demo.case_file.notes) >= 5
    assert len(demo.case_file.ticks) >= 3
    for note in demo.case_file.notes:
        assert run_together(note.text) in text
        assert f"{note.moment.local:%H:%M:%S}" in text
    for tick in demo.case_file.ticks:
        assert run_together(packs[tick.pack].item(tick.item).text.in_language(demo.language)) in text
    for recording in demo.case_file.recordings:
        assert f"{recording.file_sha256}" in text
    assert not KANGXI.search(text)


def test_every_page_of_the_report_says_that_it_is_simulated(demo: Demo) -> None:
    pages = pages_of(demo.folder / "data/report.pdf")
    warning = "模拟：本案件含" if demo.language == "zh" else "SIMULATED: this case"
    assert all(warning in page for page in pages)


def test_the_report_is_a_plain_pdf_a(demo: Demo) -> None:
    info = info_of(demo.folder / "data/report.pdf")
    assert "<pdfaid:part>2</pdfaid:part>" in info
    assert re.search(r"JavaScript:\s+no", info)
    assert re.search(r"Encrypted:\s+no", info)
    assert re.search(r"Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)", info)


def test_libreoffice_opens_the_evidence_list(demo: Demo, tmp_path: Path) -> None:
    pdf = as_pdf(demo.folder / "data/evidence-list.docx", tmp_path)
    text = run_together(stream_of(pdf))
    for word in ("证据目录", "证明对象和内容", "1-1") if demo.language == "zh" else ("Evidencelist", "1-1"):
        assert word in text
    for recording in demo.case_file.recordings:
        assert recording.file_sha256 is not None
        assert recording.id in text
    assert re.search(r"Page size:\s+841\.\d+ x 595\.\d+ pts \(A4\)", info_of(pdf)), "landscape"


def test_libreoffice_opens_the_transcript(demo: Demo, tmp_path: Path) -> None:
    text = run_together(stream_of(as_pdf(demo.folder / "data/transcript.docx", tmp_path)))
    assert ("录音文字稿" if demo.language == "zh" else "Transcriptofarecording") in text
    for note in demo.case_file.notes:
        assert (run_together(note.text) in text) == (note.encounter is not None)
    for recording in demo.case_file.recordings:
        assert f"SHA-256{recording.file_sha256}" in text


def test_start_here_leads_to_the_papers(demo: Demo) -> None:
    page = (demo.folder / "START-HERE.html").read_text("utf-8")
    for name in ("report.pdf", "evidence-list.docx", "transcript.docx"):
        assert f'href="data/{name}"' in page
        assert (demo.folder / "data" / name).is_file()
