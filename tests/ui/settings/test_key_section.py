"""The signing key in the settings: what it is, how it is kept, and nothing that was typed ever shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from evidencedesk.custody.device_key import Kept
from evidencedesk.domain.errors import Code, MachineFailure, Unreadable
from evidencedesk.ui.background import Runner
from evidencedesk.ui.settings.key_presenter import Asking, KeyFacts, KeyPresenter
from evidencedesk.ui.settings.key_section import KeySection
from evidencedesk.ui.words import UiWords
from fakes.ui_keys import FIRST, SECOND, FakeKey
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner
from fakes.ui_stage import Heard

PHRASE, ANOTHER = "correct horse 电池", "battery staple"


class Stage:
    """The section with what is behind it."""

    def __init__(self, words: UiWords, key: FakeKey | None = None, runner: Runner | None = None) -> None:
        self.key = key or FakeKey()
        self.heard = Heard()
        self.presenter = KeyPresenter(self.key, runner or InstantRunner(), self.heard.messages)
        self.section = KeySection(self.presenter, words)
        self.section.resize(820, 420)
        self.section.show()

    def type_new(self, new: str, again: str, present: str = "") -> None:
        form = self.section.form
        form.present.set_text(present)
        form.new.set_text(new)
        form.again.set_text(again)
        form.keep_button.click()


def locked(*, opened: bool = False) -> FakeKey:
    return FakeKey(KeyFacts(FIRST, Kept.PASSPHRASE, opened), PHRASE)


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en)
    qtbot.addWidget(made.section)
    return made


def test_the_fingerprint_is_shown_in_groups_of_four_and_copied_as_it_is_printed(stage: Stage) -> None:
    shown = stage.section.fingerprint
    assert shown.text().split() == [FIRST[at : at + 4].upper() for at in range(0, 64, 4)]
    assert shown.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert shown.font().pixelSize() >= 15
    stage.section.copy_button.click()
    assert QGuiApplication.clipboard().text() == " ".join(shown.text().split())


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (Kept.KEYRING, "whoever only has the disk can't"),
        (Kept.PASSPHRASE, "nobody can recover it"),
        (Kept.ACCOUNT, "can sign in your place"),
    ],
)
def test_how_it_is_kept_is_said_honestly(en: UiWords, qtbot: QtBot, kept: Kept, said: str) -> None:
    stage = Stage(en, FakeKey(KeyFacts(FIRST, kept)))
    qtbot.addWidget(stage.section)
    assert said in stage.section.kept.text()
    assert stage.section.no_passphrase_button.isVisible() == (kept is Kept.PASSPHRASE)


def test_a_passphrase_is_set_when_it_was_typed_twice(stage: Stage) -> None:
    stage.section.passphrase_button.click()
    assert not stage.section.form.present.isVisible(), "the key has none yet"
    stage.type_new(PHRASE, PHRASE)
    assert stage.key.passphrase == PHRASE
    assert not stage.section.form.isVisible()
    assert "The passphrase is set" in stage.section.banner.accessibleName()
    assert "nobody can recover it" in stage.section.kept.text()


@pytest.mark.parametrize(
    ("new", "again", "said"), [(PHRASE, ANOTHER, "not the same"), ("", "", "Type the passphrase first")]
)
def test_what_was_typed_wrongly_is_said_and_changes_nothing(
    stage: Stage, new: str, again: str, said: str
) -> None:
    stage.section.passphrase_button.click()
    stage.type_new(new, again)
    assert said in stage.section.form.fault.text()
    assert stage.section.form.isVisible()
    assert stage.key.passphrase == ""


def test_a_locked_key_asks_for_its_passphrase_before_it_takes_another(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, locked())
    qtbot.addWidget(stage.section)
    stage.section.passphrase_button.click()
    assert stage.section.form.present.isVisible()
    stage.type_new(ANOTHER, ANOTHER, present="wrong")
    assert "not the present passphrase" in stage.section.form.fault.text()
    assert stage.key.passphrase == PHRASE
    assert stage.heard.said == []
    stage.type_new(ANOTHER, ANOTHER, present=PHRASE)
    assert stage.key.passphrase == ANOTHER


def test_a_passphrase_is_removed_when_the_present_one_is_known(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, locked())
    qtbot.addWidget(stage.section)
    stage.section.no_passphrase_button.click()
    assert not stage.section.form.new.isVisible()
    stage.section.form.keep_button.click()
    assert "Type the passphrase first" in stage.section.form.fault.text()
    stage.section.form.present.set_text(PHRASE)
    stage.section.form.keep_button.click()
    assert stage.key.passphrase == ""
    assert "can sign in your place" in stage.section.kept.text()


def test_what_is_typed_is_never_shown_nor_left_behind(stage: Stage) -> None:
    stage.section.passphrase_button.click()
    form = stage.section.form
    for field in (form.present, form.new, form.again):
        assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    stage.type_new(PHRASE, ANOTHER)
    assert (form.new.text, form.again.text) == ("", "")
    form.new.set_text(PHRASE)
    QTest.keyClick(form.new.edit, Qt.Key.Key_Escape)
    assert not form.isVisible()
    stage.section.passphrase_button.click()
    assert form.new.text == ""
    stage.type_new(PHRASE, PHRASE)
    assert all(PHRASE not in label.text() for label in stage.section.findChildren(QLabel))
    assert PHRASE not in repr(stage.presenter.state)


def test_a_new_key_is_only_made_when_the_banner_was_answered(stage: Stage) -> None:
    stage.section.new_button.click()
    assert "stays valid" in stage.section.banner.accessibleDescription()
    assert stage.key.facts.fingerprint == FIRST
    stage.section.banner.button("leave").click()
    assert not stage.section.banner.isVisible()
    stage.section.new_button.click()
    stage.section.banner.button("make").click()
    assert stage.section.fingerprint.fingerprint.replace(" ", "").lower() == SECOND
    assert "Write down its fingerprint" in stage.section.banner.accessibleName()


def test_the_first_key_needs_no_question(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, FakeKey(KeyFacts()))
    qtbot.addWidget(stage.section)
    assert "There is no key yet" in stage.section.kept.text()
    assert not stage.section.passphrase_button.isVisible()
    stage.section.new_button.click()
    assert stage.key.facts.fingerprint == FIRST
    assert stage.section.fingerprint.isVisible()


def test_a_full_disk_goes_through_the_door_of_messages(stage: Stage) -> None:
    stage.key.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    stage.section.passphrase_button.click()
    stage.type_new(PHRASE, PHRASE)
    assert stage.heard.codes == ["disk-full"]
    assert stage.section.form.isVisible(), "it can be tried again"


def test_a_damaged_key_is_said_and_can_be_replaced(en: UiWords, qtbot: QtBot) -> None:
    damaged = Unreadable(Code.KEY_UNREADABLE, path="/library/keys", reason="device.json")
    stage = Stage(en, FakeKey(damaged=damaged))
    qtbot.addWidget(stage.section)
    assert set(stage.heard.codes) == {"key-unreadable"}
    assert stage.section.kept.text() == "The key can't be read."
    stage.section.new_button.click()
    stage.section.banner.button("make").click()
    assert stage.presenter.state.facts == stage.key.facts
    assert not stage.presenter.state.lost


def test_nothing_waits_for_a_keyring_that_asks_the_user(en: UiWords, qtbot: QtBot) -> None:
    runner = HeldRunner()
    stage = Stage(en, runner=runner)
    qtbot.addWidget(stage.section)
    runner.let_go()
    stage.section.passphrase_button.click()
    stage.type_new(PHRASE, PHRASE)
    assert "may be asking you" in stage.section.kept.text()
    assert not stage.section.form.keep_button.isEnabled()
    stage.presenter.make_key()
    assert len(runner.waiting) == 1, "one thing at a time"
    runner.let_go()
    assert stage.key.passphrase == PHRASE
    assert stage.presenter.state.asking is Asking.NOTHING


def test_every_control_has_a_name_and_the_section_fits(stage: Stage) -> None:
    stage.section.passphrase_button.click()
    assert unnamed(stage.section) == []
    assert stage.section.minimumSizeHint().width() <= 824


def test_it_changes_its_language(stage: Stage, en: UiWords) -> None:
    en.set_language("zh")
    assert "冒用你的签名" in stage.section.kept.text()
    en.set_language("en")
