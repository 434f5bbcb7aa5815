"""The player of the case page: what keys, clicks and the timeline do to what is heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.sound_line import Hear, PlayStatus
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.files.page import FilesSection
from evidencedesk.ui.cases.player.marker import Mark, markers
from evidencedesk.ui.cases.player.presenter import PlayerPresenter
from evidencedesk.ui.cases.player.wave_view import WaveView
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Words
from fakes.big_cases import call_case
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, imported_sound
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

CASE = "c-0000aaaa"
VISIT_MS = 1_293_000


class Stage:
    """A case on the screen, and what its player was told."""

    def __init__(self, qtbot: QtBot, words: UiWords, file: CaseFile | None = None) -> None:
        self.services = FakeCaseServices(file or example_case_file())
        self.choice = FakeFileChoice()
        self.page = CasesPage(self.services, InstantRunner(), words, self.choice)
        qtbot.addWidget(self.page)
        self.page.resize(1196, 800)
        self.page.show()
        self.page.show_case(CASE)
        self.qtbot = qtbot
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    @property
    def player(self) -> PlayerPresenter:
        return self.page.player_presenter

    @property
    def wave(self) -> WaveView:
        return self.page.review.encounter.player.wave

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)


@pytest.fixture
def stage(qtbot: QtBot, en: UiWords) -> Stage:
    made = Stage(qtbot, en)
    made.page.review.take_focus()
    return made


def test_space_plays_and_pauses_and_the_button_says_so(stage: Stage) -> None:
    button = stage.page.review.encounter.player.controls.play_button
    assert button.text() == "Play"
    stage.press(Qt.Key.Key_Space)
    assert stage.services.heard.playing
    assert button.text() == "Pause"
    stage.press(Qt.Key.Key_Space)
    assert not stage.services.heard.playing
    assert button.text() == "Play"


@pytest.mark.parametrize(
    ("key", "modifier", "by_ms"),
    [
        (Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, -5000),
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier, 5000),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, -5000),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 5000),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, -1000),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 1000),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier, 1000),
    ],
)
def test_keys_go_back_and_ahead(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier, by_ms: int) -> None:
    stage.player.seek(100_000)
    stage.press(key, modifier)
    assert stage.services.heard.at_ms == 100_000 + by_ms
    assert stage.wave.at_ms == 100_000 + by_ms


def test_nothing_goes_beyond_the_ends(stage: Stage) -> None:
    stage.press(Qt.Key.Key_J)
    assert stage.player.at_ms == 0
    stage.player.seek(VISIT_MS + 9)
    assert stage.player.at_ms == VISIT_MS


def test_keys_repeat_a_part_and_escape_lets_it_go(stage: Stage) -> None:
    stage.player.seek(10_000)
    stage.press(Qt.Key.Key_BracketLeft)
    stage.player.seek(15_000)
    stage.press(Qt.Key.Key_BracketRight)
    assert stage.services.played_with.repeat == (10_000, 15_000)
    stage.press(Qt.Key.Key_Escape)
    assert stage.services.played_with.repeat is None
    assert stage.player.state.first is None


def test_b_before_a_repeats_nothing(stage: Stage) -> None:
    stage.player.seek(10_000)
    stage.player.set_first()
    stage.player.seek(5_000)
    stage.player.set_last()
    assert stage.player.state.repeat is None
    stage.player.seek(20_000)
    stage.player.set_last()
    stage.player.seek(30_000)
    stage.player.set_first()
    assert stage.player.state.repeat is None
    assert stage.player.state.first == 30_000


def test_comma_and_full_stop_change_the_speed_within_its_bounds(stage: Stage) -> None:
    for _ in range(9):
        stage.press(Qt.Key.Key_Period)
    assert stage.services.played_with.speed == 2.0
    for _ in range(9):
        stage.press(Qt.Key.Key_Comma)
    assert stage.services.played_with.speed == 0.5
    assert stage.page.review.encounter.player.controls.speed_box.currentText() == "0.5×"


def test_while_somebody_writes_every_key_is_theirs(stage: Stage, qtbot: QtBot) -> None:
    for field in (stage.page.review.timeline.line_edit, stage.page.review.timeline.filters.search):
        field.setFocus()
        qtbot.keyClicks(field, "jl [],. +-")
        assert field.text() == "jl [],. +-"
        qtbot.keyClick(field, Qt.Key.Key_Left)
        assert field.cursorPosition() == 9
        field.clear()
    assert not stage.services.heard.playing
    assert stage.player.at_ms == 0
    assert stage.services.played_with.speed == 1.0


def test_a_button_with_the_keyboard_is_pressed_by_space_and_nothing_plays(stage: Stage) -> None:
    button = stage.page.review.names_button
    button.setFocus()
    stage.press(Qt.Key.Key_Space)
    assert stage.page.review.form.isVisible()
    assert not stage.services.heard.playing


def test_on_another_page_of_the_case_the_keys_are_not_the_players(stage: Stage) -> None:
    stage.page.review.sections.choose("debt")
    stage.press(Qt.Key.Key_Space)
    assert not stage.services.heard.playing
    stage.page.review.sections.choose("timeline")
    stage.press(Qt.Key.Key_Space)
    assert stage.services.heard.playing


def test_while_something_is_recorded_nothing_plays_and_it_is_said_why(stage: Stage) -> None:
    controls = stage.page.review.encounter.player.controls
    stage.press(Qt.Key.Key_Space)
    stage.page.set_recording(True)
    assert not stage.player.state.playing
    assert ("end",) in stage.services.sound_calls
    assert stage.services.sound_calls[-1] == ("hold", True), "reading waits while something is recorded"
    assert not controls.play_button.isEnabled()
    assert "recorded, too" in controls.play_button.toolTip()
    plays = stage.services.sound_calls.count(("play",))
    stage.press(Qt.Key.Key_Space)
    assert stage.services.sound_calls.count(("play",)) == plays
    stage.page.set_recording(False)
    assert controls.play_button.isEnabled()


def test_a_click_on_the_wave_goes_there_and_chooses_the_line_before_it(stage: Stage, qtbot: QtBot) -> None:
    x = round(500_000 / VISIT_MS * stage.wave.width())
    qtbot.mouseClick(stage.wave, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    assert abs(stage.player.at_ms - 500_000) < 3000
    line = stage.page.review.timeline.table.line
    assert line is not None
    assert line.at_ms == 400_000


def test_a_click_on_a_marker_goes_exactly_to_it(stage: Stage, qtbot: QtBot) -> None:
    x = round(783_000 / VISIT_MS * stage.wave.width()) + 3
    qtbot.mouseClick(stage.wave, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    assert stage.player.at_ms == 783_000


def test_a_click_or_return_on_a_line_goes_to_its_second(stage: Stage, qtbot: QtBot) -> None:
    table = stage.page.review.timeline.table
    row = next(row for row, line in enumerate(table.lines.lines) if line.at_ms == 535_000)
    place = table.visualRect(table.lines.index(row, 2)).center()
    table.scrollTo(table.lines.index(row, 0))
    place = table.visualRect(table.lines.index(row, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert stage.player.at_ms == 535_000
    stage.player.seek(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert stage.player.at_ms == 535_000


def test_while_it_plays_the_line_that_is_heard_is_marked_and_the_chosen_one_stays(
    stage: Stage, qtbot: QtBot
) -> None:
    table = stage.page.review.timeline.table
    table.selectRow(2)
    chosen = table.line
    stage.player.toggle()
    stage.services.heard = PlayStatus(at_ms=784_500, playing=True)
    qtbot.waitUntil(lambda: stage.player.at_ms == 784_500)
    heard = table.lines.lines[table.lines.playing_row]
    assert heard.at_ms == 783_000
    assert table.line is chosen
    # Looking around by keys does not make it jump.
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert stage.player.at_ms == 784_500


def test_a_second_wanted_from_elsewhere_is_heard_in_its_encounter(stage: Stage) -> None:
    stage.page.review.sections.choose("transcripts")
    stage.page.review.sections.place_wanted.emit("r-0000ca11", 42_000)
    assert stage.page.review_presenter.state.encounter == "e-0000ca11"
    assert stage.page.review.sections.current == "timeline"
    assert stage.player.at_ms == 42_000
    assert stage.services.heard.playing


def test_the_end_and_a_lost_loudspeaker_stop_it(stage: Stage, qtbot: QtBot) -> None:
    stage.player.toggle()
    stage.services.heard = PlayStatus(at_ms=VISIT_MS, ended=True)
    qtbot.waitUntil(lambda: not stage.player.state.playing)
    stage.player.toggle()
    stage.services.heard = PlayStatus(at_ms=5000, error=Code.LOUDSPEAKER_LOST.value)
    qtbot.waitUntil(lambda: not stage.player.state.playing)
    assert stage.page.review.banner.isVisible()
    problem = stage.page.review_presenter.state.problem
    assert problem is not None
    assert problem.code is Code.LOUDSPEAKER_LOST


def test_the_volume_is_set_muted_and_comes_back(stage: Stage) -> None:
    controls = stage.page.review.encounter.player.controls
    controls.volume.setValue(40)
    assert stage.services.played_with.volume == 0.4
    controls.mute_button.click()
    assert stage.services.played_with.volume == 0.0
    assert controls.mute_button.isChecked()
    controls.mute_button.click()
    assert stage.services.played_with.volume == 0.4
    assert controls.volume.value() == 40


def test_silences_are_looked_for_once_and_left_out(stage: Stage) -> None:
    stage.services.spoken = {"r-0000v1s1": ((0, 60_000), (90_000, VISIT_MS))}
    button = stage.page.review.encounter.player.controls.skip_button
    button.click()
    assert (60_000, 90_000) in stage.services.played_with.silences
    button.click()
    assert stage.services.played_with.silences == ()
    button.click()
    assert stage.services.sound_calls.count(("speech", "r-0000v1s1")) == 1


def test_a_sound_that_cannot_be_read_says_so_and_the_page_stays(stage: Stage) -> None:
    stage.services.refuse_sound = MachineFailure(Code.INPUT_OUTPUT, path="/library", detail="EIO")
    stage.page.review.encounter.player.controls.skip_button.click()
    assert stage.page.review.banner.isVisible()
    assert not stage.player.state.skip


def test_either_side_of_a_call_can_be_heard_alone(qtbot: QtBot, en: UiWords) -> None:
    stage = Stage(qtbot, en, call_case())
    controls = stage.page.review.encounter.player.controls
    assert controls.side.isVisible()
    controls.side.buttons[Hear.FAR.value].click()
    assert stage.services.played_with.hear is Hear.FAR
    line = stage.player.state.line
    assert line is not None
    # Parts follow each other on one line; the other side began 0.4 s later.
    assert line.line_ms("r-0000nea2", 5000) == 208_000
    assert line.line_ms("r-0000far1", 1000) == 1400
    assert line.place_at(250_000) == ("r-0000nea2", 47_000)
    stage.player.seek(250_000)
    sound = stage.page.review.encounter.player.facts.sound
    assert sound is not None
    assert sound.id == "r-0000nea2"
    assert "part 2" in stage.page.review.encounter.player.facts.part.text()


def test_one_side_alone_offers_no_choice(stage: Stage) -> None:
    assert not stage.page.review.encounter.player.controls.side.isVisible()


def test_a_recording_made_elsewhere_can_be_chosen_and_heard(qtbot: QtBot, en: UiWords) -> None:
    file = example_case_file()
    phone = imported_sound("i-0000ph0n", CASE, file.encounters[-1].id, "phone.wav")
    stage = Stage(qtbot, en, replace(file, imported=(phone,)))
    box = stage.page.review.encounter.sounds
    assert box.isVisible()
    box.setCurrentIndex(1)
    box.activated.emit(1)
    line = stage.player.state.line
    assert line is not None
    assert line.sounds == (phone.id,)
    facts = stage.page.review.encounter.player.facts
    facts.open_button.click()
    assert stage.choice.opened == [Path("/library/cases") / CASE / "attachments" / phone.id / "phone.wav"]
    # A line of the timeline is about what was recorded here.
    table = stage.page.review.timeline.table
    table.line_wanted.emit(next(line for line in table.lines.lines if line.at_ms == 535_000))
    assert stage.player.at_ms == 535_000
    assert box.currentIndex() == 0


def test_a_sound_among_the_documents_is_heard_on_the_timeline(qtbot: QtBot, en: UiWords) -> None:
    file = example_case_file()
    phone = imported_sound("i-0000ph0n", CASE, file.encounters[-1].id, "phone.wav")
    stage = Stage(qtbot, en, replace(file, imported=(phone,)))
    review = stage.page.review
    review.sections.choose("files", phone.id)
    section = review.sections.section("files")
    assert isinstance(section, FilesSection)
    section.details.hear_button.click()
    assert review.sections.current == "timeline"
    line = stage.player.state.line
    assert line is not None
    assert line.sounds == (phone.id,)
    assert stage.player.state.playing


def test_a_sound_of_no_encounter_is_opened_by_its_own_program(qtbot: QtBot, en: UiWords) -> None:
    stray = replace(imported_sound("i-0000ph0n", CASE, "", "phone.wav"), encounter=None)
    stage = Stage(qtbot, en, replace(example_case_file(), imported=(stray,)))
    stage.page.review.sections.choose("files", stray.id)
    section = stage.page.review.sections.section("files")
    assert isinstance(section, FilesSection)
    assert not section.details.hear_button.isVisible()
    assert section.details.open_button.isVisible()


def test_a_sound_that_only_other_programs_play_says_so_and_offers_them(qtbot: QtBot, en: UiWords) -> None:
    file = example_case_file()
    phone = replace(imported_sound("i-0000ph0n", CASE, file.encounters[-1].id, "a.amr"), duration_ms=None)
    stage = Stage(qtbot, en, replace(file, imported=(phone,), recordings=()))
    panel = stage.page.review.encounter.player
    assert "other programs" in panel.remark.text()
    assert not panel.controls.play_button.isEnabled()
    panel.facts.open_button.click()
    assert [path.name for path in stage.choice.opened] == ["a.amr"]


def test_the_wheel_looks_closer_and_the_page_scrolls_when_all_is_in_sight(stage: Stage, qtbot: QtBot) -> None:
    def wheel(by: int) -> bool:
        place = QPointF(stage.wave.width() / 2, 40)
        event = QWheelEvent(
            place,
            stage.wave.mapToGlobal(place),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(stage.wave, event)
        return event.isAccepted()

    wheel(120)
    begin, end = stage.wave.view
    assert end - begin < VISIT_MS
    assert abs((begin + end) / 2 - VISIT_MS / 2) < 1000
    for _ in range(3):
        wheel(-120)
    assert stage.wave.view == (0.0, float(VISIT_MS))
    stage.press(Qt.Key.Key_Plus)
    assert stage.wave.view[1] < VISIT_MS
    stage.player.seek(VISIT_MS)
    assert stage.wave.view[1] == VISIT_MS  # what is zoomed in follows the playhead


def test_what_is_noted_has_its_place_and_its_kind_on_the_wave() -> None:
    file = example_case_file()
    line = FakeCaseServices().playable(file, file.encounters[-1].id)
    assert line is not None
    packs = FakeCaseServices().packs
    found = markers(file, line.line, packs, Words("en", Path("nowhere")))
    kinds = [marker.kind for marker in found]
    assert kinds.count(Mark.BREACH) == 3
    assert kinds.count(Mark.NOTE) == 5
    assert kinds.count(Mark.GAP) == 1
    assert kinds.count(Mark.WARNING) == 1
    assert [marker.at_ms for marker in found] == sorted(marker.at_ms for marker in found)
    assert all(marker.text for marker in found)


def test_the_wave_fills_in_while_it_is_read_and_a_kept_one_is_there_at_once(
    qtbot: QtBot, en: UiWords
) -> None:
    services, jobs = FakeCaseServices(), HeldRunner()
    player = PlayerPresenter(services, jobs)
    told: list[float | None] = []
    player.state_changed.connect(lambda state: told.append(state.reading))
    player.show(services.file, services.file.encounters[-1].id)
    assert player.state.line is None
    jobs.let_go()
    qtbot.waitUntil(lambda: player.state.line is not None)
    jobs.let_go()
    qtbot.waitUntil(lambda: bool(player.state.outlines) and player.state.reading is None)
    assert 0.5 in told
    services.kept_outlines = True
    again = PlayerPresenter(services, jobs)
    again.show(services.file, services.file.encounters[-1].id)
    jobs.let_go()
    assert again.state.outlines
    assert services.sound_calls.count(("outline", "r-0000v1s1")) == 1


def test_what_is_read_for_an_encounter_left_behind_is_given_up(qtbot: QtBot) -> None:
    services, jobs = FakeCaseServices(), HeldRunner()
    player = PlayerPresenter(services, jobs)
    first, _, last = (one.id for one in services.file.encounters)
    player.show(services.file, last)
    jobs.let_go()
    player.skip_silence(True)
    player.show(services.file, first)
    jobs.let_go()
    jobs.let_go()
    assert ("outline", "r-0000v1s1") not in services.sound_calls
    assert ("speech", "r-0000v1s1") not in services.sound_calls
    assert [name for name, _ in player.state.outlines] == ["r-0000p1ay"]
    assert player.state.studying is None


def test_another_encounter_stops_what_plays_and_a_new_note_does_not(stage: Stage) -> None:
    stage.player.toggle()
    stage.page.review_presenter.add_note("a new note")
    assert stage.player.state.playing
    stage.page.review.encounter.earlier_button.click()
    assert not stage.player.state.playing


def test_everything_in_the_player_has_a_name(stage: Stage) -> None:
    assert unnamed(stage.page.review.encounter) == []
    assert unnamed(stage.page.review.timeline) == []
