from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Document, Leg
from evidencedesk.domain.pulse import PulseWarning, RecorderState, RecorderStatus, WarningCode
from evidencedesk.ui.encounter.alarms import ENDED, Alarm
from evidencedesk.ui.encounter.page import EncounterPage
from fakes.accessible import nameless, unreachable
from fakes.ui_services import disk_full
from fakes.ui_stage import EncounterStage


@pytest.fixture
def page(stage: EncounterStage, qtbot: QtBot) -> EncounterPage:
    made = stage.open_page(qtbot)
    made.resize(960, 640)
    stage.presenter.begin()
    return made


def test_every_control_has_a_name_and_can_be_reached(page: EncounterPage, stage: EncounterStage) -> None:
    stage.presenter.checklist.more_clicked()
    stage.presenter.people.field_edited("name", "Zhang")
    stage.presenter.people.add_clicked()
    assert nameless(page) == []
    assert unreachable(page) == []


def test_typing_lands_in_the_notes_and_enter_saves(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(page.notes.input.hasFocus)
    QTest.keyClicks(page.notes.input, "Two men")
    QTest.keyClick(page.notes.input, Qt.Key.Key_Return)
    assert [note.text for note in stage.file.notes] == ["Two men"]
    assert page.notes.input.text() == ""
    assert len(page.notes.rows) == 1


def test_a_note_that_was_not_saved_stays_in_the_line(page: EncounterPage, stage: EncounterStage) -> None:
    stage.desk.write_error = disk_full()
    QTest.keyClicks(page.notes.input, "Two men")
    QTest.keyClick(page.notes.input, Qt.Key.Key_Return)
    assert page.notes.input.text() == "Two men"
    assert page.notes.rows == []


@pytest.mark.parametrize("number", range(8))
def test_function_keys_set_markers(page: EncounterPage, stage: EncounterStage, number: int) -> None:
    QTest.keyClick(page.notes.input, Qt.Key(Qt.Key.Key_F1 + number))
    marker = stage.desk.pack.markers[number]
    assert [note.marker for note in stage.file.notes] == [marker.id]
    assert [tick.item for tick in stage.file.ticks if not tick.automatic] == (
        [marker.item] if marker.item else []
    )


def test_a_marker_takes_what_stands_in_the_line(page: EncounterPage, stage: EncounterStage) -> None:
    QTest.keyClicks(page.notes.input, "in the car")
    page.notes.chips["refused-documents"].click()
    assert [(n.text, n.marker) for n in stage.file.notes] == [("in the car", "refused-documents")]
    assert page.notes.input.text() == ""


def test_ticks_show_their_second(page: EncounterPage) -> None:
    page.resize(1280, 800)
    row = page.checklist.rows["shows-work-id"]
    row.buttons.buttons["breached"].click()
    assert (row.buttons.current, row.when.text()) == ("breached", "03:12")
    row.buttons.buttons["breached"].click()
    assert (row.buttons.current, row.when.text()) == ("", "")


def test_hours_are_ticked_by_the_clock_and_say_so(page: EncounterPage) -> None:
    assert page.checklist.clock.text().startswith("It is 21:34 now · Not kept: ")
    page.checklist.more.click()
    row = page.checklist.rows["not-after-21"]
    assert row.buttons.current == "breached"
    assert row.checked.text() == "automatic"
    assert page.checklist.count.text() == "1 not kept"


def test_more_shows_the_rest_of_the_duties(page: EncounterPage, stage: EncounterStage) -> None:
    assert len(page.checklist.rows) == 8
    page.checklist.more.click()
    assert len(page.checklist.rows) == 8 + stage.presenter.checklist.state.hidden
    page.checklist.more.click()
    assert len(page.checklist.rows) == 8


def test_a_card_is_typed_into_and_saved_on_leaving_the_field(
    page: EncounterPage, stage: EncounterStage
) -> None:
    field = page.people.fields["name"]
    field.setFocus()
    QTest.keyClicks(field, "Zhang")
    assert not any(stage.file.collectors)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert [one.card.name for one in stage.file.collectors] == ["Zhang"]
    assert page.people.tabs[0].text() == "Zhang"


def test_papers_and_tabs_work_by_click(page: EncounterPage, stage: EncounterStage) -> None:
    page.people.papers[Document.WORK_ID].buttons["refused"].click()
    assert page.people.proof.text() == "refused papers"
    page.people.add.click()
    assert len(page.people.tabs) == 2
    assert page.people.papers[Document.WORK_ID].current == ""
    page.people.tabs[0].click()
    assert page.people.papers[Document.WORK_ID].current == "refused"


def test_the_bar_turns_amber_with_a_sentence(page: EncounterPage, stage: EncounterStage) -> None:
    assert page.bar.property("alarm") == "false"
    warning = PulseWarning("disk-nearly-full", 190_000, "2026-11-23T13:34:00.000000Z")
    stage.live.status = replace(stage.live.status, warnings=(warning,))
    stage.presenter.poll()
    assert page.bar.property("alarm") == "true"
    assert page.bar.headline.text() == "The disk is nearly full"
    assert page.bar.detail.text().startswith("Safe on disk up to 00:03:11")


def test_a_simulated_source_is_named(page: EncounterPage, stage: EncounterStage) -> None:
    assert page.bar.simulated.isHidden()
    stage.live.status = replace(stage.live.status, simulated=True)
    stage.presenter.poll()
    assert page.bar.simulated.text() == "Simulated"
    assert page.bar.simulated.isVisible()


def test_stop_saves_the_line_and_closes_the_panels(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.notes.input, "they left")
    QTest.keyClick(
        page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: stage.live.stops == 1)
    assert [note.text for note in stage.file.notes] == ["they left"]
    assert not page.notes.isEnabled()
    assert not page.bar.stop.isEnabled()
    assert page.bar.headline.text() == "Saving and checking…"


def test_the_language_changes_while_recording(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot
) -> None:
    stage.presenter.notes.marker_clicked("threat", "")
    page.notes.input.setText("half a sentence")
    stage.words.set_language("zh")
    assert page.bar.headline.text() == "正在录音 · 上门"
    assert page.bar.stop.text() == "停止并保存"
    assert page.notes.rows[0]._pill.text() == "威胁"
    assert page.notes.chips["threat"].text() == "威胁"
    kept = page.checklist.rows["shows-work-id"].buttons.buttons["kept"]
    qtbot.waitUntil(lambda: kept.text() == "遵守")
    assert page.checklist.phases.buttons["door"].text() == "门口"
    assert page.help.buttons["110"].text() == "110 报警"
    assert page.people.form.fields["phone"].caption.text() == "电话号码"
    assert page.say._caption.text() == "可以这样说"
    assert page.notes.input.text() == "half a sentence"


def test_sound_and_markers_reach_the_strip(page: EncounterPage, stage: EncounterStage) -> None:
    stage.live.columns += [(-9, 9)] * 40
    stage.presenter.poll()
    assert page.bar.waveform.bars == 10
    stage.presenter.notes.marker_clicked("threat", "")
    assert (192_000, "accent") in page.bar.waveform._markers
    assert (192_000, "bad") in page.bar.waveform._markers


def test_a_small_window_is_small_enough(page: EncounterPage, stage: EncounterStage) -> None:
    stage.presenter.checklist.verdict_clicked("shows-work-id", "breached")
    for language in ("en", "zh"):
        stage.words.set_language(language)
        hint = page.minimumSizeHint()
        assert hint.width() <= 960, language
        assert hint.height() <= 640, language


def test_the_bar_says_that_it_is_the_other_sides_sound_that_is_missing(
    page: EncounterPage, stage: EncounterStage
) -> None:
    stage.live.far = RecorderStatus(RecorderState.RECORDING, rate_hz=48_000, answering=False)
    stage.presenter.poll()
    assert page.bar.property("alarm") == "true"
    assert page.bar.headline.text().startswith("The recorder of the other side does not answer")
    assert page.bar.restart.isVisible()


def test_a_computer_that_stays_awake_and_a_second_copy_get_a_quiet_word(
    page: EncounterPage, stage: EncounterStage
) -> None:
    assert page.bar.more.isHidden()
    stage.desk.second_folders[stage.live.encounter] = "/media/stick"
    stage.live.status = replace(stage.live.status, awake=True)
    stage.presenter.poll()
    assert page.bar.more.text() == "Second copy is being written · the computer stays awake"
    assert page.bar.property("alarm") == "false"
    stage.live.status = replace(stage.live.status, awake=False)
    stage.presenter.poll()
    assert page.bar.more.text().endswith("keep the computer awake: it may fall asleep")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_small_window_every_alarm_is_read_to_its_end(
    page: EncounterPage, stage: EncounterStage, qtbot: QtBot, language: str
) -> None:
    stage.words.set_language("zh" if language == "zh" else "en")
    for leg in Leg:
        for code in (ENDED, *WarningCode):
            alarm = Alarm(code, leg)
            page.bar.render(replace(stage.presenter.bar, alarms=(alarm,), frozen=True, simulated=True))
            for _ in range(4):
                QCoreApplication.processEvents()
            line = page.bar.headline
            assert line.heightForWidth(line.width()) <= line.height(), alarm
            assert line.height() + page.bar.detail.height() <= page.bar.height() <= 90, alarm
    page.bar.render(stage.presenter.bar)
    qtbot.waitUntil(lambda: page.bar.height() <= 76)
