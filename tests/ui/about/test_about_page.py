from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.notice import Notice
from evidencedesk.ui.about.page import AboutPage
from evidencedesk.ui.about.presenter import AboutPresenter
from evidencedesk.ui.words import UiWords
from evidencedesk.wording.language import Language
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner

OWN = Notice("EvidenceDesk", "1.2.3", "Apache-2.0", "Apache License")
OTHER = Notice("PySide6", "6.11.3", "LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE")


@dataclass
class FakeAbout:
    """Two parts, and one line of details."""

    refuse: Known | None = None
    asked: list[str] = field(default_factory=list)

    def app_version(self) -> str:
        return "1.2.3"

    def notices(self) -> tuple[Notice, ...]:
        self.asked.append("notices")
        if self.refuse is not None:
            raise self.refuse
        return (OWN, OTHER)

    def report_details(self) -> str:
        return "EvidenceDesk 1.2.3"


class Stage:
    """The page with what is behind it."""

    def __init__(self, words: UiWords, qtbot: QtBot, services: FakeAbout | None = None) -> None:
        self.services = services or FakeAbout()
        self.page = AboutPage(AboutPresenter(self.services, InstantRunner()), words)
        qtbot.addWidget(self.page)
        self.page.resize(876, 640)
        self.page.show()


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    return Stage(en, qtbot)


def test_version_and_own_licence_come_first(stage: Stage) -> None:
    assert stage.page._title.text() == "EvidenceDesk 1.2.3"
    assert stage.page.text.toPlainText() == "Apache License"


def test_each_component_shows_its_whole_licence(stage: Stage) -> None:
    assert stage.page.list.item(1).text() == "PySide6 · 6.11.3 · LGPL-3.0"
    stage.page.list.setCurrentRow(1)
    assert stage.page.text.toPlainText() == OTHER.text
    assert stage.page.text.isReadOnly()


def test_how_to_replace_qt_is_said(stage: Stage) -> None:
    assert "replace them" in stage.page._qt.text()
    assert "LGPL version 3" in stage.page._qt.text()


def test_details_are_copied_and_that_is_said(stage: Stage) -> None:
    assert stage.page.copied.text() == ""
    stage.page.copy_button.click()
    assert QGuiApplication.clipboard().text() == "EvidenceDesk 1.2.3"
    assert "nothing about you" in stage.page.copied.text()


def test_the_licences_are_read_once(stage: Stage) -> None:
    stage.page.hide()
    stage.page.show()
    assert stage.services.asked == ["notices"]


def test_what_can_not_be_read_is_said(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, qtbot, FakeAbout(refuse=MachineFailure(Code.DISK_FULL, path="/x")))
    assert stage.page.banner.isVisible()
    stage.page.banner.close_button.click()
    assert stage.page.banner.isHidden()


def test_back_leads_away(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.page.back_clicked):
        stage.page.back_button.click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_page_fits(stage: Stage, en: UiWords, language: Language) -> None:
    en.set_language(language)
    assert unnamed(stage.page) == []
    assert stage.page.minimumSizeHint().width() <= 876
