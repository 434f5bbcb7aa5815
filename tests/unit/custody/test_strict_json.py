"""JSON from strangers: one meaning or none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody.strict_json import parse_strict


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff",
        b"\xef\xbb\xbf{}",
        '{"a":1}'.encode("utf-16"),
        b'{"a":1,"a":2}',
        b'[{"a":{"b":1,"b":1}}]',
        b"1e400",
        b"1.0",
        b"NaN",
        b"-Infinity",
        b"9" * 5000,
        b"[" * 1_000_000,
        b'{"a":' * 100_000,
        b'"\\ud800"',
        b'{"\\udfff":1}',
        b'"a\x00b"',
        b"\x00",
        b"{} {}",
    ],
)
def test_what_two_readers_could_take_differently_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of error is the contract
        parse_strict(raw)


@pytest.mark.parametrize("value", [None, True, 0, -5, "中\u0000文", [], {}, {"a": [{"b": "\U0001f600"}]}])
def test_ordinary_json_is_read(value: Any) -> None:
    assert parse_strict(json.dumps(value).encode()) == value
    assert parse_strict(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=200))
def test_no_bytes_cause_anything_but_a_value_error(raw: bytes) -> None:
    try:
        value = parse_strict(raw)
    except ValueError:
        return
    assert json.loads(json.dumps(value)) == value
