"""The same facts are the same bytes, and an independent recipe agrees."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody.canonical import canonical_line

TEXT = st.text(st.characters(codec="utf-8"))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_it_is_rfc_8785(value: Any) -> None:
    assert canonical_line(value) == rfc8785.dumps(value)


@given(VALUES)
def test_any_json_reader_gets_the_same_value_back(value: Any) -> None:
    line = canonical_line(value)
    assert json.loads(line) == value
    assert b"\n" not in line


@given(st.dictionaries(st.text(st.characters(max_codepoint=0xD7FF)), st.integers(0, 9)))
def test_without_floats_it_is_what_every_json_tool_writes_sorted(value: dict[str, int]) -> None:
    # Names beyond the basic plane are ordered by UTF-16, which sort_keys does not do.
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert canonical_line(value) == plain


def test_names_are_ordered_by_utf_16() -> None:
    assert canonical_line({"\uff00": 1, "😀": 2}) == '{"😀":2,"\uff00":1}'.encode()


@pytest.mark.parametrize(
    "value",
    [0.5, 1.0, float("nan"), float("inf"), [0.5], {"a": {"b": 0.5}}, 2**53, "\ud800", {"\ud800": 1}, {1: 2}],
)
def test_what_is_not_the_same_everywhere_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of error is the contract
        canonical_line(value)
