"""The Word files as python-docx reads them again: whole, the same bytes, plain text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest

from evidencedesk.export.papers.evidence_list import evidence_list_docx
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.transcript import transcript_docx
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from samples.collection_visit import sample_case
from samples.paper_material import case_with_notes, empty_case, imported_sound, sample_material

MAKERS = (evidence_list_docx, transcript_docx)
Maker = Callable[[Telling], bytes]
FINGERPRINT = "ab" * 32


def made(maker: Maker, material: PaperMaterial | None = None, language: Language = "zh") -> bytes:
    return maker(Telling(material or sample_material(), Words(language, resource("locale"))))


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("maker", MAKERS)
def test_two_files_of_the_same_case_are_the_same_bytes(maker: Maker) -> None:
    assert made(maker) == made(maker)


@pytest.mark.parametrize("maker", MAKERS)
def test_its_dates_are_the_moment_of_the_export(maker: Maker) -> None:
    properties = docx.Document(io.BytesIO(made(maker))).core_properties
    assert properties.created == properties.modified == datetime(2026, 11, 24, 17, 20, 48, tzinfo=UTC)
    assert properties.author == properties.last_modified_by == "EvidenceDesk"
    with zipfile.ZipFile(io.BytesIO(made(maker))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in archive.namelist())


@pytest.mark.parametrize("maker", MAKERS)
def test_every_page_names_the_fingerprint_and_what_is_simulated(maker: Maker) -> None:
    section = docx.Document(io.BytesIO(made(maker, sample_material(fingerprint=FINGERPRINT)))).sections[0]
    assert FINGERPRINT in section.footer.paragraphs[0].text
    assert "模拟" in section.header.paragraphs[0].text
    unsigned = docx.Document(io.BytesIO(made(maker))).sections[0]
    assert unsigned.footer.paragraphs[0].text == "未签名"


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        (
            "zh",
            [
                "序号",
                "证据名称",
                "证据种类/形式",
                "证据来源",
                "证明对象和内容",
                "页码（页数）",
                "份数",
                "原件/复印件",
                "备注",
            ],
        ),
        (
            "en",
            [
                "No.",
                "Name of the evidence",
                "Kind and form",
                "Source of the evidence",
                "What it is to prove, and content",
                "Page numbers",
                "Copies",
                "Original or copy",
                "Remarks",
            ],
        ),
    ],
)
def test_the_evidence_list_has_the_customary_columns(language: Language, heads: list[str]) -> None:
    document = docx.Document(io.BytesIO(made(evidence_list_docx, language=language)))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == heads


def test_the_evidence_list_has_blanks_for_what_only_the_party_knows() -> None:
    text = words_of(made(evidence_list_docx))
    for blank in ("案由：____", "案号：____", "提交人（当事人）：____", "签名或者盖章", "日期：____"):
        assert blank in text
    assert "第 1 组：本程序录制的录音" in text


def test_the_transcript_has_head_notes_free_lines_and_a_declaration() -> None:
    document = docx.Document(io.BytesIO(made(transcript_docx)))
    head, lines = document.tables[0], document.tables[1]
    assert [row.cells[0].text for row in head.rows] == [
        "时间",
        "地点",
        "在场人员",
        "录音设备",
        "录音、文件名、哈希值",
    ]
    assert "张某 某某信用管理有限公司（据使用人所记）" in head.rows[2].cells[1].text
    assert f"SHA-256 {sample_case().recordings[0].file_sha256}" in head.rows[4].cells[1].text
    assert [cell.text for cell in lines.rows[0].cells] == ["时间", "说话人", "内容"]
    assert lines.rows[1].cells[0].text == "00:00:03\n21:34:11"
    assert lines.rows[1].cells[1].text == "用户笔记\n非逐字记录"
    assert sum(not any(cell.text for cell in row.cells) for row in lines.rows) >= 6
    text = words_of(made(transcript_docx))
    assert "与录音内容一致" in text
    assert "整理人（签名）" in text


def test_a_gap_stands_in_the_transcript() -> None:
    assert "有 1.25 秒未录到" in words_of(made(transcript_docx)).replace("1.25秒", "1.25 秒")


def test_notes_of_no_encounter_are_not_in_the_transcript() -> None:
    assert "工号 0417" not in words_of(made(transcript_docx))


def test_an_imported_recording_has_a_form_of_its_own() -> None:
    case_file = replace(sample_case(), imported=(imported_sound(),))
    document = docx.Document(io.BytesIO(made(transcript_docx, sample_material(case_file))))
    assert len(document.tables) == 6
    assert "手机录音.m4a · 00:01:01" in document.tables[4].rows[4].cells[1].text


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_case_has_an_empty_form(maker: Maker, language: Language) -> None:
    document = docx.Document(io.BytesIO(made(maker, sample_material(empty_case()), language)))
    assert document.tables


def test_hostile_text_stays_text() -> None:
    attack = "<w:p/>]]>&amp; \x00\x0b\u202e\ud800\ufffe {PAGE} \\* 😀 " + "x" * 10_000
    text = words_of(made(transcript_docx, sample_material(case_with_notes(attack))))
    assert "<w:p/>]]>&amp; [U+0000][U+000B][U+202E][U+D800][U+FFFE] {PAGE} \\* 😀 xxx" in text


def test_a_long_evening_makes_no_endless_file() -> None:
    notes = [f"note {number}" for number in range(2000)]
    text = words_of(made(transcript_docx, sample_material(case_with_notes(*notes))))
    assert all(note in text for note in notes)
