"""What a machine heard is shown as a draft, can be heard at its second, and corrected in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.transcription import ModelFacts, Stage
from evidencedesk.ui.cases.transcripts.page import TranscriptsSection
from evidencedesk.ui.cases.transcripts.sentence_table import TEXT, TIME
from evidencedesk.ui.words import UiWords
from fakes.transcripts import CALL, called_file, transcript
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner

FAR = "r-0000far1"


class Stage_:  # noqa: N801 - beside the stages of a draft
    """The page, and what it keeps."""

    def __init__(self, qtbot: QtBot, words: UiWords, *, written: bool = True) -> None:
        file = called_file()
        self.services = FakeCaseServices(file if written else replace(file, transcripts=()))
        self.files = FakeFileChoice()
        self.page = TranscriptsSection(self.services, InstantRunner(), words, self.files)
        qtbot.addWidget(self.page)
        self.wanted: list[tuple[str, int]] = []
        self.problems: list[object] = []
        self.page.place_wanted.connect(lambda recording, at_ms: self.wanted.append((recording, at_ms)))
        self.page.problem.connect(self.problems.append)
        self.page.case_changed.connect(self.read_again)
        self.page.resize(1100, 640)
        self.page.show()
        self.read_again()
        self.page.show_subject(CALL)
        self.table = self.page.sentences.table

    def read_again(self) -> None:
        self.page.show_case(self.services.file)

    def rows(self) -> list[str]:
        model = self.table.sentences
        return [
            " ".join(str(model.index(row, column).data()) for column in range(3))
            for row in range(model.rowCount())
        ]

    def texts(self) -> str:
        QApplication.processEvents()
        return "\n".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisibleTo(self.page))

    def moved(self, number: int, **facts: object) -> None:
        """The queue went on; the page looks again."""
        self.services.work = tuple(
            replace(one, **facts) if one.number == number else one  # type: ignore[arg-type]
            for one in self.services.work
        )
        self.page.presenter.look()


@pytest.fixture
def stage(qtbot: QtBot, en: UiWords) -> Stage_:
    return Stage_(qtbot, en)


@pytest.fixture
def blank(qtbot: QtBot, en: UiWords) -> Stage_:
    """Nothing was written down yet."""
    return Stage_(qtbot, en, written=False)


def test_both_sides_stand_in_the_order_in_which_they_spoke(stage: Stage_) -> None:
    assert stage.rows()[:3] == [
        "00:00:02 Microphone 您好,请问您是哪一位?",
        "00:00:05 The other side 我是来分期委托的某某公司。",
        "00:00:09 Microphone 请您报一下工号和公司名称。",
    ]


def test_it_is_always_said_that_this_is_a_machines_draft(stage: Stage_, blank: Stage_) -> None:
    for one in (stage, blank):
        assert one.page.warning.isVisible()
        assert "A machine's draft, not evidence." in one.texts()
        assert not one.page.warning.close_button.isVisible()


def test_enter_goes_to_the_second_in_its_own_recording(stage: Stage_) -> None:
    stage.table.selectRow(1)
    QTest.keyClick(stage.table, Qt.Key.Key_Return)
    assert stage.wanted == [(FAR, 4_800)]


def test_a_click_on_the_time_goes_there_and_one_on_the_words_does_not(stage: Stage_) -> None:
    for column, wanted in ((TEXT, []), (TIME, [("r-0000ca11", 2_000)])):
        box = stage.table.visualRect(stage.table.sentences.index(0, column))
        QTest.mouseClick(stage.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        assert stage.wanted == wanted


def press(field: QLineEdit, key: Qt.Key) -> None:
    """Qt takes the words over only after the key was handled."""
    QTest.keyClick(field, key)
    QApplication.processEvents()


def edit(stage: Stage_, row: int) -> QLineEdit:
    stage.table.selectRow(row)
    QTest.keyClick(stage.table, Qt.Key.Key_F2)
    found = stage.table.viewport().findChildren(QLineEdit)
    assert len(found) == 1
    return found[0]


def test_f2_corrects_and_enter_keeps_it_with_what_the_machine_wrote(stage: Stage_) -> None:
    field = edit(stage, 3)
    field.setText("工号不方便透露,你先把欠款还了。")
    press(field, Qt.Key.Key_Return)
    sentence = next(one for one in stage.services.file.transcripts if one.recording == FAR).sentences[1]
    assert (sentence.text, sentence.corrected) == ("工号不方便透露,你先把欠款还了。", True)
    shown = stage.table.sentences.index(3, TEXT).data(Qt.ItemDataRole.ToolTipRole)
    assert shown.endswith("The machine wrote: 工号不方便透露,你先把误款还了。")
    assert stage.table.line is not None
    assert stage.table.line.sentence.corrected
    assert "1 corrected" in stage.texts()


def test_esc_leaves_a_sentence_as_it_was(stage: Stage_) -> None:
    before = stage.services.file
    field = edit(stage, 3)
    field.setText("别的话")
    press(field, Qt.Key.Key_Escape)
    assert stage.services.file == before


def test_the_same_words_are_no_correction(stage: Stage_) -> None:
    before = stage.services.file
    press(edit(stage, 3), Qt.Key.Key_Return)
    assert stage.services.file == before


def test_a_correction_that_is_refused_is_told(stage: Stage_) -> None:
    stage.services.refuse = MachineFailure(Code.DISK_FULL, path="/")
    field = edit(stage, 0)
    field.setText("别的话")
    press(field, Qt.Key.Key_Return)
    assert len(stage.problems) == 1


def test_words_are_found_and_counted(stage: Stage_) -> None:
    stage.page.sentences.filter.setText("工号")
    assert [row.split()[0] for row in stage.rows()] == ["00:00:09", "00:00:12"]
    assert "2 of 7 sentences" in stage.texts()


def test_a_sentence_from_elsewhere_is_brought_into_sight(stage: Stage_) -> None:
    stage.page.sentences.filter.setText("没有这样的话")
    stage.page.show_subject("w-0000far2:0")
    assert stage.table.line is not None
    assert stage.table.line.sentence.text == "那我给你家里人打电话。"


def test_ten_thousand_sentences_are_shown_at_once(stage: Stage_) -> None:
    said = tuple((number * 2_000, f"第 {number} 句话,您什么时候还款?") for number in range(10_000))
    stage.services.file = replace(stage.services.file, transcripts=(transcript("w-0000b1g0", FAR, said),))
    began = monotonic()
    stage.read_again()
    stage.table.scrollToBottom()
    QApplication.processEvents()
    assert monotonic() - began < 2
    assert stage.table.sentences.rowCount() == 10_000


def test_without_the_extra_the_page_says_the_exact_command(qtbot: QtBot, en: UiWords) -> None:
    stage = Stage_(qtbot, en, written=False)
    stage.services.installed = False
    stage.read_again()
    assert 'pip install "evidencedesk[transcribe]"' in stage.texts()
    assert not stage.page.draft.begin_button.isVisible()
    stage.page.draft.copy_button.click()
    assert QApplication.clipboard().text() == 'pip install "evidencedesk[transcribe]"'


def test_a_model_is_chosen_by_its_folder_and_a_wrong_one_is_told(blank: Stage_) -> None:
    blank.files.place = Path("/models/empty")
    blank.page.draft.model_button.click()
    assert "is not a speech model" in blank.texts()
    assert not blank.page.draft.begin_button.isEnabled()
    blank.files.place = Path("/models/whisper-small")
    blank.page.draft.model_button.click()
    assert "Model: whisper-small · knows many languages" in blank.texts()
    assert blank.page.draft.begin_button.isEnabled()


def test_a_model_for_english_only_is_warned_of_unless_english_is_spoken(blank: Stage_) -> None:
    blank.files.place = Path("/models/tiny.en")
    blank.page.draft.model_button.click()
    assert "This model knows English only." in blank.page.draft.remark.text()
    language = blank.page.draft.language
    language.setCurrentIndex(language.findData("en"))
    language.activated.emit(language.currentIndex())
    assert blank.services.chosen_language == "en"
    assert blank.page.draft.remark.text() == ""


def test_without_a_model_nothing_can_be_begun(qtbot: QtBot, en: UiWords) -> None:
    stage = Stage_(qtbot, en, written=False)
    stage.services.model = ModelFacts()
    page = TranscriptsSection(stage.services, InstantRunner(), en, stage.files)
    qtbot.addWidget(page)
    page.show_case(stage.services.file)
    assert not page.draft.begin_button.isEnabled()


def test_all_recordings_of_a_call_go_into_the_queue_and_can_be_cancelled(blank: Stage_) -> None:
    blank.page.draft.begin_button.click()
    assert [one.recording for one in blank.services.work] == ["r-0000ca11", FAR, "r-0000far2"]
    blank.moved(0, stage=Stage.LISTENING, heard_ms=60_000, whole_ms=299_000)
    rows = blank.page.draft.rows
    assert [row.standing.text() for row in rows] == [
        "00:01:00 of 00:04:59",
        "Waits for its turn",
        "Waits for its turn",
    ]
    rows[1].stop_button.click()
    assert blank.services.work[1].stage is Stage.STOPPED
    assert len(blank.page.draft.rows) == 2


def test_a_finished_draft_is_read_and_a_failed_one_told(blank: Stage_) -> None:
    blank.page.draft.begin_button.click()
    blank.services.file = called_file()
    blank.moved(0, stage=Stage.DONE, sentences=3, left_out=2)
    assert len(blank.rows()) == 7
    assert "3 sentences · 2 doubtful ones left out" in blank.texts()
    blank.moved(1, stage=Stage.FAILED, problem=MachineFailure(Code.TRANSCRIPTION_FAILED, detail="exit -9"))
    assert "The program that writes down speech ended before it was done." in blank.texts()


def test_while_something_is_recorded_it_rests_and_no_dialog_opens(blank: Stage_) -> None:
    blank.page.draft.begin_button.click()
    blank.moved(0, stage=Stage.LISTENING)
    blank.page.set_recording(True)
    assert "Rests while something is recorded" in blank.texts()
    assert not blank.page.draft.model_button.isEnabled()


def test_what_was_corrected_is_not_written_down_again_by_a_slip(stage: Stage_) -> None:
    stage.services.correct_sentence("c-0000aaaa", "w-0000far1", 1, "别的话")
    stage.read_again()
    stage.page.draft.more_button.click()
    box = stage.page.draft.sounds
    assert [box.itemText(number).startswith("Again: ") for number in range(box.count())] == [True] * 3
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert "takes the place of the one you corrected" in stage.page.draft.remark.text()


def test_where_sentences_are_asking_for_more_is_one_button_away(stage: Stage_, blank: Stage_) -> None:
    assert not stage.page.draft.begin_button.isVisible()
    stage.page.draft.more_button.click()
    assert stage.page.draft.begin_button.isVisible()
    stage.page.draft.more_button.click()
    stage.services.transcribe("c-0000aaaa", [FAR])
    stage.page.presenter.look()
    QApplication.processEvents()  # what was just added is shown with the next layout
    assert stage.page.draft.rows[0].stop_button.isVisible()
    assert blank.page.draft.begin_button.isVisible()
    assert not blank.page.draft.more_button.isVisible()


def test_everything_has_a_name_and_changes_language(stage: Stage_, qtbot: QtBot, zh: UiWords) -> None:
    assert unnamed(stage.page) == []
    chinese = Stage_(qtbot, zh)
    assert "不是证据。" in chinese.texts()
    assert chinese.rows()[1].startswith("00:00:05 对方")
    zh.set_language("en")
    chinese.page.retranslate()
    assert chinese.rows()[1].startswith("00:00:05 The other side")
