"""What is due is worked out from a case on the disk, and goes with its export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from evidencedesk.domain.case import Case, FollowUpDetails, Step
from evidencedesk.domain.moment import format_utc
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.due_dates import due_dates
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.log_follow_up import log_follow_up, withdraw_follow_up


def complained(desk: Desk, case: Case) -> str:
    """A complaint to the People's Bank, an hour before now."""
    done = datetime.fromisoformat(desk.clock.now().utc).astimezone(UTC) - timedelta(hours=1)
    details = FollowUpDetails(Step.CALL, format_utc(done), 0, number="12363")
    return log_follow_up(desk, case.id, details).id


def named(desk: Desk, case: Case) -> list[str]:
    return [one.deadline.id for one in due_dates(desk, desk.store.case_file(case.id))]


def test_complaint_and_objection_begin_the_deadlines_that_are_theirs_the_earliest_first(
    desk: Desk, case: Case
) -> None:
    complained(desk, case)
    assert named(desk, case) == ["credit-complaint-answer"]
    now = desk.clock.now()
    log_follow_up(desk, case.id, FollowUpDetails(Step.CREDIT_OBJECTION, now.utc, now.offset_minutes))
    assert named(desk, case) == ["credit-objection-answer", "credit-complaint-answer"]


def test_one_that_was_taken_back_begins_none(desk: Desk, case: Case) -> None:
    withdraw_follow_up(desk, case.id, complained(desk, case))
    assert named(desk, case) == []


def test_an_export_tells_what_is_due(desk: Desk, case: Case, tmp_path: Path) -> None:
    complained(desk, case)
    last = due_dates(desk, desk.store.case_file(case.id))[0].due.isoformat()
    exported = export_case(desk, case.id, tmp_path / "out", Words("en", resource("locale")))
    page = (exported.path / "START-HERE.html").read_text(encoding="utf-8")
    assert last in page
    assert "Computed by the program" in page
