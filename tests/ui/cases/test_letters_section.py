"""Letters are written, looked at, kept and told of on the page of a case."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Progress, Step
from evidencedesk.domain.errors import Code, MachineFailure, Unreadable
from evidencedesk.domain.letter import LetterKind
from evidencedesk.domain.rules import Topic
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.words import UiWords
from fakes.desk_letters import BREACH, PIECE
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_packs
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner, disk_full


class Stage:
    """The page of letters, and what it keeps."""

    def __init__(self, qtbot: QtBot, words: UiWords) -> None:
        self.services = FakeCaseServices()
        self.services.careful = tuple(one for pack in example_packs() for one in pack.cautions)
        self.files = FakeFileChoice()
        self.section = LettersSection(self.services, InstantRunner(), words, self.files)
        qtbot.addWidget(self.section)
        self.section.resize(1196, 700)
        self.section.show()
        self.section.case_changed.connect(self.read)
        self.read()
        self.editor, self.made = self.section.editor, self.section.made

    def read(self) -> None:
        self.section.show_case(self.services.file)

    def choose(self, kind: LetterKind) -> None:
        self.section.letters.buttons[kind.value].click()

    def type(self, name: str, text: str) -> None:
        edit = self.editor.form.fields[name].edit
        edit.clear()
        QTest.keyClicks(edit, text)
        self.section.presenter.refresh()

    @property
    def paper(self) -> str:
        return self.editor.page.sheets.text

    @property
    def banner(self) -> str:
        labels = self.section.banner.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if self.section.banner.isVisible())


@pytest.fixture
def stage(qtbot: QtBot, en: UiWords) -> Stage:
    return Stage(qtbot, en)


def test_a_letter_is_shown_as_a_page_as_soon_as_it_is_chosen(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)

    assert stage.section.stack.currentWidget() is stage.editor
    assert "关于催收行为的投诉书" in stage.paper
    assert stage.editor.form.fields["addressee"].text == "来分期"


def test_what_is_typed_is_on_the_page_and_no_longer_missing(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)
    assert "your name" in stage.editor.missing.text()

    stage.type("name", "Li Si")

    assert "Li Si" in stage.paper
    assert "your name" not in stage.editor.missing.text()
    assert "your phone number" in stage.editor.missing.text()


def test_typing_makes_the_page_anew_after_a_pause(qtbot: QtBot, stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)

    QTest.keyClicks(stage.editor.form.fields["subject"].edit, " 12345")

    assert not stage.editor.keep.isEnabled()
    qtbot.waitUntil(lambda: "12345" in stage.paper)
    assert stage.editor.keep.isEnabled()


def test_breaches_and_pieces_are_the_users_choice(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)
    form = stage.editor.form

    form.breaches.rows[BREACH.id].box.click()
    form.pieces.rows[PIECE.id].box.click()

    kept = stage.section.presenter.state.form
    assert kept is not None
    assert (kept.breaches, kept.pieces) == (frozenset(), frozenset())


def test_the_caution_stands_before_the_plan_and_only_there(stage: Stage) -> None:
    stage.choose(LetterKind.PLAN)
    column = stage.editor.form.column

    assert stage.editor.caution.isVisible()
    expected = [one.text.en for one in stage.services.cautions(Topic.NEGOTIATING)]
    assert stage.editor.caution.text.text() == "\n".join(expected)
    assert column.indexOf(stage.editor.caution) < column.indexOf(stage.editor.form.areas["plan"])
    assert stage.editor.form.areas["plan"].isVisible()
    stage.choose(LetterKind.DISPUTE)
    assert not stage.editor.caution.isVisible()


def test_a_kept_letter_stands_in_the_list_and_is_not_sent(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)

    stage.editor.keep.click()

    (made, step) = stage.services.letters_kept[0]
    assert (made.page, step) == (stage.section.presenter.state.letters[0].attachment.name and made.page, None)
    assert stage.section.stack.currentWidget() is stage.made
    assert [row.state.text() for row in stage.made.rows] == ["Not sent yet"]
    assert "It is not sent" in stage.banner


def test_the_user_says_that_it_went_out(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)
    stage.editor.keep.click()
    row = stage.made.rows[0]
    row.tell.click()
    row.when.set_text("2026-11-26 10:00")
    row.receipt.set_text("EMS 123")

    QTest.keyClick(row.receipt.edit, Qt.Key.Key_Return)

    details = next(
        one.details for one in stage.services.file.follow_ups if one.details.step is Step.COMPLAINT
    )
    assert (details.progress, details.receipt) == (Progress.DONE, "EMS 123")
    assert [row.state.text() for row in stage.made.rows] == ["Sent"]


def test_a_time_that_is_none_is_told(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)
    stage.editor.keep.click()
    row = stage.made.rows[0]
    row.tell.click()
    row.when.set_text("soon")
    row.save.click()

    assert "soon" in stage.banner


def test_a_later_letter_can_join_an_earlier_step(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)
    stage.editor.keep.click()
    stage.choose(LetterKind.MARKET)
    assert stage.editor.step.count() == 2

    stage.editor.step.setCurrentIndex(1)
    stage.editor.keep.click()

    assert stage.services.letters_kept[1][1] == "f-0000let1"


def test_the_letter_is_opened_elsewhere_and_the_changed_file_is_kept(stage: Stage) -> None:
    stage.choose(LetterKind.REGULATOR)
    assert not stage.editor.take_changed.isVisible()

    stage.editor.open.click()
    stage.editor.take_changed.click()
    stage.read()  # the case is read again meanwhile
    stage.editor.keep.click()

    assert stage.files.opened == [Path("/library/letters/being-changed/投诉书.docx")]
    assert stage.services.letters_kept[0][0].content == stage.services.changed_page.encode()


def test_a_broken_template_says_what_is_wrong_and_the_delivered_one_is_a_click_away(stage: Stage) -> None:
    stage.services.own.add((LetterKind.REGULATOR, "zh"))
    stage.services.broken = Unreadable(
        Code.TEMPLATE_FIELD, file="regulator.docx", item="creditr", value="致 {{ creditr }}"
    )

    stage.choose(LetterKind.REGULATOR)

    assert "creditr" in stage.banner
    assert not stage.editor.keep.isEnabled()
    stage.section.banner.button("delivered").click()
    assert "关于催收行为的投诉书" in stage.paper
    assert stage.editor.keep.isEnabled()


def test_a_template_is_copied_and_opened_to_be_changed(stage: Stage) -> None:
    stage.choose(LetterKind.POLICE)

    stage.editor.template.click()

    assert stage.files.opened == [Path("/library/letters/zh/police.docx")]
    assert stage.editor.drop_template.isVisible()
    stage.editor.drop_template.click()
    assert stage.services.own == set()


def test_the_users_data_are_remembered_only_when_asked(stage: Stage) -> None:
    stage.choose(LetterKind.POLICE)
    stage.type("name", "Li Si")
    assert stage.services.sender is None
    assert "/library/letters/sender.json" in stage.editor.form.remember_hint.text()

    stage.editor.form.remember.click()
    stage.choose(LetterKind.MARKET)
    assert stage.editor.form.fields["name"].text == "Li Si"
    stage.editor.form.remember.click()

    assert stage.services.sender is None


def test_the_language_of_a_letter_is_its_own(stage: Stage) -> None:
    stage.choose(LetterKind.POLICE)

    stage.editor.language.buttons["en"].click()

    assert "Complaint" in stage.paper
    assert stage.editor.form.fields["subject"].text == "Complaint"


def test_a_copy_goes_where_the_user_says(stage: Stage, tmp_path: Path) -> None:
    stage.choose(LetterKind.POLICE)
    stage.files.place = tmp_path

    stage.editor.copy.click()

    assert stage.services.copies == [tmp_path / "投诉书.docx"]
    assert str(tmp_path) in stage.banner


def test_no_dialog_opens_while_something_is_recorded(stage: Stage) -> None:
    stage.choose(LetterKind.POLICE)

    stage.section.set_recording(True)

    assert not stage.editor.copy.isEnabled()


def test_a_full_disk_is_told_and_the_letter_stays(stage: Stage) -> None:
    stage.choose(LetterKind.POLICE)
    stage.services.refuse = disk_full()

    stage.editor.keep.click()

    assert isinstance(stage.section.presenter.state.problem, MachineFailure)
    assert stage.banner
    assert stage.section.stack.currentWidget() is stage.editor


def test_everything_has_a_name_in_both_languages(qtbot: QtBot, stage: Stage, en: UiWords) -> None:
    stage.choose(LetterKind.PLAN)
    assert unnamed(stage.section) == []
    en.set_language("zh")
    stage.section.retranslate()
    assert unnamed(stage.section) == []
    assert stage.editor.keep.text() == "存入案件"
    assert "提出分期还款" in stage.section.letters.buttons["plan"].text()


def test_a_small_window_shows_form_or_page(stage: Stage) -> None:
    stage.choose(LetterKind.PLAN)
    assert stage.editor.form.isVisible()
    assert stage.editor.page.isVisible()

    stage.section.resize(876, 420)
    QApplication.processEvents()
    assert not stage.editor.page.isVisible()
    stage.editor.view.buttons["page"].click()

    assert stage.editor.page.isVisible()
    assert not stage.editor.form.isVisible()
    assert stage.section.width() == 876
