"""report.pdf as other programs read it: whole text, embedded fonts, the same bytes, nothing run as markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidencedesk.domain.case import CaseFile
from evidencedesk.export.papers.fonts import faces
from evidencedesk.export.papers.material import ArrivalEntry, PaperMaterial
from evidencedesk.export.papers.report import report_pdf
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from fakes.poppler import fonts_of, info_of, pages_of, run_together, stream_of, text_of
from samples.collection_visit import moment, sample_case
from samples.paper_material import (
    case_with_notes,
    empty_case,
    sample_material,
    visit_without_sound,
)

FINGERPRINT = "ab" * 32
KANGXI = re.compile(r"[\u2f00-\u2fdf\u2e80-\u2eff]")
HOSTILE = (
    '#set page(fill: red) #panic() #import "@preview/x:1.0.0": *',
    "$ x^2 $ _em_ *bold* `raw` <label> @ref = heading",
    "\\ \\u{41} \" ' // /* */ none auto null NaN",
    '{"kind": "table"}',
    '#(sys.inputs.data) #read("/etc/passwd")',
    "汉字\u202e里的倒写",
    "笑😀 巫🧿 旗🇨🇳 家👨‍👩‍👧 警⚠️",
    "ا ل ع ر ب ي ة עברית ไทย हिन्दी",
    "𠮷野家 龘 㐂",
    "a" * 3000,
    "字" * 10_000,
    "\n".join(["行"] * 300),
)


def written(folder: Path, material: PaperMaterial | None = None, language: Language = "zh") -> Path:
    path = folder / "report.pdf"
    path.write_bytes(report_pdf(material or sample_material(), Words(language, resource("locale"))))
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_reports_of_the_same_case_are_the_same_bytes(language: Language) -> None:
    words = Words(language, resource("locale"))
    assert report_pdf(sample_material(), words) == report_pdf(sample_material(), words)


def test_chinese_is_found_by_a_search(tmp_path: Path) -> None:
    text = text_of(written(tmp_path))
    assert "录音" in text
    assert "原始载体" in text
    assert not KANGXI.search(text)


def test_it_declares_pdf_a_2b_and_the_moment_of_the_export(tmp_path: Path) -> None:
    info = info_of(written(tmp_path))
    assert "<pdfaid:part>2</pdfaid:part>" in info
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in info
    assert re.search(r"CreationDate:\s+2026-11-24T17:20:48Z", info)
    assert "录音取证说明" in info


def test_every_font_is_inside(tmp_path: Path) -> None:
    fonts = fonts_of(written(tmp_path))
    assert fonts
    for line in fonts:
        assert line.split()[-5:-3] == ["yes", "yes"], line  # embedded, only the letters used


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_has_its_number_the_fingerprint_and_the_warning(
    tmp_path: Path, language: Language
) -> None:
    pages = pages_of(written(tmp_path, sample_material(fingerprint=FINGERPRINT), language))
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        numbered = f"第{number}页共{len(pages)}页" if language == "zh" else f"Page{number}of{len(pages)}"
        assert numbered in run_together(page)
        assert FINGERPRINT in page
        assert ("模拟：" if language == "zh" else "SIMULATED:") in page
        assert "c-00000001" in page


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_notes_are_printed_as_text(tmp_path: Path, text: str) -> None:
    pdf = written(tmp_path, sample_material(case_with_notes(text, "前后 before and after")), "en")
    assert "<pdfaid:part>2</pdfaid:part>" in info_of(pdf)
    printed = run_together(stream_of(pdf))
    assert "前后beforeandafter" in printed
    if len(text) > 500:  # pages long: heads and feet stand between
        assert printed.count(text[0]) >= text.count(text[0])
    elif text.isascii():
        assert run_together(text) in printed
    for character in text:
        named = f"[U+{ord(character):04X}]"
        # Letters written from right to left, and marks that join theirs, come out in another order.
        assert character.isspace() or character in printed or named in printed or character == "\ufe0f"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_case_from_another_computer_says_so(tmp_path: Path, language: Language) -> None:
    arrival = ArrivalEntry(moment(95_000), "来分期-导出", 412, "4f" * 32)
    text = run_together(text_of(written(tmp_path, sample_material(arrivals=(arrival,)), language)))
    assert (
        run_together("此前保管在另一台电脑上" if language == "zh" else "Kept on another computer before")
        in text
    )
    assert "来分期-导出" in text
    assert "412" in text


def test_an_invisible_character_is_named(tmp_path: Path) -> None:
    assert "[U+202E]" in text_of(written(tmp_path, sample_material(case_with_notes("a\u202eb"))))


def test_hostile_text_in_every_field_leaves_the_rest_whole(tmp_path: Path) -> None:
    sample = sample_case()
    attack = HOSTILE[0] + HOSTILE[1]
    from_outside = sample_material(sample, system=attack, fingerprint="", app_version="0.1.0")
    assert run_together(attack) in run_together(text_of(written(tmp_path, from_outside, "en")))


@pytest.mark.parametrize("case_file", [empty_case(), visit_without_sound()], ids=["empty", "no sound"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_case_without_sound_has_a_report_too(
    tmp_path: Path, case_file: CaseFile, language: Language
) -> None:
    text = text_of(written(tmp_path, sample_material(case_file, exports=()), language))
    assert ("没有录音" if language == "zh" else "Nothing was recorded") in text


def test_without_any_font_of_the_system_the_report_is_still_made_and_says_so(tmp_path: Path) -> None:
    bare = faces(of_the_system=False)
    assert bare.chinese == ""
    path = tmp_path / "report.pdf"
    path.write_bytes(report_pdf(sample_material(), Words("zh", resource("locale")), bare))
    text = run_together(text_of(path))
    assert "thereportisinEnglish" in text
    assert "[U+6765][U+5206][U+671F]" in text, "来分期"
    assert "<pdfaid:part>2</pdfaid:part>" in info_of(path)
