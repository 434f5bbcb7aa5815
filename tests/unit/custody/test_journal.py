"""The chain: what is written links, and what does not link is named."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody import journal_check as journal_check_module
from evidencedesk.custody.canonical import canonical_line
from evidencedesk.custody.journal import JournalHead, event_line, line_hash, next_event
from evidencedesk.custody.journal_check import JournalCheck, check_journal
from evidencedesk.domain.event import FIRST_PREV, EventType
from fakes.case_folders import CASE, BuiltCase, moment


def check(content: bytes) -> JournalCheck:
    return check_journal(io.BytesIO(content))


def content_of(built: BuiltCase) -> bytes:
    return b"".join(event_line(event) + b"\n" for event in built.events)


def test_the_first_event_follows_nothing() -> None:
    event = next_event(CASE, JournalHead(), EventType.CASE_OPENED, {"title": ""}, moment(0))
    assert (event.seq, event.prev) == (1, FIRST_PREV)


def test_each_event_names_the_hash_of_the_line_before(built: BuiltCase) -> None:
    lines = content_of(built).splitlines()
    assert json.loads(lines[0])["prev"] == "0" * 64
    for before, after in itertools.pairwise(lines):
        assert json.loads(after)["prev"] == hashlib.sha256(before).hexdigest()
    assert built.head == JournalHead(len(lines), line_hash(lines[-1]))


def test_an_untouched_journal_has_no_finding(built: BuiltCase) -> None:
    checked = check(content_of(built))
    assert checked.findings == []
    assert checked.head == built.head
    assert checked.events == built.events
    assert checked.case == CASE


def test_an_empty_journal_has_an_empty_head() -> None:
    assert check(b"").head == JournalHead()


def test_an_event_of_another_case_is_out_of_order(built: BuiltCase) -> None:
    stranger = next_event("c-00000009", built.head, EventType.CASE_CHANGED, {"title": "x"}, moment(0))
    (finding,) = check(content_of(built) + event_line(stranger) + b"\n").findings
    assert finding.code == "journal-order"
    assert finding.subject == f"data/journal.jsonl:{len(built.events) + 1}"


def first(built: BuiltCase, **changes: Any) -> bytes:
    """The first event with some fields replaced, canonical again."""
    return canonical_line({**built.events[0].as_json(), **changes}) + b"\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": None},
        {"seq": True},
        {"seq": 0},
        {"seq": "1"},
        {"case": "../x"},
        {"case": 1},
        {"type": "case.invented"},
        {"type": []},
        {"utc": "2026-99-99T99:99:99.999999Z"},
        {"utc": "yesterday"},
        {"utc": None},
        {"offset_minutes": 100_000},
        {"offset_minutes": False},
        {"boot": []},
        {"mono_ns": 5},
        {"mono_ns": " 5"},
        {"mono_ns": "9" * 5000},
        {"data": []},
        {"data": {}},
        {"data": {"title": "", "creditor": "", "contract": 5}},
        {"data": {"title": "", "creditor": "", "contract": "", "extra": ""}},
        {"prev": "F" * 64},
        {"prev": None},
        {"more": 1},
    ],
)
def test_a_line_that_is_no_event_is_named(built: BuiltCase, changes: dict[str, Any]) -> None:
    checked = check(first(built, **changes))
    assert [(f.code, f.subject) for f in checked.findings] == [("journal-line", "data/journal.jsonl:1")]
    assert checked.events == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"1e400",
        b"9" * 5000,
        b"[" * 500_000,
        b'{"v":1,"v":1}',
        b"{}",
        b'{"\\ud800":1}',
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_line_that_is_no_json_is_named_and_the_next_is_read(built: BuiltCase, raw: bytes) -> None:
    checked = check(raw + b"\n" + content_of(built))
    assert [(f.code, f.subject) for f in checked.findings][:1] == [("journal-line", "data/journal.jsonl:1")]
    assert checked.events == built.events


def test_the_same_event_written_otherwise_is_named(built: BuiltCase) -> None:
    loose = json.dumps(built.events[0].as_json()).encode() + b"\n"
    assert [f.code for f in check(loose).findings] == ["journal-line"]


def test_a_last_line_without_its_end_is_named(built: BuiltCase) -> None:
    checked = check(content_of(built).removesuffix(b"\n"))
    assert [f.code for f in checked.findings] == ["journal-line"]
    assert checked.head == built.head


def test_windows_line_ends_are_named(built: BuiltCase) -> None:
    checked = check(content_of(built).replace(b"\n", b"\r\n"))
    assert {f.code for f in checked.findings} == {"journal-line"}


def test_a_line_of_50_megabytes_is_not_read(built: BuiltCase) -> None:
    checked = check(content_of(built) + b"x" * 50_000_000)
    assert [f.code for f in checked.findings] == ["journal-too-large"]
    assert checked.events == built.events


def test_a_journal_beyond_all_measure_is_not_read_to_its_end(
    built: BuiltCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_check_module, "COUNT_LIMIT", 3)
    checked = check(content_of(built))
    assert [f.code for f in checked.findings] == ["journal-too-large"]
    assert len(checked.events) == 3


def test_a_hundred_thousand_bad_lines_are_counted_not_listed() -> None:
    checked = check(b"?\n" * 100_000)
    assert len(checked.findings) == 21
    assert checked.findings[-1].found == "99980"


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_bytes_make_the_reader_raise(lines: list[bytes]) -> None:
    checked = check(b"\n".join(lines))
    assert checked.events == []


JSON_PART: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.integers(0, 14),
    st.sampled_from(["v", "case", "seq", "type", "utc", "data", "prev", "boot"]),
    JSON_PART,
)
def test_no_json_in_any_field_makes_the_reader_raise(
    built: BuiltCase, number: int, key: str, part: Any
) -> None:
    event = built.events[number]
    try:
        line = canonical_line({**event.as_json(), key: part})
    except ValueError:
        return
    checked = check(line + b"\n")
    assert checked.lines == 1
    assert len(checked.events) + len([f for f in checked.findings if f.code == "journal-line"]) == 1
