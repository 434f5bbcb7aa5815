"""``search`` finds what ``note`` wrote, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def noted(evidencedesk: Command, case_id: str) -> str:
    for text in ("张伟要求转账", "法院寄来传票", "第三次转账\n逾期3天"):
        assert evidencedesk("note", case_id, text).code == 0
    return case_id


def test_hits_are_lines_with_case_kind_and_words(evidencedesk: Command, noted: str) -> None:
    outcome = evidencedesk("--language", "zh", "search", "转账")
    assert outcome.code == 0
    newest, oldest = outcome.out.splitlines()
    assert newest.startswith(f"{noted}  来分期  ")
    assert newest.endswith("笔记  第三次转账 逾期3天")
    assert oldest.endswith("张伟要求转账")
    assert "找到 2 处" in outcome.err


def test_for_programs_each_hit_is_an_object(evidencedesk: Command, noted: str) -> None:
    options = ("--case", noted[:6], "--kind", "note", "--kind", "case", "--limit", "1", "--json")
    hit, told = evidencedesk("search", "转账", *options).events
    assert (hit["event"], hit["case"], hit["kind"], hit["text"]) == (
        "hit",
        noted,
        "note",
        "第三次转账\n逾期3天",
    )
    assert [hit["snippet"][begin:end] for begin, end in hit["marks"]] == ["转账"]
    assert (told["event"], told["count"], told["shown"]) == ("found", 2, 1)


def test_nothing_found_is_no_error(evidencedesk: Command, noted: str) -> None:
    outcome = evidencedesk("search", "鼋鼍", "--language", "en")
    assert (outcome.code, outcome.out) == (0, "")
    assert "Nothing found." in outcome.err


@pytest.mark.parametrize("text", ["", '"', "*", "😀", "x" * 10_000])
def test_any_text_may_be_asked_for(evidencedesk: Command, noted: str, text: str) -> None:
    assert evidencedesk("search", text).code == 0


@pytest.mark.parametrize("options", [("--kind", "song"), ("--limit", "0"), ("--case", "c-nowhere0")])
def test_wrong_use_ends_with_2(evidencedesk: Command, noted: str, options: tuple[str, ...]) -> None:
    assert evidencedesk("search", "转账", *options).code == 2
