from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.ui.settings.speech_presenter import SpeechPresenter
from evidencedesk.ui.settings.speech_section import SpeechSection
from evidencedesk.ui.words import UiWords
from fakes.desk_transcripts import FakeTranscripts
from fakes.ui_more_services import FakeFileChoice
from fakes.ui_services import InstantRunner


class Stage:
    """The section with what is behind it."""

    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        self.services = FakeTranscripts()
        self.files = FakeFileChoice(place=Path("/models/small.en"))
        self.section = SpeechSection(SpeechPresenter(self.services, InstantRunner()), words, self.files)
        qtbot.addWidget(self.section)
        self.section.show()


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot)


def test_the_chosen_model_and_language_are_shown(stage: Stage) -> None:
    assert "whisper-base" in stage.section.model.text()
    assert stage.section.languages.current == "auto"
    assert stage.section.missing.isHidden()


def test_another_model_is_looked_at_and_kept(stage: Stage) -> None:
    stage.section.model_button.click()
    assert stage.services.model.path == "/models/small.en"
    assert "English only" in stage.section.model.text()


def test_a_folder_that_is_no_model_is_said(stage: Stage) -> None:
    stage.files.place = Path("/models/empty")
    stage.section.model_button.click()
    assert stage.services.model.name == "whisper-base"
    assert stage.section.model.text() not in ("", "Not chosen")
    assert "Model:" not in stage.section.model.text()


def test_the_language_that_is_spoken_is_kept(stage: Stage) -> None:
    stage.section.languages.buttons["zh"].click()
    assert stage.services.chosen_language == "zh"
    assert stage.section.languages.current == "zh"


def test_what_is_not_installed_says_how_it_comes(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, qtbot)
    stage.services.installed = False
    stage.section._presenter.refresh()
    assert stage.section.missing.isVisible()
    assert "evidencedesk[transcribe]" in stage.section.missing.text()
