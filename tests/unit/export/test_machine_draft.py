"""A machine's draft stands on paper and page as what it is, and never as the transcript itself."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from time import monotonic

import docx
import pytest

from evidencedesk.domain.case import CaseFile, Leg
from evidencedesk.domain.transcript import Sentence, Transcript
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.transcript import transcript_docx
from evidencedesk.export.start_here import start_here_html
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from fakes.readers import Reader
from samples.collection_visit import moment, sample_case, sample_words
from samples.paper_material import PACKS, sample_material

HOSTILE = "\"><svg/onload=alert(1)>'</script><script>x</script>"
MACHINE, CORRECTED = "今天不还,我们明天上门", "工号不方便透露,你先把欠款还了"


def written_down(*more: Sentence) -> CaseFile:
    """The sample case; its first recording was written down, one sentence corrected."""
    case_file = sample_case()
    recording = case_file.recordings[0]
    sentences = (
        Sentence(2_000, 1_000, MACHINE),
        Sentence(4_000, 1_000, CORRECTED, corrected=True, earlier=("工号不方便透露,你先把误款还了",)),
        *more,
    )
    draft = Transcript(
        id="w-00000001",
        case=case_file.case.id,
        recording=recording.id,
        model="whisper-base",
        model_sha256="5c" * 32,
        program="faster-whisper 1.2.1",
        language="zh",
        sentences=sentences,
        moment=moment(90_000),
    )
    return replace(case_file, transcripts=(draft,))


def paper(case_file: CaseFile, language: Language = "zh") -> bytes:
    words = Words(language, resource("locale"))
    return transcript_docx(Telling(sample_material(case_file), words))


def page(folder: Path, case_file: CaseFile, language: Language = "en") -> str:
    return start_here_html(
        case_file,
        PACKS,
        language,
        {},
        {one.id: f"data/recordings/{one.id}/{one.file}" for one in case_file.recordings},
        {},
        sample_words(language, folder),
        moment(100_000),
    )


def test_the_paper_has_it_behind_the_declaration_under_a_clear_heading() -> None:
    document = docx.Document(io.BytesIO(paper(written_down())))
    told = [one.text for one in document.paragraphs]
    heading = told.index("机器转写草稿，须与录音核对")
    assert any("签名" in text for text in told[:heading])
    assert "不是证据" in told[heading + 1]
    assert "whisper-base" in told[heading + 2]
    assert "5c" * 32 in told[heading + 2]


def test_corrected_sentences_are_told_apart_on_paper() -> None:
    document = docx.Document(io.BytesIO(paper(written_down(), "en")))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["00:00:02", "Microphone\nmachine draft", MACHINE] in rows
    words = f"{CORRECTED}\nThe machine wrote: 工号不方便透露,你先把误款还了"
    assert ["00:00:04", "Microphone\ncorrected by the user", words] in rows


def test_without_a_draft_the_paper_says_nothing_of_machines() -> None:
    document = docx.Document(io.BytesIO(paper(sample_case())))
    assert not any("机器" in one.text for one in document.paragraphs)


def test_both_sides_are_told_in_turn_on_paper() -> None:
    case_file = written_down()
    near = case_file.recordings[0]
    far = replace(near, id="r-0000far1", leg=Leg.FAR, begins_ms=1_000)
    answer = replace(
        case_file.transcripts[0],
        id="w-00000002",
        recording=far.id,
        sentences=(Sentence(2_000, 900, "我是来分期"),),
    )
    both = replace(
        case_file,
        recordings=(*case_file.recordings, far),
        transcripts=(*case_file.transcripts, answer),
    )
    document = docx.Document(io.BytesIO(paper(both, "en")))
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert [row[0] for row in rows] == ["Time", "00:00:02", "00:00:03", "00:00:04"]
    assert rows[2][1].startswith("The other side")


def test_a_long_call_is_written_in_a_moment() -> None:
    many = [Sentence(10_000 + number * 2_000, 900, f"第 {number} 句") for number in range(3_000)]
    began = monotonic()
    assert paper(written_down(*many))
    assert monotonic() - began < 20


def test_the_page_has_it_under_the_player_and_always_marked(tmp_path: Path) -> None:
    html = page(tmp_path, written_down())
    draft = html[html.index('<details class="heard">') : html.index("</details>")]
    told = Reader(draft).text
    assert "A machine's draft of what was said, not evidence" in told
    assert MACHINE in told
    assert "corrected by the user · The machine wrote: 工号不方便透露,你先把误款还了" in told
    assert 'data-at="4000"' in draft


def test_words_that_look_like_a_script_stay_words(tmp_path: Path) -> None:
    html = page(tmp_path, written_down(Sentence(6_000, 10, HOSTILE)))
    assert "<script>x" not in html
    assert "<svg/onload" not in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_without_a_draft_has_no_place_for_one(tmp_path: Path, language: Language) -> None:
    assert 'class="heard"' not in page(tmp_path, sample_case(), language)
