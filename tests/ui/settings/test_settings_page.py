from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code
from evidencedesk.system.settings import Settings
from evidencedesk.ui.services import SecondPlace
from evidencedesk.ui.settings.page import SettingsPage
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.settings.setting import Group
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeFileChoice, FakeSettingsServices
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner


class Stage:
    """The page with what is behind it."""

    def __init__(self, words: UiWords, services: FakeSettingsServices | None = None) -> None:
        self.services = services or FakeSettingsServices()
        self.files = FakeFileChoice()
        self.presenter = SettingsPresenter(self.services, InstantRunner())
        self.page = SettingsPage(self.presenter, words, self.files)
        self.page.resize(876, 640)
        self.page.refresh()
        self.page.show()


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en)
    qtbot.addWidget(made.page)
    return made


@pytest.mark.parametrize(("segment", "language"), [("zh", "zh"), ("en", "en")])
def test_a_language_is_kept_and_told(stage: Stage, qtbot: QtBot, segment: str, language: str) -> None:
    with qtbot.waitSignal(stage.presenter.language_chosen) as chosen:
        stage.page.general.languages.buttons[segment].click()
    assert chosen.args == [language]
    assert stage.services.chosen.language == language


def test_the_language_of_the_system_is_an_empty_choice(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, FakeSettingsServices(Settings(language="zh")))
    qtbot.addWidget(stage.page)
    with qtbot.waitSignal(stage.presenter.language_chosen) as chosen:
        stage.page.general.languages.buttons["system"].click()
    assert chosen.args == [""]


def test_a_look_is_kept_and_told(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.presenter.theme_chosen) as chosen:
        stage.page.general.themes.buttons["dark"].click()
    assert chosen.args == ["dark"]
    assert stage.page.general.themes.current == "dark"


def test_the_same_choice_again_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(stage.presenter.theme_chosen):
        stage.page.general.themes.buttons["system"].click()


def test_a_microphone_is_chosen_for_the_next_recording(stage: Stage, qtbot: QtBot) -> None:
    box = stage.page.recording.microphones
    with qtbot.waitSignal(stage.presenter.source_chosen) as chosen:
        box.activated.emit(2)
    assert chosen.args == ["alsa_input.usb"]
    assert stage.services.chosen.source == "alsa_input.usb"
    assert box.currentData() == "alsa_input.usb"


def test_a_microphone_that_is_gone_still_shows_as_chosen(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, FakeSettingsServices(Settings(source="bluetooth")))
    qtbot.addWidget(stage.page)
    assert stage.page.recording.microphones.currentData() == "bluetooth"


def test_a_choice_the_disk_refused_still_counts_and_is_reported(stage: Stage, qtbot: QtBot) -> None:
    stage.services.full_disk = True
    with qtbot.waitSignal(stage.presenter.theme_chosen):
        stage.presenter.choose_theme("dark")
    assert stage.presenter.state.problem is not None
    assert stage.presenter.state.problem.code is Code.DISK_FULL
    assert stage.page.banner.isVisible()
    assert "holds until the window is closed" in stage.page.banner.accessibleDescription()
    stage.page.banner.close_button.click()
    assert stage.page.banner.isHidden()


def test_no_sound_system_is_said_in_the_page(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, FakeSettingsServices(sound_system=False))
    qtbot.addWidget(stage.page)
    assert stage.page.banner.isVisible()
    assert stage.page.recording.microphones.currentText() == "System default"


def test_the_library_opens_with_the_system(stage: Stage) -> None:
    stage.page.places.library_button.click()
    assert stage.files.opened == [Path("/home/user/.local/share/EvidenceDesk/library")]


def test_the_page_about_the_program_is_asked_for(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.page.about_clicked):
        stage.page.about.about_button.click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_page_fits(stage: Stage, en: UiWords, language: str) -> None:
    en.set_language("zh" if language == "zh" else "en")
    assert unnamed(stage.page) == []
    assert stage.page.minimumSizeHint().width() <= 876
    assert stage.page._title.text() == ("设置" if language == "zh" else "Settings")


def test_a_second_folder_the_disk_refused_to_remember_is_shown_as_what_it_is(stage: Stage) -> None:
    stage.services.full_disk = True
    stage.presenter.choose_second_folder("/media/stick")
    assert stage.page.recording.second.text() == stage.services.settings().second_folder == "/media/stick"
    stage.page.refresh()
    assert stage.page.banner.isVisible()  # looking for microphones does not wipe it away


@pytest.mark.parametrize(
    ("place", "said"), [(SecondPlace.SAME_DRIVE, "same drive"), (SecondPlace.NOT_THERE, "not there")]
)
def test_a_second_folder_that_does_not_help_is_said_beside_the_choice(
    stage: Stage, place: SecondPlace, said: str
) -> None:
    stage.page.show_group(Group.RECORDING)
    stage.services.second = place
    assert stage.page.recording.second_trouble.isHidden()
    stage.presenter.choose_second_folder("/home/user/copies")
    assert said in stage.page.recording.second_trouble.text()
    assert stage.page.recording.second_trouble.isVisible()
    stage.presenter.choose_second_folder("")
    assert stage.page.recording.second_trouble.isHidden()


def test_the_first_steps_can_be_shown_again(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.page.welcome_clicked):
        stage.page.general.welcome_button.click()
