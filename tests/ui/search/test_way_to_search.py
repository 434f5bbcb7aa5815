"""The way to the search page and from a hit to its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.search import Findable, SearchKind, findable_in
from evidencedesk.domain.transcript import Sentence, Transcript
from evidencedesk.system.settings import Settings
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.sections.registry import TIMELINE
from evidencedesk.ui.contacts.page import ContactsPage
from evidencedesk.ui.shell.main_window import ENCOUNTER, RECORD, SEARCH, MainWindow
from evidencedesk.ui.shell.recording_flow import RecordingFlow
from evidencedesk.ui.words import UiWords
from fakes.contact_services import FakeContactServices, busy_case
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, moment, told_file
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import Heard, show

_KEYS = (Qt.Key.Key_F, Qt.Key.Key_K)


@pytest.fixture
def window(en: UiWords, qtbot: QtBot) -> MainWindow:
    made = MainWindow(en, Heard().messages)
    qtbot.addWidget(made, before_close_func=lambda _: made.set_recording(running=False))
    made.add_page(SEARCH, QWidget())
    show(qtbot, made)
    return made


@pytest.mark.parametrize("key", _KEYS)
def test_a_key_opens_it_from_any_page(window: MainWindow, key: Qt.Key) -> None:
    assert window.page == RECORD
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.page == SEARCH
    assert window.rail.buttons[SEARCH].isChecked()


def test_the_rail_has_room_for_it_in_the_smallest_window(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    assert window.rail.minimumSizeHint().height() <= 640
    boxes = [button.geometry() for button in window.rail.buttons.values()]
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert window.rail.buttons[SEARCH].toolTip() == "Search  Ctrl+F"


@pytest.mark.parametrize("key", _KEYS)
def test_while_recording_the_encounter_stays_with_its_red_bar(
    window: MainWindow, en: UiWords, key: Qt.Key
) -> None:
    desk = FakeDesk()
    flow = RecordingFlow(window, desk, InstantRunner(), en, Heard().messages, Settings())
    flow.start()
    assert window.page == ENCOUNTER
    field = window.findChildren(QLineEdit)[0]
    for target in (window, field):
        QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)
        assert window.page == ENCOUNTER
    assert window.recording
    assert desk.begun[-1].stops == 0


@pytest.fixture
def services() -> FakeCaseServices:
    file = told_file()
    sound = next(one for one in file.recordings if one.id == "r-0000v1s1")
    said = (Sentence(0, 900, "你好"), Sentence(399_000, 900, "明天上门"))
    heard = Transcript("w-00000001", file.case.id, sound.id, "m", "", "p", "zh", said, moment())
    return FakeCaseServices(file=replace(file, transcripts=(heard,)))


@pytest.fixture
def cases(en: UiWords, qtbot: QtBot, services: FakeCaseServices) -> CasesPage:
    page = CasesPage(services, InstantRunner(), en, FakeFileChoice())
    qtbot.addWidget(page)
    page.resize(1196, 800)
    page.show()
    return page


def find(services: FakeCaseServices, kind: SearchKind, text: str = "") -> Findable:
    return next(one for one in findable_in(services.file) if one.kind is kind and text in one.text)


def test_a_note_is_shown_on_its_line(cases: CasesPage, services: FakeCaseServices) -> None:
    found = find(services, SearchKind.NOTE, "走廊")
    cases.show_hit(found)
    assert cases.currentWidget() is cases.review
    assert cases.review_presenter.state.encounter == found.encounter
    line = cases.review.timeline.table.line
    assert line is not None
    assert (line.id, line.at_ms) == (found.id, 783_000)


def test_a_note_of_no_encounter_is_shown_in_the_whole_case(
    cases: CasesPage, services: FakeCaseServices
) -> None:
    note = replace(services.file.notes[0], id="n-0000l8tr", encounter=None, recording=None, at_ms=None)
    services.file = replace(services.file, notes=(*services.file.notes, note))
    cases.show_hit(next(one for one in findable_in(services.file) if one.id == note.id))
    line = cases.review.timeline.table.line
    assert line is not None
    assert line.id == note.id


def test_a_sentence_is_shown_at_its_second(cases: CasesPage, services: FakeCaseServices) -> None:
    found = find(services, SearchKind.SENTENCE, "上门")
    cases.show_hit(found)
    assert cases.review.sections.current == TIMELINE
    assert cases.review_presenter.state.encounter == found.encounter
    line = cases.review.timeline.table.line
    assert line is not None
    assert (line.recording, line.at_ms) == (found.recording, 340_000), "the last line before it"


def test_a_sentence_of_a_sound_made_elsewhere_is_shown_in_its_transcript(
    cases: CasesPage, services: FakeCaseServices
) -> None:
    (heard,) = services.file.transcripts
    services.file = replace(services.file, transcripts=(replace(heard, recording="a-00000077"),))
    cases.show_hit(find(services, SearchKind.SENTENCE, "上门"))
    assert cases.review.sections.current == "transcripts"


def test_a_contact_is_shown_on_the_contacts_page(en: UiWords, qtbot: QtBot) -> None:
    services = FakeContactServices()
    busy_case(services)
    page = ContactsPage(services, InstantRunner(), en, FakeFileChoice())
    qtbot.addWidget(page)
    show(qtbot, page)
    page.refresh()
    state = page.presenter.state
    assert state.case is not None
    assert state.case_file is not None
    wanted = state.case_file.contacts[3]
    page.show_contact(state.case.id, wanted.id)
    row = page.overview.table.row
    assert row is not None
    assert row.id == wanted.id
    assert page.editor.isVisible()


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (SearchKind.CASE, TIMELINE),
        (SearchKind.PERSON, TIMELINE),
        (SearchKind.FILE, "files"),
        (SearchKind.STEP, "steps"),
    ],
)
def test_everything_else_is_shown_on_its_page(
    cases: CasesPage, services: FakeCaseServices, kind: SearchKind, section: str
) -> None:
    cases.show_hit(find(services, kind))
    assert cases.review.sections.current == section
    assert cases.review.bar.control.current == section
