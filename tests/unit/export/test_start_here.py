"""The first page of a case folder: complete, honest, self-contained, and never runs what users wrote."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import CaseFile, RecordingState
from evidencedesk.domain.rules import Status
from evidencedesk.export.start_here import start_here_html
from evidencedesk.export.waveform import BARS, merged, waveform_path
from evidencedesk.guidance.loader import load_packs
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language
from fakes.readers import Reader
from samples.collection_visit import HOSTILE, SECONDS, moment, sample_case, sample_words

PACKS = load_packs(resource("packs"))
COLUMNS = [(-(n % 50), n % 60) for n in range(600)]
HAN = re.compile(r"[\u4e00-\u9fff]")


def render(
    folder: Path,
    language: Language = "en",
    case_file: CaseFile | None = None,
    sound_paths: dict[str, str] | None = None,
) -> str:
    return start_here_html(
        case_file or sample_case(),
        PACKS,
        language,
        {"r-00000001": COLUMNS, "r-00000002": COLUMNS},
        {
            "r-00000001": "data/recordings/r-00000001/audio.flac",
            "r-00000002": "data/recordings/r-00000002/audio.recovered.flac",
        }
        if sound_paths is None
        else sound_paths,
        {
            "a-00000001": "data/attachments/a-00000001/photo.png",
            "a-00000002": "data/attachments/a-00000002/contract #1.pdf",
        },
        sample_words(language, folder),
        moment(100_000),
    )


def row_with(html: str, text: str) -> str:
    rows: list[str] = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return next(row for row in rows if text in row)


def test_the_same_case_gives_the_same_page(tmp_path: Path) -> None:
    assert render(tmp_path) == render(tmp_path)


def test_what_users_wrote_stays_text(tmp_path: Path) -> None:
    html = render(tmp_path)
    page = Reader(html)
    assert HOSTILE in page.text
    assert len(page.named("script")) == 1
    assert not any("onerror" in attributes for _, attributes in page.elements)
    assert "来分期 & <b>Partner</b>" in page.text
    assert page.named("b") == []


def test_hostile_text_stays_text_in_every_field(tmp_path: Path) -> None:
    sample = sample_case()
    attack = "\"><svg/onload=alert(1)>'</script><script>x</script>"
    person = replace(
        sample.collectors[0], card=replace(sample.collectors[0].card, name=attack, description=attack)
    )
    hostile = replace(
        sample,
        case=replace(sample.case, title=attack, creditor=attack, contract=attack),
        recordings=tuple(replace(r, device=attack, reason=attack) for r in sample.recordings),
        gaps=tuple(replace(gap, cause=attack) for gap in sample.gaps),
        warnings=tuple(replace(one, code=attack) for one in sample.warnings),
        notes=tuple(replace(note, text=attack, marker=attack, earlier=(attack,)) for note in sample.notes),
        ticks=tuple(replace(tick, item=attack, pack=attack, pack_version=attack) for tick in sample.ticks),
        collectors=(person,),
        attachments=tuple(replace(one, name=attack) for one in sample.attachments),
    )
    page = Reader(render(tmp_path, case_file=hostile))
    assert len(page.named("script")) == 1
    assert not any("onload" in attributes for _, attributes in page.elements)
    assert page.text.count(attack) > 20


def test_nothing_outside_the_folder_is_named(tmp_path: Path) -> None:
    html = render(tmp_path)
    assert "//" not in re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    for tag, attributes in Reader(html).elements:
        for name in ("src", "href"):
            value = attributes.get(name) or ""
            assert not value or value.startswith(("data/", "#", "data:,", "VERIFY.html")), (tag, value)
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes), tag


def test_the_policy_allows_only_this_pages_own_style_and_script(tmp_path: Path) -> None:
    html = render(tmp_path)
    policy = next(a["content"] for a in Reader(html).named("meta") if a.get("http-equiv")) or ""
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_who_when_what_stand_at_the_top(tmp_path: Path) -> None:
    text = Reader(render(tmp_path)).text
    assert "某某消费金融有限公司" in text
    assert "LFQ-2024-0831" in text
    assert "2026-11-23 21:34:08 (UTC+08:00) – 2026-11-24 14:14:08 (UTC+08:00)" in text
    assert "Breaches marked 3" in text


def test_simulated_sound_is_announced_loudly_and_real_sound_is_not(tmp_path: Path) -> None:
    assert "SIMULATED: this is not evidence" in render(tmp_path)
    assert "imulated" not in Reader(render(tmp_path, case_file=sample_case(simulated=False))).text


def test_a_tick_stands_with_its_second_its_source_and_words_that_judge_nobody(tmp_path: Path) -> None:
    row = row_with(render(tmp_path), "No disturbance after 21:00")
    assert 'data-at="0"' in row
    assert "21:34:08" in row
    assert "Guidance article part 3, point 2" in row
    assert "Outside the article&#39;s advice" in row
    assert "judged by the clock" in row
    assert "illegal" not in row.lower()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.STANDARD, "Outside the guideline"),
        (Status.LAW, "Possible breach: ask the police or a lawyer"),
        (Status.REPEALED, "Outside a rule that no longer applies"),
    ],
)
def test_a_breach_is_worded_by_the_kind_of_its_pack(tmp_path: Path, status: Status, expected: str) -> None:
    html = start_here_html(
        sample_case(),
        [replace(PACKS[0], status=status)],
        "en",
        {},
        {},
        {},
        sample_words("en", tmp_path),
        moment(0),
    )
    assert expected in row_with(html, "No disturbance after 21:00")


def test_withdrawn_and_replaced_marks_stay_visible_struck_out_and_without_a_marker(tmp_path: Path) -> None:
    html = render(tmp_path)
    withdrawn = row_with(html, "no unlawful means")
    assert "void" in withdrawn
    assert "Withdrawn" in withdrawn
    replaced = row_with(html, "00:00:06")
    assert "void" in replaced
    assert "Replaced by a later mark" in replaced
    markers = [a["data-at"] for a in Reader(html).named("svg") if "marker" in (a.get("class") or "")]
    assert "13000" not in markers
    assert "6000" not in markers
    assert "6400" in markers


def test_a_correction_shows_what_stood_before(tmp_path: Path) -> None:
    row = row_with(render(tmp_path), "18,600")
    assert "Before the correction: 称欠款 16,800 元" in row
    assert "Corrected" in row


def test_a_correction_without_its_earlier_words_points_to_the_journal(tmp_path: Path) -> None:
    sample = sample_case()
    notes = tuple(replace(note, earlier=()) for note in sample.notes)
    html = render(tmp_path, case_file=replace(sample, notes=notes))
    assert "data/journal.jsonl" in row_with(html, "18,600")


def test_gaps_and_warnings_stand_in_the_timeline(tmp_path: Path) -> None:
    html = render(tmp_path)
    assert "1.25 seconds were not recorded" in html
    assert "distorted" in html
    assert "A gap is time that was not recorded" in html


def test_people_with_papers_asked_for_shown_and_refused(tmp_path: Path) -> None:
    text = Reader(render(tmp_path)).text
    for expected in ("张某", "沪A12345", "Asked for, refused", "Shown when asked", "Not asked for"):
        assert expected in text
    assert "Name not given" in text


def test_facts_of_a_recording_are_all_there(tmp_path: Path) -> None:
    text = Reader(render(tmp_path)).text
    for expected in ("48,000 Hz", f"{48_000 * SECONDS:,}", "00:00:24.000", "4f9c" * 16, "c3d4" * 16):
        assert expected in text


def test_a_recovered_recording_says_what_can_be_missing_and_links_both_files(tmp_path: Path) -> None:
    html = render(tmp_path)
    assert "At most 1.0 seconds can be missing" in html  # 950 ms, upwards
    links = {a.get("href") for a in Reader(html).named("a")}
    assert "data/recordings/r-00000002/audio.recovered.flac" in links
    assert "data/recordings/r-00000002/audio.flac" in links


def test_file_names_with_odd_characters_make_working_links(tmp_path: Path) -> None:
    links = {a.get("href") for a in Reader(render(tmp_path)).named("a")}
    assert "data/attachments/a-00000002/contract%20%231.pdf" in links


def test_what_belongs_to_no_encounter_is_shown_too(tmp_path: Path) -> None:
    html = render(tmp_path)
    assert "Not part of an encounter" in html
    assert "已打客服核实\n工号 0417" in html


def test_a_recording_without_sound_says_so_and_has_no_player(tmp_path: Path) -> None:
    page = Reader(render(tmp_path, sound_paths={}))
    assert page.named("audio") == []
    assert "no sound was saved" in page.text
    assert page.named("button") == []


def test_a_recording_that_never_ended_still_makes_a_page(tmp_path: Path) -> None:
    sample = sample_case()
    broken = replace(
        sample.recordings[0], state=RecordingState.RUNNING, samples=None, stopped=None, reason=None
    )
    text = Reader(render(tmp_path, case_file=replace(sample, recordings=(broken,)), sound_paths={})).text
    assert "Recording now" in text


def test_an_empty_case_makes_a_page(tmp_path: Path) -> None:
    text = Reader(render(tmp_path, case_file=CaseFile(sample_case().case))).text
    assert "Nothing has been recorded in this case yet." in text


def test_how_to_check_and_what_hashes_do_not_prove_is_said(tmp_path: Path) -> None:
    text = Reader(render(tmp_path)).text
    for expected in (
        "sha256sum -c manifest-sha256.txt",
        'certutil -hashfile "data\\recordings\\r-00000001\\audio.flac" SHA256',
        'flac -t "data/recordings/r-00000001/audio.flac"',
        "evidencedesk verify .",
        "What it does not show",
        "self-attested",
    ):
        assert expected in text


def test_the_chinese_page_has_no_english_sentence_left(tmp_path: Path) -> None:
    english = set(re.findall(r"[A-Z][a-z]+(?: [a-z]+){2,}", Reader(render(tmp_path, "en")).text))
    chinese = Reader(render(tmp_path, "zh")).text
    assert len(english) > 40
    assert {sentence for sentence in english if sentence in chinese} == set()
    assert '<html lang="zh-CN">' in render(tmp_path, "zh")


def test_every_control_and_region_has_a_name(tmp_path: Path) -> None:
    page = Reader(render(tmp_path))
    for tag in ("input", "select", "audio", "table"):
        assert all(a.get("aria-label") or a.get("aria-labelledby") for a in page.named(tag)), tag
    assert all(a.get("aria-label") for a in page.named("svg") if a.get("role") == "button")
    assert all("alt" in a for a in page.named("img"))
    headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(headings))


def test_a_waveform_keeps_every_peak_when_columns_are_merged() -> None:
    columns = [(0, 0)] * 1_000
    columns[517] = (-90, 120)
    bars = merged(columns, BARS)
    assert len(bars) == BARS
    assert (-90, 120) in bars


@pytest.mark.parametrize("count", [0, 1, 239, 240, 241, 600])
def test_a_waveform_has_at_most_its_number_of_bars(count: int) -> None:
    assert waveform_path([(-5, 5)] * count).count("M") == min(count, BARS)


def test_silence_is_still_drawn_as_a_line() -> None:
    assert waveform_path([(0, 0)]) == "M0.2 98h0.6V102h-0.6z"
