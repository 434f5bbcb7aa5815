"""Search from the workflows: a case by the beginning of its name, kinds, and what is not a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.search import SearchKind
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.search_library import search_library
from evidencedesk.workflows.take_note import correct_note, take_note


def test_notes_of_all_cases_or_of_one(tmp_path: Path) -> None:
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        one, other = open_case(desk, "来分期"), open_case(desk, "转账分期")
        first = take_note(desk, one.id, "要求转账")
        second = take_note(desk, other.id, "不转账就上门")
        answer = search_library(desk, "转账")
        assert [hit.found.id for hit in answer.hits] == [other.id, second.id, first.id]
        assert [hit.case.title for hit in answer.hits] == ["转账分期", "转账分期", "来分期"]
        (hit,) = search_library(desk, "转账", one.id[:6]).hits
        assert hit.found.id == first.id
        (hit,) = search_library(desk, "转账", kinds=[SearchKind.CASE]).hits
        assert hit.found.id == other.id
        correct_note(desk, one.id, first.id, "要求还款")
        assert search_library(desk, "转账", one.id).count == 0


def test_a_case_that_is_not_there_is_said(tmp_path: Path) -> None:
    with open_desk(tmp_path / "library", SystemClock()) as desk, pytest.raises(Known) as caught:
        search_library(desk, "转账", "c-nowhere0")
    assert caught.value.code is Code.UNKNOWN_CASE
