"""A case as lines of text: contacts, steps, papers and grounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencedesk.cli.timeline import timeline_lines
from evidencedesk.domain.case import CaseFile
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from samples.law_records import case_with_records
from samples.paper_material import PACKS

ENGLISH = Words("en", resource("locale"))


def shown(case_file: CaseFile | None = None, words: Words = ENGLISH) -> str:
    return "\n".join(timeline_lines(words, case_file or case_with_records(), PACKS))


@pytest.mark.parametrize(
    "expected",
    [
        "2026-11-23 21:04:08            Answered call · 自称客服的王某",
        " · reached: Family (corrected)",
        "1 min 35 s · Written down by the user",
        "Announced a visit · From a list taken in",
        "某某分期 (taken back)",
        "2026-11-23 21:34:20  00:00:12  Call to 110 · 公安",
        "Receipt no.: JJ-88",
        "Answer: They say: not sent by us",
        "Payment of 300 (taken back)",
        "Visit at the door begins · 1 person came · Not at a time agreed before",
        "Credit code: 91350100M000100Y43",
        "Lender's list: Not on the lender's published list",
        "Work ID: Asked for, refused · 2026-11-23 21:34:14 · 00:00:06",
        "Business licence: Shown when asked · 2026-11-23 21:44:08\n",
        "Business licence · Company's name on it: 某某信用管理公司",
        "Business licence of 张某",
        "A visit after 21:00 (2026-11-23)",
        "Outside the article's advice",
        "Local time 2026-11-23 21:34:08 (UTC+08:00)",
        "About: 张某",
    ],
)
def test_it_is_told(expected: str) -> None:
    assert expected in shown()


def test_what_follows_a_first_line_stands_under_it() -> None:
    lines = shown().split("\n")
    place = next(number for number, line in enumerate(lines) if "Call to 110" in line)
    assert lines[place + 1] == " " * 31 + "Answered by: 警号 01234"


def test_things_stand_in_the_order_in_which_they_happened_not_in_which_they_were_noted() -> None:
    text = shown()
    assert text.index("10680000000000") < text.index("Answered call") < text.index("begins · 1 person")


def test_nobody_says_illegal() -> None:
    assert "illegal" not in shown()


def test_the_chinese_lines_say_it_in_chinese() -> None:
    text = shown(words=Words("zh", resource("locale")))
    for expected in ("来了 1 人", "拨打 110", "客服称：不是我方派出", "张某的营业执照", "不符合文章建议"):
        assert expected in text


def test_a_mark_of_a_pack_that_is_nowhere_still_shows_its_facts() -> None:
    text = "\n".join(timeline_lines(ENGLISH, case_with_records(), ()))
    assert "local_time: 21:34:08" in text


def test_a_case_as_it_was_before_reads_as_it_did() -> None:
    case_file = replace(case_with_records(), contacts=(), follow_ups=())
    assert "Call to" not in shown(case_file)
