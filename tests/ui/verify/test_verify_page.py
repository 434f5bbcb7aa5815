from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Checked, Finding, Layer, Report, Weight
from evidencedesk.ui.background import Runner
from evidencedesk.ui.verify.layer_card import verdict
from evidencedesk.ui.verify.page import VerifyPage
from evidencedesk.ui.verify.presenter import VerifyPresenter, by_layer
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_report
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

FOLDER = Path("/usb/case")


class Stage:
    """The page with what is behind it."""

    def __init__(self, words: UiWords, services: FakeCaseServices, runner: Runner | None = None) -> None:
        self.services = services
        self.files = FakeFileChoice(place=FOLDER)
        self.presenter = VerifyPresenter(services, runner or InstantRunner())
        self.page = VerifyPage(self.presenter, words, self.files)
        self.page.resize(876, 640)
        self.page.show()

    def findings(self) -> list[str]:
        return [label.text() for layer in self.page.layers for label in layer.findings]


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en, FakeCaseServices())
    qtbot.addWidget(made.page)
    return made


def drop(page: VerifyPage, *urls: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)


def test_every_layer_is_named_even_when_nothing_was_checked_in_it() -> None:
    report = Report("x", (), (Checked(Layer.FILES, "files", 1),))
    assert [result.layer for result in by_layer(report)] == list(Layer)


@pytest.mark.parametrize(
    ("layer", "findings", "checked", "expected"),
    [
        (Layer.FILES, (), (Checked(Layer.FILES, "files", 7),), ("Intact", "ok")),
        (Layer.FILES, (), (), ("Not checked", "warn")),
        (Layer.FILES, (Finding(Layer.FILES, "file-changed", "a"),), (), ("1 fault", "bad")),
        (Layer.TIME, (), (), ("Nothing to say against it", "neutral")),
        (
            Layer.TIME,
            (Finding(Layer.TIME, "self-attested", "", weight=Weight.REMARK),),
            (),
            ("Read this", "warn"),
        ),
    ],
)
def test_a_layer_is_never_called_better_than_what_was_checked(
    en: UiWords,
    layer: Layer,
    findings: tuple[Finding, ...],
    checked: tuple[Checked, ...],
    expected: tuple[str, str],
) -> None:
    result = next(r for r in by_layer(Report("x", findings, checked)) if r.layer is layer)
    assert verdict(result, en.words) == expected


def test_a_chosen_folder_is_checked_and_shown_layer_by_layer(stage: Stage) -> None:
    stage.page.choose_button.click()
    assert stage.services.calls == [("verify", FOLDER)]
    assert len(stage.page.layers) == len(Layer)
    assert stage.page.verdict.text().startswith("INTACT as signed")
    assert "self-attested" in stage.page.limits.text()
    assert any("SIMULATED" in text for text in stage.findings())


def test_each_fault_names_file_expected_and_found(en: UiWords, qtbot: QtBot) -> None:
    stage = Stage(en, FakeCaseServices(report=example_report(faults=True)))
    qtbot.addWidget(stage.page)
    stage.page.check(FOLDER)
    assert "2 things" in stage.page.verdict.text()
    changed = stage.findings()[0]
    for part in ("data/recordings/r-0000v1s1/audio.flac", "4f9c" * 16, "90aa" * 16):
        assert part in changed


def test_a_dropped_folder_is_checked_but_not_two_and_no_address(stage: Stage) -> None:
    drop(stage.page, "file:///usb/a", "file:///usb/b")
    drop(stage.page, "https://example.org/case")
    assert stage.services.calls == []
    drop(stage.page, "file:///usb/case")
    assert stage.services.calls == [("verify", FOLDER)]


def test_a_folder_that_is_none_says_so(en: UiWords, qtbot: QtBot) -> None:
    services = FakeCaseServices(refuse=Unreadable(Code.FOLDER_UNREADABLE, path=str(FOLDER)))
    stage = Stage(en, services)
    qtbot.addWidget(stage.page)
    stage.page.check(FOLDER)
    assert stage.page.banner.isVisible()
    assert stage.page.layers == []


def test_a_chosen_zip_is_checked_too(stage: Stage) -> None:
    stage.files.chosen = [Path("/usb/case.zip")]
    stage.page.zip_button.click()
    assert stage.services.calls == [("verify", Path("/usb/case.zip"))]


def test_a_redacted_copy_is_never_shown_as_an_original(en: UiWords, qtbot: QtBot) -> None:
    remark = Finding(Layer.ORIGIN, "redacted", "", weight=Weight.REMARK)
    stage = Stage(en, FakeCaseServices(report=Report("x", (remark,), ())))
    qtbot.addWidget(stage.page)
    stage.page.check(FOLDER)
    assert stage.page.verdict.text().startswith("REDACTED COPY")


def test_names_in_gbk_are_read_when_the_user_says_so(en: UiWords, qtbot: QtBot) -> None:
    services = FakeCaseServices(refuse=Unreadable(Code.ARCHIVE_NAMES, path="/usb/case.zip", item="来分期/"))
    stage = Stage(en, services)
    qtbot.addWidget(stage.page)
    stage.page.check(Path("/usb/case.zip"))
    assert "来分期" in stage.page.banner.accessibleName()
    services.refuse = None
    stage.page.banner.button("read-as-gbk").click()
    assert services.calls == [("verify", Path("/usb/case.zip"), "gbk")]
    assert stage.page.layers
    assert not stage.page.banner.isVisible()


def test_a_cancelled_check_says_nothing_about_the_folder(en: UiWords, qtbot: QtBot) -> None:
    runner = HeldRunner()
    stage = Stage(en, FakeCaseServices(), runner)
    qtbot.addWidget(stage.page)
    stage.page.check(FOLDER)
    assert stage.page.working.isVisible()
    stage.page.check(Path("/other"))  # one at a time
    stage.page.cancel_button.click()
    runner.let_go()
    assert stage.presenter.state.report is None
    assert stage.page.banner.accessibleName() == "The check was stopped; it says nothing about the folder."
    assert ("verify", Path("/other")) not in stage.services.calls


def test_while_recording_folders_can_only_be_dropped(stage: Stage) -> None:
    stage.page.set_recording(True)
    assert not stage.page.choose_button.isEnabled()
    drop(stage.page, "file:///usb/case")
    assert stage.page.layers


def test_the_way_back_leads_to_the_cases(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.page.back_clicked):
        stage.page.back_button.click()


def test_a_report_on_the_screen_changes_its_language(stage: Stage, en: UiWords) -> None:
    stage.page.check(FOLDER)
    en.set_language("zh")
    assert stage.page.verdict.text().startswith("与签名时一致")
    assert any("模拟" in text for text in stage.findings())


def test_every_control_has_a_name_and_the_page_fits(stage: Stage) -> None:
    stage.page.check(FOLDER)
    assert unnamed(stage.page) == []
    assert stage.page.minimumSizeHint().width() <= 876
