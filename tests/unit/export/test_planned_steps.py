"""What is only planned is never told as done, on any paper and page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evidencedesk.cli.timeline import timeline_lines
from evidencedesk.domain.case import CaseFile, FollowUp, FollowUpDetails, Progress, Step
from evidencedesk.domain.debt import Instalment
from evidencedesk.export.case_uco import case_jsonld
from evidencedesk.export.papers.evidence_items import evidence_groups
from evidencedesk.export.papers.plain import printable
from evidencedesk.export.papers.report_data import report_data
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.start_here_records import step_rows
from evidencedesk.system.resources import resource
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Language, Words
from evidencedesk.wording.steps import advice_text, step_facts, step_text
from samples.collection_visit import moment
from samples.law_records import case_with_records
from samples.paper_material import sample_material

EN = Words("en", resource("locale"))
BOTH: tuple[Language, ...] = ("zh", "en")


def details(step: Step, progress: Progress, **facts: str) -> FollowUpDetails:
    at = moment(86_400)
    return FollowUpDetails(
        step,
        at.utc,
        480,
        progress=progress,
        **facts,  # type: ignore[arg-type]
    )


def with_step(told: FollowUpDetails) -> CaseFile:
    case_file = case_with_records()
    step = FollowUp("f-0000p1an", case_file.case.id, None, None, None, None, told, moment(90_000))
    return replace(case_file, follow_ups=(*case_file.follow_ups, step))


PLANNED = with_step(details(Step.COMPLAINT, Progress.PLANNED, whom="OFFICE"))
DONE = with_step(details(Step.COMPLAINT, Progress.ANSWERED, whom="OFFICE", outcome="RESULT"))


def report(case_file: CaseFile) -> str:
    return json.dumps(report_data(Telling(sample_material(case_file), EN), printable), ensure_ascii=False)


def test_the_report_keeps_plans_apart_from_what_was_done() -> None:
    planned, done = report(PLANNED), report(DONE)
    assert "Planned, not done yet" in planned
    assert "Planned: Complaint · OFFICE" in planned
    assert "Planned, not done yet" not in done
    assert "Requests, complaints, reports and plans" in done
    assert "Outcome: RESULT" in done
    assert "Where it stands: Answered" in done


def test_a_planned_payment_is_not_said_to_lack_its_receipt() -> None:
    planned = report(with_step(details(Step.PAYMENT, Progress.PLANNED, amount="77.00")))
    paid = report(with_step(details(Step.PAYMENT, Progress.DONE, amount="77.00")))
    assert paid.count("No receipt was taken in") == planned.count("No receipt was taken in") + 1


def test_the_evidence_list_rests_on_nothing_that_is_only_planned() -> None:
    def proves(case_file: CaseFile) -> str:
        groups = evidence_groups(Telling(sample_material(case_file), EN))
        return json.dumps([item.proves for group in groups for item in group.items])

    assert "OFFICE" not in proves(PLANNED)
    assert "OFFICE" in proves(DONE)


def test_the_page_of_the_folder_marks_a_plan() -> None:
    row = next(row for row in step_rows(EN, PLANNED, {}) if "OFFICE" in row.text)
    assert row.text.startswith("Planned: ")
    assert [pill.text for pill in row.pills] == ["Complaint", "Planned"]
    row = next(row for row in step_rows(EN, DONE, {}) if "OFFICE" in row.text)
    assert [pill.text for pill in row.pills] == ["Complaint"]


def test_the_forensic_file_calls_a_plan_so() -> None:
    assert "planned step: complaint" in case_jsonld(PLANNED, "1").decode()
    assert "planned step" not in case_jsonld(DONE, "1").decode()


def test_the_timeline_of_the_terminal_says_planned() -> None:
    assert any("Planned: Complaint · OFFICE" in line for line in timeline_lines(EN, PLANNED, ()))


@pytest.mark.parametrize("language", BOTH)
def test_every_kind_of_step_and_progress_has_its_words(language: Language) -> None:
    words = Words(language, resource("locale"))
    for step in Step:
        assert label(words, step)
        assert advice_text(words, step)
        for progress in Progress:
            told = details(step, progress, whom="W", number="1", amount="5", due="2026-12-01", agent="A")
            text = step_text(words, told)
            assert ("W" in text, "1" in text or step is Step.PAYMENT) == (True, True)
            assert step_facts(words, told)
    texts = [label(words, step) for step in Step]
    assert len(set(texts)) == len(texts)


def test_a_plan_is_told_with_every_instalment() -> None:
    told = replace(
        details(Step.PLAN_AGREED, Progress.DONE),
        plan=(Instalment("2026-12-01", "500"), Instalment("2027-01-01", "480.50")),
    )
    assert ("Instalments of the plan", "2026-12-01: 500; 2027-01-01: 480.50") in step_facts(EN, told)


def test_a_step_of_another_kind_is_told_in_the_users_own_words() -> None:
    told = details(Step.OTHER, Progress.PLANNED, answer="Fetch the letter\nat the post office")
    assert step_text(EN, told) == "Planned: Fetch the letter"
    assert dict(step_facts(EN, told))["Answer"] == "Fetch the letter\nat the post office"
