"""Certificates the reader brings to a check, and what is then said about a signature."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.finding import Finding, Layer, Report, Weight
from evidencedesk.ui.verify.layer_card import LayerCard
from evidencedesk.ui.verify.page import VerifyPage
from evidencedesk.ui.verify.presenter import VerifyPresenter, by_layer
from evidencedesk.ui.words import UiWords
from fakes.ui_keys import FIRST, SECOND
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner

FOLDER = Path("/usb/case")
PEM, OTHER, ROOT = Path("/paper/device.pem"), Path("/paper/other.pem"), Path("/tsa/root.pem")


class Stage:
    """The page with what is behind it."""

    def __init__(self, words: UiWords) -> None:
        self.services = FakeCaseServices()
        self.files = FakeFileChoice(place=FOLDER)
        self.presenter = VerifyPresenter(self.services, InstantRunner())
        self.page = VerifyPage(self.presenter, words, self.files)
        self.page.resize(876, 640)
        self.page.show()

    def bring(self, *files: Path) -> None:
        self.files.chosen = list(files)
        self.page.trust.certificates.choose_button.click()


@pytest.fixture
def stage(en: UiWords, qtbot: QtBot) -> Stage:
    made = Stage(en)
    qtbot.addWidget(made.page)
    return made


def card(words: UiWords, qtbot: QtBot, *findings: Finding) -> LayerCard:
    results = by_layer(Report("x", findings, ()))
    made = LayerCard(next(one for one in results if one.layer is Layer.SIGNATURE), words.words)
    qtbot.addWidget(made)
    return made


def remark(code: str, found: str = "") -> Finding:
    return Finding(Layer.SIGNATURE, code, "signatures/x.p7s", found=found, weight=Weight.REMARK)


def test_certificates_and_roots_that_were_chosen_are_used(stage: Stage) -> None:
    stage.bring(PEM, OTHER)
    stage.bring(PEM)
    stage.files.chosen = [ROOT]
    stage.page.trust.roots.choose_button.click()
    assert stage.services.calls == [], "nothing to check yet"
    stage.page.check(FOLDER)
    assert stage.services.calls == [("verify", FOLDER, "utf-8", (PEM, OTHER), (ROOT,))]


def test_a_report_is_made_anew_with_what_is_known_now(stage: Stage) -> None:
    stage.presenter.check(FOLDER, "gbk")
    stage.bring(PEM)
    assert stage.services.calls[-1] == ("verify", FOLDER, "gbk", (PEM,), ())
    stage.page.trust.certificates.remove_buttons[PEM].click()
    assert stage.services.calls[2:] == [("verify", FOLDER, "gbk")]
    assert stage.page.trust.certificates.remove_buttons == {}


def test_a_root_is_taken_off_again(stage: Stage) -> None:
    stage.files.chosen = [ROOT]
    stage.page.trust.roots.choose_button.click()
    stage.page.trust.roots.remove_buttons[ROOT].click()
    assert stage.presenter.state.trust_time == ()


def test_a_file_that_is_no_certificate_is_named_and_can_be_taken_off(stage: Stage) -> None:
    stage.page.check(FOLDER)
    stage.services.refuse = Unreadable(Code.FILE_UNREADABLE, path=str(PEM), detail="not a certificate")
    stage.bring(PEM)
    assert str(PEM) in stage.page.banner.accessibleName()
    assert stage.page.layers == []
    stage.page.trust.certificates.remove_buttons[PEM].click()
    assert not stage.page.banner.isVisible()
    assert stage.page.layers


def test_nothing_changes_while_a_check_runs_or_something_is_recorded(en: UiWords, qtbot: QtBot) -> None:
    runner = HeldRunner()
    presenter = VerifyPresenter(FakeCaseServices(), runner)
    page = VerifyPage(presenter, en, FakeFileChoice())
    qtbot.addWidget(page)
    presenter.check(FOLDER)
    presenter.know([PEM])
    assert presenter.state.trust == ()
    assert not page.trust.certificates.choose_button.isEnabled()
    runner.let_go()
    assert page.trust.certificates.choose_button.isEnabled()
    page.set_recording(True)
    assert not page.trust.certificates.choose_button.isEnabled(), "the system's dialog is modal"


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (remark("not-signed"), "Not signed"),
        (remark("signed-by-unknown", FIRST), "Signed, known only by its fingerprint"),
        (remark("signed-by-known", FIRST), "Signed with a key you know"),
    ],
)
def test_what_a_signature_is_worth_is_said_in_a_word(
    en: UiWords, qtbot: QtBot, finding: Finding, said: str
) -> None:
    assert card(en, qtbot, finding).pill.text() == said


def test_a_fault_weighs_more_than_a_signature(en: UiWords, qtbot: QtBot) -> None:
    fault = Finding(Layer.SIGNATURE, "checkpoint-invalid", "x")
    assert card(en, qtbot, remark("signed-by-known", FIRST), fault).pill.text() == "1 fault"


def test_the_fingerprint_can_be_compared_with_paper(en: UiWords, qtbot: QtBot) -> None:
    made = card(en, qtbot, remark("signed-by-unknown", FIRST))
    (shown,) = made.fingerprints
    assert shown.text().split() == [FIRST[at : at + 4].upper() for at in range(0, 64, 4)]
    assert shown.font().pixelSize() >= 15
    assert FIRST not in made.findings[0].text()


def test_another_key_than_the_known_ones_shows_them_all(en: UiWords, qtbot: QtBot) -> None:
    known = f"{FIRST}, {'0123' * 16}"
    made = card(en, qtbot, Finding(Layer.SIGNATURE, "signature-not-trusted", "x.p7s", known, SECOND))
    shown = [label.fingerprint.replace(" ", "").lower() for label in made.fingerprints]
    assert shown == [SECOND, FIRST, "0123" * 16]


def test_every_control_has_a_name_and_the_page_fits(stage: Stage, en: UiWords) -> None:
    stage.bring(PEM)
    for language in ("zh", "en"):
        en.set_language("zh" if language == "zh" else "en")
        assert unnamed(stage.page) == []
        assert stage.page.minimumSizeHint().width() <= 876
