"""One hand and no mouse: keys; one glance: the sentence to read out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Verdict
from evidencedesk.domain.rules import Caution, Marker, Text, Topic
from evidencedesk.ui.encounter.page import EncounterPage
from fakes.accessible import nameless, unreachable
from fakes.ui_stage import EncounterStage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _read_to_its_end(page: EncounterPage) -> bool:
    line = page.say.sentence
    whole = line.heightForWidth(line.width())
    return whole <= line.height() and line.geometry().bottom() <= page.say.height()


@pytest.fixture
def page(stage: EncounterStage, qtbot: QtBot) -> EncounterPage:
    made = stage.open_page(qtbot)
    made.resize(960, 640)
    stage.presenter.begin()
    qtbot.waitUntil(made.notes.input.hasFocus)
    return made


def by_hand(stage: EncounterStage) -> list[tuple[str, Verdict]]:
    return [(t.item, t.verdict) for t in stage.file.ticks if not t.automatic and not t.withdrawn]


@pytest.mark.parametrize("number", range(1, 9))
def test_one_key_ticks_the_row_with_its_digit_while_a_note_is_being_written(
    page: EncounterPage, stage: EncounterStage, number: int
) -> None:
    row = list(page.checklist.rows)[number - 1]
    QTest.keyClicks(page.notes.input, "They ")
    key = Qt.Key(Qt.Key.Key_0 + number)
    QTest.keyClick(page.notes.input, key, CTRL)
    assert by_hand(stage) == [(row, Verdict.BREACHED)]
    QTest.keyClick(page.notes.input, key, CTRL | SHIFT)
    assert by_hand(stage)[-1] == (row, Verdict.KEPT)
    assert page.notes.input.text() == "They "


def test_rows_show_and_tell_their_keys(page: EncounterPage) -> None:
    row = page.checklist.rows["shows-work-id"]
    place = list(page.checklist.rows).index("shows-work-id") + 1
    assert row._cap.isVisible()
    buttons = row.buttons.buttons
    assert buttons["breached"].accessibleDescription() == f"Ctrl+{place}"
    assert buttons["kept"].toolTip() == f"Kept  Ctrl+Shift+{place}"
    page.checklist.more.click()
    last = list(page.checklist.rows.values())[-1]
    assert last.buttons.buttons["breached"].accessibleDescription() == ""


def test_digits_alone_are_typed(page: EncounterPage, stage: EncounterStage) -> None:
    QTest.keyClicks(page.notes.input, "18600?")
    assert page.notes.input.text() == "18600?"
    assert by_hand(stage) == []
    assert not page.keys.isVisible()


def test_page_keys_turn_the_phases(page: EncounterPage, stage: EncounterStage) -> None:
    QTest.keyClick(page.notes.input, Qt.Key.Key_PageDown, CTRL)
    assert page.checklist.phases.current == "conversation"
    QTest.keyClick(page.notes.input, Qt.Key.Key_PageUp, CTRL)
    QTest.keyClick(page.notes.input, Qt.Key.Key_PageUp, CTRL)
    assert page.checklist.phases.current == "before"


def test_undo_belongs_to_the_line_while_there_is_typing_to_undo(
    page: EncounterPage, stage: EncounterStage
) -> None:
    QTest.keyClick(page.notes.input, Qt.Key.Key_1, CTRL)
    QTest.keyClicks(page.notes.input, "no")
    QTest.keyClick(page.notes.input, Qt.Key.Key_Z, CTRL)
    assert page.notes.input.text() == ""
    assert len(by_hand(stage)) == 1
    QTest.keyClick(page.notes.input, Qt.Key.Key_Z, CTRL)
    assert by_hand(stage) == []


def test_a_saved_note_does_not_come_back_by_undo(page: EncounterPage, stage: EncounterStage) -> None:
    QTest.keyClick(page.notes.input, Qt.Key.Key_1, CTRL)
    QTest.keyClicks(page.notes.input, "Two men")
    QTest.keyClick(page.notes.input, Qt.Key.Key_Return)
    QTest.keyClick(page.notes.input, Qt.Key.Key_Z, CTRL)
    assert page.notes.input.text() == ""
    assert by_hand(stage) == []


def test_the_last_mark_can_be_undone_by_touch_and_is_named(
    page: EncounterPage, stage: EncounterStage
) -> None:
    assert not page.checklist.undo.isVisible()
    page.checklist.rows["shows-work-id"].buttons.buttons["breached"].click()
    assert page.checklist.undo.text() == "Undo: Not kept 03:12"
    assert "work ID" in page.checklist.undo.accessibleName()
    assert page.checklist.undo.height() >= 40
    page.checklist.undo.click()
    assert by_hand(stage) == []
    assert not page.checklist.undo.isVisible()


def test_the_keys_are_listed_on_the_page(page: EncounterPage, stage: EncounterStage) -> None:
    QTest.keyClick(page.notes.input, Qt.Key.Key_F12)
    assert page.keys.isVisible()
    texts = [label.text() for label in page.keys._labels]
    assert "This rule was not kept" in texts
    assert stage.desk.pack.markers[0].text.en in texts
    assert nameless(page) == []
    assert unreachable(page) == []
    QTest.keyClick(page.notes.input, Qt.Key.Key_Escape)
    assert page.checklist.isVisible()
    page.checklist.keys.click()
    assert page.keys.isVisible()
    page.keys.back.click()
    assert page.checklist.isVisible()


def test_escape_leads_from_a_call_back_to_the_notes(page: EncounterPage) -> None:
    page.help.buttons["110"].click()
    QTest.keyClick(page, Qt.Key.Key_F12)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.call.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.checklist.isVisible()
    assert page.notes.input.hasFocus()


def test_the_sentence_is_large_and_follows_the_touched_row(page: EncounterPage) -> None:
    QTest.mouseClick(page.checklist.rows["shows-authorisation"], Qt.MouseButton.LeftButton)
    assert page.say.sentence.text() == "“Please show the creditor's letter that authorises you.”"
    assert page.say.sentence.font().pixelSize() == 22
    assert page.say.isVisible()


def test_the_sentence_is_said_in_the_other_language_without_changing_the_window(page: EncounterPage) -> None:
    page.checklist.rows["shows-work-id"].clicked.emit("shows-work-id")
    assert page.say.switch.text() == "中文"
    page.say.switch.click()
    assert page.say.sentence.text() == "“请出示您的工作证，我需要先核实。”"
    assert page.say.switch.text() == "English"
    assert page.checklist.rows["shows-work-id"].source.toolTip() == "Source"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("height", [640, 540])
def test_every_sentence_of_the_pack_is_read_to_its_end_in_the_smallest_window(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot, language: str, height: int
) -> None:
    stage.words.set_language("zh" if language == "zh" else "en")
    page.setMinimumSize(0, 0)
    page.resize(960, height)
    for item in stage.desk.pack.items:
        if item.say is None:
            continue
        page.say.render(item)
        qtbot.waitUntil(lambda: _read_to_its_end(page))


def test_a_caution_is_one_touch_from_its_row_and_opens_where_sentences_stand(
    stage: EncounterStage, qtbot: QtBot
) -> None:
    caution = Caution("limitation", Topic.NEGOTIATING, Text("先弄清", "Find out first"), ("talk-evenly",), ())
    stage.desk.pack = replace(stage.desk.pack, cautions=(caution,))
    stage.presenter = type(stage.presenter)(stage.session())
    page = stage.open_page(qtbot)
    page.checklist.phases.buttons["conversation"].click()
    row = page.checklist.rows["talk-evenly"]
    assert row.caution.text() == "Read this first"
    assert not page.checklist.rows["request-bill"].caution.isVisible()
    row.caution.click()
    assert page.say.sentence.text() == "Find out first"
    assert page.say.property("kind") == "warn"
    row.caution.click()
    assert page.say.property("kind") == "say"


def test_a_note_with_an_id_number_gets_a_quiet_line(stage: EncounterStage, qtbot: QtBot) -> None:
    page = stage.open_page(qtbot)
    stage.presenter.notes.note_entered("They asked for 11010519491231002X")
    stage.presenter.notes.note_entered("They left")
    assert [row.private.isVisibleTo(row) for row in page.notes.rows] == [True, False]


def test_two_packs_on_one_rule_show_both_limits_and_both_sources(stage: EncounterStage, qtbot: QtBot) -> None:
    hours = stage.desk.pack.item("not-after-21")
    limits = (("closed_from", "22:00"), ("closed_until", "08:00"))
    text = Text("22:00 至次日 8:00 不催收", "No collection from 22:00 to 8:00")
    item = replace(hours, id="hours", text=text, check=replace(hours.check, parameters=limits))
    title = Text("标准", "The standard")
    stage.desk.other_packs = (replace(stage.desk.pack, id="cn-gbt", title=title, items=(item,)),)
    stage.presenter = type(stage.presenter)(stage.session())
    stage.desk.at_hour(22, 30)
    page = stage.open_page(qtbot)
    stage.presenter.begin()
    page.checklist.more.click()
    row = page.checklist.rows["not-after-21"]
    assert row._also.text() == "No collection from 22:00 to 8:00 (The standard): Not kept"
    row.source.click()
    details = page.checklist.rows["not-after-21"].details
    assert details is not None
    assert "The standard" in details.text.text()
    assert stage.desk.pack.title.en in details.text.text()
    assert "Not kept: No collection from 22:00 to 8:00" in page.checklist.clock.text()


def test_the_line_of_the_clock_says_quietly_when_the_hour_is_near(
    stage: EncounterStage, qtbot: QtBot
) -> None:
    stage.desk.at_hour(20, 56)
    page = stage.open_page(qtbot)
    stage.presenter.begin()
    assert page.checklist.clock.text() == "It is 20:56 now · 21:00 in 4 minutes"
    stage.words.set_language("zh")
    assert page.checklist.clock.text().endswith("还有 4 分钟到 21:00")


def test_several_cautions_come_one_after_the_other(stage: EncounterStage, qtbot: QtBot) -> None:
    texts = ("Find out first", "Ask a lawyer")
    stage.desk.pack = replace(
        stage.desk.pack,
        cautions=tuple(
            Caution(text, Topic.NEGOTIATING, Text(text, text), ("talk-evenly",), ()) for text in texts
        ),
    )
    stage.presenter = type(stage.presenter)(stage.session())
    page = stage.open_page(qtbot)
    page.checklist.phases.buttons["conversation"].click()
    button = page.checklist.rows["talk-evenly"].caution
    seen = []
    for _ in range(3):
        button.click()
        seen.append((button.text(), page.say.property("kind")))
    assert seen == [
        ("Read this first (1 of 2)", "warn"),
        ("Read this first (2 of 2)", "warn"),
        ("Read this first", "say"),
    ]


LONG_SAY = Text(
    "我要投诉这笔债务的催收方式，请登记并告诉我受理编号，谢谢。" * 2, "I want to complain about this. " * 4
)
LONG_CAUTION = Text(
    "答应还款、先还一部分、请求延期，都会让时效重新计算。" * 3, "A promise begins the period anew. " * 7
)


@pytest.mark.parametrize("height", [640, 540])
def test_two_lines_of_large_letters_fit(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot, height: int
) -> None:
    page.setMinimumSize(0, 0)
    page.resize(960, height)
    page.say.render(replace(stage.desk.pack.items[0], say=LONG_SAY))
    qtbot.waitUntil(lambda: _read_to_its_end(page))
    page.say.switch.click()
    qtbot.waitUntil(lambda: _read_to_its_end(page))


@pytest.mark.parametrize("height", [640, 540])
def test_a_long_caution_fits_where_the_sentence_stands(
    page: EncounterPage, qtbot: QtBot, height: int
) -> None:
    page.setMinimumSize(0, 0)
    page.resize(960, height)
    page.say.render(None, Caution("c", Topic.NEGOTIATING, LONG_CAUTION, (), ()))
    qtbot.waitUntil(lambda: _read_to_its_end(page))
    page.say.switch.click()
    qtbot.waitUntil(lambda: _read_to_its_end(page))


def test_what_the_user_did_is_marked_but_no_breach(stage: EncounterStage, qtbot: QtBot) -> None:
    own = Marker("own-doing", "F11", Text("我出示了身份证", "I showed my ID"), own=True)
    stage.desk.pack = replace(stage.desk.pack, markers=(*stage.desk.pack.markers, own))
    stage.presenter = type(stage.presenter)(stage.session())
    page = stage.open_page(qtbot)
    QTest.keyClick(page.notes.input, Qt.Key.Key_F11)
    QTest.keyClick(page.notes.input, Qt.Key.Key_F1)
    assert [row._pill.kind for row in page.notes.rows] == ["accent", "bad"]
