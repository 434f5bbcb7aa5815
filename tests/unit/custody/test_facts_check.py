"""Every difference is named by its path, whatever a stranger's facts look like."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from evidencedesk.custody.facts_check import differences
from evidencedesk.domain.finding import Finding, Layer

EXPECTED = {"v": 1, "case": {"title": "来分期", "notes": [{"text": "a"}, {"text": "b"}], "gaps": []}}


def told(finding: Finding) -> tuple[str, str, str]:
    assert finding.layer is Layer.FACTS
    return finding.subject, finding.expected, finding.found


def test_equal_facts_have_no_difference() -> None:
    assert differences("f", EXPECTED, EXPECTED) == []


@pytest.mark.parametrize(
    ("change", "subject", "expected", "found"),
    [
        ({"v": True}, "f v", "1", "True"),
        ({"v": "1"}, "f v", "1", "1"),
        ({"v": None}, "f v", "1", "None"),
        ({"v": {"a": [1]}}, "f v", "1", "{…}"),
        ({"v": [1, [2]]}, "f v", "1", "[…]"),
        ({"more": {}}, "f more", "", "{}"),
        ({"more": {"a": 1}}, "f more", "", "{…}"),
    ],
)
def test_a_changed_value_is_named_with_both_values(
    change: dict[str, Any], subject: str, expected: str, found: str
) -> None:
    assert [told(one) for one in differences("f", EXPECTED, {**EXPECTED, **change})] == [
        (subject, expected, found)
    ]


@pytest.mark.parametrize(
    ("case", "paths"),
    [
        ({"title": "来分期", "notes": [{"text": "a"}, {"text": "c"}], "gaps": []}, ["case.notes[1].text"]),
        ({"title": "来分期", "notes": [{"text": "a"}], "gaps": []}, ["case.notes[1].text"]),
        ({"title": "来分期", "notes": [{"text": "a"}, {"text": "b"}], "gaps": {}}, ["case.gaps"]),
        ({"title": "来分期", "notes": [{"text": "a"}, {"text": "b"}], "gaps": [7]}, ["case.gaps"]),
        ({"title": "来分期", "notes": {"0": {"text": "a"}}, "gaps": []},
         ["case.notes", "case.notes[0].text", "case.notes[1].text"]),
        ("", ["case", "case.gaps", "case.notes[0].text", "case.notes[1].text", "case.title"]),
    ],
)  # fmt: skip
def test_a_difference_deep_inside_is_named_by_its_path(case: object, paths: list[str]) -> None:
    found = differences("f", EXPECTED, {**EXPECTED, "case": case})
    assert [one.subject for one in found] == [f"f {path}" for path in paths]


def test_only_the_first_twenty_are_spelled_out() -> None:
    expected = {f"field{number:03}": number for number in range(500)}
    found = differences("f", expected, {})
    assert [one.subject for one in found[:20]] == [f"f field{number:03}" for number in range(20)]
    assert [(one.code, one.expected, one.found) for one in found[20:]] == [("too-many", "20", "480")]


def test_a_long_key_above_many_values_costs_no_memory() -> None:
    hostile = {"case": {"k" * 100_000: [0] * 20_000}}  # 2 GB as paths
    tracemalloc.start()
    try:
        found = differences("f", EXPECTED, hostile)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 6
    assert peak < 20_000_000
