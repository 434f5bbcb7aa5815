"""Two places and what a pack says about recording between them; never a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from evidencedesk.domain.places import US_STATES
from evidencedesk.system.settings import Settings
from evidencedesk.ui.record.consent_notice import ConsentBox, notice_text
from evidencedesk.ui.record.presenter import RecordPresenter
from evidencedesk.ui.record.state import RecordState
from evidencedesk.ui.words import UiWords
from fakes.ui_law import CONSENT
from fakes.ui_services import FakeDesk, InstantRunner
from fakes.ui_stage import Heard

GET_CONSENT, USUALLY = CONSENT.text.en, CONSENT.otherwise.en


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("US-CA", "US-NY", GET_CONSENT),
        ("US-NY", "US-CA", GET_CONSENT),
        ("US-CA", "US-WA", GET_CONSENT),
        ("US-NY", "US-TX", USUALLY),
        ("US-CA", "", GET_CONSENT),
        ("", "US-CA", GET_CONSENT),
        ("US-NY", "", ""),
        ("", "", ""),
        ("US-NY", "US-??", ""),
    ],
)
def test_one_listed_place_is_enough_for_the_notice(here: str, there: str, expected: str) -> None:
    assert notice_text(CONSENT, here, there, "en") == expected


def test_every_state_has_a_code_and_both_names_once() -> None:
    assert len({place.code for place in US_STATES}) == 51
    assert len({place.name.zh for place in US_STATES}) == 51
    assert len({place.name.en for place in US_STATES}) == 51
    assert all(place.code.startswith("US-") and place.name.zh and place.name.en for place in US_STATES)


@pytest.fixture
def box(en: UiWords, qtbot: QtBot) -> ConsentBox:
    made = ConsentBox(en)
    qtbot.addWidget(made)
    return made


def test_without_such_a_pack_nothing_is_asked(box: ConsentBox) -> None:
    box.render(RecordState(ready=True))
    assert box.isHidden()


def test_the_notice_stands_with_its_sources(box: ConsentBox) -> None:
    box.render(RecordState(ready=True, consent=CONSENT, place_here="US-CA", place_there="US-NY"))
    assert not box.isHidden()
    assert box.notice.text() == GET_CONSENT
    assert "2511(2)(d)" in box.sources.text()


def test_nothing_is_said_while_a_place_is_missing(box: ConsentBox) -> None:
    box.render(RecordState(ready=True, consent=CONSENT, place_here="US-NY"))
    assert box.notice.isHidden()
    assert box.sources.isHidden()


def test_choosing_a_place_tells_both(box: ConsentBox, qtbot: QtBot) -> None:
    box.render(RecordState(ready=True, consent=CONSENT, place_there="US-NY"))
    with qtbot.waitSignal(box.places_chosen) as told:
        choose(box.here, "US-FL")
    assert told.args == ["US-FL", "US-NY"]


def test_the_places_are_named_in_the_language_of_the_moment(box: ConsentBox, en: UiWords) -> None:
    state = RecordState(ready=True, consent=CONSENT, place_here="US-CA", place_there="US-NY")
    box.render(state)
    assert box.here.currentText() == "California"
    en.set_language("zh")
    box.render(state)
    assert box.here.currentText() == "加利福尼亚"
    assert box.notice.text() == CONSENT.text.zh


def test_the_places_are_remembered_and_the_notice_follows_the_packs_in_use(
    en: UiWords, heard: Heard, qtbot: QtBot
) -> None:
    desk = FakeDesk()
    settings = replace(Settings(), place_here="US-CA")
    record = RecordPresenter(desk, InstantRunner(), en, heard.messages, settings)
    record.activate()
    assert record.state.consent is None
    assert record.state.place_here == "US-CA"
    desk.consent_notice = CONSENT
    record.read_rules()
    assert record.state.consent == CONSENT
    with qtbot.waitSignal(record.places_chosen) as told:
        record.choose_places("US-CA", "US-NY")
    assert told.args == ["US-CA", "US-NY"]
    assert record.state.place_there == "US-NY"


def choose(box: QComboBox, code: str) -> None:
    index = box.findData(code)
    box.setCurrentIndex(index)
    box.activated.emit(index)
