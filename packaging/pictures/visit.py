"""The visit itself: record, write, mark, fill in the card, call, stop."""

from __future__ import annotations

from pathlib import Path

from pictures.photographer import Photographer, paper_photo, until
from pictures.texts import CREDIT_CODE, PHONE
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from evidencedesk.app.pages import Pages
from evidencedesk.domain.case import Document, Shown, Verdict
from evidencedesk.domain.rules import Phase
from evidencedesk.ui.encounter.calls_presenter import OWN
from evidencedesk.ui.encounter.page import EncounterPage
from evidencedesk.ui.shell.main_window import MainWindow

_VISIT_S = 14
_POLICE = "110"


def practice(window: MainWindow, pages: Pages, photographer: Photographer) -> None:
    """The simulated visit, looked at, ended and thrown away."""
    window.record_page.practice_button.click()
    page = _encounter_page(window)
    until("a practice is recorded", lambda: page.bar.time.text() >= "00:00:04")
    photographer.take(window, "practice")
    photographer.step(window, "practice")
    page.bar.stop.click()
    until("the practice is over", pages.cases.review.practice.isVisible)
    pages.cases.review_presenter.delete_practice()
    until("the practice is gone", lambda: not pages.cases.review.practice.isVisible())


def visit(
    window: MainWindow, pages: Pages, texts: dict[str, str], place: Path, photographer: Photographer
) -> None:
    """Record a visit of some seconds and take its pictures."""
    pages.flow.start()
    until("recording", lambda: window.recording)
    page = _encounter_page(window)
    QTest.qWait(1000)
    _write(page, texts["knock"])
    QTest.qWait(2000)
    page.notes.chips["refused-documents"].click()
    _write(page, texts["papers"])
    _type(page, {"name": texts["name"], "organisation": texts["firm"], "phone": PHONE})
    page.people.papers[Document.WORK_ID].buttons[Shown.REFUSED.value].click()
    page.people.team.choices.buttons["2"].click()
    QTest.qWait(2000)
    _write(page, texts["sum"])
    page.checklist.number_pressed.emit(5, Verdict.BREACHED.value)
    until("some seconds are recorded", lambda: page.bar.time.text() >= f"00:00:{_VISIT_S:02}")
    photographer.take(window, "encounter")
    photographer.step(window, "door")
    photographer.step(window, "say", page.say)
    photographer.step(window, "breach", page.checklist)
    photographer.step(window, "notes", page.notes)
    _source(window, page, photographer)
    _talk(window, page, photographer)
    _police(window, page, texts, photographer)
    _papers(window, page, texts, place, photographer)
    photographer.step(window, "stop", page.bar)
    page.bar.stop.click()
    until("sealed", lambda: not window.recording)


def _source(window: MainWindow, page: EncounterPage, photographer: Photographer) -> None:
    page.checklist.source_clicked.emit(row := tuple(page.checklist.rows)[3])
    photographer.take(window, "encounter-source", page.checklist.rows[row])
    page.checklist.source_clicked.emit(row)


def _talk(window: MainWindow, page: EncounterPage, photographer: Photographer) -> None:
    page.checklist.phase_clicked.emit(Phase.CONVERSATION.value)
    photographer.take(window, "encounter-talk")
    photographer.step(window, "talk", page.checklist)
    page.checklist.phase_clicked.emit(Phase.DOOR.value)


def _police(
    window: MainWindow, page: EncounterPage, texts: dict[str, str], photographer: Photographer
) -> None:
    photographer.step(window, "numbers", page.help)
    page.help.buttons[_POLICE].click()
    page.call.call.click()
    QTest.qWait(300)
    for name, text in (("agent", texts["officer"]), ("answer", texts["answer"])):
        field = page.call.fields[name].edit
        field.setText(text)
        field.textEdited.emit(text)
    photographer.take(window, "encounter-call")
    photographer.step(window, "police", page.call, page.help)
    page.call.back.click()


def _papers(
    window: MainWindow,
    page: EncounterPage,
    texts: dict[str, str],
    place: Path,
    photographer: Photographer,
) -> None:
    people = page.people
    people.papers[Document.LICENCE].buttons[Shown.WHEN_ASKED.value].click()
    photo = paper_photo(texts["licence"], (texts["firm"], CREDIT_CODE), place / "licence.png")
    people.files_came.emit(Document.LICENCE, (photo,))
    people.form.more.set_open(opened=True)
    _type(page, {"credit_code": CREDIT_CODE, "plate": "沪A12345"})
    _name_on(people.form.names_on[Document.LICENCE].line, texts["firm"])
    _name_on(people.form.names_on[Document.WORK_ID].line, texts["other_firm"])
    until("the photo is kept", people.rows[Document.LICENCE].strip.isVisible)
    QTest.qWait(1500)
    photographer.take(window, "encounter-card", people.rows[Document.LICENCE])
    photographer.step(window, "card", people)
    photographer.take(window, "encounter-checks", people.form.fields["credit_code"])
    photographer.step(window, "checks", people)
    page.help.buttons[OWN].click()
    photographer.step(window, "platform", page.call, page.help)
    page.call.back.click()


def _encounter_page(window: MainWindow) -> EncounterPage:
    until("the encounter page", lambda: window.findChild(EncounterPage))
    page = window.findChild(EncounterPage)
    if page is None:
        raise SystemExit("no encounter page")
    return page


def _type(page: EncounterPage, typed: dict[str, str]) -> None:
    for name, text in typed.items():
        _name_on(page.people.fields[name], text)


def _name_on(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()


def _write(page: EncounterPage, text: str) -> None:
    """One note."""
    page.notes.input.setText(text)
    page.notes.enter()
