from __future__ import annotations

from PySide6.QtCore import QObject

from evidencedesk.domain.case import Verdict
from evidencedesk.ui.encounter.checklist_presenter import ChecklistPresenter, Line
from evidencedesk.ui.encounter.session import Session
from fakes.ui_services import disk_full
from fakes.ui_stage import EncounterStage


def lines(checklist: ChecklistPresenter) -> dict[str, Line]:
    return {line.item.id: line for _, group in checklist.state.groups for line in group}


def test_a_tick_stands_with_its_second(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    tick = lines(checklist)["shows-work-id"].tick
    assert tick is not None
    assert (tick.verdict, tick.at_ms, tick.encounter) == (Verdict.BREACHED, 192_000, stage.live.encounter)
    assert checklist.state.breaches == 1
    assert checklist.breach_times == (192_000,)


def test_the_other_verdict_replaces_the_first(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    stage.live.at(200)
    checklist.verdict_clicked("shows-work-id", "kept")
    assert lines(checklist)["shows-work-id"].verdict is Verdict.KEPT
    assert checklist.state.breaches == 0
    assert len(stage.file.ticks) == 2  # both stay in the journal


def test_the_same_verdict_again_takes_the_tick_back(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "kept")
    checklist.verdict_clicked("shows-work-id", "kept")
    assert lines(checklist)["shows-work-id"].tick is None
    assert [tick.withdrawn for tick in stage.file.ticks] == [True]


def test_a_tick_the_disk_refuses_is_not_shown(stage: EncounterStage) -> None:
    stage.desk.write_error = disk_full()
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "kept")
    assert lines(checklist)["shows-work-id"].tick is None
    assert stage.heard.codes == ["disk-full"]


def test_a_withdrawal_the_disk_refuses_leaves_the_tick(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "kept")
    stage.desk.write_error = disk_full()
    checklist.verdict_clicked("shows-work-id", "kept")
    assert lines(checklist)["shows-work-id"].verdict is Verdict.KEPT


def test_the_clock_decides_about_the_hours(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    found = lines(checklist)
    assert found["not-after-21"].verdict is Verdict.BREACHED  # it is 21:34
    assert found["not-before-8"].verdict is Verdict.KEPT
    assert all(tick.automatic for tick in stage.file.ticks)
    assert checklist.state.local_time == "21:34"


def test_the_clock_ticks_once_and_again_only_when_the_hour_is_passed(stage: EncounterStage) -> None:
    stage.desk.at_hour(20, 59)
    checklist = stage.presenter.checklist
    checklist.check_hours()
    checklist.check_hours()
    assert len(stage.file.ticks) == 2
    assert lines(checklist)["not-after-21"].verdict is Verdict.KEPT
    stage.desk.at_hour(21, 1)
    checklist.check_hours()
    assert lines(checklist)["not-after-21"].verdict is Verdict.BREACHED
    assert len(stage.file.ticks) == 3


def test_the_clock_does_not_argue_with_the_user(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    checklist.verdict_clicked("not-after-21", "kept")
    checklist.verdict_clicked("not-before-8", "kept")  # taken back
    checklist.check_hours()
    assert lines(checklist)["not-after-21"].verdict is Verdict.KEPT
    assert lines(checklist)["not-before-8"].tick is None


def test_more_shows_the_rest_and_hides_it_again(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    few = len(lines(checklist))
    assert few == 8
    checklist.more_clicked()
    assert len(lines(checklist)) == few + checklist.state.hidden
    checklist.more_clicked()
    assert len(lines(checklist)) == few


def test_breaches_behind_more_are_counted(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.note_breach("hasty-aggressive")
    assert "hasty-aggressive" not in lines(checklist)
    assert checklist.state.breaches == 1


def test_what_to_say_follows_what_was_touched(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    first = checklist.state.say
    assert first is not None
    assert first.id == "advance-notice"
    checklist.item_clicked("shows-authorisation")
    assert checklist.state.say is not None
    assert checklist.state.say.id == "shows-authorisation"


def test_an_encounter_taken_up_again_finds_its_ticks(stage: EncounterStage) -> None:
    stage.presenter.checklist.verdict_clicked("shows-work-id", "breached")
    again = ChecklistPresenter(Session(stage.desk, stage.live, stage.heard.messages), QObject())
    assert lines(again)["shows-work-id"].verdict is Verdict.BREACHED
