from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Recording
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.handover.presenter import Step
from evidencedesk.ui.cases.overview.case_list import ROW_ROLE
from evidencedesk.ui.cases.review.timeline_model import TEXT, VERDICT
from evidencedesk.ui.kit.pill import Pill
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, example_report
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner

CASE = "c-0000aaaa"


def heard_id(page: CasesPage) -> str:
    """The recording at the playhead."""
    sound = page.review.encounter.player.facts.sound
    assert sound is not None
    return sound.id


Build = Callable[..., CasesPage]


@pytest.fixture
def words(en: UiWords) -> UiWords:
    return en


@pytest.fixture
def build(qtbot: QtBot, words: UiWords) -> Build:
    def make(services: FakeCaseServices | None = None, files: FakeFileChoice | None = None) -> CasesPage:
        page = CasesPage(services or FakeCaseServices(), InstantRunner(), words, files or FakeFileChoice())
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.refresh()
        page.show()
        return page

    return make


@pytest.fixture
def page(build: Build) -> CasesPage:
    made = build()
    made.show_case(CASE)
    return made


def test_return_opens_the_case_under_the_cursor(build: Build, qtbot: QtBot) -> None:
    page = build()
    page.overview.list.setFocus()
    with qtbot.waitSignal(page.case_opened) as opened:
        qtbot.keyClick(page.overview.list, Qt.Key.Key_Return)
    assert opened.args == [CASE]
    assert page.currentWidget() is page.review


def test_a_row_tells_screen_readers_everything_it_shows(build: Build) -> None:
    page = build()
    model = page.overview.model
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("来分期", "LFQ-2024-0831", "3 breaches marked", "simulated", "28 min"):
        assert part in spoken


def test_an_empty_list_says_what_to_do(build: Build) -> None:
    page = build(FakeCaseServices(summaries=()))
    assert page.overview.empty.isVisibleTo(page)
    assert "record" in page.overview.empty.accessibleDescription()


def test_a_new_case_is_written_in_the_page_and_opened(build: Build, qtbot: QtBot) -> None:
    page = build()
    qtbot.mouseClick(page.overview.new_button, Qt.MouseButton.LeftButton)
    form = page.overview.form
    assert form.isVisible()
    qtbot.keyClicks(form.title.edit, "New platform")
    qtbot.keyClick(form.title.edit, Qt.Key.Key_Return)
    assert page.currentWidget() is page.review
    page.show_list()
    assert page.overview.model.index(0).data(ROW_ROLE).title == "New platform"


def test_escape_leaves_the_form(build: Build, qtbot: QtBot) -> None:
    page = build()
    page.overview.new_button.click()
    qtbot.keyClick(page.overview.form.title.edit, Qt.Key.Key_Escape)
    assert page.overview.form.isHidden()


def test_the_latest_encounter_is_shown_with_its_state(page: CasesPage) -> None:
    panel = page.review.encounter.player
    assert heard_id(page) == "r-0000v1s1"
    assert "2.4" in panel.remark.text()


def test_a_recovered_recording_says_what_may_be_missing(page: CasesPage) -> None:
    page.review.encounter.earlier_button.click()
    assert heard_id(page) == "r-0000ca11"
    assert "at most 1.4 s" in page.review.encounter.player.remark.text()


def test_a_simulated_recording_says_so(page: CasesPage) -> None:
    page.review.encounter.earlier_button.click()
    page.review.encounter.earlier_button.click()
    assert "Simulated: played from a file" in page.review.encounter.player.remark.text()
    assert not page.review.encounter.earlier_button.isEnabled()


def test_the_whole_hash_is_copied(page: CasesPage) -> None:
    facts = page.review.encounter.player.facts
    facts.copy_button.click()
    assert isinstance(facts.sound, Recording)
    assert QGuiApplication.clipboard().text() == facts.sound.file_sha256


def test_the_original_can_be_opened_with_the_systems_player(build: Build) -> None:
    files = FakeFileChoice()
    page = build(files=files)
    page.show_case(CASE)
    facts = page.review.encounter.player.facts
    facts.open_button.click()
    facts.folder_button.click()
    sound = Path("/library/cases/c-0000aaaa/recordings/r-0000v1s1/audio.flac")
    assert files.opened == [sound, sound.parent]


def test_going_to_a_line_by_key_goes_to_its_place_in_the_sound(page: CasesPage, qtbot: QtBot) -> None:
    page.review.timeline.table.selectRow(2)
    qtbot.keyClick(page.review.timeline.table, Qt.Key.Key_Down)
    assert page.review.encounter.player.wave.at_ms == 192_000


def test_choosing_a_place_in_the_sound_chooses_the_line_before_it(page: CasesPage, qtbot: QtBot) -> None:
    page.review.encounter.player.wave.place_chosen.emit(341_000)
    line = page.review.timeline.table.line
    assert line is not None
    assert line.at_ms == 340_000


def test_the_whole_case_can_be_read_and_the_card_follows(page: CasesPage) -> None:
    timeline = page.review.timeline
    before = timeline.table.lines.rowCount()
    timeline.switch.buttons["case"].click()
    assert timeline.table.lines.rowCount() > before
    timeline.table.selectRow(0)
    assert heard_id(page) == "r-0000p1ay"


def test_a_corrected_note_shows_its_earlier_words_below(page: CasesPage) -> None:
    model = page.review.timeline.table.lines
    texts = [str(model.index(row, TEXT).data()) for row in range(model.rowCount())]
    assert "称欠款 18,600 元,未给明细\nearlier: 称欠款 16,800 元" in texts
    verdicts = [model.index(row, VERDICT).data() for row in range(model.rowCount())]
    assert "Corrected" in verdicts


def test_a_note_added_later_appears_and_its_field_is_emptied(page: CasesPage, qtbot: QtBot) -> None:
    timeline = page.review.timeline
    qtbot.keyClicks(timeline.line_edit, "what I remembered")
    qtbot.keyClick(timeline.line_edit, Qt.Key.Key_Return)
    assert timeline.line_edit.text() == ""
    assert timeline.table.lines.lines[-1].text == "what I remembered"


def test_a_note_that_was_not_kept_stays_in_its_field(build: Build, qtbot: QtBot) -> None:
    services = FakeCaseServices()
    page = build(services)
    page.show_case(CASE)
    services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    qtbot.keyClicks(page.review.timeline.line_edit, "important")
    page.review.timeline.keep_button.click()
    assert page.review.timeline.line_edit.text() == "important"
    assert page.review.banner.isVisible()


def test_a_note_is_corrected_and_the_draft_comes_back(page: CasesPage, qtbot: QtBot) -> None:
    timeline = page.review.timeline
    timeline.line_edit.setText("a draft")
    timeline.table.selectRow(2)
    timeline.correct_button.click()
    assert timeline.line_edit.text() == "两名男子敲门,自称来分期委托"
    timeline.line_edit.setText("三名男子敲门")
    timeline.keep_button.click()
    line = timeline.table.line
    assert line is not None
    assert line.earlier == ("两名男子敲门,自称来分期委托",)
    assert timeline.line_edit.text() == "a draft"


def test_names_are_changed_in_the_page(page: CasesPage) -> None:
    page.review.names_button.click()
    page.review.form.title.set_text("来分期(上门)")
    page.review.form.keep_button.click()
    assert page.review.form.isHidden()
    assert page.review._title.text().startswith("来分期(上门)")


def test_files_can_be_chosen_and_dropped(build: Build) -> None:
    page = build(files=FakeFileChoice(chosen=[Path("/photos/a.jpg")]))
    page.show_case(CASE)
    page.review.files.add_button.click()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/photos/b.jpg"), QUrl("https://example.org/c.jpg")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.review.dropEvent(event)
    case_file = page.review_presenter.state.case_file
    assert case_file is not None
    assert [a.name for a in case_file.attachments][2:] == ["a.jpg", "b.jpg"]


def test_an_imported_recording_says_that_it_was_not_recorded_here(build: Build, words: UiWords) -> None:
    page = build(files=FakeFileChoice(chosen=[Path("/phone/call.m4a")]))
    page.show_case(CASE)
    page.review.files.add_button.click()
    assert page.review.sections.current == "files"
    (said,) = [
        pill.text()
        for row in page.review.files.rows
        for pill in row.findChildren(Pill)
        if pill.kind == "warn" and pill.text() == words.text("Not recorded here")
    ]
    assert said


def test_what_belongs_to_no_encounter_can_be_shown_even_beside_a_single_one(build: Build) -> None:
    case_file = example_case_file()
    only = replace(case_file, encounters=case_file.encounters[-1:])
    page = build(FakeCaseServices(file=only))
    page.show_case(CASE)
    assert page.review.timeline.switch.isVisibleTo(page.review)
    nothing_else = replace(only, attachments=(), imported=())
    page = build(FakeCaseServices(file=nothing_else))
    page.show_case(CASE)
    assert not page.review.timeline.switch.isVisibleTo(page.review)


def test_the_export_names_files_place_and_result(build: Build) -> None:
    files = FakeFileChoice(place=Path("/usb"))
    page = build(files=files)
    page.show_case(CASE)
    page.review.export_button.click()
    panel = page.review.panel
    panel.asking.place_button.click()
    assert panel.asking.place.text() == "/usb"
    panel.asking.begin_button.click()
    assert page.handover_presenter.state.step is Step.DONE
    assert panel.result.verdict.text() == "Checked: 17 files, no faults."
    assert panel.result.path.text() == "/usb/EvidenceDesk-来分期-20261123-220509"
    assert "as a whole" in panel.result.remarks.text()
    panel.result.open_button.click()
    assert files.opened == [Path("/usb/EvidenceDesk-来分期-20261123-220509")]


def test_a_drive_may_be_ejected_only_after_all_was_read_back_and_checked(build: Build) -> None:
    for faults, visible in ((False, True), (True, False)):
        page = build(FakeCaseServices(report=example_report(faults=faults)))
        page.show_case(CASE)
        page.review.export_button.click()
        page.review.panel.asking.begin_button.click()
        removable = page.review.panel.result.removable
        assert removable.isVisibleTo(page.review.panel.result) is visible
        assert "read back from the drive" in removable.text()


def test_an_encrypted_export_says_who_can_open_it(build: Build) -> None:
    page = build()
    page.show_case(CASE)
    page.review.export_button.click()
    panel = page.review.panel
    panel.asking.receiver.setText("age1receiver")
    panel.asking.receiver.textEdited.emit("age1receiver")
    assert not panel.asking.zip_box.isEnabled()
    panel.asking.begin_button.click()
    assert "Only the owner of the key" in panel.result.verdict.text()
    assert panel.result.path.text().endswith(".zip.age")
    assert not panel.result.check_button.isVisibleTo(panel.result)


def test_a_copy_with_faults_warns_and_names_them(build: Build) -> None:
    page = build(FakeCaseServices(report=example_report(faults=True)))
    page.show_case(CASE)
    page.review.export_button.click()
    page.review.panel.asking.begin_button.click()
    result = page.review.panel.result
    assert "2 faults" in result.verdict.text()
    assert "audio.flac" in result.remarks.text()


def test_a_copy_nobody_checked_is_not_praised(build: Build) -> None:
    page = build()
    page.show_case(CASE)
    page.review.export_button.click()
    presenter = page.handover_presenter
    presenter.begin()
    presenter._check_failed(MachineFailure(Code.INPUT_OUTPUT))
    assert "not checked" in page.review.panel.result.verdict.text()


def test_while_recording_no_modal_dialog_can_be_opened(page: CasesPage) -> None:
    page.review.export_button.click()
    page.set_recording(True)
    assert not page.review.export_button.isEnabled()
    assert not page.review.panel.asking.place_button.isEnabled()
    assert not page.review.files.add_button.isEnabled()
    page.set_recording(False)
    assert page.review.files.add_button.isEnabled()


@pytest.mark.parametrize("width", [876, 1196])
def test_everything_fits_the_width_in_both_languages(page: CasesPage, words: UiWords, width: int) -> None:
    page.resize(width, 640)
    for language in ("zh", "en"):
        words.set_language("zh" if language == "zh" else "en")
        page.review.export_button.click()
        assert page.minimumSizeHint().width() <= width


def test_the_language_changes_without_losing_the_place(page: CasesPage, words: UiWords) -> None:
    page.review.timeline.table.selectRow(2)
    words.set_language("zh")
    assert page.review.export_button.text() == "导出案件文件夹"
    assert page.review.timeline.table.lines.headerData(TEXT, Qt.Orientation.Horizontal) == "事项"
    line = page.review.timeline.table.line
    assert line is not None
    assert line.id == "n-0000n0t1"


def test_every_control_has_a_name(page: CasesPage) -> None:
    page.review.export_button.click()
    page.review.names_button.click()
    assert unnamed(page.review) == []
    page.show_list()
    page.overview.new_button.click()
    assert unnamed(page.overview) == []
