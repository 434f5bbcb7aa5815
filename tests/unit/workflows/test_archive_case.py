"""Cases that are put aside, and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.case import Case, Mode
from evidencedesk.domain.errors import Code, Known
from evidencedesk.workflows.archive_case import archive_case
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.open_case import ensure_case, latest_case, open_case
from evidencedesk.workflows.record_encounter import RecordEncounter


def test_an_archived_case_is_kept_and_can_come_back(desk: Desk, case: Case) -> None:
    before = desk.store.head(case.id).seq
    assert archive_case(desk, case.id).archived
    assert desk.store.find_case(case.id).archived
    assert not archive_case(desk, case.id, archived=False).archived
    assert desk.store.head(case.id).seq == before + 2


def test_archiving_twice_writes_one_event(desk: Desk, case: Case) -> None:
    archive_case(desk, case.id)
    head = desk.store.head(case.id)
    archive_case(desk, case.id)
    assert desk.store.head(case.id) == head


def test_an_archived_case_is_never_the_default_for_a_recording(desk: Desk, case: Case) -> None:
    older = case
    newer = open_case(desk, "月月还")
    archive_case(desk, newer.id)
    latest = latest_case(desk)
    assert latest is not None
    assert latest.id == older.id
    archive_case(desk, older.id)
    assert latest_case(desk) is None
    assert ensure_case(desk, "新案件").id not in (older.id, newer.id)


def test_an_archived_case_is_not_the_default_for_a_practice_either(desk: Desk, case: Case) -> None:
    archive_case(desk, case.id)
    assert latest_case(desk, practice=True) is None


def test_a_case_that_is_being_recorded_is_not_put_aside(desk: Desk, case: Case, short_sound: Path) -> None:
    live = RecordEncounter.begin(desk, Mode.VISIT, f"file:{short_sound}", case.id)
    try:
        with pytest.raises(Known) as refused:
            archive_case(desk, case.id)
    finally:
        live.stop()
    assert refused.value.code is Code.STILL_RECORDING
