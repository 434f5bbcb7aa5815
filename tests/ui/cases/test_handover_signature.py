"""Handing over: signed with which key, or why not; and what became of the stamp over the signature."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Stamp
from evidencedesk.domain.errors import Code, MachineFailure, Unreadable
from evidencedesk.domain.finding import Finding, Layer, Report, Weight
from evidencedesk.domain.not_made import NotMade, Part
from evidencedesk.domain.stamp import Subject, Trouble
from evidencedesk.ui.cases.handover.panel import HandoverPanel
from evidencedesk.ui.cases.handover.presenter import HandoverPresenter, Step
from evidencedesk.ui.cases.services import FolderStamps
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FINGERPRINT, FakeCaseServices, FakeFileChoice, moment
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

CASE = "c-0000aaaa"
PHRASE = "correct horse"


class Stage:
    """The panel, asking where to."""

    def __init__(self, words: UiWords, services: FakeCaseServices) -> None:
        self.services = services
        self.presenter = HandoverPresenter(services, InstantRunner())
        self.panel = HandoverPanel(self.presenter, words, FakeFileChoice())
        self.panel.resize(824, 420)
        self.panel.show()
        self.presenter.open(CASE, Path("/usb"), "en")

    def export(self, passphrase: str = "") -> None:
        self.panel.asking.passphrase.setText(passphrase)
        self.panel.asking.begin_button.click()

    @property
    def exports(self) -> int:
        return [call[0] for call in self.services.calls].count("export")


@pytest.fixture
def locked(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en, FakeCaseServices(passphrase=PHRASE))
    qtbot.addWidget(made.panel)
    return made


@pytest.fixture
def free(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en, FakeCaseServices())
    qtbot.addWidget(made.panel)
    return made


def signature_stamp() -> Stamp:
    return Stamp(
        id="s-00000001",
        case=CASE,
        subject=Subject.SIGNATURE,
        imprint="ab" * 32,
        seq=None,
        authority="sectigo",
        gen_time="2026-11-23T14:06:01.000000Z",
        serial="1",
        policy="1.2.3",
        token_sha256="cd" * 32,
        moment=moment(2000),
    )


def test_a_signed_folder_shows_the_fingerprint_in_groups(free: Stage) -> None:
    assert not free.panel.asking.passphrase.isVisible(), "the key takes none"
    free.export()
    result = free.panel.result
    assert "Signed." in result.signed.text()
    assert result.fingerprint.text().split() == [FINGERPRINT[at : at + 4].upper() for at in range(0, 64, 4)]
    assert result.copy_button.isVisible()


def test_what_an_export_had_to_do_without_is_said(free: Stage) -> None:
    free.export()
    assert not free.panel.result.lacking.isVisible()
    trouble = MachineFailure(Code.PROGRAM_ERROR, reason="typst")
    free.services.not_made = (NotMade(Part.REPORT, trouble), NotMade(Part.STAMPS, trouble))
    free.presenter.open(CASE, Path("/usb"), "en")
    free.export()
    said = free.panel.result.lacking
    assert said.isVisible()
    assert len(said.text().splitlines()) == 2
    assert "report.pdf" in said.text()


def test_a_locked_key_signs_with_its_passphrase(locked: Stage) -> None:
    assert locked.panel.asking.passphrase.isVisible()
    assert locked.panel.asking.passphrase.echoMode() is QLineEdit.EchoMode.Password
    locked.export(PHRASE)
    assert locked.presenter.state.step is Step.DONE
    assert locked.panel.result.fingerprint.isVisible()
    assert locked.panel.asking.passphrase.text() == "", "used once, kept nowhere"
    assert PHRASE not in repr(locked.presenter.state)


def test_without_the_passphrase_it_is_written_and_said_to_be_unsigned(locked: Stage) -> None:
    locked.export("")
    assert locked.exports == 1
    assert "not signed: no passphrase was typed" in locked.panel.result.signed.text()
    assert not locked.panel.result.fingerprint.isVisible()
    assert not locked.panel.result.copy_button.isVisible()


def test_a_wrong_passphrase_is_said_and_nothing_is_written(locked: Stage, qtbot: QtBot) -> None:
    locked.panel.asking.passphrase.setText("wrong")
    qtbot.keyClick(locked.panel.asking.passphrase, Qt.Key.Key_Return)
    assert locked.presenter.state.step is Step.CHOOSING
    assert "not the passphrase" in locked.panel.banner.accessibleName()
    assert "Nothing was changed" in locked.panel.banner.accessibleDescription()
    assert locked.presenter.state.exported is None
    assert locked.panel.asking.passphrase.text() == ""
    assert locked.panel.asking.passphrase.isVisible()
    locked.export(PHRASE)
    assert locked.panel.result.fingerprint.isVisible()


def test_a_passphrase_that_was_typed_is_forgotten_when_the_panel_closes(locked: Stage) -> None:
    locked.panel.asking.passphrase.setText(PHRASE)
    locked.panel.asking.leave_button.click()
    locked.presenter.open(CASE, Path("/usb"), "en")
    assert locked.panel.asking.passphrase.text() == ""


def test_a_key_that_can_not_be_opened_keeps_nobody_from_handing_over(en: UiWords, qtbot: QtBot) -> None:
    lost = Unreadable(Code.KEY_UNREADABLE, path="/library/keys", reason="keyring")
    stage = Stage(en, FakeCaseServices(unreadable_key=lost))
    qtbot.addWidget(stage.panel)
    assert not stage.panel.asking.passphrase.isVisible()
    stage.export()
    assert stage.presenter.state.step is Step.DONE
    assert "can't be opened (keyring)" in stage.panel.result.signed.text()


def test_a_stamp_that_is_waited_for_is_seen_to_arrive(free: Stage, qtbot: QtBot) -> None:
    free.services.stamps = FolderStamps(2, (), Trouble.TOO_SLOW)
    free.export()
    shown = free.panel.result.stamps
    assert "2 outside time stamps over the signature are waited for." in shown.text()
    assert "as long as the folder stays here" in shown.text()
    assert "did not answer in time" in shown.text()
    free.services.stamps = FolderStamps(0, (signature_stamp(),))
    with qtbot.waitSignal(free.presenter.handed_over):
        free.presenter.look_at_stamps()
    assert shown.text().startswith("Outside time stamp by sectigo")
    assert "waited for" not in shown.text()


def test_without_time_stamps_nothing_is_said_about_them(free: Stage) -> None:
    free.export()
    assert not free.panel.result.stamps.isVisible()


def test_the_answer_about_another_export_is_not_taken_for_this_one(en: UiWords, qtbot: QtBot) -> None:
    runner = HeldRunner()
    services = FakeCaseServices(stamps=FolderStamps(1))
    presenter = HandoverPresenter(services, runner)
    presenter.open(CASE, Path("/usb"), "en")
    presenter.begin()
    runner.let_go()
    runner.let_go()
    presenter.close()
    presenter.open(CASE, Path("/other"), "en")
    runner.let_go()
    assert presenter.state.stamps == FolderStamps()


def test_what_the_panel_says_itself_is_not_said_twice(en: UiWords, qtbot: QtBot) -> None:
    unknown = Finding(Layer.SIGNATURE, "signed-by-unknown", "x.p7s", found=FINGERPRINT, weight=Weight.REMARK)
    stage = Stage(en, FakeCaseServices(report=Report("x", (unknown,), ())))
    qtbot.addWidget(stage.panel)
    stage.export()
    assert not stage.panel.result.remarks.isVisible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_panel_fits(locked: Stage, en: UiWords, language: str) -> None:
    en.set_language("zh" if language == "zh" else "en")
    assert unnamed(locked.panel) == []
    locked.export(PHRASE)
    assert unnamed(locked.panel) == []
    assert locked.panel.minimumSizeHint().width() <= 824
    en.set_language("en")
