"""The card about the lock: honest words, a form for each change, a code that can't be copied by accident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.vault import VaultFacts, VaultState
from evidencedesk.ui.settings.print_code import paint_code
from evidencedesk.ui.settings.vault_presenter import VaultAsks, VaultPresenter
from evidencedesk.ui.settings.vault_section import VaultSection
from evidencedesk.ui.words import UiWords
from fakes.ui_services import InstantRunner
from fakes.ui_stage import Heard
from fakes.ui_vault import CODE, PASSPHRASE, FakeVault, WaitingRunner, locked

Make = Callable[..., VaultSection]


@pytest.fixture
def make(en: UiWords, qtbot: QtBot) -> Make:
    def make(facts: VaultFacts | None = None, code: str = "") -> VaultSection:
        vault = FakeVault(facts)
        sealer = WaitingRunner()
        presenter = VaultPresenter(vault, InstantRunner(), sealer, Heard().messages, code=code)
        section = VaultSection(presenter, en)
        section.sealer, section.presenter = sealer, presenter  # type: ignore[attr-defined]
        qtbot.addWidget(section)
        section.resize(900, 700)
        section.show()
        return section

    return make


def shown(section: VaultSection) -> set[VaultAsks]:
    return {asking for asking, button in section.buttons.items() if button.isVisible()}


def test_without_a_lock_one_can_be_set_up_and_nothing_else(make: Make) -> None:
    section = make()
    assert shown(section) == {VaultAsks.SET_UP}
    assert section.standing.text() == "This library has no lock."
    assert not section.idle.isVisible()
    assert "nobody can help" in section.what.text()
    assert "SSD" in section.limits.text()


def test_a_locked_one_can_be_changed_and_given_up(make: Make) -> None:
    section = make(locked())
    assert shown(section) == {VaultAsks.CHANGE, VaultAsks.NEW_CODE, VaultAsks.KEYRING, VaultAsks.GIVE_UP}
    assert section.idle.isVisible()


def test_what_is_being_given_up_can_be_kept_after_all(make: Make) -> None:
    assert shown(make(locked(VaultState.UNSEALING))) == {VaultAsks.KEEP}


def test_return_goes_from_field_to_field_and_confirms_at_the_end(make: Make, qtbot: QtBot) -> None:
    section = make(locked())
    section.buttons[VaultAsks.CHANGE].click()
    form = section.form
    qtbot.waitUntil(form.present.edit.hasFocus)
    QTest.keyClicks(form.present.edit, PASSPHRASE)
    QTest.keyClick(form.present.edit, Qt.Key.Key_Return)
    assert form.new.edit.hasFocus()
    for field in (form.new, form.again):
        QTest.keyClicks(field.edit, "another four words here")
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert section.banner.isVisible()
    assert form.present.text == form.new.text == form.again.text == ""


def test_what_is_wrong_is_said_in_the_form(make: Make) -> None:
    section = make(locked())
    section.buttons[VaultAsks.GIVE_UP].click()
    QTest.keyClicks(section.form.present.edit, "not this one")
    section.form.danger_button.click()
    section.sealer.do_next()  # type: ignore[attr-defined]
    assert section.form.fault.text().startswith("This is not the present passphrase.")


def test_the_strength_is_told_while_typing(make: Make) -> None:
    section = make()
    section.buttons[VaultAsks.SET_UP].click()
    told = []
    for typed in ("abc", "abcdefgh", "abcdefghijkl", "abcdefghijkl mnop qrst"):
        section.form.new.edit.setText(typed)
        told.append(section.form.strength.text().split(":")[0])
    assert told == ["Too short", "Weak", "Fair", "Strong"]


def test_the_code_can_not_be_copied_and_goes_when_it_was_typed_back(make: Make) -> None:
    section = make(locked(VaultState.SEALING), CODE)
    section._presenter.begin()
    code = section.code
    assert code.isVisible()
    assert code.code.accessibleName() == CODE
    assert code.code.textInteractionFlags() == Qt.TextInteractionFlag.LinksAccessibleByMouse
    number = int("".join(sign for sign in code.field.edit.accessibleName() if sign.isdigit()))
    code.field.set_text("AAAA")
    code.done_button.click()
    assert code.fault.isVisible()
    code.field.set_text(CODE.split("-")[number - 1])
    code.done_button.click()
    assert not code.isVisible()
    assert CODE not in code.code.accessibleName()
    assert section.work.isVisible()


def test_the_printed_page_has_the_code(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    path = tmp_path / "code.pdf"
    printer.setOutputFileName(str(path))
    assert paint_code(printer, "EvidenceDesk: recovery code", CODE, "It opens the library.")
    assert path.read_bytes().startswith(b"%PDF-")


def test_another_language_at_once(make: Make, en: UiWords) -> None:
    section = make(locked())
    en.set_language("zh")
    assert section.standing.text() == "已上锁：用口令打开。"
