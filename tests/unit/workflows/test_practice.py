from __future__ import annotations

import time
from pathlib import Path

import pytest
import soundfile as sf

from evidencedesk.domain.case import Case
from evidencedesk.domain.errors import Code, Known, WrongUse
from evidencedesk.domain.stamp import SUGGESTED
from evidencedesk.system.clock import SystemClock
from evidencedesk.workflows.attach_file import attach_file
from evidencedesk.workflows.delete_practice import delete_practice
from evidencedesk.workflows.desk import Desk, open_desk
from evidencedesk.workflows.import_recording import take_in
from evidencedesk.workflows.open_case import ensure_case, latest_case, open_case
from evidencedesk.workflows.practise import practise
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.recover_recordings import recover_all
from evidencedesk.workflows.stamp_queue import waiting_stamps
from evidencedesk.workflows.take_note import take_note

PATIENCE_S = 30.0


def finished(live: RecordEncounter) -> RecordEncounter:
    deadline = time.monotonic() + PATIENCE_S
    while live.poll().samples < 2000:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    live.stop()
    while not live.finished:
        live.poll()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return live


def test_a_practice_has_a_case_of_its_own_and_everything_in_it_says_simulated(desk: Desk, case: Case) -> None:
    live = finished(practise(desk, "练习"))
    file = desk.store.case_file(live.case)
    assert file.case.title == "练习"
    assert file.case.id != case.id
    assert [one.simulated for one in file.recordings] == [True]
    summary = next(one for one in desk.store.cases() if one.case.id == live.case)
    assert summary.practice
    assert summary.simulated


def test_a_practice_lasts_long_enough_to_look_round(desk: Desk) -> None:
    live = practise(desk, "Practice")
    finished(live)
    sound = desk.library / "practice" / "visit.flac"
    assert sf.info(sound).duration == pytest.approx(180, abs=1)


def test_no_authority_is_asked_about_a_practice(tmp_path: Path) -> None:
    with open_desk(tmp_path / "library", SystemClock(), authorities=lambda: SUGGESTED) as desk:
        finished(practise(desk, "Practice"))
        assert list(waiting_stamps(desk.library)) == []


def test_the_next_real_recording_does_not_land_in_the_practice(desk: Desk, case: Case) -> None:
    practice = finished(practise(desk, "Practice"))
    assert latest_case(desk) == case
    assert ensure_case(desk, "x", "default") == case
    assert ensure_case(desk, "x", "file:again.wav").id == practice.case


def test_a_deleted_practice_leaves_no_file_and_no_row_but_one_line_in_the_librarys_journal(
    desk: Desk, case: Case
) -> None:
    live = finished(practise(desk, "Practice"))
    take_note(desk, live.case, "tried")
    delete_practice(desk, live.case)
    assert [one.case.id for one in desk.store.cases()] == [case.id]
    assert not desk.case_folder(live.case).exists()
    assert not (desk.library / "deleted").exists()
    assert not (desk.library / "practice").exists()
    assert desk.store.deleted_cases() == {live.case}
    assert recover_all(desk) == ()


def test_a_case_without_recordings_is_no_practice(desk: Desk, case: Case) -> None:
    with pytest.raises(WrongUse) as caught:
        delete_practice(desk, case.id)
    assert caught.value.code is Code.NOT_PRACTICE


def test_a_case_that_took_in_a_recording_made_elsewhere_is_no_practice_any_more(
    desk: Desk, short_sound: Path
) -> None:
    live = finished(practise(desk, "Practice"))
    take_in(desk, live.case, short_sound, None)
    with pytest.raises(WrongUse) as caught:
        delete_practice(desk, live.case)
    assert caught.value.code is Code.NOT_PRACTICE
    assert desk.case_folder(live.case).exists()
    assert not next(one for one in desk.store.cases() if one.case.id == live.case).practice


def test_what_was_attached_goes_with_the_practice(desk: Desk, tmp_path: Path) -> None:
    live = finished(practise(desk, "Practice"))
    paper = tmp_path / "sms.txt"
    paper.write_text("x")
    attach_file(desk, live.case, paper)
    delete_practice(desk, live.case)
    assert not desk.case_folder(live.case).exists()
    assert paper.exists()


def test_a_practice_that_is_running_is_not_deleted(desk: Desk) -> None:
    live = practise(desk, "Practice")
    try:
        with pytest.raises(WrongUse) as caught:
            delete_practice(desk, live.case)
        assert caught.value.code is Code.STILL_RECORDING
    finally:
        finished(live)


def test_a_practice_that_can_not_begin_leaves_no_case(desk: Desk) -> None:
    (desk.library / "cases").write_text("in the way")
    with pytest.raises(Known):
        practise(desk, "Practice")
    assert desk.store.cases() == ()


def test_a_damaged_practice_sound_is_made_anew(desk: Desk) -> None:
    (desk.library / "practice").mkdir()
    (desk.library / "practice" / "visit.flac").write_bytes(b"no sound")
    finished(practise(desk, "Practice"))


def test_when_the_journal_refuses_the_files_stay(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    live = finished(practise(desk, "Practice"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(desk.store), "delete_case", _refuse)
        with pytest.raises(WrongUse):
            delete_practice(desk, live.case)
    assert (desk.case_folder(live.case) / "recordings").is_dir()
    delete_practice(desk, live.case)
    assert not desk.case_folder(live.case).exists()


def _refuse(_store: object, case_id: str) -> None:
    raise WrongUse(Code.UNKNOWN_CASE, case=case_id)


def test_an_empty_case_opened_by_hand_may_be_the_latest(desk: Desk) -> None:
    assert latest_case(desk) is None
    opened = open_case(desk, "来分期")
    assert latest_case(desk) == opened
