"""What the user chooses is what the copy is made without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.case import Leg
from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.domain.redaction import Choices, Muted
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.cases.redact.presenter import RedactPresenter, parse_clock
from evidencedesk.ui.words import UiWords
from fakes.transcripts import called_file
from fakes.ui_more_services import FakeCaseServices, FakeFileChoice, example_case_file
from fakes.ui_pages import unnamed
from fakes.ui_services import HeldRunner, InstantRunner
from samples.law_records import case_with_records

CASE = "c-0000aaaa"
PLACE = Path("/usb")


@pytest.fixture
def services() -> FakeCaseServices:
    return FakeCaseServices()


@pytest.fixture
def page(en: UiWords, qtbot: QtBot, services: FakeCaseServices) -> CasesPage:
    made = CasesPage(services, InstantRunner(), en, FakeFileChoice(place=PLACE))
    qtbot.addWidget(made)
    made.resize(876, 640)
    made.show()
    made.show_case(CASE)
    made.review.export_button.click()
    made.review.panel.asking.place_button.click()
    made.review.panel.asking.redact_button.click()
    return made


def presenter_of(services: FakeCaseServices) -> RedactPresenter:
    presenter = RedactPresenter(services, InstantRunner())
    presenter.open(example_case_file(), PLACE, "zh")
    return presenter


def test_the_way_leads_from_the_export_and_keeps_its_place(page: CasesPage) -> None:
    assert page.review.redact_panel.isVisible()
    assert not page.review.panel.isVisible()
    assert page.review.redact_panel.place.text() == f"{PLACE}/EvidenceDesk-来分期-20261123-220509-REDACTED"


def test_a_copy_without_the_machines_draft_is_worth_making() -> None:
    services = FakeCaseServices(called_file())
    presenter = RedactPresenter(services, InstantRunner())
    presenter.open(example_case_file(), PLACE, "zh")
    assert not presenter.state.worth_making
    presenter.open(called_file(), PLACE, "zh")
    assert presenter.state.worth_making


def test_nothing_chosen_is_nothing_to_make(page: CasesPage) -> None:
    panel = page.review.redact_panel
    assert not panel.begin_button.isEnabled()
    row = next(iter(panel.items.rows.values()))
    row.box.click()
    assert panel.begin_button.isEnabled()
    row.box.click()
    assert not panel.begin_button.isEnabled()


def test_every_note_person_and_file_can_be_left_out(page: CasesPage, services: FakeCaseServices) -> None:
    panel, case_file = page.review.redact_panel, example_case_file()
    known = [*case_file.notes, *case_file.collectors, *case_file.taken_in]
    assert set(panel.items.rows) == {one.id for one in known}
    for row in panel.items.rows.values():
        row.box.click()
    panel.begin_button.click()
    (call,) = [call for call in services.calls if call[0] == "redact"]
    choices = call[-1]
    assert choices == Choices(
        frozenset(note.id for note in case_file.notes),
        frozenset(one.id for one in case_file.collectors),
        frozenset(one.id for one in case_file.taken_in),
    )


def test_a_stretch_is_muted_listed_and_taken_back(page: CasesPage) -> None:
    panel = page.review.redact_panel
    box = panel.stretches
    box.recordings.setCurrentIndex(box.recordings.findData("r-0000v1s1"))
    box.begin.setText("3:12")
    box.end.setText("00:03:20")
    box.add_button.click()
    stretch = Muted("r-0000v1s1", 192_000, 200_000)
    assert page.redact_presenter.state.choices.muted == (stretch,)
    assert "00:03:12 – 00:03:20" in box.buttons[stretch].text()
    assert box.begin.text() == ""
    box.buttons[stretch].click()
    assert page.redact_presenter.state.choices.nothing
    assert box.buttons == {}


@pytest.mark.parametrize(
    ("begin", "end"), [("", ""), ("x", "5"), ("5", "5"), ("9", "5"), ("99:00:00", "99:00:01")]
)
def test_what_is_no_stretch_is_said(page: CasesPage, begin: str, end: str) -> None:
    panel = page.review.redact_panel
    panel.stretches.begin.setText(begin)
    panel.stretches.end.setText(end)
    panel.stretches.add_button.click()
    assert panel.banner.isVisible()
    assert page.redact_presenter.state.choices.muted == ()
    assert panel.stretches.begin.text() == begin


def test_the_other_side_of_a_call_is_muted_at_the_same_time(services: FakeCaseServices) -> None:
    presenter = presenter_of(services)
    case_file = example_case_file()
    near = next(one for one in case_file.recordings if one.samples)
    far = replace(near, id="r-0000far1", leg=Leg.FAR, begins_ms=near.begins_ms + 2000)
    presenter.open(replace(case_file, recordings=(near, far)), PLACE, "zh")
    assert presenter.add_stretch(near.id, "1", "10")
    assert presenter.state.choices.muted == (Muted(near.id, 1000, 10_000), Muted(far.id, 0, 8000))


def test_the_result_says_what_to_look_at_again(page: CasesPage) -> None:
    panel = page.review.redact_panel
    next(iter(panel.items.rows.values())).box.click()
    panel.begin_button.click()
    assert "1 note in the copy still names" in panel.look.text()
    assert "read back from the drive" in panel.removable.text()
    panel.open_button.click()
    panel.leave_button.click()
    assert not panel.isVisible()


def test_a_failure_keeps_the_choices(page: CasesPage, services: FakeCaseServices) -> None:
    panel = page.review.redact_panel
    row = next(iter(panel.items.rows.values()))
    row.box.click()
    services.refuse = MachineFailure(Code.TARGET_FULL, path="/usb")
    panel.begin_button.click()
    assert panel.banner.isVisible()
    assert row.box.isChecked()
    assert panel.begin_button.isEnabled()


def test_a_copy_under_way_can_be_cancelled_and_not_closed(services: FakeCaseServices) -> None:
    runner = HeldRunner()
    presenter = RedactPresenter(services, runner)
    presenter.open(example_case_file(), PLACE, "zh")
    presenter.choose_item(example_case_file().notes[0].id, True)
    presenter.begin()
    presenter.close()
    assert presenter.state.working
    presenter.cancel()
    runner.let_go()
    assert presenter.state.problem is not None
    assert presenter.state.problem.code is Code.CANCELLED


def test_while_recording_no_dialog_asks_for_a_place(page: CasesPage) -> None:
    page.set_recording(True)
    assert not page.review.redact_panel.place_button.isEnabled()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name_and_the_panel_fits(page: CasesPage, en: UiWords, language: str) -> None:
    en.set_language("zh" if language == "zh" else "en")
    page.redact_presenter.add_stretch("r-0000v1s1", "1", "2")
    assert unnamed(page.review.redact_panel) == []
    assert page.minimumSizeHint().width() <= 876


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("12.5", 12_500),
        (" 3:12 ", 192_000),
        ("00:03:12", 192_000),
        ("3:12", 192_000),
        ("1:00:00.25", 3_600_250),
        ("1:60", None),
        ("-1", None),
        ("", None),
        ("now", None),
        ("1e3", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: int | None) -> None:
    assert parse_clock(text) == expected


@pytest.fixture
def with_contacts(page: CasesPage) -> CasesPage:
    """The same panel for a case that has contacts and nothing else to choose."""
    records = case_with_records()
    case_file = replace(example_case_file(), contacts=records.contacts, follow_ups=records.follow_ups)
    page.redact_presenter.close()
    page.redact_presenter.open(case_file, PLACE, "zh")
    return page


def test_contacts_alone_are_reason_enough_for_a_copy(
    with_contacts: CasesPage, services: FakeCaseServices
) -> None:
    panel = with_contacts.review.redact_panel
    assert panel.contacts.isVisible()
    assert panel.contacts.box.isChecked()
    assert panel.begin_button.isEnabled()
    panel.begin_button.click()
    (call,) = [call for call in services.calls if call[0] == "redact"]
    assert call[-1] == Choices()


def test_contacts_are_put_in_when_asked_for(with_contacts: CasesPage, services: FakeCaseServices) -> None:
    panel = with_contacts.review.redact_panel
    panel.contacts.box.click()
    assert not panel.begin_button.isEnabled(), "a copy of everything"
    next(iter(panel.items.rows.values())).box.click()
    assert panel.begin_button.isEnabled()
    panel.begin_button.click()
    (call,) = [call for call in services.calls if call[0] == "redact"]
    choices = call[-1]
    assert isinstance(choices, Choices)
    assert choices.with_contacts


def test_steps_without_contacts_are_asked_about_too(services: FakeCaseServices) -> None:
    presenter = presenter_of(services)
    presenter.open(replace(example_case_file(), follow_ups=case_with_records().follow_ups), PLACE, "zh")
    assert presenter.state.has_contacts
    assert presenter.state.worth_making


def test_numbers_in_notes_are_masked_until_the_user_wants_them_seen(
    page: CasesPage, services: FakeCaseServices
) -> None:
    case_file = example_case_file()
    note = replace(case_file.notes[0], text="He read out 13812345678")
    page.redact_presenter.close()
    page.redact_presenter.open(replace(case_file, notes=(note,)), PLACE, "zh")
    panel = page.review.redact_panel
    assert panel.numbers.isVisible()
    assert panel.numbers.box.isChecked()
    assert panel.begin_button.isEnabled()
    panel.numbers.box.click()
    assert page.redact_presenter.state.choices.with_numbers
    assert not panel.begin_button.isEnabled(), "a copy of everything"
    page.redact_presenter.choose_item(note.id, True)
    assert not panel.numbers.isVisible(), "the note is not in the copy"


def test_a_case_without_contacts_is_not_asked_about_them(page: CasesPage) -> None:
    assert not page.review.redact_panel.contacts.isVisible()
