from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencedesk.domain.errors import Code, MachineFailure
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.handover.presenter import HandoverPresenter, Step
from evidencedesk.ui.cases.overview.presenter import OverviewPresenter
from evidencedesk.ui.cases.review.presenter import ReviewPresenter
from fakes.ui_more_services import FakeCaseServices, example_report
from fakes.ui_services import HeldRunner, InstantRunner

CASE = "c-0000aaaa"


def opened(services: FakeCaseServices) -> ReviewPresenter:
    presenter = ReviewPresenter(services, InstantRunner())
    presenter.show_case(CASE)
    return presenter


def asking(services: FakeCaseServices) -> HandoverPresenter:
    presenter = HandoverPresenter(services, InstantRunner())
    presenter.open(CASE, Path("/usb"), "zh")
    return presenter


def test_the_case_something_happened_to_last_comes_first(qapp: object) -> None:
    presenter = OverviewPresenter(FakeCaseServices())
    presenter.refresh()
    assert [summary.case.id for summary in presenter.state.cases] == [CASE, "c-0000bbbb", "c-0000cccc"]


def test_a_new_case_is_opened_and_the_form_closes(qtbot: QtBot) -> None:
    presenter = OverviewPresenter(FakeCaseServices())
    presenter.open_form()
    with qtbot.waitSignal(presenter.case_opened):
        presenter.start_case("某平台", "", "")
    assert not presenter.state.form_open
    assert presenter.state.cases[0].case.title == "某平台"


def test_a_refused_case_keeps_the_form_open_with_the_reason(qapp: object) -> None:
    presenter = OverviewPresenter(FakeCaseServices())
    presenter.open_form()
    presenter.start_case(" ", "", "")
    assert presenter.state.form_open
    assert presenter.state.problem is not None
    assert presenter.state.problem.code is Code.EMPTY_TEXT


def test_a_list_that_cannot_be_read_says_why(qapp: object) -> None:
    presenter = OverviewPresenter(FakeCaseServices(refuse=MachineFailure(Code.LIBRARY_DAMAGED)))
    presenter.refresh()
    assert presenter.state.problem is not None
    assert presenter.state.problem.code is Code.LIBRARY_DAMAGED


def test_a_case_opens_at_its_latest_encounter(qapp: object) -> None:
    assert opened(FakeCaseServices()).state.encounter == "e-0000visi"


def test_a_note_is_kept_before_its_field_is_emptied(qtbot: QtBot) -> None:
    presenter = opened(FakeCaseServices())
    with qtbot.waitSignal(presenter.note_kept):
        presenter.add_note("后来想起的")
    case_file = presenter.state.case_file
    assert case_file is not None
    assert case_file.notes[-1].text == "后来想起的"


def test_a_note_the_disk_refuses_is_not_called_kept(qtbot: QtBot) -> None:
    services = FakeCaseServices()
    presenter = opened(services)
    services.refuse = MachineFailure(Code.DISK_FULL, path="/library")
    with qtbot.assertNotEmitted(presenter.note_kept):
        presenter.add_note("text")
    assert presenter.state.problem is not None
    assert presenter.state.problem.code is Code.DISK_FULL


def test_a_correction_keeps_the_old_words(qapp: object) -> None:
    presenter = opened(FakeCaseServices())
    presenter.begin_correction("n-0000n0t1")
    presenter.correct_note("三名男子敲门")
    assert presenter.state.correcting is None
    case_file = presenter.state.case_file
    assert case_file is not None
    note = case_file.notes[0]
    assert (note.text, note.earlier) == ("三名男子敲门", ("两名男子敲门,自称来分期委托",))


def test_a_refused_name_keeps_the_form_open(qapp: object) -> None:
    presenter = opened(FakeCaseServices())
    presenter.open_form()
    presenter.rename("", "", "")
    assert presenter.state.editing
    assert presenter.state.problem is not None


def test_an_export_is_checked_before_it_is_called_done(qapp: object) -> None:
    services = FakeCaseServices()
    presenter = asking(services)
    presenter.choose_zip(zip_too=True)
    steps = []
    presenter.state_changed.connect(lambda state: steps.append(state.step))
    presenter.begin()
    target = Path("/usb/EvidenceDesk-来分期-20261123-220509")
    assert services.calls == [
        ("export", CASE, target, "zh", True),
        ("verify", target),
        ("stamps", CASE, target),
    ]
    assert list(dict.fromkeys(steps)) == [Step.COPYING, Step.READING_BACK, Step.CHECKING, Step.DONE]
    assert presenter.state.report is not None
    assert presenter.state.report.intact


def test_an_encrypted_export_is_for_its_receiver_and_not_checked(qapp: object) -> None:
    services = FakeCaseServices()
    presenter = asking(services)
    presenter.choose_receiver(" age1receiver ")
    presenter.begin()
    target = Path("/usb/EvidenceDesk-来分期-20261123-220509")
    sealed = target.with_name(f"{target.name}.zip.age")
    assert services.calls == [
        ("export", CASE, target, "zh", False, "age1receiver"),
        ("stamps", CASE, sealed),
    ]
    assert presenter.state.step is Step.DONE
    assert presenter.state.exported is not None
    assert presenter.state.exported.path == sealed


def test_a_cancelled_export_can_be_begun_again(qapp: object) -> None:
    presenter = asking(FakeCaseServices(cancel_after=2))
    presenter.begin()
    assert presenter.state.step is Step.CHOOSING
    assert presenter.state.cancelled
    presenter.begin()
    assert presenter.state.cancelled


def test_cancel_reaches_the_copy_and_the_check(qapp: object) -> None:
    services = FakeCaseServices()
    runner = HeldRunner()
    presenter = HandoverPresenter(services, runner)
    presenter.open(CASE, Path("/usb"), "en")
    presenter.begin()
    presenter.close()
    assert presenter.state.working  # closing does not hide work under way
    runner.let_go()
    assert presenter.state.exported is not None
    presenter.cancel()
    runner.let_go()
    assert not presenter.state.working
    assert presenter.state.report is None
    assert presenter.state.cancelled


def test_an_export_that_failed_says_why_and_keeps_the_choices(qapp: object) -> None:
    services = FakeCaseServices()
    presenter = asking(services)
    services.refuse = MachineFailure(Code.DISK_FULL, path="/usb")
    presenter.begin()
    assert presenter.state.step is Step.CHOOSING
    assert presenter.state.place == Path("/usb")
    assert presenter.state.problem is not None


def test_a_copy_with_faults_is_not_called_intact(qapp: object) -> None:
    presenter = asking(FakeCaseServices(report=example_report(faults=True)))
    presenter.begin()
    assert presenter.state.report is not None
    assert not presenter.state.report.intact


@pytest.mark.usefixtures("qapp")
def test_the_export_runs_on_the_jobs_thread_and_ends_on_this_one(qtbot: QtBot) -> None:
    with Jobs() as jobs:
        presenter = HandoverPresenter(FakeCaseServices(), jobs)
        presenter.open(CASE, Path("/usb"), "zh")
        presenter.begin()
        qtbot.waitUntil(lambda: presenter.state.step is Step.DONE)
        assert presenter.state.report is not None
