"""A recording of many hours, in the short form of ``make soak``: every sample, every part, flat memory."""

from __future__ import annotations

from pathlib import Path

from soak.day import record_a_day

_PARTS, _PART_S = 6, 60
_MOST_GROWTH_MIB = 16


def test_many_parts_lose_nothing_and_the_case_folder_verifies(tmp_path: Path) -> None:
    figures = record_a_day(tmp_path, seconds=_PARTS * _PART_S, part_s=_PART_S)
    assert figures.faults == []
    assert figures.parts == _PARTS
    assert figures.growth_mib() < _MOST_GROWTH_MIB
