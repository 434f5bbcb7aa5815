from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evidencedesk.domain.case import Stamp, Verdict
from evidencedesk.domain.stamp import Subject
from evidencedesk.domain.standing import standing_ticks
from evidencedesk.ui.cases.review.timeline import (
    Kind,
    Line,
    Tone,
    breaches,
    of_encounter,
    timeline,
)
from evidencedesk.wording.language import Words
from fakes.ui_more_services import example_case_file, example_packs, moment

VISIT = "e-0000visit"[:10]
ENGLISH = Words("en", Path("nowhere"))


def lines() -> tuple[Line, ...]:
    return timeline(example_case_file(), example_packs(), ENGLISH)


def by_id(line_id: str) -> Line:
    return next(line for line in lines() if line.id == line_id)


def test_lines_stand_in_the_order_of_their_moments() -> None:
    moments = [line.moment.utc for line in lines()]
    assert moments == sorted(moments)
    assert len(lines()) == 5 + 6 + 2 * 3 + 1 + 1 + 2


def test_an_automatic_breach_says_that_nobody_clicked_it() -> None:
    line = by_id("t-0000t1c1")
    assert "automatic" in line.verdict
    assert line.tone is Tone.BAD
    assert line.source


def test_a_tick_taken_back_stays_visible_and_counts_no_more() -> None:
    line = by_id("t-0000t1c4")
    assert line.withdrawn
    assert line.verdict == "Taken back"
    assert "t-0000t1c4" not in {tick.id for tick in breaches(example_case_file().ticks)}


def test_only_the_latest_tick_of_an_item_stands() -> None:
    first = example_case_file().ticks[1]
    later = replace(first, id="t-0000t1c9", verdict=Verdict.KEPT, moment=moment(500))
    assert standing_ticks((first, later)) == (later,)
    assert breaches((first, later)) == ()


def test_a_corrected_note_shows_both_wordings() -> None:
    line = by_id("n-0000n0t4")
    assert line.text == "称欠款 18,600 元,未给明细"
    assert line.earlier == ("称欠款 16,800 元",)
    assert line.verdict == "Corrected"


def test_a_marker_is_shown_by_its_name_in_the_pack() -> None:
    marker = example_packs()[0].markers[2]
    assert by_id("n-0000n0t2").text == f"{marker.text.en} · “证件在车里”"


def test_a_gap_names_its_length_and_its_place_in_the_sound() -> None:
    gap = next(line for line in lines() if line.verdict == "Gap")
    assert "2.4" in gap.text
    assert gap.position == "00:15:03"
    assert gap.clock == "21:49:11"


def test_a_time_stamp_is_a_line_of_the_whole_case() -> None:
    stamp = Stamp(
        id="s-00000001",
        case="c-0000aaaa",
        subject=Subject.SIGNATURE,
        imprint="ab" * 32,
        seq=None,
        authority="sectigo",
        gen_time="2026-11-23T14:06:01.000000Z",
        serial="1",
        policy="1.2.3",
        token_sha256="cd" * 32,
        moment=moment(90_000),
    )
    told = timeline(replace(example_case_file(), stamps=(stamp,)), (), ENGLISH)
    assert told[-1].kind is Kind.STAMP
    assert "sectigo: the signature of a case folder existed at 2026-11-23 14:06:01 UTC" in told[-1].text
    assert told[-1].encounter is None


def test_an_item_of_an_unknown_pack_is_shown_by_its_id() -> None:
    told = timeline(example_case_file(), (), ENGLISH)
    tick = next(line for line in told if line.kind is Kind.TICK)
    assert tick.text == example_case_file().ticks[0].item
    assert tick.source == ""


def test_lines_can_be_narrowed_to_one_encounter() -> None:
    chosen = of_encounter(lines(), VISIT)
    assert {line.encounter for line in chosen} == {VISIT}
    assert of_encounter(lines(), None) == lines()


def test_a_mark_made_with_another_version_says_whose_words_are_shown() -> None:
    case_file = example_case_file()
    first = replace(case_file.ticks[0], pack_version="0.1")
    shown = timeline(replace(case_file, ticks=(first,)), example_packs(), ENGLISH)
    line = next(line for line in shown if line.id == first.id)
    assert "the mark was made with version 0.1." in line.source
    then = replace(example_packs()[0], version="0.1")
    shown = timeline(replace(case_file, ticks=(first,)), (*example_packs(), then), ENGLISH)
    assert "version" not in next(line for line in shown if line.id == first.id).source
