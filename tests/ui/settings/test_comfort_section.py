"""Size of text and movement are chosen in the settings, kept, and take effect through the theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.system.settings import Settings, load_settings, save_settings
from evidencedesk.ui.settings.comfort_section import ComfortSection
from evidencedesk.ui.settings.presenter import SettingsPresenter
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeSettingsServices
from fakes.ui_services import InstantRunner


class Opened:
    def __init__(self, words: UiWords, qtbot: QtBot) -> None:
        self.services = FakeSettingsServices()
        self.presenter = SettingsPresenter(self.services, InstantRunner())
        self.section = ComfortSection(self.presenter, words)
        qtbot.addWidget(self.section)
        self.section.show()


@pytest.fixture
def opened(en: UiWords, qtbot: QtBot) -> Opened:
    return Opened(en, qtbot)


def test_a_size_is_kept_told_and_shown(opened: Opened, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.presenter.text_size_chosen) as told:
        opened.section.sizes.buttons["150"].click()
    assert told.args == ["150"]
    assert opened.services.settings().text_size == "150"
    assert opened.section.sizes.current == "150"


def test_less_movement_is_kept_told_and_shown(opened: Opened, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.presenter.motion_chosen) as told:
        opened.section.motions.buttons["less"].click()
    assert told.args == ["less"]
    assert opened.services.settings().motion == "less"
    assert opened.section.motions.current == "less"


def test_both_languages_name_every_choice(opened: Opened, en: UiWords) -> None:
    assert opened.section.sizes.buttons["200"].accessibleName() == "Text at 200 per cent"
    en.set_language("zh")
    assert opened.section.sizes.buttons["200"].accessibleName() == "文字大小 200%"
    assert opened.section.motions.buttons["less"].text() == "减弱"


def test_the_choices_come_back_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(text_size="175", motion="less"))
    settings, aside = load_settings(path)
    assert (settings.text_size, settings.motion, aside) == ("175", "less", None)
    path.write_text('{"text_size": "900"}')
    settings, aside = load_settings(path)
    assert settings == Settings()
    assert aside is not None
