"""What is half typed on a page of a case stays: when the case is read again, and in another language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Step
from evidencedesk.domain.letter import LetterKind
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.debt.page import DebtSection
from evidencedesk.ui.cases.letters.page import LettersSection
from evidencedesk.ui.cases.sections.section import CaseSection
from evidencedesk.ui.cases.steps.page import StepsSection
from evidencedesk.ui.words import UiWords
from fakes.debt_stories import with_debt
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, moment, told_file
from fakes.ui_pages import unnamed
from fakes.ui_services import InstantRunner

HALF = "7"


def _step(section: CaseSection) -> None:
    assert isinstance(section, StepsSection)
    section.presenter.open_form(Step.COMPLAINT, planned=True)


def _terms(section: CaseSection) -> None:
    assert isinstance(section, DebtSection)
    section.contract.edit_button.click()


def _claim(section: CaseSection) -> None:
    assert isinstance(section, DebtSection)
    section.claims.add_button.click()


def _payment(section: CaseSection) -> None:
    assert isinstance(section, DebtSection)
    section.payments.add_button.click()


def _letter(section: CaseSection) -> None:
    assert isinstance(section, LettersSection)
    section.letters.buttons[LetterKind.REQUEST_PAPERS.value].click()


def _nothing(_section: CaseSection) -> None:
    """The page has its fields in sight already."""


FORMS: dict[str, tuple[str, Callable[[CaseSection], None]]] = {
    "step": ("steps", _step),
    "contract": ("debt", _terms),
    "claim": ("debt", _claim),
    "payment": ("debt", _payment),
    "letter": ("letters", _letter),
    "documents": ("files", _nothing),
}


def fields(part: QWidget) -> list[QLineEdit | QPlainTextEdit | QTextEdit]:
    found: list[QLineEdit | QPlainTextEdit | QTextEdit] = [
        *part.findChildren(QLineEdit),
        *part.findChildren(QPlainTextEdit),
    ]
    return [one for one in found if one.isVisibleTo(part) and one.isEnabled() and not one.isReadOnly()]


def text(field: QLineEdit | QPlainTextEdit | QTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def type_into(field: QLineEdit | QPlainTextEdit | QTextEdit) -> None:
    if isinstance(field, QLineEdit):
        field.insert(HALF)
        field.textEdited.emit(field.text())
    else:
        field.insertPlainText(HALF)


@pytest.mark.parametrize("name", FORMS)
def test_what_is_half_typed_stays(qtbot: QtBot, en: UiWords, name: str) -> None:
    services = FakeCaseServices(with_debt(told_file(), moment()))
    page = CasesPage(services, InstantRunner(), en, FakeFileChoice())
    qtbot.addWidget(page)
    page.resize(1196, 760)
    page.show()
    page.show_case("c-0000aaaa")
    where, opens = FORMS[name]
    page.review.sections.choose(where)
    section = page.review.sections.section(where)
    opens(section)
    QApplication.processEvents()
    typed = fields(section)
    assert typed
    for field in typed:
        type_into(field)
    before = [text(field) for field in typed]
    assert all(HALF in one for one in before)
    services.take_note("c-0000aaaa", "Another page writes meanwhile", None)
    page.review_presenter.refresh()
    assert [text(field) for field in typed] == before
    assert fields(section) == typed
    en.set_language("zh")
    QApplication.processEvents()
    assert [text(field) for field in typed] == before
    assert unnamed(section) == []
    page.review.sections.choose("timeline")
    page.review.sections.choose(where)
    assert [text(field) for field in typed] == before
    page.set_recording(True)
    assert [text(field) for field in typed] == before
