from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from evidencedesk.domain.card_remark import CardRemark, Remarkable
from evidencedesk.domain.case import (
    Attachment,
    CaseFile,
    Collector,
    CollectorCard,
    Document,
    FollowUp,
    FollowUpDetails,
    Listed,
    Shown,
    Step,
)
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.encounter.people.paper_times import time_of
from evidencedesk.ui.kit.buttons import PlainButton
from evidencedesk.ui.words import UiWords
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file, moment
from fakes.ui_services import InstantRunner

Open = Callable[[FakeCaseServices], CasesPage]


def told(file: CaseFile) -> CaseFile:
    """The visit's first collector with everything that can be known of one."""
    visit = file.encounters[-1]
    recording = next(one for one in file.recordings if one.encounter == visit.id)
    card = CollectorCard(
        name="张某",
        credit_code="91350211M0000XUF46",
        letter_until="2026-12-31",
        names_on=((Document.LICENCE, "甲公司"), (Document.WORK_ID, "乙公司")),
        listed=Listed.NO,
        documents=((Document.ID_CARD, Shown.NOT_ASKED), (Document.WORK_ID, Shown.REFUSED)),
    )
    seen = replace(recording.started, mono_ns=recording.started.mono_ns + 340_000_000_000)
    person = Collector("p-0000man1", file.case.id, visit.id, card, moment(30), ((Document.WORK_ID, seen),))
    photo = Attachment(
        "a-0000ph0t",
        file.case.id,
        visit.id,
        "IMG 1.jpg",
        "IMG 1.jpg",
        9,
        "ab" * 32,
        moment(40),
        collector=person.id,
        document=Document.LICENCE,
    )
    details = FollowUpDetails(
        Step.CALL, moment(400).utc, 480, number="95555", agent="8021", answer="not-sent-by-them"
    )
    call = FollowUp(
        "f-0000ca11", file.case.id, visit.id, recording.id, 400_000, person.id, details, moment(400)
    )
    taken_back = replace(call, id="f-0000ca12", withdrawn=True)
    encounters = (*file.encounters[:-1], replace(visit, present=2))
    return replace(
        file,
        encounters=encounters,
        collectors=(person,),
        attachments=(photo,),
        follow_ups=(call, taken_back),
    )


@pytest.fixture
def open_case(qtbot: QtBot, en: UiWords) -> Open:
    def make(services: FakeCaseServices) -> CasesPage:
        page = CasesPage(services, InstantRunner(), en, FakeFileChoice())
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.refresh()
        page.show_case(services.file.case.id)
        page.show()
        return page

    return make


def texts(page: CasesPage) -> list[str]:
    return [label.text() for label in page.review.people.findChildren(QLabel) if not label.isHidden()]


def test_everything_on_the_card_is_read_out(open_case: Open) -> None:
    said = texts(open_case(FakeCaseServices(file=told(example_case_file()))))
    for part in (
        "How many came: 2",
        "张某",
        "91350211M0000XUF46",
        "2026-12-31",
        "甲公司",
        "Not on the lender's published list",
        "Work ID: Asked for, refused 05:40",
        "Identity card: Not asked for",
        "06:40 · 95555 · 8021 · They say: not sent by us",
    ):
        assert part in said, part
    assert len([line for line in said if "95555" in line]) == 1


def test_doubts_are_judged_as_of_the_day_of_the_visit(open_case: Open) -> None:
    services = FakeCaseServices(
        file=told(example_case_file()),
        remarks=(CardRemark("credit_code", Remarkable.CREDIT_CHECK),),
    )
    said = texts(open_case(services))
    assert any(line.startswith("Credit code: The check digit does not fit") for line in said)
    assert set(services.asked_days) == {date(2026, 11, 19)}


def test_a_photo_is_opened_from_its_person(open_case: Open) -> None:
    page = open_case(FakeCaseServices(file=told(example_case_file())))
    (button,) = (
        one for one in page.review.people.findChildren(PlainButton) if one.text() == "Photo: Business licence"
    )
    opened: list[str] = []
    page.review.people.open_clicked.connect(lambda kept: opened.append(kept.name))
    button.click()
    assert opened == ["IMG 1.jpg"]


def test_a_moment_outside_of_every_recording_is_told_by_the_clock() -> None:
    file = example_case_file()
    visit = file.encounters[-1]
    assert time_of(file, visit.id, replace(moment(0), boot="another")) == "21:34:08"
