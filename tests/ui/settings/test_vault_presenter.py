"""The lock under Settings, Security: nothing is sealed before the code is on paper, and all can wait."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.vault import OpenedBy, VaultFacts, VaultState
from evidencedesk.ui.settings.vault_presenter import VaultAsks, VaultDone, VaultFault, VaultPresenter
from fakes.ui_services import InstantRunner
from fakes.ui_stage import Heard
from fakes.ui_vault import CODE, KEYS, PASSPHRASE, FakeVault, WaitingRunner, locked

NEW = "another four words here"


class Desk(QObject):
    """A presenter with the ones around it."""

    def __init__(self, facts: VaultFacts | None, code: str = "") -> None:
        super().__init__()
        self.vault = FakeVault(facts)
        self.heard = Heard()
        self.sealer = WaitingRunner()
        self.presenter = VaultPresenter(
            self.vault, InstantRunner(), self.sealer, self.heard.messages, self, code=code
        )
        self.reopened: list[tuple[object, str]] = []
        self.presenter.reopen_wanted.connect(lambda keys, code: self.reopened.append((keys, code)))
        self.presenter.begin()


@pytest.fixture
def plain(qtbot: QtBot) -> Desk:
    return Desk(None)


@pytest.fixture
def sealed(qtbot: QtBot) -> Desk:
    return Desk(locked())


def test_a_lock_is_begun_and_the_library_opened_again_with_it(plain: Desk) -> None:
    plain.presenter.ask(VaultAsks.SET_UP)
    plain.presenter.set_up(NEW, NEW)
    assert plain.reopened == [(KEYS, CODE)]
    assert plain.vault.passphrase == NEW


def test_two_that_differ_change_nothing(plain: Desk) -> None:
    plain.presenter.ask(VaultAsks.SET_UP)
    plain.presenter.set_up(NEW, NEW + "x")
    assert plain.presenter.state.fault is VaultFault.UNEQUAL
    assert plain.vault.facts is None


def test_one_that_is_too_short_is_told(plain: Desk) -> None:
    plain.presenter.set_up("short", "short")
    assert plain.presenter.state.fault is VaultFault.SHORT
    assert plain.reopened == []


def test_nothing_is_sealed_until_a_group_of_the_code_was_typed_back(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING), CODE)
    assert not desk.sealer.waiting
    desk.presenter.confirm_code(1, "XXXX")
    assert desk.presenter.state.fault is VaultFault.OTHER_GROUP
    assert desk.presenter.state.code == CODE
    desk.presenter.confirm_code(1, " 8qxw ")
    assert desk.presenter.state.code == ""
    desk.sealer.do_next()
    assert desk.presenter.state.done is VaultDone.SEALED
    assert not desk.presenter.state.under_way


def test_what_was_interrupted_goes_on_at_the_next_start(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING))
    assert desk.presenter.state.converting
    desk.sealer.do_next()
    assert desk.presenter.state.done is VaultDone.SEALED


def test_it_can_rest_and_go_on(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING))
    desk.presenter.pause_or_go_on()
    desk.sealer.do_next()
    assert desk.presenter.state.paused
    assert not desk.presenter.state.converting
    assert not desk.sealer.waiting
    desk.presenter.pause_or_go_on()
    desk.sealer.do_next()
    assert desk.presenter.state.done is VaultDone.SEALED


def test_a_recording_has_the_disk_for_itself(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING))
    desk.presenter.set_recording(running=True)
    desk.sealer.do_next()
    assert not desk.sealer.waiting
    desk.presenter.set_recording(running=False)
    desk.sealer.do_next()
    assert desk.presenter.state.done is VaultDone.SEALED


def test_a_recording_that_was_there_before_is_waited_for_and_not_asked_again_and_again(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING))
    desk.vault.refusal = MachineFailure(Code.BUSY_RECORDING)
    desk.sealer.do_next()
    assert desk.presenter.state.held
    assert not desk.sealer.waiting
    assert desk.heard.codes == []


def test_a_full_disk_is_told_and_not_tried_again_by_itself(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING))
    desk.vault.refusal = MachineFailure(Code.DISK_FULL)
    desk.sealer.do_next()
    assert desk.heard.codes == ["disk-full"]
    assert not desk.sealer.waiting
    desk.vault.refusal = None
    desk.presenter.pause_or_go_on()
    desk.sealer.do_next()
    assert desk.presenter.state.done is VaultDone.SEALED


def test_another_passphrase_needs_the_present_one(sealed: Desk) -> None:
    sealed.presenter.ask(VaultAsks.CHANGE)
    sealed.presenter.change("not this one", NEW, NEW)
    assert sealed.presenter.state.fault is VaultFault.WRONG
    sealed.presenter.change(PASSPHRASE, NEW, NEW)
    assert sealed.vault.passphrase == NEW
    assert sealed.presenter.state.done is VaultDone.CHANGED


def test_a_new_code_is_shown_until_it_is_typed_back(sealed: Desk) -> None:
    sealed.presenter.ask(VaultAsks.NEW_CODE)
    sealed.presenter.renew_code(PASSPHRASE)
    assert sealed.presenter.state.code == CODE
    sealed.presenter.confirm_code(0, "2J4K")
    assert sealed.presenter.state.code == ""


def test_the_keyring_is_turned_on_and_off(sealed: Desk) -> None:
    sealed.presenter.turn_keyring(PASSPHRASE)
    assert sealed.presenter.state.by_keyring
    sealed.presenter.turn_keyring(PASSPHRASE)
    assert not sealed.presenter.state.by_keyring
    assert sealed.vault.facts is not None
    assert OpenedBy.PASSPHRASE in sealed.vault.facts.opened_by


def test_giving_up_comes_behind_the_file_that_is_just_being_sealed(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.SEALING))
    desk.presenter.give_up(PASSPHRASE)
    desk.sealer.do_next()
    assert desk.vault.facts == locked(VaultState.SEALING)
    desk.sealer.do_next()
    assert desk.vault.facts == locked(VaultState.UNSEALING)
    assert desk.reopened == [(KEYS, "")]


def test_damaged_files_keep_the_lock_and_are_counted(qtbot: QtBot) -> None:
    desk = Desk(locked(VaultState.UNSEALING))
    desk.vault.left = 2
    desk.sealer.do_next()
    assert desk.presenter.state.left == 2
    assert desk.presenter.state.done is None
    assert not desk.sealer.waiting


def test_idle_minutes_and_silence_are_kept_and_told(sealed: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sealed.presenter.settings_changed):
        sealed.presenter.choose_idle("15")
    sealed.presenter.choose_tells("no")
    assert (sealed.vault.kept.lock_after, sealed.vault.kept.lock_tells) == ("15", "no")
