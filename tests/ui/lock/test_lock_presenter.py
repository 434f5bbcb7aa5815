"""The door: who knows the passphrase, the code or has the keyring comes in; recording needs none of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.vault import OpenedBy
from evidencedesk.ui.lock.presenter import LockPresenter, Way
from fakes.ui_services import InstantRunner
from fakes.ui_vault import CODE, KEYS, PASSPHRASE, FakeBehind, FakeDoor, WaitingRunner

BOTH = (OpenedBy.PASSPHRASE, OpenedBy.RECOVERY, OpenedBy.KEYRING)


class Door(QObject):
    """A presenter with somebody before it."""

    def __init__(self, services: FakeDoor) -> None:
        super().__init__()
        self.services = services
        self.keyring = WaitingRunner()
        self.recorder = WaitingRunner()
        self.presenter = LockPresenter(
            services, InstantRunner(), self.recorder, self.keyring, lambda: "A title", self
        )
        self.opened: list[object] = []
        self.presenter.opened.connect(self.opened.append)


@pytest.fixture
def door(qtbot: QtBot) -> Door:
    door = Door(FakeDoor())
    door.presenter.begin()
    return door


def test_the_passphrase_opens(door: Door) -> None:
    door.presenter.try_typed(PASSPHRASE)
    assert door.opened == [KEYS]
    assert door.presenter.state.opening


def test_a_wrong_one_is_told_and_nothing_is_tried_until_the_wait_is_over(door: Door) -> None:
    door.presenter.try_typed("not this one")
    state = door.presenter.state
    assert state.problem is not None
    assert state.problem.code is Code.VAULT_WRONG_PASSPHRASE
    assert state.wait_s == 1
    door.presenter.try_typed(PASSPHRASE)
    assert door.services.tried == ["not this one"]
    door.services.wait = 0
    door.presenter.look()
    door.presenter.try_typed(PASSPHRASE)
    assert door.opened == [KEYS]


def test_the_seconds_are_counted_down(door: Door, qtbot: QtBot) -> None:
    door.presenter.try_typed("not this one")
    door.services.wait = 0.4
    qtbot.waitUntil(lambda: door.presenter.state.wait_s == 1)
    door.services.wait = 0
    qtbot.waitUntil(lambda: door.presenter.state.wait_s == 0)


def test_a_wait_from_before_the_start_is_known_before_the_first_try(qtbot: QtBot) -> None:
    services = FakeDoor()
    services.wait = 30.0
    trier = WaitingRunner()
    presenter = LockPresenter(services, trier, WaitingRunner(), WaitingRunner(), str)
    presenter.begin()
    presenter.try_typed(PASSPHRASE)  # typed while the program was still loading
    trier.do_next()
    assert presenter.state.wait_s == 30
    assert services.tried == []


def test_what_was_typed_while_loading_is_tried_then(qtbot: QtBot) -> None:
    services, trier = FakeDoor(), WaitingRunner()
    presenter = LockPresenter(services, trier, WaitingRunner(), WaitingRunner(), str)
    presenter.begin()
    presenter.try_typed(PASSPHRASE)
    trier.do_next()
    trier.do_next()
    assert presenter.state.opening


def test_the_code_opens_and_makes_nobody_wait(door: Door) -> None:
    door.services.wait = 60
    door.presenter.look()
    door.presenter.choose_way(Way.CODE.value)
    door.presenter.try_typed("2J4K")
    assert door.presenter.state.problem is not None
    assert door.presenter.state.problem.code is Code.VAULT_WRONG_CODE
    door.presenter.try_typed(CODE)
    assert door.opened == [KEYS]


def test_at_the_start_the_keyring_is_asked_and_nobody_waits_for_it(qtbot: QtBot) -> None:
    door = Door(FakeDoor(*BOTH))
    door.presenter.begin(ask_keyring=True)
    assert door.presenter.state.asking_keyring
    assert not door.presenter.state.busy
    door.keyring.do_next()
    assert door.opened == [KEYS]


def test_whoever_locks_on_purpose_is_not_let_in_by_the_keyring_at_once(qtbot: QtBot) -> None:
    door = Door(FakeDoor(*BOTH))
    door.presenter.begin()
    assert not door.keyring.waiting
    door.presenter.try_keyring()
    door.keyring.do_next()
    assert door.opened == [KEYS]


def test_two_right_answers_open_once(qtbot: QtBot) -> None:
    door = Door(FakeDoor(*BOTH))
    door.presenter.begin(ask_keyring=True)
    door.presenter.try_typed(PASSPHRASE)
    door.keyring.do_next()
    assert door.opened == [KEYS]


def test_an_answer_of_the_keyring_that_comes_after_the_door_was_opened_opens_nothing(qtbot: QtBot) -> None:
    door = Door(FakeDoor(*BOTH))
    door.presenter.begin(ask_keyring=True)
    door.presenter.try_typed(PASSPHRASE)
    door.presenter.end()
    door.keyring.do_next()
    assert door.opened == [KEYS]


def test_a_keyring_that_does_not_open_says_so(qtbot: QtBot) -> None:
    services = FakeDoor(*BOTH)
    services.keyring_opens = False
    door = Door(services)
    door.presenter.begin(ask_keyring=True)
    door.keyring.do_next()
    assert door.presenter.state.problem is not None
    assert door.presenter.state.problem.code is Code.VAULT_NO_KEYRING
    assert not door.presenter.state.asking_keyring


def test_the_red_button_records_at_once_and_once(door: Door) -> None:
    door.recorder.do_next()  # whether something is recorded already
    door.presenter.record()
    door.presenter.record()
    assert door.presenter.state.starting
    door.recorder.do_next()
    assert door.services.begun == ["A title"]
    assert not door.recorder.waiting
    assert door.presenter.state.recording_ms == 0
    door.presenter.record()
    assert not door.recorder.waiting


def test_its_time_goes_on_and_its_end_is_seen(door: Door) -> None:
    door.presenter.record()
    while door.recorder.waiting:
        door.recorder.do_next()
    assert door.services.behind is not None
    door.services.behind.lasts_ms = 61_000
    door.presenter.look()
    assert door.presenter.state.recording_ms == 61_000
    door.services.behind.lasts_ms = None
    door.presenter.look()
    assert door.presenter.state.recording_ms is None


def test_a_recording_from_before_the_start_is_shown(qtbot: QtBot) -> None:
    services = FakeDoor()
    services.behind = FakeBehind(5_000)
    door = Door(services)
    door.presenter.begin()
    door.recorder.do_next()
    assert door.presenter.state.recording_ms == 5_000


def test_without_a_microphone_it_says_so_and_the_button_stays(door: Door) -> None:
    door.services.refusal = MachineFailure(Code.NO_MICROPHONE)
    door.recorder.do_next()
    door.presenter.record()
    door.recorder.do_next()
    assert door.presenter.state.problem is door.services.refusal
    assert not door.presenter.state.starting


def test_keys_that_open_no_library_are_told(door: Door) -> None:
    door.presenter.try_typed(PASSPHRASE)
    door.presenter.could_not_open(MachineFailure(Code.LIBRARY_IN_USE))
    assert not door.presenter.state.busy
    assert door.presenter.state.problem is not None
