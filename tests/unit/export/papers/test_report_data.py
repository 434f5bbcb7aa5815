"""The report's facts: thirteen headings, nothing left out, nothing claimed that is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.case import CaseFile, RecordingState, RecordingWarning
from evidencedesk.domain.pulse import SoundClock
from evidencedesk.export.papers.headings import court_texts
from evidencedesk.export.papers.material import PaperMaterial, SoundOrigin, StampFact
from evidencedesk.export.papers.plain import printable
from evidencedesk.export.papers.report_data import SECTIONS, report_data
from evidencedesk.export.papers.telling import Telling
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from samples.collection_visit import moment, sample_case
from samples.paper_material import (
    case_with_notes,
    empty_case,
    imported_sound,
    sample_material,
    visit_without_sound,
)

FINGERPRINT = "ab" * 32


def told(material: PaperMaterial | None = None, language: Language = "en") -> dict[str, Any]:
    telling = Telling(material or sample_material(), Words(language, resource("locale")))
    return report_data(telling, printable)


def section(data: dict[str, Any], name: str) -> str:
    """All words of one section."""
    place = [heading.id for heading in court_texts().headings].index(name)
    return json.dumps(data["sections"][place], ensure_ascii=False)


def test_the_headings_are_the_thirteen_of_a_court_in_their_order() -> None:
    assert [one["title"] for one in told(language="zh")["sections"]] == [
        "形成主体",
        "形成时间与地点",
        "设备与软件环境",
        "防错监测与核查",
        "存储与保管",
        "提取与固定",
        "内容的完整性",
        "可验证性",
        "在正常往来活动中形成",
        "取得方式的合法性",
        "与待证事实的关联",
        "与其他证据相互印证",
        "提供者与利害关系",
    ]
    assert [heading.id for heading in court_texts().headings] == list(SECTIONS)
    assert [one["number"] for one in told()["sections"]] == [str(n) for n in range(1, 14)]


@pytest.mark.parametrize("case_file", [sample_case(), empty_case(), visit_without_sound()])
def test_every_heading_says_something_even_when_nothing_is_known(case_file: CaseFile) -> None:
    for one in told(sample_material(case_file))["sections"]:
        assert one["blocks"], one["title"]
        assert one["looks_at"]


def test_the_data_is_plain_json() -> None:
    data = told()
    assert json.loads(json.dumps(data)) == data


def test_every_note_mark_gap_and_warning_stands_with_its_second() -> None:
    case_file = sample_case()
    words = section(told(), "relevant") + section(told(), "ordinary")
    for note in case_file.notes:
        assert json.dumps(note.text, ensure_ascii=False)[1:-1] in words
    for tick in case_file.ticks:
        assert sample_material().packs[0].item(tick.item).text.en in words
    assert "1.25 seconds were not recorded" in words
    assert "too loud for the device" in words
    assert "00:00:15" in words
    assert "21:34:23" in words


def test_a_gap_stands_under_checks_too() -> None:
    assert "gap: 1.25 seconds not recorded" in section(told(), "checks")


def test_hashes_paths_and_the_place_of_the_original_stand_where_a_court_looks_for_them() -> None:
    data = told()
    recording = sample_case().recordings[0]
    assert recording.file_sha256 is not None
    assert recording.file_sha256 in section(data, "unchanged")
    assert "data/recordings/r-00000001/audio.flac" in section(data, "unchanged")
    original = "/cases/c-00000001/recordings/r-00000001/audio.flac"
    assert original in section(data, "keeping")
    statement = json.dumps(data["statement"])
    assert original in statement
    assert recording.file_sha256 in statement
    assert "Signature" in statement


def test_a_recovered_recording_says_what_can_be_missing() -> None:
    assert "At most 1.0 seconds can be missing" in section(told(), "unchanged")


def test_the_clock_of_the_sound_stands_with_its_uncertainty() -> None:
    words = section(told(), "time-place")
    assert "kept by network time" in words
    assert "-3.2 millionths, certain to 0.4" in words


def test_a_recording_too_short_for_a_drift_says_so() -> None:
    origin = SoundOrigin("0.1.0", 3, True, SoundClock("unknown"))
    words = section(told(sample_material(sounds={"r-00000001": origin})), "time-place")
    assert "too short to tell" in words
    assert "does not say whether" in words
    assert "not recorded by the program" in words, "the other recording has no pulse journal"


@pytest.mark.parametrize(
    ("read_back", "expected"),
    [(True, '"the same"'), (False, '"DIFFERS"'), (None, '"no proper end, see section 7"')],
)
def test_the_read_back_is_told_as_it_was(read_back: bool | None, expected: str) -> None:
    origin = SoundOrigin("0.1.0", 3, read_back, SoundClock("unknown"))
    sounds = {one.id: origin for one in sample_case().recordings}
    assert expected in section(told(sample_material(sounds=sounds)), "checks")


def test_a_clock_that_was_set_is_told_with_its_amount() -> None:
    sample = sample_case()
    jump = RecordingWarning("c-00000001", "r-00000001", 4000, "clock-jumped", moment(4), by_ms=-90_000)
    words = section(told(sample_material(replace(sample, warnings=(jump,)))), "time-place")
    assert "The computer's clock was set (-90.000 s)" in words
    assert "no jump of the clock" not in words
    assert "no jump of the clock" in section(told(), "time-place")


def test_the_log_names_every_export_and_the_one_that_failed() -> None:
    words = section(told(), "extraction")
    assert "first" in words
    assert "came to nothing (disk-full)" in words
    assert "this folder" in words


def test_without_a_signature_every_page_says_so() -> None:
    data = told()
    assert data["foot_left"] == "Not signed"
    assert "Not signed" in section(data, "verifiable")


def test_the_fingerprint_stands_on_every_page() -> None:
    data = told(sample_material(fingerprint=FINGERPRINT))
    assert FINGERPRINT in data["foot_left"]
    assert FINGERPRINT in section(data, "verifiable")
    assert FINGERPRINT in section(data, "maker")
    assert "Not signed" not in json.dumps(data)


def test_without_a_stamp_the_report_calls_itself_self_attested() -> None:
    assert "No outside time stamp: self-attested" in section(told(), "verifiable")


def test_stamps_are_listed_and_called_technical_support() -> None:
    stamp = StampFact("freetsa", "signature", "2026-11-25T01:21:00.000000Z", "waiting")
    words = section(told(sample_material(stamps=(stamp,))), "verifiable")
    assert all(word in words for word in ("freetsa", "signature", "2026-11-25 01:21:00 UTC", "waiting"))
    assert "technical support" in words
    assert "self-attested" not in words


def test_no_paper_borrows_the_name_of_the_chinese_stamping_service() -> None:
    stamp = StampFact("freetsa", "签名", "2026-11-25T01:21:00.000000Z", "已取得")
    data = json.dumps(told(sample_material(stamps=(stamp,)), "zh"), ensure_ascii=False)
    assert "技术佐证" in data
    assert "可信时间戳" not in data


def test_simulated_sound_is_announced_on_every_page_and_real_sound_is_not() -> None:
    assert [band["look"] for band in told()["bands"]] == ["bad"]
    real = told(sample_material(sample_case(simulated=False)))
    assert real["bands"] == []
    assert "imulated" not in json.dumps(real)


def test_imported_sound_is_announced_on_every_page() -> None:
    case_file = replace(sample_case(simulated=False), imported=(imported_sound(),))
    data = told(sample_material(case_file))
    assert [band["look"] for band in data["bands"]] == ["warn"]
    assert "imported" in data["bands"][0]["text"]
    assert "5e" * 32 in section(data, "unchanged")


def test_a_recording_beyond_repair_is_not_said_to_be_sealed() -> None:
    sample = sample_case()
    unsealed = replace(
        sample.recordings[0],
        state=RecordingState.RUNNING,
        samples=None,
        file_sha256=None,
        pcm_sha256=None,
        pulse_sha256=None,
    )
    data = told(sample_material(replace(sample, recordings=(unsealed,)), waveforms={}))
    assert "nothing seals it" in section(data, "unchanged")
    assert "nothing seals it" in json.dumps(data["statement"])


def test_without_a_chinese_font_the_report_says_so() -> None:
    telling = Telling(sample_material(), Words("en", resource("locale")))
    cover = json.dumps(report_data(telling, printable, chinese=False)["cover"])
    assert "no Chinese font" in cover


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_sentence_names_a_fact_that_is_missing(language: Language) -> None:
    data = json.dumps(told(language=language), ensure_ascii=False)
    assert data.count("{page}") == data.count("{pages}") == 1, "filled in by the template"


@given(st.lists(st.text(min_size=1), max_size=5))
def test_whatever_was_noted_stands_there_word_for_word(texts: list[str]) -> None:
    data = told(sample_material(case_with_notes(*texts)))
    words = section(data, "relevant")
    for text in texts:
        assert json.dumps(printable(text), ensure_ascii=False) in words
