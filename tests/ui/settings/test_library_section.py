"""The library as a whole, in the settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure, Unreadable, WrongUse
from evidencedesk.ui.settings.library_presenter import LibraryPresenter
from evidencedesk.ui.settings.library_section import LibrarySection
from evidencedesk.ui.words import UiWords
from fakes.desk_library import FakeWholeLibrary
from fakes.ui_more_services import FakeFileChoice
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner


class Stage:
    """The section with what is behind it."""

    def __init__(self, words: UiWords, qtbot: QtBot, runner: InstantRunner | HeldRunner) -> None:
        self.services = FakeWholeLibrary()
        self.files = FakeFileChoice(chosen=[Path("/stick/kept.zip")], place=Path("/stick/new"))
        self.presenter = LibraryPresenter(self.services, runner)
        self.section = LibrarySection(self.presenter, words, self.files)
        qtbot.addWidget(self.section)
        self.section.resize(820, 700)
        self.presenter.refresh()
        self.section.show()


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot, InstantRunner())


def test_it_says_how_large_it_is_and_when_it_was_backed_up(stage: Stage) -> None:
    assert "1000 cases" in stage.section.counts.text()
    assert "2026-10-02" in stage.section.last.text()
    assert "54 days ago" in stage.section.last.text()


def test_a_recent_back_up_is_not_counted_in_days(stage: Stage) -> None:
    stage.services.facts = replace(stage.services.facts, days=3)
    stage.presenter.refresh()
    assert "days ago" not in stage.section.last.text()


def test_a_back_up_goes_where_the_user_said_with_what_the_user_chose(stage: Stage) -> None:
    stage.section.key_row.box.click()
    stage.section.receiver.edit.insert("age1xyz")
    stage.section.receiver.edit.textEdited.emit("age1xyz")
    stage.section.backup_button.click()
    assert stage.services.calls == [("back up", Path("/stick/new"), True, "age1xyz")]
    assert stage.section.banner.isVisible()


def test_files_that_differ_are_said(stage: Stage) -> None:
    stage.services.differing = 2
    stage.section.backup_button.click()
    assert "2 files" in stage.section.banner.accessibleDescription()


def test_a_restored_library_is_used_only_when_asked_for(stage: Stage, qtbot: QtBot) -> None:
    stage.section.restore_button.click()
    assert [call[0] for call in stage.services.calls] == ["restore"]
    with qtbot.waitSignal(stage.presenter.restart_wanted):
        stage.section.banner.action_clicked.emit("use")
    assert stage.services.calls[-1] == ("use", Path("/stick/new"))


def test_an_encrypted_back_up_asks_for_its_key_file(stage: Stage) -> None:
    stage.services.refuse = Unreadable(Code.ARCHIVE_LOCKED, path="/stick/kept.zip.age")
    stage.section.restore_button.click()
    stage.files.chosen = [Path("/home/key.txt")]
    stage.section.banner.action_clicked.emit("key-file")
    assert stage.services.calls[-1][3] == Path("/home/key.txt")


def test_a_back_up_of_a_locked_library_asks_for_its_passphrase_until_it_is_right(stage: Stage) -> None:
    section = stage.section
    assert section.passphrase.isHidden()
    stage.services.refuse = WrongUse(Code.VAULT_LOCKED, path="/stick/kept.zip")
    section.restore_button.click()
    assert not section.passphrase.isHidden()
    assert not section.unlock_button.isHidden()
    stage.services.refuse = WrongUse(Code.VAULT_WRONG_PASSPHRASE)
    section.passphrase.edit.setText("not these words")
    section.passphrase.entered.emit()
    assert stage.services.calls[-1][4] == "not these words"
    assert section.passphrase.text == ""
    assert not section.passphrase.isHidden()
    stage.services.refuse = None
    section.passphrase.edit.setText("four words nobody knows")
    section.unlock_button.click()
    assert stage.services.calls[-1][1:5] == (*stage.services.calls[0][1:4], "four words nobody knows")
    assert section.passphrase.isHidden()
    assert section.unlock_button.isHidden()


def test_an_encrypted_back_up_of_a_locked_library_is_opened_by_both(stage: Stage) -> None:
    stage.services.refuse = Unreadable(Code.ARCHIVE_LOCKED, path="/stick/kept.zip.age")
    stage.section.restore_button.click()
    stage.files.chosen = [Path("/home/key.txt")]
    stage.services.refuse = WrongUse(Code.VAULT_LOCKED, path="/stick/kept.zip.age")
    stage.section.banner.action_clicked.emit("key-file")
    stage.services.refuse = None
    stage.section.passphrase.edit.setText("four words nobody knows")
    stage.section.unlock_button.click()
    assert stage.services.calls[-1][3:5] == (Path("/home/key.txt"), "four words nobody knows")


def test_a_folder_with_something_in_it_gets_one_inside(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    stage.files.place = tmp_path
    stage.section.restore_button.click()
    assert stage.services.calls[-1][2] == tmp_path / "EvidenceDesk-library"


def test_after_a_move_the_program_starts_again(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.presenter.restart_wanted):
        stage.section.move_button.click()


def test_a_move_that_failed_starts_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.services.refuse = MachineFailure(Code.MOVE_DIFFERS, item="cases/x")
    with qtbot.assertNotEmitted(stage.presenter.restart_wanted):
        stage.section.move_button.click()
    assert stage.section.banner.isVisible()


def test_a_library_that_was_named_at_the_start_is_not_moved_from_here(stage: Stage) -> None:
    stage.services.facts = replace(stage.services.facts, named=True)
    stage.presenter.refresh()
    assert not stage.section.move_button.isEnabled()


def test_the_old_library_goes_only_at_the_second_click(stage: Stage) -> None:
    assert not stage.section.remove_button.isVisible()
    stage.services.facts = replace(stage.services.facts, before="/old")
    stage.presenter.refresh()
    stage.section.remove_button.click()
    assert stage.services.calls == []
    stage.section.keep_button.click()
    assert stage.section.remove_button.isVisible()
    stage.section.remove_button.click()
    stage.section.really_button.click()
    assert stage.services.calls == [("remove",)]
    assert not stage.section.remove_button.isVisible()


def test_nothing_is_begun_while_recording(stage: Stage) -> None:
    stage.presenter.set_recording(True)
    for button in (stage.section.backup_button, stage.section.restore_button, stage.section.move_button):
        assert not button.isEnabled()


def test_a_recording_that_begins_ends_a_back_up(en: UiWords, qtbot: QtBot) -> None:
    runner = HeldRunner()
    stage = Stage(en, qtbot, runner)
    runner.let_go()
    stage.section.backup_button.click()
    assert stage.section.work.isVisible()
    stage.presenter.set_recording(True)
    runner.let_go()
    problem = stage.presenter.state.problem
    assert problem is not None
    assert problem.code is Code.CANCELLED
    assert not stage.section.work.isVisible()


def test_every_control_has_a_name(stage: Stage) -> None:
    stage.services.facts = replace(stage.services.facts, before="/old")
    stage.presenter.refresh()
    assert unnamed(stage.section) == []
