"""What is found in a text, and what is shown of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.search_text import (
    body_of,
    contains,
    fold,
    match_of,
    query_words,
    snippet_of,
    tokens_of,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("张伟民", "张伟 伟民 民"),
        ("转账，张伟", "转账 账 张伟 伟"),
        ("逾期3天", "逾期 期3 3天 天"),
        ("APP登录", "app 登录 录"),
        ("沪A12345", "沪 a 12 23 34 45 5"),
        ("ＷｅＣｈａｔ　１３８", "wechat 13 38 8"),
        ("don't pay-now", "don t pay now"),
        ("Ünïcode Straße", "ünïcode strasse"),
        ("😀👍", "😀👍 👍"),
        ("。，！ \n\x00", ""),
    ],
)
def test_words_of_letters_stay_whole_and_all_else_goes_in_pairs(text: str, tokens: str) -> None:
    assert tokens_of(body_of(fold(text))) == tokens


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("昨天张伟来了", "张伟"),
        ("昨天张伟来了", "了"),
        ("已逾期３天", "逾期3天"),
        ("打开ＡＰＰ登录", "app登录"),
        ("Call from 13800138000", "0138"),
        ("the Lawyer called", "law"),
        ("cafe\u0301 noir", "CAFÉ"),
        ("法院：起诉", "起诉"),
    ],
)
def test_it_is_found(text: str, query: str) -> None:
    assert all(contains(fold(text), word) for word in query_words(query))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("法庭、医院", "法院"),
        ("the lawyer called", "awyer"),
        ("app 登录", "app登录"),
        # Which of several signs a simplified one stands for can't be told: 后 is 后 and 後.
        ("轉帳給張偉", "转账"),
    ],
)
def test_it_is_not_found(text: str, query: str) -> None:
    assert not all(contains(fold(text), word) for word in query_words(query))


def test_only_what_mixes_signs_must_be_compared_again() -> None:
    assert match_of("张伟") == ('"张伟"', True)
    assert match_of("字") == ('"字" *', True)
    assert match_of("law") == ('"law" *', True)
    assert match_of("a12") == ('"a 12"', False)
    assert match_of("。。") == ("", False)


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\n\t", "\ud800"])
def test_a_question_without_words_asks_for_nothing(query: str) -> None:
    assert query_words(query) == ()


def test_the_snippet_shows_the_hit_with_some_of_what_stands_before() -> None:
    text = "甲" * 300 + "转账给Ｚhang" + "乙" * 300
    snippet = snippet_of(text, query_words("转账 zhang"))
    assert snippet.text.startswith("…甲")
    assert snippet.text.endswith("乙…")
    assert [snippet.text[begin:end] for begin, end in snippet.marks] == ["转账", "Ｚhang"]
    assert len(snippet.text) < 140


def test_marks_that_overlap_are_one() -> None:
    snippet = snippet_of("张伟民", query_words("张伟 伟民"))
    assert snippet.marks == ((0, 3),)


def test_a_sign_that_folds_into_several_is_marked_whole() -> None:
    snippet = snippet_of("第㈱号", query_words("株"))
    assert [snippet.text[begin:end] for begin, end in snippet.marks] == ["㈱"]


@given(st.text(max_size=300), st.text(max_size=6))
def test_a_snippet_is_made_of_any_text(text: str, query: str) -> None:
    snippet = snippet_of(text, query_words(query))
    ends = [0, *(place for mark in snippet.marks for place in mark), len(snippet.text)]
    assert ends == sorted(ends)
    assert "\x00" not in snippet.text
