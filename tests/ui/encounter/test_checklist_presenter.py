from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Mode, Verdict
from evidencedesk.domain.rules import Caution, Phase, Text, Topic
from evidencedesk.ui.encounter.checklist_presenter import ChecklistPresenter
from evidencedesk.ui.encounter.checklist_state import Line
from evidencedesk.ui.encounter.presenter import EncounterPresenter
from evidencedesk.ui.encounter.session import Session
from fakes.ui_services import HeldRunner, disk_full
from fakes.ui_stage import EncounterStage


def lines(checklist: ChecklistPresenter) -> dict[str, Line]:
    return {line.key: line for line in checklist.state.lines}


def everything(checklist: ChecklistPresenter) -> dict[str, Line]:
    """The lines of this phase, those behind "more" among them."""
    if not checklist.state.all_shown:
        checklist.more_clicked()
    return lines(checklist)


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
    found = everything(checklist)
    assert found["not-after-21"].verdict is Verdict.BREACHED  # it is 21:34
    assert found["not-before-8"].tick is None  # what is kept shows only at the end
    assert all(tick.automatic for tick in stage.file.ticks)
    assert checklist.state.local_time == "21:34"


def test_the_clock_ticks_once_and_again_only_when_the_hour_is_passed(stage: EncounterStage) -> None:
    stage.desk.at_hour(20, 59)
    checklist = stage.presenter.checklist
    checklist.check_hours()
    checklist.check_hours()
    assert stage.file.ticks == ()
    stage.desk.at_hour(21, 1)
    checklist.check_hours()
    checklist.check_hours()
    assert everything(checklist)["not-after-21"].verdict is Verdict.BREACHED
    assert len(stage.file.ticks) == 1


def test_the_clock_does_not_argue_with_the_user(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    checklist.verdict_clicked("not-after-21", "kept")
    checklist.check_hours()
    assert everything(checklist)["not-after-21"].verdict is Verdict.KEPT


def test_what_the_user_took_back_from_the_clock_stays_so_also_in_a_window_opened_anew(
    stage: EncounterStage,
) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    checklist.verdict_clicked("not-after-21", "breached")  # taken back
    again = ChecklistPresenter(stage.session())
    for one in (checklist, again):
        one.check_hours()
        assert everything(one)["not-after-21"].tick is None


def test_the_clock_counts_from_the_beginning_of_the_visit(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    tick = everything(checklist)["not-after-21"].tick
    assert tick is not None
    facts = dict(tick.facts)
    assert (tick.rule, facts["local_time"], facts["passed_at"]) == ("contact-hours", "19:00:00", "21:00:01")


def agreeable(stage: EncounterStage) -> EncounterPresenter:
    """A pack whose hours do not hold where the time was agreed."""
    hours = stage.desk.pack.item("not-after-21")
    check = replace(hours.check, parameters=(*hours.check.parameters, ("unless_agreed", "yes")))
    stage.desk.pack = replace(stage.desk.pack, items=(replace(hours, check=check),))
    return EncounterPresenter(stage.session())


def test_an_agreed_time_takes_the_clocks_mark_back_and_without_it_the_mark_comes_again(
    stage: EncounterStage,
) -> None:
    presenter = agreeable(stage)
    presenter.checklist.check_hours()
    presenter.team.agreed_clicked(agreed=True)
    assert [tick.withdrawn for tick in stage.file.ticks] == [True]
    assert presenter.checklist.state.breaches == 0
    again = ChecklistPresenter(stage.session())
    presenter.team.agreed_clicked(agreed=False)
    assert stage.file.encounters[0].agreed is None
    assert [tick.withdrawn for tick in stage.file.ticks] == [True, False]
    assert presenter.checklist.state.breaches == 1
    again.check_hours()
    assert everything(again)["not-after-21"].tick is not None


def test_what_the_user_marked_stands_beside_an_agreed_time(stage: EncounterStage) -> None:
    presenter = agreeable(stage)
    checklist = presenter.checklist
    checklist.verdict_clicked("not-after-21", "breached")
    encounters = (replace(stage.file.encounters[0], agreed=True),)
    stage.desk.files[stage.file.case.id] = replace(stage.file, encounters=encounters)
    checklist.check_hours()
    assert everything(checklist)["not-after-21"].verdict is Verdict.BREACHED


@pytest.mark.parametrize(
    ("hour", "minute", "closing"),
    [
        (20, 44, ("", 0)),
        (20, 46, ("21:00", 14)),
        (20, 59, ("21:00", 1)),
        (21, 0, ("21:00", 1)),
        (21, 1, ("", 0)),
    ],
)
def test_an_hour_that_comes_soon_is_told_with_its_minutes(
    stage: EncounterStage, hour: int, minute: int, closing: tuple[str, int]
) -> None:
    stage.desk.at_hour(hour, minute)
    checklist = stage.presenter.checklist
    checklist.check_hours()
    assert (checklist.state.closing, checklist.state.minutes_left) == closing


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
    checklist.note_breach(stage.desk.pack.id, "hasty-aggressive")
    assert "hasty-aggressive" not in lines(checklist)
    assert checklist.state.breaches == 1


def test_what_to_say_follows_what_was_touched(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    first = checklist.state.say
    assert first is not None
    assert first.id == "stay-calm"
    checklist.item_clicked("shows-authorisation")
    assert checklist.state.say is not None
    assert checklist.state.say.id == "shows-authorisation"


def test_a_visit_begins_at_the_door_and_a_call_with_the_talk(stage: EncounterStage) -> None:
    assert stage.presenter.checklist.state.phase is Phase.DOOR
    stage.live.mode = Mode.CALL
    call = ChecklistPresenter(stage.session())
    assert call.state.phase is Phase.CONVERSATION


def test_phases_go_on_and_back_and_stop_at_both_ends(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    seen = []
    for by in (-1, -1, 1, 1, 1, 1):
        checklist.step_phase(by)
        seen.append(checklist.state.phase.value)
    assert seen == ["before", "before", "door", "conversation", "after", "after"]


def test_a_phase_begins_with_its_first_eight_and_its_own_sentence(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.more_clicked()
    checklist.source_clicked("shows-work-id")
    checklist.phase_clicked("conversation")
    assert len(checklist.state.lines) == 8
    assert (checklist.state.opened, checklist.state.touched) == ("", "")
    assert checklist.state.say is not None
    assert checklist.state.say.id == "talk-evenly"


def test_nothing_moves_under_the_finger(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    order = list(lines(checklist))
    for row in order:
        checklist.verdict_clicked(row, "breached")
        assert list(lines(checklist)) == order


def test_not_seen_is_a_mark_like_the_others(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "not_seen")
    assert lines(checklist)["shows-work-id"].verdict is Verdict.NOT_SEEN
    assert checklist.state.breaches == 0


def test_undo_takes_the_last_mark_back_and_brings_the_one_before_to_light(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    stage.live.at(200)
    checklist.verdict_clicked("shows-work-id", "kept")
    checklist.undo_clicked()
    assert lines(checklist)["shows-work-id"].verdict is Verdict.BREACHED
    checklist.undo_clicked()
    assert lines(checklist)["shows-work-id"].tick is None
    assert checklist.state.last is None
    checklist.undo_clicked()  # nothing left
    assert [tick.withdrawn for tick in stage.file.ticks] == [True, True]


def test_undo_goes_from_mark_to_mark_in_their_order(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    checklist.note_breach(stage.desk.pack.id, "no-illegal-means")
    assert checklist.state.last_item is not None
    assert checklist.state.last_item.id == "no-illegal-means"
    checklist.undo_clicked()
    assert checklist.state.breaches == 1
    assert checklist.state.last_item.id == "shows-work-id"


def test_an_undo_the_disk_refuses_leaves_the_mark(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    stage.desk.write_error = disk_full()
    checklist.undo_clicked()
    assert lines(checklist)["shows-work-id"].verdict is Verdict.BREACHED
    assert checklist.state.last is not None


def test_a_mark_taken_back_stays_taken_back_when_the_page_comes_again(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    checklist.verdict_clicked("shows-work-id", "kept")
    checklist.verdict_clicked("shows-work-id", "kept")
    again = ChecklistPresenter(stage.session())
    assert lines(checklist)["shows-work-id"].tick is None
    assert lines(again)["shows-work-id"].tick is None


def test_taking_a_mark_back_brings_the_clocks_own_to_light(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    checklist.verdict_clicked("not-after-21", "kept")
    checklist.verdict_clicked("not-after-21", "kept")
    tick = everything(checklist)["not-after-21"].tick
    assert tick is not None
    assert (tick.automatic, tick.verdict) == (True, Verdict.BREACHED)


def test_the_clock_is_no_mark_of_the_users_to_undo(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.check_hours()
    assert checklist.state.last is None


def test_the_users_own_failings_are_no_breach(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("stay-calm", "breached")
    assert checklist.state.breaches == 0
    assert checklist.breach_times == ()


def test_a_number_marks_the_row_it_stands_on_and_never_takes_back(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    row = list(lines(checklist))[3]
    checklist.number_pressed(4, "breached")
    checklist.number_pressed(4, "breached")
    assert lines(checklist)[row].verdict is Verdict.BREACHED
    checklist.number_pressed(9, "breached")
    assert len(stage.file.ticks) == 1


def test_a_second_pack_is_judged_beside_the_first_and_counted_once(stage: EncounterStage) -> None:
    hours = stage.desk.pack.item("not-after-21")
    check = replace(hours.check, parameters=(("closed_from", "22:00"), ("closed_until", "08:00")))
    other = replace(stage.desk.pack, id="cn-other", items=(replace(hours, id="hours", check=check),))
    stage.desk.other_packs = (other,)
    checklist = ChecklistPresenter(stage.session())
    checklist.check_hours()
    line = everything(checklist)["not-after-21"]
    assert [tick.verdict if tick else None for tick in line.found] == [Verdict.BREACHED, None]
    stage.desk.at_hour(22, 1)
    checklist.check_hours()
    line = everything(checklist)["not-after-21"]
    assert [tick.verdict if tick else None for tick in line.found] == [Verdict.BREACHED, Verdict.BREACHED]
    assert checklist.state.breaches == 1
    assert {tick.pack for tick in stage.file.ticks} == {stage.desk.pack.id, "cn-other"}


def test_an_item_of_another_pack_is_ticked_in_its_own_name(stage: EncounterStage) -> None:
    item = replace(stage.desk.pack.item("shows-work-id"), id="two-of-them")
    stage.desk.other_packs = (replace(stage.desk.pack, id="cn-other", items=(item,)),)
    checklist = ChecklistPresenter(stage.session())
    checklist.verdict_clicked("cn-other/two-of-them", "breached")
    checklist.undo_clicked()
    checklist.verdict_clicked("cn-other/two-of-them", "kept")
    assert [(tick.pack, tick.item) for tick in stage.file.ticks] == [("cn-other", "two-of-them")] * 2
    assert everything(checklist)["cn-other/two-of-them"].verdict is Verdict.KEPT


def test_a_caution_opens_in_place_of_the_sentence_and_closes_again(stage: EncounterStage) -> None:
    caution = Caution("limitation", Topic.NEGOTIATING, Text("先看", "look"), ("no-rush-full-payment",), ())
    stage.desk.pack = replace(stage.desk.pack, cautions=(caution,))
    checklist = ChecklistPresenter(stage.session())
    checklist.phase_clicked("conversation")
    checklist.caution_clicked("no-rush-full-payment")
    assert checklist.state.caution == caution
    checklist.item_clicked("talk-evenly")
    assert checklist.state.caution is None
    checklist.caution_clicked("no-rush-full-payment")
    checklist.caution_clicked("no-rush-full-payment")
    assert checklist.state.caution is None


def test_a_tick_about_a_contact_says_nothing_of_the_encounter(stage: EncounterStage) -> None:
    stage.presenter.checklist.verdict_clicked("shows-work-id", "breached")
    file = stage.file
    about = replace(file.ticks[0], subject="q-00000001")
    stage.desk.files[file.case.id] = replace(file, ticks=(about,))
    again = ChecklistPresenter(stage.session())
    assert lines(again)["shows-work-id"].tick is None


def test_an_encounter_taken_up_again_finds_its_ticks(stage: EncounterStage) -> None:
    stage.presenter.checklist.verdict_clicked("shows-work-id", "breached")
    again = ChecklistPresenter(stage.session())
    assert lines(again)["shows-work-id"].verdict is Verdict.BREACHED


def test_a_suggestion_behind_more_is_counted_there(stage: EncounterStage, qtbot: QtBot) -> None:
    page = stage.open_page(qtbot)
    plain = page.checklist.more.text()
    stage.presenter.notes.marker_clicked("threat", "")
    assert stage.presenter.checklist.state.hidden_suggestions == 1
    assert page.checklist.more.text() == plain.replace(" more…", " more, 1 suggested…")


def test_an_answer_that_comes_after_a_newer_question_is_dropped(stage: EncounterStage) -> None:
    runner = HeldRunner()
    session = Session(stage.desk, stage.live, stage.heard.messages, runner)
    checklist = ChecklistPresenter(session)
    stage.desk.take_note(stage.live.case, "13800138000", stage.live.encounter)
    checklist.look_again()
    (old, came, failed), newer = runner.waiting
    stale = old()
    runner.waiting = [newer]
    runner.let_go()
    checklist.phase_clicked("conversation")
    assert everything(checklist)["protect-phone-number"].suggestion is not None
    came((stale[0], ()))
    failed(disk_full())
    checklist.more_clicked()
    checklist.more_clicked()
    assert lines(checklist)["protect-phone-number"].suggestion is not None
    assert stage.heard.said == []


def test_nothing_is_suggested_about_what_is_marked_already(stage: EncounterStage) -> None:
    checklist = stage.presenter.checklist
    checklist.verdict_clicked("shows-work-id", "breached")
    assert lines(checklist)["refuse-if-no-documents"].suggestion is not None
    checklist.verdict_clicked("refuse-if-no-documents", "not_seen")
    assert lines(checklist)["refuse-if-no-documents"].suggestion is None
    checklist.suggestion_accepted("refuse-if-no-documents")
    assert lines(checklist)["refuse-if-no-documents"].verdict is Verdict.NOT_SEEN
    checklist.verdict_clicked("shows-work-id", "breached")  # taken back
    checklist.verdict_clicked("refuse-if-no-documents", "not_seen")
    assert lines(checklist)["refuse-if-no-documents"].suggestion is None
