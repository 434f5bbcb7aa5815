from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.stamp import Authority
from evidencedesk.ui.settings.time_presenter import StampsStanding, TimePresenter
from evidencedesk.ui.settings.time_section import TimeSection
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeFileChoice
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner
from fakes.ui_time import FakeTimeServices


class Stage:
    """The section with what is behind it."""

    def __init__(self, words: UiWords) -> None:
        self.services = FakeTimeServices()
        self.files = FakeFileChoice()
        self.presenter = TimePresenter(self.services, InstantRunner())
        self.section = TimeSection(self.presenter, words, self.files)
        self.section.resize(820, 500)
        self.section.show()

    def write(self, name: str, url: str, headers: str = "", policy: str = "") -> None:
        form = self.section.form
        form.name.set_text(name)
        form.url.set_text(url)
        form.headers.set_text(headers)
        form.policy.set_text(policy)
        form.keep_button.click()


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en)
    qtbot.addWidget(made.section)
    return made


def text(stage: Stage) -> str:
    labels = [label.text() for label in stage.section.findChildren(type(stage.section.standing))]
    return "\n".join(labels)


def test_it_is_off_and_says_what_would_be_sent_and_what_it_is_worth(stage: Stage) -> None:
    assert stage.section.switch.current == "no"
    assert "Sent is a hash" in text(stage)
    assert "does not show that what was said is true" in text(stage)
    assert list(stage.section.rows) == ["digicert", "sectigo"]


def test_turning_it_on_is_kept(stage: Stage) -> None:
    stage.section.switch.buttons["yes"].click()
    assert stage.services.chosen.time_stamps == "yes"
    assert stage.section.switch.current == "yes"
    stage.section.switch.buttons["no"].click()
    assert stage.services.chosen.time_stamps == "no"


def test_an_authority_is_added(stage: Stage) -> None:
    stage.section.add_button.click()
    stage.write("TSA-CN", "https://tsa.example/", "X-Key: a | X-Name: b c", "1.2.3")
    expected = Authority("tsa-cn", "https://tsa.example/", (("X-Key", "a"), ("X-Name", "b c")), "", "1.2.3")
    assert stage.services.chosen.authorities[-1] == expected
    assert not stage.section.form.isVisible()
    assert list(stage.section.rows) == ["digicert", "sectigo", "tsa-cn"]


def test_an_authority_is_changed_in_its_place(stage: Stage) -> None:
    stage.section.rows["digicert"].edit_button.click()
    assert stage.section.form.url.text == "http://timestamp.digicert.com"
    stage.write("digicert", "https://other.example/")
    names = [(one.name, one.url) for one in stage.services.chosen.authorities]
    assert names[0] == ("digicert", "https://other.example/")
    assert len(names) == 2


def test_an_authority_is_taken_off_the_list(stage: Stage) -> None:
    stage.section.rows["digicert"].remove_button.click()
    assert [one.name for one in stage.services.chosen.authorities] == ["sectigo"]


@pytest.mark.parametrize(
    ("name", "url", "headers", "policy", "said"),
    [
        ("", "https://x/", "", "", "short name"),
        ("sectigo", "https://x/", "", "", "short name"),
        ("a", "x", "", "", "not the address"),
        ("a", "https://x/", "no colon", "", "header"),
        ("a", "https://x/", "", "policy", "policy"),
    ],
)
def test_what_is_wrong_is_said_and_the_form_stays(
    stage: Stage, name: str, url: str, headers: str, policy: str, said: str
) -> None:
    stage.section.add_button.click()
    stage.write(name, url, headers, policy)
    assert stage.section.banner.isVisible()
    assert stage.presenter.state.problem is not None
    assert said in text(stage)
    assert stage.section.form.isVisible()
    assert stage.section.form.name.text == name
    assert len(stage.services.chosen.authorities) == 2


def test_a_root_file_of_its_own_can_be_chosen_and_left_out(stage: Stage, tmp_path: Path) -> None:
    stage.section.add_button.click()
    stage.files.chosen = [tmp_path / "root.pem"]
    stage.section.form.root_button.click()
    assert stage.section.form.root.text() == str(tmp_path / "root.pem")
    stage.write("a", "https://x/")
    assert stage.presenter.state.problem is not None, "there is no such file"
    stage.section.form.root_off_button.click()
    stage.section.form.keep_button.click()
    assert stage.services.chosen.authorities[-1].root_file == ""


def test_escape_leaves_the_form(stage: Stage) -> None:
    stage.section.add_button.click()
    QTest.keyClick(stage.section.form.name.edit, Qt.Key.Key_Escape)
    assert not stage.section.form.isVisible()
    assert stage.section.add_button.isVisible()


def test_what_waits_and_what_happened_last_is_shown(stage: Stage) -> None:
    stage.section.switch.buttons["yes"].click()
    assert "No time stamp waits" in stage.section.standing.text()
    assert not stage.section.send_button.isVisible()
    stage.services.standing = StampsStanding(
        waiting=2,
        good_authority="sectigo",
        good_utc="2026-11-25T09:34:52.000000Z",
        bad_authority="digicert",
        bad_trouble="too-slow",
    )
    stage.presenter.refresh()
    shown = stage.section.standing.text()
    assert "2 time stamps wait to be sent" in shown
    assert "Last stamp: 2026-11-25 09:34:52 UTC, sectigo" in shown
    assert "Last failure: digicert: the authority did not answer in time" in shown
    stage.section.send_button.click()
    assert stage.services.sent == 1
    assert not stage.section.send_button.isEnabled()
    stage.services.standing = replace(stage.services.standing, waiting=0)
    stage.presenter.refresh()
    assert not stage.section.send_button.isVisible()


def test_a_full_disk_is_said(stage: Stage) -> None:
    stage.services.full_disk = True
    stage.section.switch.buttons["yes"].click()
    assert stage.section.banner.isVisible()
    assert stage.section.switch.current == "no", "what is shown is what is done"


def test_every_control_has_a_name(stage: Stage) -> None:
    stage.section.add_button.click()
    assert unnamed(stage.section) == []


def test_it_changes_its_language(stage: Stage, en: UiWords) -> None:
    en.set_language("zh")
    assert "只发送一个哈希值" in text(stage)
    assert stage.section.rows["digicert"].remove_button.text() == "移除"
    en.set_language("en")
